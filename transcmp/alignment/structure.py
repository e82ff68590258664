"""Evidence from structure: a heading is translated by a heading, what stands in one block seldom goes to two, and subtitles have times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transcmp.alignment.clock import Times
from transcmp.alignment.constants import Structure as Weights
from transcmp.alignment.grid import place
from transcmp.alignment.kernel import Floats
from transcmp.model import Segment, Side

_COUNT = np.array([number.bit_count() for number in range(1 << 13)], np.int8)


@dataclass(frozen=True)
class Layout:
    """Where the segments of one side stand."""

    kinds: NDArray[np.int64]
    """Shape (segments,): a bit for the kind of block."""
    blocks: NDArray[np.int64]
    """Shape (segments,): number of the block."""
    holes: NDArray[np.int64]
    """Shape (segments,): how many segments that cannot be aligned stand before it; no bead jumps over one."""
    anchors: list[str]
    """By segment: the id of its heading; empty for what is not the first segment of a heading, or not unique."""

    @classmethod
    def of(cls, side: Side, segments: Sequence[Segment], numbers: dict[str, int]) -> Layout:
        """Of some segments of a side; ``numbers`` gives each kind a number, the same on both sides."""
        kinds, anchors, seen = [], [], set()
        for segment in segments:
            block = side.document.blocks[segment.block] if segment.block < len(side.document.blocks) else None
            kind = block.kind if block is not None else segment.kind
            kinds.append(1 << numbers.setdefault(kind, len(numbers)))
            anchors.append(block.anchor if block is not None and segment.block not in seen else "")
            seen.add(segment.block)
        blocks = np.array([segment.block for segment in segments], np.int64)
        holes = np.array([segment.id for segment in segments], np.int64) - np.arange(len(segments))
        return cls(np.array(kinds, np.int64), blocks, holes, anchors)

    def part(self, segments: slice) -> Layout:
        """Consecutive segments alone."""
        return Layout(self.kinds[segments], self.blocks[segments], self.holes[segments], self.anchors[segments])

    def merged(self, size: int) -> Layout:
        """Each ``size`` consecutive segments as one."""
        starts = np.arange(0, len(self.kinds), size)
        return Layout(np.bitwise_or.reduceat(self.kinds, starts), self.blocks[starts], 0 * starts, [""] * len(starts))

    def runs(self, first: int, last: int, length: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
        """Of all runs of ``length`` segments inside ``first:last``: their kinds, block boundaries crossed, and whether there is a hole."""
        kinds, blocks = self.kinds[first:last], self.blocks[first:last]
        count = max(0, last - first - length + 1)
        joined = kinds[:count].copy()
        for offset in range(1, length):
            joined |= kinds[offset : offset + count]
        changes = np.concatenate([[0], np.cumsum(np.diff(blocks) != 0)]) if len(blocks) else np.zeros(0, np.int64)
        holes = self.holes[first:last]
        return joined, changes[length - 1 :][:count] - changes[:count], holes[length - 1 :][:count] > holes[:count]


@dataclass(frozen=True)
class Structure:
    """The layouts of both sides."""

    source: Layout
    target: Layout
    weights: Weights
    times: Times | None = None
    """When subtitles are shown; None where there are no times that agree."""

    def part(self, rows: slice, columns: slice) -> Structure:
        """The segments ``rows`` and ``columns`` alone."""
        times = None if self.times is None else self.times.part(rows, columns)
        return Structure(self.source.part(rows), self.target.part(columns), self.weights, times)

    def merged(self, size: int) -> Structure:
        """Each ``size`` consecutive segments as one."""
        times = None if self.times is None else self.times.merged(size)
        return Structure(self.source.merged(size), self.target.merged(size), self.weights, times)

    def gains(self, first: int, last: int, left: int, right: int, shapes: Sequence[tuple[int, int]]) -> Floats:
        """Shape (rows, shapes, columns), for the beads that end at node rows ``first:last`` and node columns ``left:right``."""
        size = max(max(shape) for shape in shapes)
        rows, columns = (max(0, first - size), last - 1), (max(0, left - size), right - 1)
        gains = np.zeros((last - first, len(shapes), right - left), np.float32)
        for number, shape in enumerate(shapes):
            mine, my_breaks, my_holes = self.source.runs(*rows, shape[0])
            theirs, their_breaks, their_holes = self.target.runs(*columns, shape[1])
            if len(mine) and len(theirs):
                kinds = _COUNT[mine[:, None] | theirs[None, :]] - 1
                table = -self.weights.kind * kinds - self.weights.block * np.abs(my_breaks[:, None] - their_breaks[None, :])
                table[my_holes[:, None] | their_holes[None, :]] = -np.inf
                if shape == (1, 1):
                    table += self._anchored(rows, columns)
                if self.times is not None:  # to be shown together is worth as much as an equal anchor
                    table += self.weights.anchor * self.times.agreement(slice(*rows), slice(*columns), shape)
                place(gains[:, number], table, rows[0] + shape[0] - first, columns[0] + shape[1] - left)
        return gains

    def _anchored(self, rows: tuple[int, int], columns: tuple[int, int]) -> Floats:
        """What equal anchors of headings gain."""
        table = np.zeros((rows[1] - rows[0], columns[1] - columns[0]), np.float32)
        places: dict[str, list[int]] = {}
        for column in range(*columns):
            if self.target.anchors[column]:
                places.setdefault(self.target.anchors[column], []).append(column)
        for row in range(*rows):
            for column in places.get(self.source.anchors[row], ()):
                table[row - rows[0], column - columns[0]] = self.weights.anchor
        return table

    def whole(self, length: int) -> NDArray[np.int64]:
        """First segments of all runs of ``length`` target segments that stay inside one block."""
        _, breaks, holes = self.target.runs(0, len(self.target.kinds), length)
        return np.flatnonzero((breaks == 0) & ~holes)

    def alike(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether single segments are of one kind, and not shown at different times; shape (rows, columns)."""
        same: NDArray[np.bool_] = self.source.kinds[rows][:, None] == self.target.kinds[columns][None, :]
        return same if self.times is None else same & ~self.times.apart(rows, columns)
