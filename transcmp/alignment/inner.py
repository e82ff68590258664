"""Evidence from inside: does every sentence of a bead find its words, and its clauses, on the other side of this bead, not beside it?

What lies on the wrong side of a boundary hardly moves the vectors of whole spans, but it is plain to see word by word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from transcmp.alignment.kernel import Floats
from transcmp.alignment.vocabulary import thin_out
from transcmp.embed.vectors import Growing, Matrix

_CODES = 127
_MOST = 300
"""Parts of one segment that are compared: a bound on time and memory."""
_BLOCK = 64
"""Segments whose parts are added up at a time."""
_CACHED = 256
"""Vectors that are packed at a time: so few stay in the CPU's cache."""


@dataclass(frozen=True)
class Parts:
    """The words, or the clauses, of one side's segments; kept in one byte a number."""

    codes: NDArray[np.int8]
    """Shape (parts, dimension)."""
    scales: NDArray[np.float32]
    """Shape (parts, 1): what a code of 127 stands for."""
    centre: Matrix
    """Shape (dimension,): taken off before parts are compared."""
    weights: NDArray[np.float32]
    """Shape (parts,)."""
    bounds: NDArray[np.int64]
    """Shape (segments + 1,): segment i has the parts ``bounds[i]:bounds[i + 1]``."""

    def part(self, segments: slice) -> Parts:
        """Consecutive segments alone."""
        bounds = self.bounds[segments.start : segments.stop + 1]
        inside = slice(bounds[0], bounds[-1])
        return Parts(self.codes[inside], self.scales[inside], self.centre, self.weights[inside], bounds - bounds[0])

    def vectors(self, first: int, last: int) -> Matrix:
        """Unit vectors of the parts of the segments ``first:last``."""
        low, high = self.bounds[first], self.bounds[last]
        rows = self.codes[low:high].astype(np.float32) * (self.scales[low:high] / _CODES) - self.centre
        units: Matrix = rows / np.maximum(np.sqrt(np.einsum("ij,ij->i", rows, rows)), 1e-9)[:, None]
        return units

    def weights_of(self, first: int, last: int) -> NDArray[np.float32]:
        """Weights of the parts of the segments ``first:last``."""
        return self.weights[self.bounds[first] : self.bounds[last]]


class Packing:
    """Words, or clauses, of one side as they are read, a stretch of segments at a time."""

    def __init__(self, *, centred: bool) -> None:
        self._centred = centred
        self._codes, self._scales, self._weights, self._counts = (Growing() for _ in range(4))
        self._total: NDArray[np.float64] | float = 0.0

    def add(self, vectors: Matrix, weights: Matrix, bounds: NDArray[np.int64]) -> None:
        """The parts of some more segments; segment i of them has ``bounds[i]:bounds[i + 1]``.

        One scale a vector; a cosine changes by less than a thousandth. Of a segment with very many parts some are left out, evenly.
        """
        places, counts = thin_out(bounds[:-1], np.diff(bounds), _MOST)
        vectors = vectors if len(places) == len(vectors) else vectors[places]
        codes, scales = np.empty(vectors.shape, np.int8), np.empty((len(vectors), 1), np.float32)
        for first in range(0, len(vectors), _CACHED):
            some = vectors[first : first + _CACHED]
            scale = np.abs(some).max(axis=1, initial=1e-12)[:, None]
            codes[first : first + _CACHED] = np.rint(some / scale * _CODES)
            scales[first : first + _CACHED] = scale
        self._codes.add(codes)
        self._scales.add(scales)
        self._weights.add(weights[places])
        self._counts.add(counts)
        self._total = self._total + vectors.sum(axis=0, dtype=np.float64)

    def parts(self) -> Parts:
        """All that were added, at least one stretch."""
        codes = self._codes.rows
        centre = np.asarray(self._total / max(1, len(codes)) if self._centred else np.zeros(codes.shape[1]), np.float32)
        return Parts(codes, self._scales.rows, centre, self._weights.rows, np.append(0, np.cumsum(self._counts.rows)))


