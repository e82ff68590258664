"""Positions and paths: those of the protocol, and ours.

The protocol counts lines from 0 and columns in UTF-16 code units (LSP 3.17, "Position"), unless client and server agree on another unit.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from lsprotocol import types

from transcmp.model import Document, Span


def path_of(uri: str) -> str:
    """The path of a ``file:`` URI (RFC 8089); other URIs as they are."""
    parts = urlsplit(uri)
    return url2pathname(unquote(parts.path)) if parts.scheme == "file" else uri


def uri_of(path: str) -> str:
    """The ``file:`` URI of a path."""
    return Path(path).absolute().as_uri()


def to_range(document: Document, span: Span) -> types.Range:
    """A span of a document as a range in UTF-16 code units."""
    return types.Range(start=_to_position(document, span.start), end=_to_position(document, span.end))


def to_offset(document: Document, position: types.Position) -> int:
    """The offset of a position; beyond the end of a line or of the text: its end."""
    starts = document.line_starts
    if position.line >= len(starts):
        return len(document.text)
    start = starts[position.line]
    end = starts[position.line + 1] if position.line + 1 < len(starts) else len(document.text)
    units = 0
    for offset in range(start, end):
        if units >= position.character or document.text[offset] in "\r\n":
            return offset
        units += 2 if ord(document.text[offset]) > 0xFFFF else 1
    return end


def _to_position(document: Document, offset: int) -> types.Position:
    line = document.position(offset).line - 1
    before = document.text[document.line_starts[line] : offset]
    return types.Position(line=line, character=len(before) + sum(ord(character) > 0xFFFF for character in before))
