"""Alignment in order: which windows are searched.

Small pairs are searched whole. For others several consecutive segments are taken as one until the table is small; that alignment is the
window of a finer one, down to single segments (Salvador and Chan 2007, "FastDTW"; Thompson and Koehn 2019, "Vecalign"). Time and memory
grow linearly with the length of the documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol, Self

import numpy as np

from transcmp.alignment.kernel import Block, Floats, Ids, Skips, Step, around, search, shapes_up_to, whole_table

_SMALL = 300_000
"""Cells of a table that is searched whole; also the most in one tile of evidence, which bounds the memory of a search."""
_FACTOR = 4
"""Segments of one level that are one of the next."""
_COARSE_SHAPES = shapes_up_to(4)
_RADIUS = 12
"""Segments to each side of a coarser path that are searched."""
NARROW = 10
"""The same around a path of the same level."""


class Evidence(Protocol):
    """What speaks for each bead and against each gap."""

    @property
    def shapes(self) -> Sequence[tuple[int, int]]:
        """How many source and target segments a bead may have."""
        ...

    def gains(self, first: int, last: int, left: int, right: int) -> Floats:
        """Shape (rows, shapes, columns), for the beads that end at node rows ``first:last`` and node columns ``left:right``."""
        ...

    def skips(self) -> Sequence[Skips]:
        """Ways to leave segments unaligned, and their costs."""
        ...

    def part(self, rows: slice, columns: slice) -> Self:
        """The same about some segments of both sides alone."""
        ...

    def merged(self, size: int, shapes: Sequence[tuple[int, int]]) -> Self:
        """The same about each ``size`` segments as one."""
        ...


def in_order(
    evidence: Evidence, rows: int, columns: int, fixed: Sequence[Step] = (), path: Sequence[Step] | None = None, *, whole: bool = True
) -> list[Step]:
    """The best alignment of ``rows`` source and ``columns`` target segments that crosses nothing.

    ``fixed`` are beads that it must have, in order; what lies between two is aligned by itself. ``path`` is an earlier alignment: then only
    what lies near it is searched, except that a small pair is searched whole (if ``whole``).
    """
    steps: list[Step] = []
    row = column = 0
    for bead in (*fixed, None):
        last, right = (rows, columns) if bead is None else (bead.row - bead.rows, bead.column - bead.columns)
        inside = evidence if not fixed else evidence.part(slice(row, last), slice(column, right))
        known = None if path is None else _within(path, row, last, column, right)
        found = _search(inside, last - row, right - column, known, whole=whole)
        steps += [replace(step, row=step.row + row, column=step.column + column) for step in found]
        if bead is not None:
            steps.append(bead)
            row, column = bead.row, bead.column
    return steps


def _within(path: Sequence[Step], row: int, last: int, column: int, right: int) -> list[Step]:
    """The steps between two nodes of a path, counted from the first."""
    inside = (step for step in path if row <= step.row - step.rows and step.row <= last and column <= step.column - step.columns)
    return [replace(step, row=step.row - row, column=step.column - column) for step in inside if step.column <= right]


def _search(evidence: Evidence, rows: int, columns: int, path: Sequence[Step] | None, *, whole: bool) -> list[Step]:
    if not rows or not columns:
        return [Step(row + 1, 0, 1, 0, 0.0) for row in range(rows)] + [Step(0, column + 1, 0, 1, 0.0) for column in range(columns)]
    small = (rows + 1) * (columns + 1) <= _SMALL
    if path is not None and not (whole and small):
        windows = around(path, rows, columns, NARROW)
    elif small:
        windows = whole_table(rows, columns)
    else:
        windows = _coarse_windows(evidence, rows, columns)
    return search(windows, evidence.shapes, tiles(windows, evidence), evidence.skips())


def _coarse_windows(evidence: Evidence, rows: int, columns: int) -> Ids:
    coarse_rows, coarse_columns = -(-rows // _FACTOR), -(-columns // _FACTOR)
    path = in_order(evidence.merged(_FACTOR, _COARSE_SHAPES), coarse_rows, coarse_columns)
    finer = [
        Step(min(step.row * _FACTOR, rows), min(step.column * _FACTOR, columns), step.rows * _FACTOR, step.columns * _FACTOR, step.gain)
        for step in path
    ]
    return around(finer, rows, columns, _RADIUS)


def tiles(windows: Ids, evidence: Evidence) -> Iterator[Block]:
    """Blocks of rows: few enough cells for the memory, and not many more than their windows have."""
    areas = np.cumsum(windows[:, 1] - windows[:, 0] + 1)
    first = 0
    while first < len(windows):
        left = int(windows[first, 0])
        heights = np.arange(1, len(windows) - first + 1)
        cells = heights * (windows[first:, 1] + 1 - left)
        needed = areas[first:] - (areas[first - 1] if first else 0)
        fits = (cells <= _SMALL) & ((cells <= 2 * needed) | (heights <= 16))
        last = first + max(1, int(fits.argmin()) if not fits.all() else len(fits))
        yield first, left, evidence.gains(first, last, left, int(windows[last - 1, 1]) + 1)
        first = last
