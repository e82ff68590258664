"""The content of a block, lines of the document joined, and what inline scanning makes of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

from transcmp.model import FragmentKind, Mark, Piece, Span
from transcmp.readers._builder import Builder
from transcmp.readers._lines import soft_break
from transcmp.readers._markup import decoded


class Nested(Struct):
    """A fragment inside another: alt text, a title."""

    kind: FragmentKind
    pieces: list[Piece]
    marks: list[Mark]
    info: str


class Inline(Struct):
    """What a run of inline Markdown holds."""

    pieces: list[Piece] = []
    marks: list[Mark] = []
    nested: list[Nested] = []
    anchor: str = ""


class Content:
    """The text of a leaf block: ranges of the document (a line each) joined by line feeds, and the way back."""

    def __init__(self, document_text: str, lines: Sequence[tuple[int, int]]) -> None:
        self.text = "\n".join([document_text[start:end] for start, end in lines])
        self.lines = lines
        self._starts = [0]
        for start, end in lines[:-1]:
            self._starts.append(self._starts[-1] + end - start + 1)

    def origin(self, offset: int) -> int:
        """The document's offset for an offset of the content."""
        line = bisect_right(self._starts, offset) - 1
        start, end = self.lines[line]
        return min(start + offset - self._starts[line], end)

    def span(self, start: int, end: int) -> Span:
        """The document's span for a stretch of the content."""
        first = self.origin(start)
        return Span(first, max(first, self.origin(end - 1) + 1) if end > start else first)

    def pieces(self, start: int, end: int) -> list[Piece]:
        """The document's pieces for a stretch without change; a line feed inside becomes a space (nothing in Chinese or Japanese)."""
        pieces = []
        while start < end:
            line = bisect_right(self._starts, start) - 1
            origin, stop = self.lines[line]
            offset = start - self._starts[line]
            size = min(end - start, stop - origin - offset)
            if size > 0:
                pieces.append(Piece(origin + offset, origin + offset + size))
                start += size
            if start < end:  # the line feed
                after = self.lines[line + 1][0]
                inside = start > 0 and start + 1 < len(self.text)
                glue = soft_break(self.text[start - 1], self.text[start + 1]) if inside else " "
                if glue:
                    pieces.append(Piece(stop, max(stop, after), glue))
                start += 1
        return pieces


def plain(content: Content, start: int, end: int) -> list[Piece]:
    """Pieces of a title or attribute value: only character references and line ends are resolved."""
    pieces: list[Piece] = []
    for part in decoded(content.text, start, end):
        if part.text is None:
            pieces += folded(content, part.start, part.end)
        else:
            span = content.span(part.start, part.end)
            pieces.append(Piece(span.start, span.end, part.text))
    return pieces


_FOLD = re.compile(r"[ \t]*[\r\n]\s*")


def folded(content: Content, start: int, end: int) -> list[Piece]:
    """Pieces of a stretch in which a line end, with the white space around it, becomes one space."""
    pieces: list[Piece] = []
    for found in _FOLD.finditer(content.text, start, end):
        span = content.span(*found.span())
        pieces += [*content.pieces(start, found.start()), Piece(span.start, span.end, " ")]
        start = found.end()
    return pieces + content.pieces(start, end)


def add_inline(builder: Builder, kind: FragmentKind, inline: Inline, *, level: int = 0, info: str = "") -> None:
    """Add a fragment, and those nested in it, to the open block."""
    builder.fragment(kind, inline.pieces, inline.marks, level=level, info=info)
    for item in inline.nested:
        builder.fragment(item.kind, item.pieces, item.marks, info=item.info)


def code_pieces(lines: Sequence[tuple[int, int]]) -> list[Piece]:
    """Pieces for lines of code; each line end is a line feed."""
    pieces: list[Piece] = []
    for number, (start, end) in enumerate(lines):
        if number:
            before = lines[number - 1][1]
            pieces.append(Piece(before, max(before, start), "\n"))
        pieces.append(Piece(start, end))
    return pieces
