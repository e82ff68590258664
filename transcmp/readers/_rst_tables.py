"""Tables of reStructuredText: grid and simple."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

Line = tuple[int, int]
Cell = tuple[int, int, list[Line]]
"""Row and column from 0, and the cell's lines."""


def grid_cells(text: str, lines: list[Line]) -> Iterator[Cell]:
    """Cells of a grid table. A cell that spans rows is read with the row it ends in; one that spans columns counts once."""
    row = -1
    parts: dict[int, list[Line]] = {}
    for start, end in lines:
        if text[start] == "+" and set(text[start:end]) <= set("+-= "):
            yield from ((row, column, cell) for column, cell in sorted(parts.items()))
            row, parts = row + 1, {}
            continue
        bars = [found.start() for found in re.finditer(r"[|+]", text[start:end])]
        for column, (first, last) in enumerate(pairwise(bars)):
            cell = _trim(text, start + first + 1, start + last)
            if cell[0] < cell[1] and not set(text[slice(*cell)]) <= set("-=+"):
                parts.setdefault(column, []).append(cell)
    yield from ((max(0, row), column, cell) for column, cell in sorted(parts.items()))


def simple_cells(text: str, lines: list[Line]) -> Iterator[Cell]:
    """Cells of a simple table; a line whose first column is empty continues the row above."""
    rule = text[slice(*lines[0])]
    columns = [found.start() for found in re.finditer(r"=+", rule)]
    row = -1
    parts: dict[int, list[Line]] = {}
    for start, end in lines[1:]:
        content = text[start:end]
        if set(content) <= set("=- "):
            continue
        if content[: columns[1]].strip() or not parts:
            yield from ((row, column, cell) for column, cell in sorted(parts.items()))
            row, parts = row + 1, {}
        for column, (first, last) in enumerate(pairwise([*columns, max(len(content), columns[-1] + 1)])):
            cell = _trim(text, min(start + first, end), min(start + last, end))
            if cell[0] < cell[1]:
                parts.setdefault(column, []).append(cell)
    yield from ((row, column, cell) for column, cell in sorted(parts.items()))


_FIELD = re.compile(r'[ \t]*(?:"((?:[^"]|"")*)"[ \t]*|([^,\n]*))(?:,|\Z|$)')


def csv_cells(text: str, lines: list[Line]) -> Iterator[tuple[int, int, Line]]:
    """Row, column and place of the fields of lines of CSV."""
    row = 0
    for start, end in lines:
        column = 0
        position = start
        while position < end:
            found = _FIELD.match(text, position, end)
            if found is None or found.end() == position:
                break
            cell = _trim(text, *found.span(1 if found[1] is not None else 2))
            if cell[0] < cell[1]:
                yield row, column, cell
            column, position = column + 1, found.end()
        row += start < end


def _trim(text: str, start: int, end: int) -> Line:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
