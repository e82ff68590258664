"""Comparisons of alignments that a person puts right."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from transcmp.model import Bead, Comparison, Scores
from transcmp.pipeline import steps
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


def reassess(comparison: Comparison, beads: Sequence[Bead], *, options: Options) -> Comparison:
    """Scores and findings of the same two sides with these beads."""
    both = _sides(comparison)
    signature = comparison.alignment.signature.removesuffix("|repaired")
    alignment = steps.with_beads(both, beads, f"{signature}|repaired")
    return _assessed(steps.comparison_of(alignment, mixed=comparison.mixed), both, options)


def realign(comparison: Comparison, locked: Sequence[Bead], *, options: Options) -> Comparison:
    """Align anew what is not in ``locked``, with those beads as hard anchors."""
    both = _sides(comparison)
    encoder = steps.choose_encoder(both, options)
    anchors = [(bead.source, bead.target) for bead in locked if bead.source and bead.target and not bead.moved]
    alignment = steps.aligned(both, encoder, options, anchors)
    return _assessed(steps.comparison_of(alignment, mixed=comparison.mixed), both, options)


def _sides(comparison: Comparison) -> Sides:
    return Sides(source=comparison.alignment.source, target=comparison.alignment.target, mixed=comparison.mixed)


def _assessed(comparison: Comparison, both: Sides, options: Options) -> Comparison:
    return steps.checked(steps.scored(comparison, steps.choose_encoder(both, options)))
