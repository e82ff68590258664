"""The one composition of all steps: read, identify, segment, embed, align, score, check.

The command line, the terminal UI, the language server and ``import transcmp`` all call these functions, and nothing else does the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike, fspath
from os.path import exists, splitext
from typing import TYPE_CHECKING

from msgspec.structs import replace

from transcmp.errors import ReadError
from transcmp.model import Alignment, Comparison, Document, Unit
from transcmp.pipeline import steps
from transcmp.pipeline.options import Options
from transcmp.pipeline.steps import Report

if TYPE_CHECKING:
    from transcmp.alignment import Figures
    from transcmp.checks.options import Options as RuleOptions
    from transcmp.pipeline.sides import Sides
    from transcmp.scoring.metrics import Metrics
    from transcmp.scoring.systems import CompareOptions
    from transcmp.systems import Result, SystemsCompared

Source = str | PathLike[str] | Document | Sequence[str]
"""A path, a document that was read, or a list of strings, each of which is a fragment."""

DEFAULTS = Options()

__all__ = [
    "DEFAULTS",
    "Options",
    "Report",
    "Source",
    "align",
    "assess",
    "check",
    "compare",
    "detect",
    "evaluate",
    "read",
    "reference_metrics",
    "score",
]


def read(path: str | PathLike[str], *, options: Options = DEFAULTS) -> Document:
    """Read one file into fragments.

    Raises ReadError where it is missing, is not text, or is broken.
    """
    from transcmp.pipeline import sides

    if isinstance(path, str):
        _refuse_text(path)
    return sides.read(fspath(path), options)


def detect(
    source: Source,
    *,
    unit: Unit = "fragment",
    languages: Iterable[str] = (),
    closed: bool = False,
    min_confidence: float = 0.7,
    options: Options = DEFAULTS,
) -> Document:
    """A document with the language of every fragment.

    ``languages`` are expected; others still compete. Below ``min_confidence`` the answer is ``und``. With ``closed`` no other language is
    an answer: one that wins makes it ``und``, and at ``min_confidence`` 0 one of ``languages`` is given whatever competes. With
    ``unit="sentence"`` a fragment is cut into sentences, and a run of four words or more in another language is a fragment of its own
    behind its sentence.
    """
    from transcmp import language
    from transcmp.pipeline import sentences

    options = replace(options, unit=unit)
    expected = tuple(language.parse_language(tag) for tag in languages)
    identified = language.identify(
        _document(source, options),
        languages=expected,
        closed=closed and min_confidence <= 0,
        detector=options.detector,
        min_confidence=min_confidence,
    )
    if closed:
        identified = sentences.only(identified, expected)
    if unit != "sentence":
        return identified
    return sentences.of(identified, expected, options)


def align(
    source: Source,
    target: Source | None = None,
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    encoder: str | None = None,
    unit: Unit | None = None,
    options: Options = DEFAULTS,
    progress: Report | None = None,
) -> Alignment:
    """Align a source with its translation; without ``target``, the source-language fragments of one document with the rest of it.

    The keywords override the same fields of ``options``, here and in the functions below.

    >>> import transcmp
    >>> beads = transcmp.align(["Guten Morgen.", "Es regnet."], ["Good morning.", "It is raining."]).beads
    """
    chosen = _options(options, source_language=source_language, target_language=target_language, encoder=encoder, unit=unit)
    return steps.align(_sides(source, target, chosen), chosen, progress)[0]


def score(
    source: Source,
    target: Source | None = None,
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    encoder: str | None = None,
    unit: Unit | None = None,
    options: Options = DEFAULTS,
    progress: Report | None = None,
) -> Comparison:
    """Align, and give every bead and the document its scores."""
    chosen = _options(options, source_language=source_language, target_language=target_language, encoder=encoder, unit=unit)
    return steps.scored(*steps.compared(_sides(source, target, chosen), chosen, progress))


def check(
    source: Source,
    target: Source | None = None,
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    encoder: str | None = None,
    unit: Unit | None = None,
    options: Options = DEFAULTS,
    rules: RuleOptions | None = None,
    progress: Report | None = None,
) -> Comparison:
    """Align, and name what is wrong. The findings stand in the order of their places."""
    chosen = _options(options, source_language=source_language, target_language=target_language, encoder=encoder, unit=unit)
    comparison, used = steps.compared(_sides(source, target, chosen), chosen, progress)
    return steps.checked(comparison, rules, used)


def assess(
    source: Source,
    target: Source | None = None,
    *,
    options: Options = DEFAULTS,
    rules: RuleOptions | None = None,
    progress: Report | None = None,
) -> Comparison:
    """Everything about one pair: alignment, scores, uncovered words and findings."""
    comparison, encoder = steps.compared(_sides(source, target, options), options, progress)
    return steps.checked(steps.scored(comparison, encoder), rules, encoder)


def _options(options: Options, **changes: str | None) -> Options:
    """``options`` with what a caller gave by itself."""
    given = {name: value for name, value in changes.items() if value is not None}
    return replace(options, **given) if given else options


def _refuse_text(path: str) -> None:
    """Say what to do with a text in the place of a path, where no file has that name. Raises ReadError."""
    is_text = "\n" in path or (" " in path and not splitext(path)[1].strip(".").isalnum())  # noqa: PTH122
    if is_text and not exists(path):  # noqa: PTH110 - Path.exists raises where a name is too long
        said = path if len(path) <= 40 else f"{path[:39]}…"
        raise ReadError(message="no such file", path=said, hint="a text by itself is [text] in Python and - on the command line")


def _document(source: Source, options: Options, name: str = "<strings>") -> Document:
    from transcmp.pipeline import sides

    if isinstance(source, Document):
        return source
    if isinstance(source, str):
        _refuse_text(source)
    if isinstance(source, str | PathLike):
        return sides.read(fspath(source), options)
    return sides.from_strings(source, name)


def _sides(source: Source, target: Source | None, options: Options) -> Sides:
    from transcmp.pipeline import sides

    if isinstance(source, str):
        _refuse_text(source)
    if target is None and isinstance(source, str | PathLike) and options.unit != "line":
        from transcmp import readers

        path = fspath(source)
        if readers.is_bilingual(path, options.input_format):
            read = readers.read_bitext(path, format=options.input_format, encoding=options.encoding, max_size=options.max_size)
            return sides.bilingual(read, options)
    first = _document(source, options)
    if target is None:
        return sides.mixed(first, options)
    return sides.pair(first, _document(target, options), options)


def compare(
    source: Source,
    *translations: Source,
    references: Iterable[Source] = (),
    source_language: str | None = None,
    target_language: str | None = None,
    encoder: str | None = None,
    unit: Unit | None = None,
    options: Options = DEFAULTS,
    how: CompareOptions | None = None,
    progress: Report | None = None,
) -> SystemsCompared:
    """Compare several translations of one source with each other, and with references if there are any.

    Each is aligned to the source, and all are cut alike; with ``unit="line"`` they are taken line by line. Lists of strings are called
    ``translation 1`` and so on, by their place. Raises UsageError where there is nothing to compare or, by lines, where the numbers of
    lines differ.
    """
    from transcmp.pipeline import systems

    chosen = _options(options, source_language=source_language, target_language=target_language, encoder=encoder, unit=unit)
    documents = [
        _document(one, chosen, f"translation {number}" if number else "source") for number, one in enumerate((source, *translations))
    ]
    trusted = [_document(one, chosen) for one in references]
    return systems.compare(documents[0], documents[1:], trusted, options=chosen, how=how, progress=progress)


def evaluate(alignment: Alignment, gold: str | PathLike[str]) -> dict[str, Figures]:
    """Strict and lax precision, recall and F1 of an alignment against a file of gold beads."""
    from transcmp.alignment import evaluate, read_gold

    return evaluate(alignment.beads, read_gold(fspath(gold)))


def reference_metrics(
    comparison: Comparison, references: Iterable[str], *, metrics: Metrics | None = None, options: Options = DEFAULTS
) -> tuple[Result, ...]:
    """Metrics of the target: BLEU, chrF2 and TER against references, by sacreBLEU, or those of ``metrics``.

    Each reference is aligned to the source as the target was, and both are compared source segment by source segment.
    """
    from transcmp.pipeline import references as several
    from transcmp.scoring.metrics import Metrics

    paths, chosen = tuple(references), metrics or Metrics(surface=("BLEU", "chrF2", "TER"))
    return several.metrics(comparison, paths, chosen, options) if paths or chosen.neural else ()


def explain(rule: str) -> str:
    """The page of a rule, in Markdown; raises UsageError, with the nearest name, for an unknown one."""
    from transcmp import checks
    from transcmp.pipeline.jobs import FILE_RULES

    return checks.page(rule, FILE_RULES)


def is_rule(name: str) -> bool:
    """Whether there is a rule of this name."""
    from transcmp.checks import rules
    from transcmp.pipeline.jobs import FILE_RULES

    return name in rules or name in FILE_RULES


def rule_table() -> str:
    """All rules, one a line: name, level, what it finds."""
    from transcmp.checks import RULES
    from transcmp.pipeline.jobs import FILE_RULES

    rows = [(rule.id, str(rule.severity), rule.summary) for rule in RULES]
    rows += [(name, level, summary) for name, (level, summary) in FILE_RULES.items()]
    width = max(len(name) for name, _, _ in rows)
    return "".join(f"{name:<{width}}  {level:<7}  {summary}\n" for name, level, summary in rows)
