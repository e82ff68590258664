"""The one composition of all steps: read, identify, segment, embed, align, score, check.

The command line, the terminal UI, the language server and ``import transcmp`` all call these functions, and nothing else does the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from transcmp.errors import TranscmpWarning
from transcmp.model import Alignment, Comparison, Coverage, Document
from transcmp.pipeline.options import Options

if TYPE_CHECKING:
    from transcmp.align import Figures
    from transcmp.embed import Encoder
    from transcmp.pipeline.sides import Sides
    from transcmp.score.surface import Measured

Source = str | PathLike[str] | Document | Sequence[str]
"""A path, a document that was read, or a list of strings, each of which is a fragment."""

Report = Callable[[str, int, int], None]
"""Told of progress: the step, units done, units in all."""

DEFAULTS = Options()

__all__ = ["DEFAULTS", "Options", "align", "check", "compare", "detect", "read", "score"]


def read(path: str | PathLike[str], *, options: Options = DEFAULTS) -> Document:
    """Read one file into fragments.

    Raises ReadError where it is missing, is not text, or is broken.
    """
    from transcmp.pipeline import sides

    return sides.read(fspath(path), options)


def detect(
    source: Source,
    *,
    languages: Iterable[str] = (),
    closed: bool = False,
    min_confidence: float = 0.7,
    options: Options = DEFAULTS,
) -> Document:
    """A document with the language of every fragment.

    ``languages`` are expected; others still compete unless ``closed``. Below ``min_confidence`` the answer is ``und``.
    """
    from transcmp import language

    expected = tuple(language.parse_language(tag) for tag in languages)
    return language.identify(
        _document(source, options), languages=expected, closed=closed, detector=options.detector, min_confidence=min_confidence
    )


def align(
    source: Source,
    target: Source | None = None,
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    encoder: str | None = None,
    unit: str | None = None,
    options: Options = DEFAULTS,
    progress: Report | None = None,
) -> Alignment:
    """Align a source with its translation; without ``target``, the source-language fragments of one document with the rest of it.

    The keywords override the same fields of ``options``.

    >>> import transcmp
    >>> beads = transcmp.align(["Guten Morgen.", "Es regnet."], ["Good morning.", "It is raining."]).beads
    """
    chosen = _options(options, source_language=source_language, target_language=target_language, encoder=encoder, unit=unit)
    return _align(_sides(source, target, chosen), chosen, progress)[0]


def score(source: Source, target: Source | None = None, *, options: Options = DEFAULTS, progress: Report | None = None) -> Comparison:
    """Align, and give every bead and the document its scores."""
    comparison, encoder = _compare(source, target, options, progress)
    return _scored(comparison, encoder)


def check(source: Source, target: Source | None = None, *, options: Options = DEFAULTS, progress: Report | None = None) -> Comparison:
    """Align, and name what is wrong. The findings stand in the order of their places."""
    return _checked(_compare(source, target, options, progress)[0])


def compare(source: Source, target: Source | None = None, *, options: Options = DEFAULTS, progress: Report | None = None) -> Comparison:
    """Everything about one pair: alignment, scores and findings."""
    comparison, encoder = _compare(source, target, options, progress)
    return _checked(_scored(comparison, encoder))


def coverage(alignment: Alignment) -> Coverage:
    """Share of each side's characters that stand in beads with two sides; 1 for an empty side."""

    def share(lengths: Sequence[int], paired: Iterable[int]) -> float:
        total = sum(lengths)
        return sum(lengths[number] for number in paired) / total if total else 1.0

    beads = [bead for bead in alignment.beads if bead.source and bead.target]
    return Coverage(
        source=share([len(item.text) for item in alignment.source.segments], (n for bead in beads for n in bead.source)),
        target=share([len(item.text) for item in alignment.target.segments], (n for bead in beads for n in bead.target)),
    )


def _options(options: Options, **changes: str | None) -> Options:
    given = {name: value for name, value in changes.items() if value is not None}
    return replace(options, **given) if given else options


def _document(source: Source, options: Options) -> Document:
    from transcmp.pipeline import sides

    if isinstance(source, Document):
        return source
    if isinstance(source, str | PathLike):
        return sides.read(fspath(source), options)
    return sides.from_strings(source, "<strings>")


def _sides(source: Source, target: Source | None, options: Options) -> Sides:
    from transcmp.pipeline import sides

    first = _document(source, options)
    if target is None:
        return sides.mixed(first, options)
    return sides.pair(first, _document(target, options), options)


def _align(both: Sides, options: Options, progress: Report | None) -> tuple[Alignment, Encoder | None]:
    """The alignment, and the encoder that made it; none is loaded where a side is empty."""
    from transcmp import embed
    from transcmp.align import AlignOptions, align, match

    encoder = None
    if both.source.segments and both.target.segments:
        encoder = embed.choose(options.encoder, both.source.language, both.target.language)
        _say_if_lexical(encoder, both, options)
    chosen = AlignOptions(unit=options.unit, max_bead=options.max_bead)
    run = match if both.mixed else align
    return run(both.source, both.target, encoder=encoder, options=chosen, progress=progress), encoder


def _say_if_lexical(encoder: Encoder | None, both: Sides, options: Options) -> None:
    if encoder is None and options.encoder == "auto":
        import warnings

        warnings.warn(
            f"no installed encoder covers {both.source.language} and {both.target.language}: aligned by words and lengths (lexical); "
            "'transcmp doctor' lists encoders",
            TranscmpWarning,
            stacklevel=2,
        )


def _compare(source: Source, target: Source | None, options: Options, progress: Report | None) -> tuple[Comparison, Encoder | None]:
    both = _sides(source, target, options)
    alignment, encoder = _align(both, options, progress)
    comparison = Comparison(alignment=alignment, mixed=both.mixed, coverage=coverage(alignment), signature=alignment.signature)
    return comparison, encoder


def _scored(comparison: Comparison, encoder: Encoder | None) -> Comparison:
    from transcmp import score as scorer

    result = scorer.score(comparison.alignment, encoder=encoder)
    return replace(comparison, bead_scores=result.beads, scores=result.document)


def _checked(comparison: Comparison) -> Comparison:
    from transcmp import checks, decisions

    return decisions.with_fingerprints(replace(comparison, findings=checks.run(comparison)))


def evaluate(alignment: Alignment, gold: str | PathLike[str]) -> dict[str, Figures]:
    """Strict and lax precision, recall and F1 of an alignment against a file of gold beads."""
    from transcmp.align import evaluate, read_gold

    return evaluate(alignment.beads, read_gold(fspath(gold)))


def reference_metrics(comparison: Comparison, references: Iterable[str], *, options: Options = DEFAULTS) -> tuple[Measured, ...]:
    """BLEU, chrF2 and TER of the target against references, by sacreBLEU.

    Each reference is aligned to the source as the target was, and both are compared source segment by source segment.
    """
    paths = tuple(references)
    if not paths:
        return ()
    from transcmp.pipeline import references as several

    return several.metrics(comparison, paths, options)
