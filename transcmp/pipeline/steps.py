"""The steps behind the public functions: align, score, check. Each takes what the one before it made."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from transcmp.errors import TranscmpWarning, UsageError
from transcmp.language import same_language
from transcmp.model import UNDETERMINED, Alignment, Bead, Comparison, Coverage
from transcmp.pipeline.options import Options
from transcmp.visible import figure

if TYPE_CHECKING:
    from transcmp.alignment import Pair
    from transcmp.checks.context import Look
    from transcmp.checks.options import Options as RuleOptions
    from transcmp.decisions import Kept
    from transcmp.embed import Encoder
    from transcmp.pipeline.sides import Sides
    from transcmp.scoring import Scored

_UNRELATED = 0.1
"""Score of an alignment below which it is said that two documents do not belong together."""
_ENOUGH_SEGMENTS = 3
"""Segments of the shorter side from which on that can be told."""

Report = Callable[[str, int, int], None]
"""Told of progress: the step, units done, units in all."""


def align(both: Sides, options: Options, progress: Report | None = None) -> tuple[Alignment, Encoder | None]:
    """The alignment, and the encoder that made it; none is loaded where a side is empty.

    The beads that a bilingual file states stand. An alignment that was put right by hand and kept is obeyed: as it is where neither file
    has changed, else its confirmed beads are anchors.
    """
    encoder = choose_encoder(both, options)
    if both.known:
        return aligned(both, encoder, options, both.known, progress), encoder
    kept = _kept(both, options)
    if kept is not None and kept.fresh:
        return with_beads(both, with_bead_scores(both, kept.beads, encoder, options, progress), f"{kept.signature}|kept"), encoder
    anchors = () if kept is None else tuple((kept.beads[number].source, kept.beads[number].target) for number in kept.pinned)
    alignment = aligned(both, encoder, options, anchors, progress)
    _say_if_not_what_is_meant(alignment, mixed=both.mixed)
    return alignment, encoder


def _say_if_not_what_is_meant(alignment: Alignment, *, mixed: bool) -> None:
    source, target = alignment.source, alignment.target
    if alignment.backwards and not mixed:
        warnings.warn(
            f"the passages of {target.document.path} stand in the reverse order of those of {source.document.path}: is that meant?",
            TranscmpWarning,
            stacklevel=2,
        )
    if mixed or alignment.score >= _UNRELATED or min(len(source.segments), len(target.segments)) < _ENOUGH_SEGMENTS:
        return
    warnings.warn(
        f"{source.document.path} and {target.document.path} have next to nothing to do with each other "
        f"(alignment score {figure(alignment.score)}): are these the right files?",
        TranscmpWarning,
        stacklevel=2,
    )


def aligned(
    both: Sides, encoder: Encoder | None, options: Options, anchors: Sequence[Pair] = (), progress: Report | None = None
) -> Alignment:
    """Align, with ``anchors`` and those of the user's file fixed."""
    from transcmp.alignment import AlignOptions, align, match, read_gold

    chosen = AlignOptions(unit=options.unit, max_bead=options.max_bead)
    if both.mixed:
        if options.anchors:
            raise UsageError(message="anchors are beads of a source and its translation; there is one document")
        return match(both.source, both.target, encoder=encoder, options=chosen, progress=progress)
    sizes = len(both.source.segments), len(both.target.segments)
    fixed = (*anchors, *(read_gold(options.anchors, sizes) if options.anchors else ()))
    return align(both.source, both.target, encoder=encoder, options=chosen, anchors=sorted(set(fixed)), progress=progress)


def with_bead_scores(
    both: Sides, beads: Sequence[Bead], encoder: Encoder | None, options: Options, progress: Report | None = None
) -> Sequence[Bead]:
    """Beads that a person made, with scores: those without one are anchors of an alignment, which scores them."""
    if both.mixed or all(bead.score for bead in beads if bead.source and bead.target):
        return beads
    fixed = [(bead.source, bead.target) for bead in beads if bead.source and bead.target and not bead.moved]
    again = aligned(both, encoder, options, fixed, progress)
    scores = {(bead.source, bead.target): bead.score for bead in again.beads}
    return [bead if bead.score else replace(bead, score=scores.get((bead.source, bead.target), 0.0)) for bead in beads]


