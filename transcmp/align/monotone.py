"""Alignment in order: which windows are searched, with which evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from transcmp.align.kernel import Block, Floats, Ids, Skips, Step, search, whole_table

_TILE = 300_000
"""Cells of one tile of evidence; bounds the memory of a search."""


class Evidence(Protocol):
    """What speaks for each bead and against each gap."""

    shapes: Sequence[tuple[int, int]]
    """How many source and target segments a bead may have."""

    def gains(self, first: int, last: int, left: int, right: int) -> Floats:
        """Shape (rows, shapes, columns), for the beads that end at node rows ``first:last`` and node columns ``left:right``."""
        ...

    def skips(self) -> Skips:
        """What unaligned segments cost."""
        ...


def in_order(evidence: Evidence, rows: int, columns: int) -> list[Step]:
    """The best alignment of ``rows`` source and ``columns`` target segments that crosses nothing."""
    windows = whole_table(rows, columns)
    return search(windows, evidence.shapes, _tiles(windows, evidence), evidence.skips())


def _tiles(windows: Ids, evidence: Evidence) -> Iterator[Block]:
    """Blocks of rows whose windows together have few enough cells."""
    first = 0
    while first < len(windows):
        left = int(windows[first, 0])
        widths = windows[first:, 1] + 1 - left
        fits = int(np.searchsorted(np.arange(1, len(widths) + 1) * widths, _TILE, "right"))
        last = first + max(1, fits)
        right = int(windows[last - 1, 1]) + 1
        yield first, left, evidence.gains(first, last, left, right)
        first = last
