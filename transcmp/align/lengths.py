"""How well two spans agree in length (Gale and Church 1993)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Lengths = NDArray[np.float64]

_VARIANCE = 6.8
"""Of the difference, a character: Gale and Church's estimate for English, French and German."""
_MOST = 6.0


@dataclass(frozen=True)
class LengthModel:
    """Lengths of both sides on one scale, as sums up to each segment."""

    source: Lengths
    """Shape (segments + 1,): letters and digits before each source segment, as many as their translation is expected to have."""
    target: Lengths
    """Shape (segments + 1,): letters and digits before each target segment."""

    @classmethod
    def of(cls, source: Sequence[str], target: Sequence[str]) -> LengthModel:
        """Measured on the texts of both sides; the ratio of languages is that of the totals."""
        mine, theirs = count(source), count(target)
        ratio = theirs.sum() / mine.sum() if len(mine) and len(theirs) else 1.0
        return cls(np.concatenate([[0.0], np.cumsum(mine) * ratio]), np.concatenate([[0.0], np.cumsum(theirs)]))

    def spans(self, rows: slice, columns: slice, shape: tuple[int, int]) -> tuple[Lengths, Lengths]:
        """Expected and found length, as column and row, of all spans of a shape inside ``rows`` and ``columns`` (segments)."""
        source, target = self.source[rows.start : rows.stop + 1], self.target[columns.start : columns.stop + 1]
        return (source[shape[0] :] - source[: -shape[0]])[:, None], (target[shape[1] :] - target[: -shape[1]])[None, :]


def count(texts: Sequence[str]) -> Lengths:
    """Letters and digits of each text, at least 1."""
    return np.fromiter((max(1, sum(map(str.isalnum, text))) for text in texts), np.float64, len(texts))


def alike(expected: Lengths, found: Lengths) -> Lengths:
    """0..1; 1 for equal lengths."""
    ratio: Lengths = np.log2(1 + np.minimum(expected, found) / np.maximum(expected, found))
    return ratio


def deviation(expected: Lengths, found: Lengths) -> Lengths:
    """Difference in standard deviations, at most 6."""
    apart: Lengths = np.minimum(_MOST, np.abs(found - expected) / np.sqrt(_VARIANCE * (expected + found) / 2))
    return apart