@dataclass(frozen=True)
class Inner:
    """Words, or clauses, of both sides, compared."""

    source: Parts
    target: Parts
    reach: int
    """How many segments on each side of a bead are looked at for a better counterpart."""

    def part(self, rows: slice, columns: slice) -> Inner:
        """The segments ``rows`` and ``columns`` alone."""
        return Inner(self.source.part(rows), self.target.part(columns), self.reach)

    def tables(self, rows: slice, columns: slice, size: int) -> list[list[tuple[Floats, Floats]]]:
        """For spans of a source and b target segments: the worst covered segment of the bead, and what leaks out of it.

        Item [a - 1][b - 1] has two tables of shape (source spans, target spans) inside ``rows`` and ``columns``.
        """
        height, width = rows.stop - rows.start, columns.stop - columns.start
        mine, theirs = self.source.vectors(rows.start, rows.stop), self.target.vectors(columns.start, columns.stop)
        my_bounds = self.source.bounds[rows.start : rows.stop + 1] - self.source.bounds[rows.start]
        their_bounds = self.target.bounds[columns.start : columns.stop + 1] - self.target.bounds[columns.start]
        cosine = mine @ theirs.T
        my_best, their_best = _best(np.ascontiguousarray(cosine.T), their_bounds), _best(cosine, my_bounds)
        my_weights = _by_segment(self.source.weights_of(rows.start, rows.stop), my_bounds)
        their_weights = _by_segment(self.target.weights_of(columns.start, columns.stop), their_bounds)
        forward = [_against(my_best, my_weights, length, self.reach) for length in range(1, min(size, width + 1))]
        backward = [_against(their_best, their_weights, length, self.reach) for length in range(1, min(size, height + 1))]
        return [
            [_together(forward[b - 1], backward[a - 1], a, b) for b in range(1, min(size - a, width) + 1)]
            for a in range(1, min(size, height + 1))
        ]

    def coverage(self, beads: NDArray[np.int64]) -> Floats:
        """How well the sides of some beads cover each other, shape (beads,); 1 where one has no parts.

        ``beads`` has a row a bead: first source segment, their number, first target segment, their number.
        """
        covered = np.ones(len(beads))
        for number, (row, rows, column, columns) in enumerate(beads.tolist()):
            mine, theirs = self.source.vectors(row, row + rows), self.target.vectors(column, column + columns)
            if len(mine) and len(theirs):
                cosine = mine @ theirs.T
                weights = self.source.weights_of(row, row + rows), self.target.weights_of(column, column + columns)
                forward = cosine.max(axis=1) @ weights[0] / weights[0].sum()
                covered[number] = (forward + cosine.max(axis=0) @ weights[1] / weights[1].sum()) / 2
        return covered


def _best(cosine: Matrix, bounds: NDArray[np.int64]) -> Matrix:
    """Best cosine of each column with any row of each segment, shape (columns, segments); 0 for a segment without parts."""
    best = np.zeros((len(bounds) - 1, cosine.shape[1]), np.float32)
    for number, (first, last) in enumerate(pairwise(bounds.tolist())):
        if first < last:
            np.maximum.reduce(cosine[first:last], axis=0, out=best[number])
    return np.ascontiguousarray(best.T)


def _by_segment(weights: NDArray[np.float32], bounds: NDArray[np.int64]) -> list[Matrix]:
    """Of shape (segments, parts), for a few consecutive segments each: the weight of each part in the row of its segment.

    So a product with values of parts adds them up (:func:`_weighted`); for all segments at once it would be nearly all zeros.
    """
    blocks = []
    for first in range(0, len(bounds) - 1, _BLOCK):
        edges = bounds[first : first + _BLOCK + 1]
        spread = np.zeros((len(edges) - 1, edges[-1] - edges[0]), np.float32)
        spread[np.repeat(np.arange(len(spread)), np.diff(edges)), np.arange(spread.shape[1])] = weights[edges[0] : edges[-1]]
        blocks.append(spread)
    return blocks


def _weighted(weights: Sequence[Matrix], values: Matrix) -> Matrix:
    """Weighted sums of values, of shape (parts, any), over the parts of each segment."""
    sums, first = [], 0
    for block in weights:
        sums.append(block @ values[first : first + block.shape[1]])
        first += block.shape[1]
    return np.concatenate(sums)


def _against(best: Matrix, weights: Sequence[Matrix], length: int, reach: int) -> tuple[Floats, Floats]:
    """Of each segment against each run of ``length`` of the other side: its coverage, and how much better its parts do just outside.

    ``weights`` are those of :func:`_by_segment`.
    """
    width = best.shape[1] - length + 1
    inside = best[:, :width]
    for offset in range(1, length):
        inside = np.maximum(inside, best[:, offset : offset + width])
    padded = np.full((len(best), best.shape[1] + 2 * reach), -1.0, np.float32)
    padded[:, reach:-reach] = best
    outside = np.full_like(inside, -1.0)
    for offset in (*range(reach), *range(reach + length, 2 * reach + length)):
        np.maximum(outside, padded[:, offset : offset + width], out=outside)
    total = np.concatenate([block.sum(axis=1, keepdims=True) for block in weights])
    coverage = np.where(total > 0, _weighted(weights, inside) / np.maximum(total, 1e-9), 1.0)
    return coverage, _weighted(weights, np.maximum(outside - inside, 0))


def _together(forward: tuple[Floats, Floats], backward: tuple[Floats, Floats], rows: int, columns: int) -> tuple[Floats, Floats]:
    """From each segment of a bead to the bead: the worst coverage of any, the leak of all."""
    height, width = len(forward[0]) - rows + 1, len(backward[0]) - columns + 1
    worst = np.full((height, width), np.inf, np.float32)
    leak = np.zeros((height, width), np.float32)
    for offset in range(rows):
        np.minimum(worst, forward[0][offset : offset + height], out=worst)
        leak += forward[1][offset : offset + height]
    for offset in range(columns):
        np.minimum(worst, backward[0].T[:, offset : offset + width], out=worst)
        leak += backward[1].T[:, offset : offset + width]
    return worst, leak
