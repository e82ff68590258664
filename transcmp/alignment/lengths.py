"""How well two spans agree in length (Gale and Church 1993)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import lgamma
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Lengths: TypeAlias = NDArray[np.floating[Any]]

_VARIANCE = 6.8
"""Of the difference, a character: Gale and Church's estimate for English, French and German."""
_MOST = 6.0
_FLOOR = 4.0
"""Added to variances: short segments differ by a few letters for no reason."""
_LEAST_SPREAD = 0.2
"""Variance over squared mean that segments have at least, or equal lengths would look improbable where all are equal."""
_HAN_LETTER = 2.5
"""Letters of other scripts that one Han or kana letter stands for."""
_SAMPLE = 5000
_BELIEF, _DOUBT = float(np.log(0.98)), float(np.log(0.02))
"""One translation in fifty has any length."""


@dataclass(frozen=True)
class LengthModel:
    """Lengths of both sides on one scale, as sums up to each segment."""

    source: Lengths
    """Shape (segments + 1,): letters and digits before each source segment, as many as their translation is expected to have."""
    target: Lengths
    """Shape (segments + 1,): letters and digits before each target segment."""

    @classmethod
    def of(cls, source: Sequence[str], target: Sequence[str], ratio: float | None = None) -> LengthModel:
        """Measured on the texts of both sides; the ratio of languages is that of the totals, unless it is known."""
        mine, theirs = count(source), count(target)
        if ratio is None:
            ratio = float(theirs.sum() / mine.sum()) if len(mine) and len(theirs) else 1.0
        return cls(np.concatenate([[0.0], np.cumsum(mine) * ratio]), np.concatenate([[0.0], np.cumsum(theirs)]))

    def part(self, rows: slice, columns: slice) -> LengthModel:
        """The segments ``rows`` and ``columns`` alone."""
        return LengthModel(self.source[rows.start : rows.stop + 1], self.target[columns.start : columns.stop + 1])

    def merged(self, size: int) -> LengthModel:
        """Each ``size`` consecutive segments of both sides as one."""
        return LengthModel(np.append(self.source[:-1:size], self.source[-1]), np.append(self.target[:-1:size], self.target[-1]))

    def covered(self, beads: NDArray[np.int64]) -> float:
        """Share of the letters of both sides that stand in beads, 0..1.

        A bead is its first source segment, their number, its first target segment, their number.
        """
        letters = sum(
            (side[first + count] - side[first]).sum()
            for side, first, count in ((self.source, beads[:, 0], beads[:, 1]), (self.target, beads[:, 2], beads[:, 3]))
        )
        return float(letters / (self.source[-1] + self.target[-1]))

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


@dataclass(frozen=True)
class LengthRatio:
    """Log-likelihood ratio of two lengths: of a translation, against two spans that have nothing to do with each other."""

    ratio: float
    """Target letters a source letter."""
    variance: float
    """Of the difference, a letter."""
    source: Background
    target: Background

    @classmethod
    def of(cls, source: Lengths, target: Lengths, ratio: float | None = None) -> LengthRatio:
        """A first guess from the lengths of all segments of both sides."""
        return cls(float(target.sum() / source.sum()) if ratio is None else ratio, _VARIANCE, Background.of(source), Background.of(target))

    def refitted(self, source: Lengths, target: Lengths) -> LengthRatio:
        """With ratio and variance of believed beads; the worst twentieth is left out."""
        if not len(source):
            return self
        ratio = float(target.sum() / source.sum())
        spread = np.sort((target - ratio * source) ** 2 / ((ratio * source + target) / 2))
        spread = spread[: int(np.ceil(0.95 * len(spread)))]
        # ten observations of the first guess are put beside the data; cutting the tail shrinks the variance by a fifth
        variance = float((1.25 * spread.sum() + 10 * _VARIANCE) / (0.95 * len(source) + 10))
        return LengthRatio(ratio, variance, self.source, self.target)

    def score(self, source: Lengths, target: Lengths, shape: tuple[int, int]) -> Lengths:
        """In nats, for spans of ``shape`` segments with these numbers of letters (arrays that broadcast)."""
        variance = self.variance * (self.ratio * source + target) / 2 + _FLOOR
        normal = -0.5 * ((target - self.ratio * source) ** 2 / variance + np.log(2 * np.pi * variance))
        forward = normal - self.target.log_density(target, shape[1])
        backward = normal + np.log(self.ratio) - self.source.log_density(source, shape[0])
        score: Lengths = 0.5 * (np.logaddexp(forward + _BELIEF, _DOUBT) + np.logaddexp(backward + _BELIEF, _DOUBT))
        return score


@dataclass(frozen=True)
class Background:
    """Lengths of one side's segments as a gamma distribution, fitted by moments; sums of n segments follow one with n times the shape."""

    shape: float
    scale: float

    @classmethod
    def of(cls, lengths: Lengths) -> Background:
        """Of all segments of a side."""
        mean = float(lengths.mean())
        variance = max(float(lengths.var()), _FLOOR, _LEAST_SPREAD * mean * mean)
        return cls(mean * mean / variance, variance / mean)

    def log_density(self, lengths: Lengths, count: int) -> Lengths:
        """Of sums over ``count`` segments."""
        shape = count * self.shape
        density: Lengths = (shape - 1) * np.log(lengths) - lengths / self.scale - shape * np.log(self.scale) - lgamma(shape)
        return density


def usual_ratio(source: Sequence[str], target: Sequence[str]) -> float:
    """Target letters a source letter where the texts are no translations of each other: by how much each script says in a letter."""
    return _density(source) / _density(target)


def _density(texts: Sequence[str]) -> float:
    letters = "".join(texts[:_SAMPLE])[:_SAMPLE]
    dense = sum("\u3040" <= letter <= "\u9fff" for letter in letters)
    return 1 + (_HAN_LETTER - 1) * dense / max(1, len(letters))
