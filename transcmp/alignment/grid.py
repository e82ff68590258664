"""Where tables of evidence about spans lie among the nodes of the search."""

from __future__ import annotations

from transcmp.alignment.kernel import Floats


def place(gains: Floats, table: Floats, row: int, column: int, *, add: bool = False) -> None:
    """Write, or add, what of ``table`` falls into ``gains``; its first cell belongs at ``row``, ``column``, which may lie outside."""
    height = min(len(gains), row + len(table)) - max(0, row)
    width = min(gains.shape[1], column + table.shape[1]) - max(0, column)
    if height > 0 and width > 0:
        upper, left = max(0, -row), max(0, -column)
        inside = gains[max(0, row) :, max(0, column) :][:height, :width]
        part = table[upper : upper + height, left : left + width]
        inside[:] = inside + part if add else part
