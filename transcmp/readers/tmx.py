"""TMX 1.4b (LISA / ETSI GS LIS 002): every ``tu`` is a pair of its source variant and one other language."""

from __future__ import annotations

from collections import Counter

from transcmp.errors import FormatError
from transcmp.model import Document, Piece
from transcmp.readers._bitext import Bitext, PairBuilder, Text, merged
from transcmp.readers._inline_xml import SegmentText
from transcmp.readers._language import language_of
from transcmp.readers._reader import Reader
from transcmp.readers._source import xml_encoding
from transcmp.readers._xml import XmlHandler, parse_xml


def pairs(text: str, path: str) -> Bitext:
    """Read both sides: the header's source language (else the first variant's) and the language most often beside it.

    Raises FormatError.
    """
    handler = _Tmx(text)
    parse_xml(text, path, handler)
    if not handler.root:
        raise FormatError(message="is XML but not TMX", path=path, hint="name its format with --input-format")
    source = handler.source
    others: Counter[str] = Counter()
    for _, variants in handler.units:
        source = source or next(iter(variants), "")
        others.update(tag for tag in variants if not _same(tag, source))
    target = others.most_common(1)[0][0] if others else ""
    builder = PairBuilder(text, path, "tmx")
    builder.source.declared, builder.target.declared = language_of(source), language_of(target)
    for name, variants in handler.units:
        mine = next((side for tag, side in variants.items() if _same(tag, source)), None)
        builder.entry(mine, variants.get(target), info=name)
    return builder.build()


def _same(one: str, other: str) -> bool:
    """Whether two tags name the same language: ``en`` and ``en-US`` do."""
    return one == other or (one.split("-")[0] == other.split("-")[0] and "-" not in (one if len(one) < len(other) else other))


def parse(text: str, path: str) -> Document:
    """Read both sides as one document."""
    return merged(pairs(text, path))


class _Tmx(XmlHandler):
    def __init__(self, text: str) -> None:
        self.text = text
        self.root = False
        self.source = ""
        self.units: list[tuple[str, dict[str, Text]]] = []
        self.language = ""
        self.inside: SegmentText | None = None

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if self.inside is not None:
            self.inside.open(name, attributes, self.start)
        elif name == "tmx":
            self.root = True
        elif name == "header":
            source = attributes.get("srclang", "")
            self.source = "" if source == "*all*" else source.lower()
        elif name == "tu":
            self.units.append((attributes.get("tuid", ""), {}))
        elif name == "tuv":
            self.language = (attributes.get("xml:lang") or attributes.get("lang") or "").lower()
        elif name == "seg" and self.units:
            self.inside = SegmentText(self.text, None)

    def close(self, name: str) -> None:
        if self.inside is None:
            return
        if name == "seg":
            self.units[-1][1].setdefault(self.language, self.inside.side)
            self.inside = None
        else:
            self.inside.close(name)

    def data(self, piece: Piece) -> None:
        if self.inside is not None:
            self.inside.data(piece)


READER = Reader(parse=parse, pairs=pairs, encoding=xml_encoding)
