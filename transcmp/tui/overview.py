"""The whole document in one column of cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transcmp.model import Bead, Severity
from transcmp.tui.rows import SEVERITIES, Sheet


class Tick(NamedTuple):
    """What a stretch of the document looks like from afar."""

    severity: Severity | None
    """The gravest finding."""
    score: float | None
    """The lowest score of a bead with two sides."""
    one_sided: bool
    """Whether something is omitted or added there."""


def ticks(sheet: Sheet, height: int) -> list[Tick]:
    """``height`` cells for the whole sheet; cell ``i`` stands for rows ``i * n // height`` and on."""
    count = len(sheet)
    if not count or height <= 0:
        return []
    beads = sheet.comparison.alignment.beads
    ordered: Sequence[Bead] = beads if isinstance(sheet.order, range) else [beads[number] for number in sheet.order]
    gravest: dict[int, Severity] = {}
    for row in sheet.finding_rows:
        cell = cell_of(row, count, height)
        severity = sheet.findings_at(row)[0].severity
        if cell not in gravest or SEVERITIES.index(severity) < SEVERITIES.index(gravest[cell]):
            gravest[cell] = severity
    found = []
    for cell in range(height):
        inside = [ordered[row] for row in _rows_of(cell, count, height)]
        score = min((score for bead in inside if (score := sheet.score_of(bead)) is not None), default=None)
        one_sided = not sheet.comparison.mixed and any(not (bead.source and bead.target) for bead in inside)
        found.append(Tick(gravest.get(cell), score, one_sided))
    return found


def _rows_of(cell: int, count: int, height: int) -> range:
    """The rows that a cell sums up; in a short document, where a row has several cells, the first of them shows it."""
    low = row_of(cell, count, height)
    if count <= height:
        return range(low, low + (cell_of(low, count, height) == cell))
    return range(low, max(row_of(cell + 1, count, height), low + 1))


def cell_of(row: int, count: int, height: int) -> int:
    """The cell that shows a row."""
    if count <= height:  # a short document: several cells a row, the first of them
        return -(-row * height // count)
    return min(((row + 1) * height - 1) // count, height - 1)


def row_of(cell: int, count: int, height: int) -> int:
    """The first row that a cell shows."""
    return min(cell * count // height, count)
