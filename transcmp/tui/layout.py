"""Rows cut into the lines of a screen: column widths, wrapping, and which rows are in view. Pure arithmetic in terminal cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rich.cells import cell_len

from transcmp.tui.rows import Paragraph, Row
from transcmp.tui.text import wrap

STACKED_BELOW = 100
"""Below this many cells the sides stand under each other."""
_WIDE = 100
"""From this width on the gutter has room for the kind and a bar."""


class Columns(NamedTuple):
    """How a screen of a certain width is divided, in cells."""

    width: int
    """Of the whole list."""
    gutter: int
    """Of the column with line, kind and score."""
    texts: tuple[int, ...]
    """Width of each text column; one where the sides are stacked."""
    stacked: bool
    digits: int
    """Of the longest line number."""
    wide: bool
    """Whether the gutter shows kind and bar."""
    wrapped: bool = True
    """False: every segment is one line, cut at the edge."""


INDENT = 2
"""Cells before a target line where the sides are stacked."""
SEPARATOR = 3
"""Cells between two text columns: blank, rule, blank."""


def divide(width: int, *, last_line: int, targets: int = 1, stacked: bool | None = None, wrapped: bool = True) -> Columns:
    """Columns for a list of ``width`` cells. ``stacked=None`` decides by the width."""
    digits = max(3, len(str(last_line)))
    wide = width >= _WIDE
    # bar mark line␣kind␣bar␣score␣ | bar mark line␣score␣
    gutter = 2 + digits + 1 + (3 + 1 + 3 + 1 if wide else 0) + 3 + 1
    under = width < STACKED_BELOW if stacked is None else stacked
    count = 1 if under else 1 + targets
    room = max(width - gutter - SEPARATOR * (count - 1), count)
    each, rest = divmod(room, count)
    texts = tuple(each + (1 if place < rest else 0) for place in range(count))
    return Columns(width, gutter, texts, under, digits, wide, wrapped)


class Slice(NamedTuple):
    """A piece of a paragraph on one line of the screen."""

    paragraph: Paragraph
    start: int
    end: int
    """``paragraph.text[start:end]`` is shown."""
    side: int
    """0: source; 1 and on: targets."""
    first: bool
    """Whether the paragraph begins here: its language tag, or its arrow where stacked, stands before it."""


Line = tuple[Slice | None, ...]
"""One line of the screen: what stands in each text column."""


def tag_cells(paragraph: Paragraph) -> int:
    """Cells that a paragraph's language tag takes, with the space behind it."""
    return cell_len(paragraph.tag) + 3 if paragraph.tag else 0


def lay(sides: tuple[tuple[Paragraph, ...], ...], columns: Columns) -> tuple[Line, ...]:
    """The lines of a row, the blank one before it not included; ``sides``: source, then the targets."""
    if not columns.stacked:
        cut = [_lines(side, paragraphs, columns.texts[side], columns.wrapped) for side, paragraphs in enumerate(sides)]
        height = max(len(lines) for lines in cut)
        return tuple(tuple(lines[y] if y < len(lines) else None for lines in cut) for y in range(height))
    lines: list[Line] = []
    width = columns.texts[0]
    for side, paragraphs in enumerate(sides):
        if side == 0 and not any(item.text for item in paragraphs):
            continue
        lines += [(piece,) for piece in _lines(side, paragraphs, width - (INDENT if side else 0), columns.wrapped)]
    return tuple(lines) or ((None,),)


def _lines(side: int, paragraphs: tuple[Paragraph, ...], width: int, wrapped: bool) -> list[Slice]:
    lines = []
    for item in paragraphs:
        tag = tag_cells(item)
        if not wrapped:
            lines.append(Slice(item, 0, len(item.text), side, True))
            continue
        cuts = wrap(("x" * tag + item.text) if tag else item.text, width)  # the tag takes room on the first line
        for number, (start, end) in enumerate(cuts):
            lines.append(Slice(item, max(start - tag, 0), max(end - tag, 0), side, number == 0))
    return lines


class View:
    """Which rows are on the screen. The top is a row and a line in it, so nothing needs the height of a row that was not seen."""

    def __init__(self, height_of: Callable[[int], int], count: int, height: int) -> None:
        """``height_of`` gives the lines of a row with its blank line before it; ``height`` is that of the screen."""
        self.height_of = height_of
        self.count = count
        self.height = height
        self.top = 0
        """First row in view."""
        self.offset = 0
        """Its lines that are above the screen."""

    def rows(self) -> list[tuple[int, int, int]]:
        """Row, screen line where it begins (negative for the first, if cut) and height, for every row in view."""
        found = []
        y, row = -self.offset, self.top
        while row < self.count and y < self.height:
            size = self.height_of(row)
            found.append((row, y, size))
            y += size
            row += 1
        return found

    def scroll(self, lines: int) -> None:
        """Move down by ``lines`` (up if negative), as far as the document goes."""
        self.offset += lines
        while self.offset < 0 and self.top > 0:
            self.top -= 1
            self.offset += self.height_of(self.top)
        self.offset = max(self.offset, 0)
        while self.top < self.count - 1 and self.offset >= (size := self.height_of(self.top)):
            self.offset -= size
            self.top += 1
        self._not_past_end()

    def in_view(self, row: int) -> bool:
        """Whether all of a row is in view, or as much of it as the screen holds."""
        for found, y, size in self.rows():
            if found == row:
                return y >= 0 and (y + size <= self.height or y == 0)
        return False

    def show(self, row: int) -> None:
        """Bring a row into view. The page turns at once by the better part of a screen, so that the text stands still while one reads."""
        if not 0 <= row < self.count or self.in_view(row):
            return
        above = self.height // 3 if row >= self.top else self.height * 2 // 3
        self.place(row, min(above, max(self.height - self.height_of(row), 0)))

    def place(self, row: int, y: int) -> None:
        """Put the beginning of a row on line ``y`` of the screen, as near as the ends of the document allow."""
        self.top, self.offset = row, 0
        self.scroll(-y)

    def _not_past_end(self) -> None:
        """The last line of the document is not above the last line of the screen, unless all of it fits."""
        room = self.height
        row = self.count - 1
        while row >= self.top and room > 0:
            room -= self.height_of(row) - (self.offset if row == self.top else 0)
            row -= 1
        if room <= 0:
            return
        self.offset -= room
        while self.offset < 0 and self.top > 0:
            self.top -= 1
            self.offset += self.height_of(self.top)
        self.offset = max(self.offset, 0)


def row_sides(row: Row) -> tuple[tuple[Paragraph, ...], ...]:
    """A row's paragraphs, side by side."""
    return (row.source, row.target)
