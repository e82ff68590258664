"""Comparisons of alignments that a person puts right."""

from __future__ import annotations

from collections.abc import Sequence

from transcmp.model import Bead, Comparison
from transcmp.pipeline import steps
from transcmp.pipeline.options import Options
from transcmp.pipeline.sides import Sides


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
