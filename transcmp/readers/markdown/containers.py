"""Where a line's content begins: quotes, list items and indented bodies, column by column (CommonMark 0.31, 2.2 and 5)."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

MAX_DEPTH = 100
"""Containers nest no deeper; markers beyond are text."""

_SPACES = re.compile(r"[ \t]*")


class Container(Struct):
    """An open container block."""

    kind: Literal["quote", "item", "body", "definition"]
    """``body``: what is indented under an admonition, a tab or a footnote."""
    indent: int = 0
    """Columns that its lines are indented by (all but quotes)."""
    started: bool = False
    """Whether it holds a leaf block yet."""


class Leaf(Struct, eq=False):
    """A leaf block: a kind, its place and its content, a range of the document for each line."""

    kind: str
    """paragraph, heading, code, table, tags (lines of nothing but tags), html, marker, comment, admonition, reference, term."""
    start: int
    """First offset, list marker included."""
    end: int
    """Offset behind the last character."""
    lines: list[tuple[int, int]] = []
    level: int = 0
    """Heading: 1-6; otherwise how deep in lists it stands, 0 outside."""
    info: str = ""
    """Code: the info string."""
    quoted: bool = False
    """Whether it stands in a quote."""
    first: bool = False
    """Whether it is the first block of a list item."""

    def add(self, start: int, end: int) -> None:
        """One more line of content."""
        self.lines.append((start, end))
        self.end = max(self.end, end)


class Cursor:
    """A place in the current line that knows its column; tabs stop at every fourth."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.end = 0
        """End of the line, without its line end."""
        self.position = 0
        self.column = 0
        self.carry = 0
        """Columns of a tab behind the place that are not consumed."""

    def start(self, start: int, end: int) -> None:
        """Go to the start of a line."""
        self.position, self.end, self.column, self.carry = start, end, 0, 0

    def peek(self) -> tuple[int, int]:
        """Offset of the next character that is no space, and how many columns it is indented from here."""
        after = _SPACES.match(self.text, self.position, self.end).end()  # type: ignore[union-attr]
        if self.text.find("\t", self.position, after) < 0:
            return after, self.carry + after - self.position
        column = self.column
        for char in self.text[self.position : after]:
            column += 4 - column % 4 if char == "\t" else 1
        return after, self.carry + column - self.column

    def blank(self) -> bool:
        """Whether only white space is left."""
        return _SPACES.match(self.text, self.position, self.end).end() >= self.end  # type: ignore[union-attr]

    def go(self, position: int) -> None:
        """Go forward to an offset of the line."""
        for char in self.text[self.position : position]:
            self.column += 4 - self.column % 4 if char == "\t" else 1
        self.position, self.carry = position, 0

    def consume(self, columns: int) -> None:
        """Skip white space, at most so many columns."""
        taken = min(columns, self.carry)
        self.carry -= taken
        columns -= taken
        while columns and self.position < self.end:
            char = self.text[self.position]
            if char == " ":
                width = 1
            elif char == "\t":
                width = 4 - self.column % 4
            else:
                return
            self.position += 1
            self.column += width
            self.carry = max(0, width - columns)
            columns = max(0, columns - width)

    def match(self, containers: list[Container]) -> int:
        """Walk through the containers that this line continues; returns how many."""
        for index, container in enumerate(containers):
            after, indent = self.peek()
            if container.kind == "quote":
                if indent >= 4 or after >= self.end or self.text[after] != ">":
                    return index
                self.quote(after)
            elif after >= self.end:
                if container.kind == "item" and not container.started:
                    return index
            elif indent >= container.indent:
                self.consume(container.indent)
            else:
                return index
        return len(containers)

    def quote(self, marker: int) -> None:
        """Step over a ``>`` and the space behind it."""
        self.go(marker + 1)
        self.consume(1)
