"""Tab-separated pairs: source and target in the first two columns.

A first line of names (``source`` and ``target``, or two language tags) says which columns they are; what ``align --format tsv`` writes
(ids, ids, score, source, target) is known by its shape and has no escapes. Elsewhere ``\\t``, ``\\n``, ``\\r`` and ``\\\\`` in a cell are a
tab, line ends and a backslash: cells have no other escapes and no quotes.
"""

from __future__ import annotations

import re

from transcmp.errors import FormatError
from transcmp.model import Document, Language, Piece
from transcmp.readers._bitext import Bitext, PairBuilder, Text, merged
from transcmp.readers._language import language_of
from transcmp.readers._lines import line_ranges
from transcmp.readers._placeholders import placeholders
from transcmp.readers._reader import Reader

_ESCAPE = re.compile(r"\\([tnr\\])")
_BEAD = re.compile(r"(?:\d+(?:,\d+)*)?\t(?:\d+(?:,\d+)*)?\t\d\.\d+\t")
_VALUES = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_NAMES = (("source", "target"), ("src", "tgt"), ("original", "translation"), ("src", "mt"))


def pairs(text: str, path: str) -> Bitext:
    """Read both sides. Raises FormatError for a line with less than two columns."""
    builder = PairBuilder(text, path, "tsv")
    columns = (0, 1)
    escapes = True
    for number, (start, end) in enumerate(line_ranges(text)):
        if start == end:
            continue
        cells = _cells(text, start, end)
        if number == 0 and len(cells) == 5 and _BEAD.match(text, start, end):
            columns, escapes = (3, 4), False
        elif number == 0 and (named := _header(builder, [text[first:last] for first, last in cells])):
            columns = named
            continue
        if len(cells) <= max(columns):
            raise FormatError(
                message="no tab between source and target", path=path, line=number + 1, hint="a line is a source, a tab and a target"
            )
        source, target = (_side(text, *cells[column], escapes=escapes) for column in columns)
        builder.entry(source, target)
    return builder.build()


def parse(text: str, path: str) -> Document:
    """Read both sides as one document."""
    return merged(pairs(text, path))


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cells = []
    for cell in text[start:end].split("\t"):
        cells.append((start, start + len(cell)))
        start += len(cell) + 1
    return cells


def _header(builder: PairBuilder, cells: list[str]) -> tuple[int, int] | None:
    names = [cell.strip().lower() for cell in cells]
    for source, target in _NAMES:
        if source in names and target in names:
            return names.index(source), names.index(target)
    if len(cells) >= 2 and all(_TAG.fullmatch(cell) for cell in cells[:2]):
        languages: list[Language | None] = [language_of(cell.replace("_", "-")) for cell in cells[:2]]
        if all(languages):
            builder.source.declared, builder.target.declared = languages
            return 0, 1
    return None


def _side(text: str, start: int, end: int, *, escapes: bool) -> Text:
    pieces = []
    for found in _ESCAPE.finditer(text, start, end if escapes else start):
        pieces += [Piece(start, found.start()), Piece(found.start(), found.end(), _VALUES[found[1]])]
        start = found.end()
    pieces = [piece for piece in (*pieces, Piece(start, end)) if len(piece)]
    return Text(pieces, placeholders(text, pieces))


READER = Reader(parse=parse, pairs=pairs)
