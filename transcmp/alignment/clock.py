"""Evidence from time: what two subtitle files show at the same moment translates each other.

The files may be made for different cuts. One clock is then a straight line over the other: an offset, and the ratio of two frame rates. It
is found from the times alone, as the line on which most cues begin together; where none has clearly more than chance, times say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from transcmp.alignment.kernel import Floats
from transcmp.model import Document, Segment

_FORMATS = frozenset({"srt", "vtt", "ass"})
_FRAME_RATES = (24000 / 1001, 24.0, 25.0)
_RATES = sorted({1.0, *(one / other for one, other in permutations(_FRAME_RATES, 2))}, key=lambda rate: abs(log(rate)))
"""Ratios of two clocks that are tried, the likeliest first."""
_TOGETHER = 0.4
"""Seconds between two beginnings that count as one."""
_FARTHEST = 900.0
"""Seconds that one file may begin later than the other."""
_MOST = 2000
"""Cues of a side by which clocks are compared; further ones have the same clock."""
_SAME = 0.9
"""Share of the best line's cues with which an earlier one is preferred: no offset, then the nearest rate."""
_ENOUGH = 0.5
"""Share of the shorter side's cues that must begin together."""
_SIGMAS = (4.0, 5.5)
"""Standard deviations by which they must be more than by chance: where the clocks agree as they are, and on the best of many lines."""

Spans = Floats
"""Shape (segments, 2): seconds at which each begins and ends; NaN where it has no time."""


def spans(document: Document, segments: Sequence[Segment]) -> Spans:
    """When the segments of subtitles are shown, by their own clock."""
    times: Spans = np.full((len(segments), 2), np.nan)
    for number, segment in enumerate(segments if document.format in _FORMATS else ()):
        start, _, end = document.fragments[segment.fragment].info.partition(",")
        if end:
            times[number] = float(start), float(end)
    return times


