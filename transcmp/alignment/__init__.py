"""Alignment: which source segments translate which target segments.

    sides -> evidence -> search in order -> leftovers in any order -> calibrated beads

Two tiers give evidence: ``embedding``, with an encoder, and ``lexical``, with a lexicon that is learned from the pair itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from transcmp.alignment.gold import Figures, Pair, evaluate, measure, parse_vecalign, read_gold
from transcmp.model import Alignment, Side, Unit

if TYPE_CHECKING:
    from transcmp.embed import Encoder

__all__ = ["AlignOptions", "Figures", "Pair", "align", "evaluate", "match", "measure", "parse_vecalign", "read_gold"]


class AlignOptions(Struct, frozen=True, kw_only=True):
    """Choices that change an alignment."""

    unit: Unit = "sentence"
    """What a segment is."""
    max_bead: int = 8
    """Most segments in a bead, both sides together; at least 2."""


Report = Callable[[str, int, int], None]
"""Told of progress: the step, units done, units in all."""

DEFAULTS = AlignOptions()


def align(
    source: Side,
    target: Side,
    *,
    encoder: Encoder | None,
    options: AlignOptions = DEFAULTS,
    anchors: Sequence[Pair] = (),
    progress: Report | None = None,
) -> Alignment:
    """Align two documents in order; what is then left over on both sides is matched in any order and marked as moved.

    ``anchors`` are beads that are known to be right, in order on both sides. Raises UsageError for anchors that are not possible, or a
    ``max_bead`` below 2.
    """
    from transcmp.alignment import pair

    return pair.align(source, target, encoder=encoder, options=options, anchors=anchors, progress=progress)


def match(
    source: Side, target: Side, *, encoder: Encoder | None, options: AlignOptions = DEFAULTS, progress: Report | None = None
) -> Alignment:
    """Match the segments of a mixed document in any order; most have no counterpart, and ``closest`` says what came nearest."""
    from transcmp.alignment import pair

    return pair.match(source, target, encoder=encoder, options=options, progress=progress)
