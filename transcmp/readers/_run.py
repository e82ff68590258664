"""A run of inline content while it is read: text, marks, and fragments nested in it. What the tag-based readers share."""

from __future__ import annotations

import re

from msgspec import Struct

from transcmp.model import FragmentKind, Language, Mark, MarkKind, Piece, Span
from transcmp.readers._builder import Builder
from transcmp.readers._lines import soft_break
from transcmp.readers._markup import LOOSE_ENTITY, decoded

_SPACE = re.compile(r"[ \t\r\n\f]+")


class Nested(Struct):
    """A fragment inside another: alt text, a title."""

    kind: FragmentKind
    pieces: list[Piece]
    info: str


class Run:
    """Collects one fragment; white space collapses as on a page."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[Piece] = []
        self.marks: list[Mark] = []
        self.nested: list[Nested] = []
        self.size = 0
        self.start: int | None = None
        """Offset of its first content."""
        self.end = 0
        self._spaced = True
        self._opened: list[tuple[str, MarkKind, int, int, str]] = []

    @property
    def has_words(self) -> bool:
        """Whether there is anything but white space."""
        return any((self.text[p.start : p.end] if p.text is None else p.text).strip() for p in self.pieces)

    def touch(self, start: int, end: int) -> None:
        """The run reaches from ``start`` to ``end`` at least."""
        self.start = start if self.start is None else self.start
        self.end = max(self.end, end)

    def append(self, piece: Piece) -> None:
        """Add one piece as it is."""
        if len(piece):
            self.pieces.append(piece)
            self.size += len(piece)
            self._spaced = (self.text[piece.end - 1] if piece.text is None else piece.text[-1]) in " \n"
            self.touch(piece.start, piece.end)

    def add(self, start: int, end: int, *, keep_space: bool = False) -> None:
        """Add the character data ``text[start:end]``, references resolved."""
        for piece in decoded(self.text, start, end, LOOSE_ENTITY):
            if piece.text is not None or keep_space:
                self.append(piece)
            else:
                self._collapsed(piece.start, piece.end)

    def _collapsed(self, start: int, end: int) -> None:
        text = self.text
        for found in _SPACE.finditer(text, start, end):
            first, last = found.span()
            if start < first:
                self.append(Piece(start, first))
            if not self._spaced:
                broken = "\n" in found[0] and first and last < len(text)
                glue = soft_break(text[first - 1], text[last]) if broken else " "
                self.append(Piece(first, last) if found[0] == " " else Piece(first, last, glue))
            start = last
        if start < end:
            self.append(Piece(start, end))

    def line_break(self, start: int, end: int) -> None:
        """A hard line break."""
        self.append(Piece(start, end, "\n"))

    def mark(self, kind: MarkKind, start: int, end: int, value: str) -> None:
        """Markup without text, at this place."""
        self.marks.append(Mark(kind=kind, start=self.size, end=self.size, value=value, span=Span(start, end)))

    def open(self, name: str, kind: MarkKind, start: int, value: str) -> None:
        """A mark begins; ``name`` is what closes it."""
        self._opened.append((name, kind, self.size, start, value))

    def close(self, name: str, end: int) -> bool:
        """The innermost mark called ``name`` ends; False where there is none."""
        for index in range(len(self._opened) - 1, max(-1, len(self._opened) - 50), -1):
            if self._opened[index][0] == name:
                _, kind, first, start, value = self._opened.pop(index)
                self.marks.append(Mark(kind=kind, start=first, end=self.size, value=value, span=Span(start, end)))
                return True
        return False

    @property
    def words(self) -> str:
        """The text so far."""
        return "".join([self.text[piece.start : piece.end] if piece.text is None else piece.text for piece in self.pieces])

    def _valued(self) -> list[Mark]:
        """The marks; code has its text as value."""
        if not any(mark.kind == "code" and not mark.value for mark in self.marks):
            return self.marks
        words = self.words
        return [
            Mark(kind="code", start=mark.start, end=mark.end, value=words[mark.start : mark.end], span=mark.span)
            if mark.kind == "code" and not mark.value
            else mark
            for mark in self.marks
        ]

    def nest(self, kind: FragmentKind, start: int, end: int, info: str) -> None:
        """A fragment of its own: an attribute's value."""
        inner = Run(self.text)
        inner.add(start, end)
        self.nested.append(Nested(kind, inner.pieces, info))
        self.touch(start, end)

    def write(self, builder: Builder, kind: FragmentKind, *, level: int = 0, info: str = "", declared: Language | None = None) -> None:
        """Add the fragment, and those nested in it, to the open block."""
        builder.fragment(kind, self.pieces, self._valued(), level=level, info=info, declared=declared, raw=kind == "code")
        for item in self.nested:
            builder.fragment(item.kind, item.pieces, info=item.info, declared=declared)