@dataclass(frozen=True)
class Times:
    """When the segments of both sides are shown, by the source's clock."""

    source: Spans
    target: Spans

    @classmethod
    def of(cls, source: Spans, target: Spans) -> Times | None:
        """None where either side has no times, or their clocks do not agree."""
        line = fit(source[:, 0], target[:, 0])
        return None if line is None else cls(source, target * line[0] + line[1])

    def part(self, rows: slice, columns: slice) -> Times:
        """The segments ``rows`` and ``columns`` alone."""
        return Times(self.source[rows], self.target[columns])

    def merged(self, size: int) -> Times:
        """Each ``size`` consecutive segments as one."""
        return Times(_merged(self.source, size), _merged(self.target, size))

    def agreement(self, rows: slice, columns: slice, shape: tuple[int, int]) -> Floats:
        """How well runs of ``shape`` inside ``rows`` and ``columns`` are shown together, shape (source runs, target runs); 0 is unknown.

        For each segment of a bead 1 where both sides are on the screen for the same time (a bead of many counts as its harmonic mean), -1
        where they share none (here each of the longer side counts: what is shown without the other does not belong to it).
        """
        mine, theirs = self.source[rows], self.target[columns]
        both = np.minimum(mine[:, None, 1], theirs[None, :, 1]) - np.maximum(mine[:, None, 0], theirs[None, :, 0])
        shared = summed(summed(np.maximum(np.nan_to_num(both, nan=0.0), 0), shape[0]).T, shape[1]).T
        shown = summed(mine[:, 1] - mine[:, 0], shape[0])[:, None] + summed(theirs[:, 1] - theirs[:, 0], shape[1])[None, :]
        agreed: Floats = np.minimum(2 * shared / np.maximum(shown - shared, 1e-3), 2) - 1  # cues that overlap on one side share too much
        agreed *= np.where(agreed > 0, 2 * shape[0] * shape[1] / sum(shape), max(shape))
        return np.nan_to_num(agreed, nan=0.0).astype(np.float32)

    def apart(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether single segments are never shown together, shape (rows, columns)."""
        before = self.source[rows, 1][:, None] <= self.target[columns, 0][None, :]
        behind = self.source[rows, 0][:, None] >= self.target[columns, 1][None, :]
        never: NDArray[np.bool_] = before | behind
        return never


def _merged(side: Spans, size: int) -> Spans:
    firsts = np.arange(0, len(side), size)
    merged: Spans = np.stack([side[firsts, 0], side[np.minimum(firsts + size, len(side)) - 1, 1]], axis=1)
    return merged


def summed(values: Floats, length: int) -> Floats:
    """Sums of all runs of ``length`` along the first axis; a run with an unknown value is unknown."""
    total = values[: max(0, len(values) - length + 1)].copy()
    for offset in range(1, length):
        total += values[offset : offset + len(total)]
    return total


def fit(source: Floats, target: Floats) -> tuple[float, float] | None:
    """Rate and offset by which ``target * rate + offset`` meets most of ``source``; None where too few meet. Seconds, in any order."""
    mine, theirs = (np.sort(side[np.isfinite(side)])[:_MOST] for side in (source, target))
    few = min(len(mine), len(theirs))
    if not few:
        return None
    lines = [(1.0, 0.0)]
    if _meeting(mine, theirs) < _SAME * few:
        lines += [(rate, _offset(mine, theirs * rate)) for rate in _RATES]
    counts = [_meeting(mine, theirs * rate + offset) for rate, offset in lines]
    best = next(number for number, count in enumerate(counts) if count >= _SAME * max(counts))
    length = max(float(mine[-1] - mine[0]), float(theirs[-1] - theirs[0]), 1.0)
    chance = min(1.0, 2 * _TOGETHER * max(len(mine), len(theirs)) / length)
    needed = max(few * _ENOUGH, few * chance + _SIGMAS[best > 0] * sqrt(few * chance * (1 - chance)))
    return _refined(mine, theirs, *lines[best]) if counts[best] >= min(needed, few) else None


def _offset(mine: Floats, theirs: Floats) -> float:
    """The offset at which most beginnings meet."""
    width = _TOGETHER / 2
    bins = np.zeros(2 * int(_FARTHEST / width) + 3, np.int64)
    for start in mine:
        apart = start - theirs
        near = apart[np.abs(apart) <= _FARTHEST]
        bins += np.bincount(np.rint((near + _FARTHEST) / width).astype(np.int64) + 1, minlength=len(bins))
    smooth = bins[:-2] + bins[1:-1] + bins[2:]
    return float(np.argmax(smooth)) * width - _FARTHEST


def _pairs(mine: Floats, theirs: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions of the beginnings that meet: each of ``mine`` with the nearest of ``theirs``."""
    after = np.clip(np.searchsorted(theirs, mine), 1, max(1, len(theirs) - 1))
    nearest = np.where(np.abs(theirs[after - 1] - mine) <= np.abs(theirs[np.minimum(after, len(theirs) - 1)] - mine), after - 1, after)
    nearest = np.minimum(nearest, len(theirs) - 1)
    met = np.flatnonzero(np.abs(theirs[nearest] - mine) <= _TOGETHER)
    return met, nearest[met]


def _meeting(mine: Floats, theirs: Floats) -> int:
    return len(np.unique(_pairs(mine, theirs)[1]))


def _refined(mine: Floats, theirs: Floats, rate: float, offset: float) -> tuple[float, float]:
    """The line through the beginnings that meet."""
    for _ in range(2):
        rows, columns = _pairs(mine, theirs * rate + offset)
        if not len(rows):
            return rate, offset
        if len(rows) < 8 or theirs[columns[-1]] - theirs[columns[0]] < 60:
            return rate, float(np.median(mine[rows] - theirs[columns] * rate))
        rate, offset = (float(value) for value in np.polyfit(theirs[columns], mine[rows], 1))
    return rate, offset
