"""Inline markup of the formats whose inline syntax is a list of patterns (reStructuredText, AsciiDoc)."""

from __future__ import annotations

import re
from collections.abc import Callable

from transcmp.model import FragmentKind, Mark, MarkKind, Piece
from transcmp.readers._content import Content, Inline, Nested, folded

MAX_DEPTH = 6
Handler = Callable[["InlineScanner", re.Match[str]], None]
"""Adds what a match stands for, by the scanner's methods."""


class InlineScanner:
    """Reads one content with one pattern; each named group has its handler."""

    def __init__(self, content: Content, pattern: re.Pattern[str], handlers: dict[str, Handler]) -> None:
        self.content = content
        self.pattern = pattern
        self.handlers = handlers
        self.result = Inline()
        self.size = 0
        self.depth = 0

    def run(self) -> Inline:
        """All of the content."""
        self.scan(0, len(self.content.text))
        return self.result

    def scan(self, start: int, end: int) -> None:
        """The stretch ``start``..``end``, markup in it included."""
        if self.depth < MAX_DEPTH:
            self.depth += 1
            for found in self.pattern.finditer(self.content.text, start, end):
                self.text(start, found.start())
                self.handlers[found.lastgroup or ""](self, found)
                start = found.end()
            self.depth -= 1
        self.text(start, end)

    def text(self, start: int, end: int) -> None:
        """Text as it is."""
        if start < end:
            self._add(folded(self.content, start, end))

    def replaced(self, start: int, end: int, value: str) -> None:
        """Other text for a stretch."""
        span = self.content.span(start, end)
        self._add([Piece(span.start, span.end, value)])

    def _add(self, pieces: list[Piece]) -> None:
        self.result.pieces += pieces
        self.size += sum(len(piece) for piece in pieces)

    def mark(self, kind: MarkKind, found: re.Match[str], value: str, inner: tuple[int, int] | None = None, *, markup: bool = True) -> None:
        """A mark for a whole match; ``inner`` is its text, read as markup itself unless ``markup`` is false."""
        first = self.size
        if inner is not None:
            (self.scan if markup else self.text)(*inner)
        span = self.content.span(*found.span())
        self.result.marks.append(Mark(kind=kind, start=first, end=self.size, value=value, span=span))

    def nest(self, kind: FragmentKind, start: int, end: int, info: str) -> None:
        """A fragment of its own."""
        self.result.nested.append(Nested(kind, folded(self.content, start, end), [], info))
