"""How long translations are in a pair of documents: what one bead's lengths are measured by."""

from __future__ import annotations

from math import log, sqrt

from transcmp.checks.context import Context

_VARIANCE = 6.8
"""Variance of the length of a translation a character (Gale and Church 1993, section 3)."""
_BEADS = 5
"""Beads below which the documents' ratio is not known."""
_SHORTER = 0.05
"""How much too short a side is (natural logarithm) that may lack something."""


class Lengths:
    """The ratio of lengths of two documents, from their beads of one segment each."""

    def __init__(self, context: Context) -> None:
        pairs = [pair for pair in context.prose if len(pair.source.segments) == len(pair.target.segments) == 1 and pair.source.size >= 10]
        sizes = sorted(pair.target.size / pair.source.size for pair in pairs if pair.target.size)
        self.known = len(sizes) >= _BEADS
        self.ratio = sizes[len(sizes) // 2] if self.known else 1.0

    def shift(self, source: float, target: float) -> float:
        """Logarithm of the target's length over what it should be; 0 where they fit."""
        return log(max(target, 1.0) / max(self.ratio * source, 1.0))

    def may_lack(self, shift: float) -> bool:
        """Whether a side may lack something that is ``shift`` longer than it should be: any side, if the ratio is not known."""
        return not self.known or shift < -_SHORTER

    def deviation(self, source: float, target: float) -> float:
        """The difference of lengths in standard deviations."""
        expected = max(self.ratio * source, 1.0)
        return (target - expected) / sqrt(_VARIANCE * (target + expected) / 2)
