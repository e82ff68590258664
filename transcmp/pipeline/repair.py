"""Comparisons of alignments that a person puts right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from transcmp.model import Alignment, Bead, Comparison, Scores
from transcmp.pipeline import steps
from transcmp.pipeline.gradual import How, Part, completed
from transcmp.pipeline.options import Options
from transcmp.pipeline.sides import Sides


def arranged(comparison: Comparison, beads: Sequence[Bead]) -> Comparison:
    """The comparison with other beads over the same segments, put into the order of an alignment.

    Nothing is computed anew: beads that were there keep their scores, the document its own, findings their places.
    """
    old = comparison.alignment
    alignment = replace(steps.with_beads(_sides(comparison), beads, old.signature), score=old.score)
    scores = {(bead.source, bead.target): score for bead, score in zip(old.beads, comparison.bead_scores, strict=False)}
    place = {(bead.source, bead.target): number for number, bead in enumerate(alignment.beads)}

    def moved(number: int | None) -> int | None:
        return None if number is None else place.get((old.beads[number].source, old.beads[number].target))

    return replace(
        comparison,
        alignment=alignment,
        coverage=steps.coverage(alignment),
        bead_scores=tuple(scores.get((bead.source, bead.target), Scores()) for bead in alignment.beads) if scores else (),
        findings=tuple(replace(finding, bead=moved(finding.bead)) for finding in comparison.findings),
    )


def reassess(comparison: Comparison, beads: Sequence[Bead], *, options: Options, how: How) -> Iterator[Part]:
    """Findings and scores of the same two sides with these beads, piece by piece; only beads that are new are scored.

    A bead that a person made gets the alignment score that the aligner gives it.
    """
    both = _sides(comparison)
    signature = comparison.alignment.signature.removesuffix("|repaired")
    scored = steps.with_bead_scores(both, beads, steps.choose_encoder(both, options), options, how.progress)
    alignment = steps.with_beads(both, scored, f"{signature}|repaired")
    return _completed(comparison, alignment, both, options, how)


def realign(comparison: Comparison, locked: Sequence[Bead], *, options: Options, how: How) -> Iterator[Part]:
    """Align anew what is not in ``locked``, piece by piece; those beads stay, in order or moved, of two sides or of one."""
    both = _sides(comparison)
    alignment = steps.aligned(both, steps.choose_encoder(both, options), options, _in_order(locked), how.progress)
    alignment = steps.with_beads(both, _with_locked(alignment.beads, locked), alignment.signature)
    return _completed(comparison, alignment, both, options, how)


def _completed(comparison: Comparison, alignment: Alignment, both: Sides, options: Options, how: How) -> Iterator[Part]:
    fresh = steps.comparison_of(alignment, mixed=comparison.mixed)
    return completed(fresh, steps.choose_encoder(both, options), how, known=comparison)


def _in_order(beads: Sequence[Bead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The beads of two sides that are in order on both: what can be an anchor."""
    return [(bead.source, bead.target) for bead in beads if bead.source and bead.target and not bead.moved]


def _with_locked(beads: Sequence[Bead], locked: Sequence[Bead]) -> list[Bead]:
    """The beads, and in the place of all that holds one of their segments the locked ones."""
    fixed = {(bead.source, bead.target) for bead in locked}
    source = {number for bead in locked for number in bead.source}
    target = {number for bead in locked for number in bead.target}
    scores = {(bead.source, bead.target): bead.score for bead in beads}
    made = [replace(bead, score=scores.get((bead.source, bead.target), bead.score)) for bead in locked]
    for bead in beads:
        if (bead.source, bead.target) not in fixed:
            rest = [number for number in bead.source if number not in source], [number for number in bead.target if number not in target]
            made.append(replace(bead, source=tuple(rest[0]), target=tuple(rest[1])))
    return made


def _sides(comparison: Comparison) -> Sides:
    return Sides(source=comparison.alignment.source, target=comparison.alignment.target, mixed=comparison.mixed)