def choose_encoder(both: Sides, options: Options) -> Encoder | None:
    """The encoder for both sides; says so where ``auto`` finds none."""
    from transcmp import embed

    if not (both.source.segments and both.target.segments):
        return None
    encoder = embed.choose(options.encoder, both.source.language, both.target.language)
    if encoder is None and options.encoder == embed.AUTO:
        warnings.warn(
            f"no installed encoder covers {both.source.language} and {both.target.language}: aligned by words and lengths (lexical); "
            "'transcmp doctor' lists encoders",
            TranscmpWarning,
            stacklevel=2,
        )
    return encoder


def _kept(both: Sides, options: Options) -> Kept | None:
    if options.folder is None or both.mixed or options.unit != "sentence":
        return None
    from transcmp import decisions

    kept = decisions.load_alignment(Path(options.folder), both.source, both.target)
    if kept is not None and not kept.fresh:
        hold = "1 bead that was set by hand still holds" if len(kept.pinned) == 1 else f"{len(kept.pinned)} beads set by hand still hold"
        warnings.warn(
            f"{both.target.document.path}: the kept alignment no longer fits both files; {hold}",
            TranscmpWarning,
            stacklevel=2,
        )
    return kept


def with_beads(both: Sides, beads: Iterable[Bead], signature: str) -> Alignment:
    """The alignment with just these beads."""
    from transcmp.alignment.result import assemble

    paired = list(beads)
    closest = {number: bead.closest for bead in paired if bead.closest is not None for number in bead.source}
    return assemble(both.source, both.target, [bead for bead in paired if bead.source and bead.target], closest, signature)


def compared(both: Sides, options: Options, progress: Report | None = None) -> tuple[Comparison, Encoder | None]:
    """Align, as the beginning of a comparison."""
    _say_if_one_language(both, options)
    alignment, encoder = align(both, options, progress)
    return comparison_of(alignment, mixed=both.mixed), encoder


def _say_if_one_language(both: Sides, options: Options) -> None:
    """Both sides in one language are versions of a text, or a translation of which nothing is translated: the rules would be silent."""
    source, target = both.source, both.target
    if both.mixed or options.target_language or source.language == UNDETERMINED or not same_language(source.language, target.language):
        return
    warnings.warn(
        f"{target.document.path} is in the language of its source ({target.language}), so nothing in it counts as untranslated; "
        "if it is to be a translation, say into what with --target-language",
        TranscmpWarning,
        stacklevel=2,
    )


def comparison_of(alignment: Alignment, *, mixed: bool) -> Comparison:
    """A comparison without scores and findings."""
    return Comparison(alignment=alignment, mixed=mixed, coverage=coverage(alignment), signature=alignment.signature)


def scored(comparison: Comparison, encoder: Encoder | None) -> Comparison:
    """The comparison with its scores, their intervals, and the words that the other side does not cover."""
    from transcmp.scoring import score

    return with_scores(comparison, score(comparison.alignment, encoder=encoder))


def with_scores(comparison: Comparison, result: Scored) -> Comparison:
    """The comparison with scores that were made of its alignment."""
    return replace(
        comparison,
        bead_scores=result.beads,
        scores=result.document,
        intervals={name: (interval.low, interval.high) for name, interval in result.intervals},
        scores_signature=result.signature,
        uncovered=result.uncovered,
    )


def checked(
    comparison: Comparison,
    rules: RuleOptions | None = None,
    encoder: Encoder | None = None,
    *,
    look: Look | None = None,
    go_on: Callable[[], None] = lambda: None,
) -> Comparison:
    """The comparison with its findings, each with a fingerprint. With an encoder the rules look closely where they are in doubt.

    ``look`` looks in the encoder's place; ``go_on`` is called in front of each rule, and what it raises ends the work.
    """
    from transcmp import checks, decisions
    from transcmp.pipeline.words import looker

    found = checks.run(comparison, rules, looker(encoder) if look is None else look, go_on)
    return decisions.with_fingerprints(replace(comparison, findings=found))


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
