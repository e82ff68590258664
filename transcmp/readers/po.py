"""GNU gettext catalogues, PO and POT (gettext manual, "The Format of PO Files").

Every entry with a translation is a pair; a plural entry is a pair for each form. Obsolete entries (``#~``) are left out.
"""

from __future__ import annotations

import re

from transcmp.errors import FormatError, LanguageError
from transcmp.model import Document, Language, Piece
from transcmp.readers._bitext import Bitext, PairBuilder, Text, merged
from transcmp.readers._lines import line_ranges
from transcmp.readers._markup import code_point
from transcmp.readers._placeholders import placeholders
from transcmp.readers._reader import Reader

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d{1,3})\])?)[ \t]*(?=\")")
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_CHARSET = re.compile(rb"charset=([A-Za-z0-9._-]{1,40})")


def pairs(text: str, path: str) -> Bitext:
    """Read both sides. Raises FormatError for a line that is no PO."""
    return _Catalogue(text, path).read()


def parse(text: str, path: str) -> Document:
    """Read both sides as one document."""
    return merged(pairs(text, path))


class _Catalogue:
    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.builder = PairBuilder(text, path, "po")
        self.fields: dict[str, list[Piece]] = {}
        self.flags = ""
        self.field: list[Piece] | None = None

    def read(self) -> Bitext:
        for number, (start, end) in enumerate(line_ranges(self.text), 1):
            self._line(number, start, end)
        self._finish()
        return self.builder.build()

    def _line(self, number: int, start: int, end: int) -> None:
        text = self.text
        line = text[start:end].strip()
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(line)
        if not line:
            self.field = None
        elif line[0] == "#":
            self._comment(line)
        elif line[0] == '"':
            if self.field is None:
                raise FormatError(message="a string that belongs to no entry", path=self.path, line=number)
            self._string(self.field, number, start, end)
        else:
            found = _KEYWORD.match(text, start, end)
            if found is None:
                raise FormatError(message=f"neither a comment nor an entry: {line[:40]!r}", path=self.path, line=number)
            name = found[0].strip()
            if name in ("msgctxt", "msgid") and any(key != "msgctxt" for key in self.fields):
                self._finish()
            self.field = self.fields[name] = []
            self._string(self.field, number, found.end(), end)

    def _comment(self, line: str) -> None:
        if any(key.startswith("msgstr") for key in self.fields):
            self._finish()
        self.field = None
        if line.startswith("#,"):
            self.flags += line[2:]

    def _string(self, field: list[Piece], number: int, start: int, end: int) -> None:
        """Append the string between the quotes at ``start`` and before ``end``."""
        if end - start < 2 or self.text[end - 1] != '"':
            raise FormatError(message="a string without its closing quote", path=self.path, line=number)
        position = start + 1
        for found in _ESCAPE.finditer(self.text, position, end - 1):
            if position < found.start():
                field.append(Piece(position, found.start()))
            code = int(found[1], 8) if found[1] else int(found[2], 16) if found[2] else None
            value = code_point(code) if code is not None else _ESCAPES.get(found[3], found[3])
            field.append(Piece(found.start(), found.end(), value))
            position = found.end()
        if position < end - 1:
            field.append(Piece(position, end - 1))

    def _value(self, pieces: list[Piece]) -> str:
        return "".join(self.text[piece.start : piece.end] if piece.text is None else piece.text for piece in pieces)

    def _finish(self) -> None:
        """The entry is complete."""
        fields, flags = self.fields, self.flags
        self.fields, self.flags, self.field = {}, "", None
        if "msgid" not in fields:
            return
        if not fields["msgid"]:
            self._header(self._value(fields.get("msgstr", [])))
            return
        context = self._value(fields.get("msgctxt", []))
        note = "fuzzy" if "fuzzy" in flags else ""
        forms = sorted((int(name[7:-1]), pieces) for name, pieces in fields.items() if name.startswith("msgstr["))
        if not forms:
            forms = [(0, fields.get("msgstr", []))]
        for number, pieces in forms:
            plural = fields.get("msgid_plural")
            source = plural if plural and (number or len(forms) == 1) else fields["msgid"]
            self.builder.entry(self._side(source), self._side(pieces), info=context, note=note)

    def _side(self, pieces: list[Piece]) -> Text:
        return Text(pieces, placeholders(self.text, pieces))

    def _header(self, header: str) -> None:
        for line in header.split("\n"):
            key, _, value = line.partition(":")
            if value.strip():
                self.builder.source.metadata.append((key.strip(), value.strip()))
        known = dict(self.builder.source.metadata)
        self.builder.target.declared = _language(known.get("Language", ""))
        self.builder.source.declared = _language(known.get("X-Source-Language", ""))


def _language(written: str) -> Language | None:
    if not written:
        return None
    from transcmp.language import parse_language

    try:
        return parse_language(written.replace("_", "-").split("@")[0])
    except LanguageError:
        return None


def declared_encoding(data: bytes) -> str | None:
    """The charset of the header entry."""
    found = _CHARSET.search(data[:8192])
    return found[1].decode("ascii") if found and found[1] != b"CHARSET" else None


READER = Reader(parse=parse, pairs=pairs, encoding=declared_encoding)
