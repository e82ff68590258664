"""The search: the best monotone alignment by dynamic programming, exact within its windows. Arrays only.

Nodes are (row, column): so many source and so many target segments are done. A bead of shape (a, b) leads from (i - a, j - b) to (i, j)
and brings a gain; a segment without counterpart costs its skip. Skips are affine, as gaps are in Gotoh (1982): the first segment of an
unaligned run costs more than each further one. A run may mix sides, any bead ends it. There may be several ways to skip, one cheap to begin
and one cheap to go on; a run keeps to one. So each node has a state for the last step: a bead, or one of the ways to skip.

Every bead has a source segment, hence reads earlier rows only, and a whole row of nodes is computed at once. The one dependence within a
row, a run of target skips, is a running maximum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating[Any]]
Ids: TypeAlias = NDArray[np.int64]

_NEVER = -np.inf
_ROUNDING = 1e-9
_FROM_BEAD_ABOVE, _FROM_SKIP_ABOVE, _FROM_BEAD_LEFT, _FROM_SKIP_LEFT = range(4)


@dataclass(frozen=True)
class Skips:
    """A way to skip: what it costs to leave a segment without counterpart. All values are finite."""

    open_source: Floats
    """Shape (rows,): for each source segment, as the first of a run."""
    extend_source: Floats
    """Shape (rows,): the same, within a run."""
    open_target: Floats
    """Shape (columns,)."""
    extend_target: Floats
    """Shape (columns,)."""


@dataclass(frozen=True)
class Step:
    """One step of a path: source segments ``row - rows : row`` with target segments ``column - columns : column``."""

    row: int
    column: int
    rows: int
    columns: int
    gain: float
    """Of the bead; 0 for a skip."""


Block: TypeAlias = tuple[int, int, Floats]
"""First node row, first node column, and gains of shape (rows, shapes, columns) that hold every window of its rows."""


def shapes_up_to(size: int) -> list[tuple[int, int]]:
    """All bead shapes with both sides and at most ``size`` segments; simple ones first, for they win ties."""
    shapes = [(rows, columns) for rows in range(1, size) for columns in range(1, size - rows + 1)]
    return sorted(shapes, key=lambda shape: (sum(shape), abs(shape[0] - shape[1]), shape))


def whole_table(rows: int, columns: int) -> Ids:
    """Windows that leave nothing out."""
    return np.tile(np.array([0, columns], np.int64), (rows + 1, 1))


def around(path: Sequence[Step], rows: int, columns: int, radius: int) -> Ids:
    """Windows that reach ``radius`` segments to each side of a path, in both directions."""
    low, high = np.full(rows + 1, columns, np.int64), np.zeros(rows + 1, np.int64)
    low[0] = 0
    for step in path:
        first, last = step.row - step.rows, step.row
        np.minimum(low[first : last + 1], step.column - step.columns, out=low[first : last + 1])
        np.maximum(high[first : last + 1], step.column, out=high[first : last + 1])
    # a path is monotone, so the window of the row `radius` earlier is the lowest within reach, the one `radius` later the highest
    index = np.arange(rows + 1)
    low = low[np.maximum(index - radius, 0)] - radius
    high = high[np.minimum(index + radius, rows)] + radius
    return np.stack([np.maximum(low, 0), np.minimum(high, columns)], axis=1)


def search(windows: Ids, shapes: Sequence[tuple[int, int]], blocks: Iterable[Block], skips: Sequence[Skips]) -> list[Step]:
    """The path of greatest total gain less skips from (0, 0) to the last node, first step first.

    ``windows`` has shape (rows + 1, 2): first and last column of each node row, inclusive; both are non-decreasing, the first row begins
    with 0, the last one ends with the last column, and each begins no later than the one before it ends. ``blocks`` follow each other
    without a gap and cover all rows. Time and memory are proportional to the windows' area.
    """
    table = _Table(windows, shapes, skips)
    for first, left, gains in blocks:
        for offset in range(len(gains)):
            row = first + offset
            low, high = windows[row]
            table.fill(row, gains[offset, :, low - left : high + 1 - left])
    return table.trace()


class _Table:
    """Scores of the last few rows, and where each node of every row came from. State 0 is a bead, the others are ways to skip."""

    def __init__(self, windows: Ids, shapes: Sequence[tuple[int, int]], skips: Sequence[Skips]) -> None:
        self._windows, self._skips = windows, skips
        self._rows = np.array([shape[0] for shape in shapes], np.int64)
        self._columns = np.array([shape[1] for shape in shapes], np.int64)
        self._reach = int(self._rows.max()) + 1
        self._margin = int(self._columns.max())
        width = int(windows[-1, 1]) + 1 + self._margin
        # over absolute columns; what lies outside a row's window is never reached
        self._best = np.full((self._reach, width), _NEVER)
        self._above = np.full((len(skips) + 1, width), _NEVER)
        self._along = [np.concatenate([[0.0], np.cumsum(way.extend_target, dtype=np.float64)]) for way in skips]
        self._shape_of: list[NDArray[np.int8]] = []
        self._gain_of: list[Floats] = []
        self._came_of: list[NDArray[np.int8]] = []
        self._state_of: list[NDArray[np.int8]] = []

    def fill(self, row: int, gains: Floats) -> None:
        """Compute one row of nodes; ``gains`` has shape (shapes, columns of the window)."""
        low, high = int(self._windows[row, 0]), int(self._windows[row, 1])
        states = np.empty((len(self._skips) + 1, high + 1 - low))
        states[0] = self._bead_scores(row, low, high, gains)
        came = np.empty((len(self._skips), high + 1 - low), np.int8)
        for number, way in enumerate(self._skips):
            states[number + 1], came[number] = self._skip_scores(row, low, high, states[0], number, way)
        self._came_of.append(came)
        self._state_of.append(states.argmax(axis=0).astype(np.int8))
        self._remember(self._best[row % self._reach], row - self._reach, low, high, states.max(axis=0))
        self._remember(self._above, row - 1, low, high, states)

    def _remember(self, ring: Floats, forgotten: int, low: int, high: int, values: Floats) -> None:
        """Write a row over the one it replaces."""
        if forgotten >= 0:
            first, last = self._windows[forgotten]
            ring[..., first + self._margin : last + 1 + self._margin] = _NEVER
        ring[..., low + self._margin : high + 1 + self._margin] = values

    def _bead_scores(self, row: int, low: int, high: int, gains: Floats) -> Floats:
        columns = np.arange(low, high + 1)
        reachable = self._rows <= row
        before = self._best[(row - self._rows)[:, None] % self._reach, columns - self._columns[:, None] + self._margin]
        scores = np.where(reachable[:, None], before + gains, _NEVER)
        chosen = scores.argmax(axis=0)
        picked = np.arange(len(columns))
        beads: Floats = scores[chosen, picked]
        if row == 0:
            beads[0] = 0.0
        self._shape_of.append(chosen.astype(np.int8))
        self._gain_of.append(gains[chosen, picked])
        return beads

    def _skip_scores(self, row: int, low: int, high: int, beads: Floats, number: int, way: Skips) -> tuple[Floats, NDArray[np.int8]]:
        entrances = np.full((3, len(beads)), _NEVER)
        if row:
            inside = slice(low + self._margin, high + 1 + self._margin)
            entrances[_FROM_BEAD_ABOVE] = self._above[0, inside] - way.open_source[row - 1]
            entrances[_FROM_SKIP_ABOVE] = self._above[number + 1, inside] - way.extend_source[row - 1]
        entrances[_FROM_BEAD_LEFT, 1:] = beads[:-1] - way.open_target[low:high]
        came = entrances.argmax(axis=0).astype(np.int8)
        entered = entrances.max(axis=0)
        along = self._along[number][low : high + 1]
        skipped: Floats = np.maximum.accumulate(entered + along) - along
        came[1:][skipped[1:] > entered[1:] + _ROUNDING] = _FROM_SKIP_LEFT
        return skipped, came

    def trace(self) -> list[Step]:
        """From the last node back to the first."""
        row, column = len(self._windows) - 1, int(self._windows[-1, 1])
        steps: list[Step] = []
        state = int(self._state_of[row][column - self._windows[row, 0]])
        while row or column:
            place = column - self._windows[row, 0]
            if state:
                came = int(self._came_of[row][state - 1, place])
                above = came in (_FROM_BEAD_ABOVE, _FROM_SKIP_ABOVE)
                steps.append(Step(row, column, int(above), int(not above), 0.0))
                row, column = (row - 1, column) if above else (row, column - 1)
                state = state if came in (_FROM_SKIP_ABOVE, _FROM_SKIP_LEFT) else 0
            else:
                shape = int(self._shape_of[row][place])
                rows, columns = int(self._rows[shape]), int(self._columns[shape])
                steps.append(Step(row, column, rows, columns, float(self._gain_of[row][place])))
                row, column = row - rows, column - columns
                state = int(self._state_of[row][column - self._windows[row, 0]])
        return steps[::-1]
