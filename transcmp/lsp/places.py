"""Positions and paths: those of the protocol, and ours.

The protocol counts lines from 0 and columns in code units of an encoding that client and server agree on (LSP 3.17, "Position").
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from lsprotocol import types

from transcmp.model import Document, Span

Units = Callable[[str], int]
"""Counts the code units of a text."""


def units_of(encoding: types.PositionEncodingKind | str | None) -> Units:
    """How columns are counted; UTF-16 where nothing was agreed on."""
    if encoding == types.PositionEncodingKind.Utf8:
        return lambda text: len(text.encode("utf-8", "surrogatepass"))
    if encoding == types.PositionEncodingKind.Utf32:
        return len
    return lambda text: len(text) + sum(ord(character) > 0xFFFF for character in text)


def path_of(uri: str) -> str:
    """The path of a ``file:`` URI (RFC 8089); other URIs as they are."""
    parts = urlsplit(uri)
    return url2pathname(unquote(parts.path)) if parts.scheme == "file" else uri


def uri_of(path: str) -> str:
    """The ``file:`` URI of a path."""
    return Path(path).absolute().as_uri()


def to_range(document: Document, span: Span, units: Units) -> types.Range:
    """A span of a document as a range."""
    return types.Range(start=_to_position(document, span.start, units), end=_to_position(document, span.end, units))


def to_offset(document: Document, position: types.Position, units: Units) -> int:
    """The offset of a position; beyond the end of a line or of the text: its end."""
    starts = document.line_starts
    if position.line >= len(starts):
        return len(document.text)
    start = starts[position.line]
    end = starts[position.line + 1] if position.line + 1 < len(starts) else len(document.text)
    passed = 0
    for offset in range(start, end):
        if passed >= position.character or document.text[offset] in "\r\n":
            return offset
        passed += units(document.text[offset])
    return end


def _to_position(document: Document, offset: int, units: Units) -> types.Position:
    line = document.position(offset).line - 1
    return types.Position(line=line, character=units(document.text[document.line_starts[line] : offset]))
