"""JSON Lines: an object with both sides a line.

A side is a string, or a list of strings (the sentences of a bead, as ``align --format jsonl`` writes them).
Known shapes: ``{"source": ..., "target": ...}``, ``{"src": ..., "tgt": ...}`` or ``"mt"``, ``{"translation": {"en": ..., "it": ...}}``, and
two keys that are language tags.
"""

from __future__ import annotations

import json
import re

from transcmp.errors import FormatError
from transcmp.model import Document, Piece
from transcmp.readers._bitext import Bitext, PairBuilder, Text, merged
from transcmp.readers._language import language_of
from transcmp.readers._lines import line_ranges
from transcmp.readers._markup import code_point
from transcmp.readers._placeholders import placeholders
from transcmp.readers._reader import Reader

_NAMES = (("source", "target"), ("src", "tgt"), ("src", "mt"), ("source", "translation"), ("original", "translation"))
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*(:)?')
_ESCAPE = re.compile(r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))")
_SURROGATE = re.compile("[\ud800-\udfff]")
_VALUES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def pairs(text: str, path: str) -> Bitext:
    """Read both sides. Raises FormatError for a line that is no JSON object or has no two sides."""
    builder = PairBuilder(text, path, "jsonl")
    for number, (start, end) in enumerate(line_ranges(text), 1):
        if not text[start:end].strip():
            continue
        try:
            record = json.loads(text[start:end])
        except (ValueError, RecursionError) as error:
            raise FormatError(message=f"broken JSON: {getattr(error, 'msg', error)}", path=path, line=number) from None
        names = _names(record)
        if names is None:
            raise FormatError(
                message="no two sides in this record", path=path, line=number, hint='for instance {"source": "...", "target": "..."}'
            )
        if all(_TAG.fullmatch(name) for name in names) and builder.source.declared is None:
            builder.source.declared, builder.target.declared = (language_of(name.replace("_", "-")) for name in names)
        values = record["translation"] if isinstance(record.get("translation"), dict) else record
        places = _strings(text, start, end)
        source, target = (_side(text, values[name], places.get(name, [])) for name in names)
        info = record.get("id", "")
        builder.entry(source, target, info=info if isinstance(info, str) else str(info))
    return builder.build()


def parse(text: str, path: str) -> Document:
    """Read both sides as one document."""
    return merged(pairs(text, path))


def _names(record: object) -> tuple[str, str] | None:
    """The keys of both sides."""
    if isinstance(record, dict) and isinstance(record.get("translation"), dict):
        record = record["translation"]
    if not isinstance(record, dict):
        return None
    for source, target in _NAMES:
        if source in record and target in record and _is_side(record[source]) and _is_side(record[target]):
            return source, target
    tags = [key for key, value in record.items() if isinstance(value, str) and _TAG.fullmatch(key) and key != "id"]
    return (tags[0], tags[1]) if len(tags) == 2 else None


def _strings(text: str, start: int, end: int) -> dict[str, list[tuple[int, int]]]:
    """Key to the places of strings behind it, for one line of valid JSON."""
    places: dict[str, list[tuple[int, int]]] = {}
    key = None
    for found in _STRING.finditer(text, start, end):
        if found[2]:
            key = found[1]
        elif key is not None:
            places.setdefault(key, []).append(found.span(1))
    return places


def _is_side(value: object) -> bool:
    return value is None or isinstance(value, str) or (isinstance(value, list) and all(isinstance(item, str) for item in value))


def _side(text: str, value: str | list[str] | None, places: list[tuple[int, int]]) -> Text | None:
    """The value with its place: the last run of ``places`` that reads so (equal keys may stand at several depths)."""
    wanted = [_SURROGATE.sub("\ufffd", item) for item in ([value] if isinstance(value, str) else value or [])]
    read = [_pieces(text, *place) for place in places]
    texts = ["".join(text[piece.start : piece.end] if piece.text is None else piece.text for piece in pieces) for pieces in read]
    for first in range(len(texts) - len(wanted), -1, -1):
        if wanted and texts[first : first + len(wanted)] == wanted:
            joined: list[Piece] = []
            for pieces in read[first : first + len(wanted)]:
                if joined and pieces:
                    joined.append(Piece(joined[-1].end, pieces[0].start, " "))
                joined += pieces
            return Text(joined, placeholders(text, joined))
    return None


def _pieces(text: str, start: int, end: int) -> list[Piece]:
    pieces = []
    for found in _ESCAPE.finditer(text, start, end):
        if found[1]:
            value = chr(0x10000 + ((int(found[1], 16) - 0xD800) << 10) + int(found[2], 16) - 0xDC00)
        elif found[3]:
            value = code_point(int(found[3], 16)) if found[3] != "0000" else "\0"
        else:
            value = _VALUES.get(found[4], found[4])
        pieces += [Piece(start, found.start()), Piece(found.start(), found.end(), value)]
        start = found.end()
    return [piece for piece in (*pieces, Piece(start, end)) if len(piece)]


READER = Reader(parse=parse, pairs=pairs)
