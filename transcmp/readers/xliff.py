"""XLIFF 1.2 and 2.x (OASIS): every ``trans-unit`` or ``segment`` is a pair."""

from __future__ import annotations

from transcmp.errors import FormatError
from transcmp.model import Document, Piece
from transcmp.readers._bitext import Bitext, PairBuilder, Text, merged
from transcmp.readers._inline_xml import SegmentText
from transcmp.readers._language import language_of
from transcmp.readers._reader import Reader
from transcmp.readers._source import xml_encoding
from transcmp.readers._xml import XmlHandler, parse_xml

_IGNORED = frozenset({"alt-trans", "seg-source", "ignorable", "note", "matches", "glossary", "metadata", "originalData", "skeleton", "skl"})
"""Elements whose text is not the document's."""

_NESTING = frozenset({"file", "group", "unit", "trans-unit"})
"""Elements that say of all inside them whether it is to be translated."""


def pairs(text: str, path: str) -> Bitext:
    """Read both sides of what is to be translated. Raises FormatError."""
    handler = _Xliff(text, path)
    parse_xml(text, path, handler)
    if not handler.root:
        raise FormatError(message="is XML but not XLIFF", path=path, hint="name its format with --input-format")
    return handler.builder.build()


def parse(text: str, path: str) -> Document:
    """Read both sides as one document."""
    return merged(pairs(text, path))


class _Xliff(XmlHandler):
    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.builder = PairBuilder(text, path, "xliff")
        self.root = False
        self.unit = ""
        self.note = ""
        self.sides: dict[str, Text] = {}
        self.inside: SegmentText | None = None
        self.name = ""
        self.ignored = 0
        self.translate = [True]
        """For each open file, group and unit, whether its text is to be translated."""

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if self.ignored or name in _IGNORED:
            self.ignored += 1
            return
        if self.inside is not None:
            self.inside.open(name, attributes, self.start)
            return
        if name in _NESTING:
            self.translate.append(attributes["translate"] != "no" if "translate" in attributes else self.translate[-1])
        if name in ("xliff", "file"):
            self._languages(name, attributes)
        elif name in ("trans-unit", "unit"):
            self.unit = attributes.get("resname") or attributes.get("name") or attributes.get("id", "")
            self._begin(attributes)
        elif name == "segment":
            self._begin(attributes)
        elif name in ("source", "target"):
            self.note = attributes.get("state") or self.note
            self.name = name
            self.inside = SegmentText(self.text, language_of(attributes.get("xml:lang")))

    def _begin(self, attributes: dict[str, str]) -> None:
        self.sides, self.note = {}, attributes.get("state", "")

    def _languages(self, name: str, attributes: dict[str, str]) -> None:
        self.root = self.root or name == "xliff"
        for side, keys in ((self.builder.source, ("source-language", "srcLang")), (self.builder.target, ("target-language", "trgLang"))):
            for key in keys:
                side.declared = side.declared or language_of(attributes.get(key))

    def close(self, name: str) -> None:
        if self.ignored:
            self.ignored -= 1
        elif self.inside is not None and name == self.name:
            self.sides[name] = self.inside.side
            self.inside = None
        elif self.inside is not None:
            self.inside.close(name)
        else:
            if name in ("trans-unit", "segment") and self.translate[-1]:
                self.builder.entry(self.sides.get("source"), self.sides.get("target"), info=self.unit, note=self.note)
                self.sides = {}
            if name in _NESTING:
                self.translate.pop()

    def data(self, piece: Piece) -> None:
        if self.inside is not None and not self.ignored:
            self.inside.data(piece)


READER = Reader(parse=parse, pairs=pairs, encoding=xml_encoding)
