"""Segments of XLIFF and TMX: text with native codes inside. Both formats name their inline elements much alike."""

from __future__ import annotations

from contextlib import suppress

from transcmp.model import Language, Mark, MarkKind, Piece, Span
from transcmp.readers._bitext import Text
from transcmp.readers._markup import code_point
from transcmp.readers._xml import tag_end

CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "x", "bx", "ex", "sc", "ec", "cp", "sm", "em"})
"""Elements that stand for native markup: their content is not text."""


class SegmentText:
    """One ``<source>``, ``<target>`` or ``<seg>`` while it is read; line ends and indentation of the file are white space."""

    def __init__(self, text: str, language: Language | None) -> None:
        self.text = text
        self.side = Text([], [], language)
        self.size = 0
        self._codes: list[tuple[str, int]] = []

    def open(self, name: str, attributes: dict[str, str], start: int) -> None:
        """An inline element begins."""
        if name == "cp" and not self._codes:  # XLIFF 2: a character that XML cannot hold
            with suppress(ValueError):
                self._add(Piece(start, tag_end(self.text, start), code_point(int(attributes.get("hex", ""), 16))))
        if name in CODES or self._codes:
            if not self._codes:
                self._mark("placeholder", start)
            self._codes.append((name, start))
        else:
            self._mark("html", start)

    def close(self, name: str) -> None:
        """An inline element ends."""
        if self._codes and self._codes[-1][0] == name:
            self._codes.pop()

    def data(self, piece: Piece) -> None:
        """Character data: text, unless inside a native code."""
        if not self._codes:
            self._add(piece)

    def _mark(self, kind: MarkKind, start: int) -> None:
        end = tag_end(self.text, start)
        self.side.marks.append(Mark(kind=kind, start=self.size, end=self.size, value=self.text[start:end], span=Span(start, end)))

    def _add(self, piece: Piece) -> None:
        self.side.pieces.append(piece)
        self.size += len(piece)
