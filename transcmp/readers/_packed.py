"""Formats without a text of their own (DOCX, EPUB): archives opened with care, and a text made from what was extracted, a block a line."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

from msgspec import Struct

from transcmp.errors import FormatError
from transcmp.model import BlockKind, Document, FragmentKind, Language, Mark, MarkKind, Piece, Span
from transcmp.readers._builder import Builder

MAX_ENTRIES = 10_000
MAX_UNPACKED = 200_000_000
"""Bytes that one archive may unpack to."""
_SAVE_AGAIN = "save it again, or name its format with --input-format"
_UNPACK = "if it is meant to be so large, unpack it and name what is in it"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Archive:
    """A zip archive that cannot hurt: what it unpacks to is bounded, whatever its headers say. Nothing is written to disk."""

    def __init__(self, data: bytes, path: str, kind: str) -> None:
        """``kind`` names the format in messages. Raises FormatError."""
        self.path = path
        self.kind = kind
        self.left = MAX_UNPACKED
        if data.startswith(_OLE):
            raise FormatError(message=f"is encrypted, or of an old format that is no {kind}", path=path, hint="save it without a password")
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            names = self.zip.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as error:
            raise FormatError(message=f"is no {kind}, or damaged: {error}", path=path, hint=_SAVE_AGAIN) from None
        if len(names) > MAX_ENTRIES:
            raise FormatError(message=f"holds {len(names):,} files: refused", path=path, hint=_UNPACK)
        self.names = frozenset(names)

    def read(self, name: str) -> bytes | None:
        """The content of one member; None where there is none. Raises FormatError for a damaged, encrypted or exploding one."""
        if name not in self.names:
            return None
        try:
            info = self.zip.getinfo(name)
            if info.flag_bits & 1:
                raise FormatError(message="is encrypted", path=self.path, hint="save it without a password")
            with self.zip.open(info) as stream:
                data = stream.read(self.left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
            raise FormatError(message=f"is a damaged {self.kind}: {name}: {error}", path=self.path, hint=_SAVE_AGAIN) from None
        self.left -= len(data)
        if self.left < 0:
            raise FormatError(message=f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB: refused", path=self.path, hint=_UNPACK)
        return data

    def text(self, name: str, declared: Callable[[bytes], str | None]) -> str | None:
        """The content of one member as text."""
        from transcmp.readers._source import decode

        data = self.read(name)
        return None if data is None else decode(data, self.path, None, declared)


class Part(Struct):
    """A fragment before it has a place."""

    kind: FragmentKind
    text: str
    marks: list[tuple[MarkKind, int, int, str]] = []
    """Kind, first and last offset in the text, value."""
    info: str = ""
    language: Language | None = None


class Item(Struct):
    """A block before it has a place."""

    kind: BlockKind
    parts: list[Part]
    level: int = 0
    anchor: str = ""


def build(
    items: list[Item], path: str, format: str, *, declared: Language | None = None, metadata: list[tuple[str, str]] | None = None
) -> Document:
    """A document whose text is that of the items: a line for each part, an empty line between blocks."""
    lines: list[str] = []
    for item in items:
        lines += [part.text for part in item.parts]
        lines.append("")
    builder = Builder("\n".join(lines), path, format)
    builder.declared = declared
    builder.metadata = metadata or []
    position = 0
    for item in items:
        size = sum(len(part.text) + 1 for part in item.parts)
        builder.block(item.kind, position, position + max(0, size - 1), level=item.level, anchor=item.anchor)
        for part in item.parts:
            end = position + len(part.text)
            marks = [
                Mark(kind=kind, start=first, end=last, value=value, span=Span(position + first, position + last))
                for kind, first, last, value in part.marks
            ]
            raw = part.kind == "code"
            builder.fragment(part.kind, [Piece(position, end)], marks, level=item.level, info=part.info, declared=part.language, raw=raw)
            position = end + 1
        position += 1
    return builder.build()
