"""Alignments written by ``transcmp align --format json`` (``transcmp/align/1``), as comparisons to look at."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Struct

from transcmp.errors import FormatError, ReadError
from transcmp.model import (
    Alignment,
    Bead,
    Comparison,
    Coverage,
    Document,
    FragmentKind,
    Language,
    Piece,
    Segment,
    Side,
)

SCHEMA = "transcmp/align/1"
_HEAD = 4096
_MOST_LINES = 20_000_000
"""A line number above is no line of a file that can be read."""


class _Segment(Struct, gc=False):
    id: int
    fragment: int
    kind: FragmentKind
    language: str
    line: int
    text: str


class _Side(Struct):
    path: str
    language: str
    segments: list[_Segment]


class _Align(Struct):
    schema: str
    signature: str
    source: _Side
    target: _Side
    beads: tuple[Bead, ...]
    score: float


def is_stored(path: str) -> bool:
    """Whether a file begins like such an alignment."""
    if not path.endswith(".json"):
        return False
    try:
        with Path(path).open("rb") as stream:
            return SCHEMA.encode() in stream.read(_HEAD)
    except OSError:
        return False


def load(path: Path) -> Comparison:
    """Read an alignment. Its documents are made of its segments, each on the line it was on. Raises ReadError."""
    with quick_allocation():
        return _load(path)


@contextmanager
def quick_allocation() -> Iterator[None]:
    """While a million values are made and none is thrown away, looking for garbage again and again takes most of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _load(path: Path) -> Comparison:
    try:
        stored = msgspec.json.decode(path.read_bytes(), type=_Align)
    except OSError as error:
        raise ReadError(message=f"cannot be read: {error.strerror or error}", path=str(path)) from error
    except msgspec.DecodeError as error:
        raise FormatError(
            message=f"not an alignment: {error}", path=str(path), hint=f"'transcmp align --format json' writes {SCHEMA}"
        ) from error
    _validate(stored, path)
    source, target = _side(stored.source), _side(stored.target)
    alignment = Alignment(source=source, target=target, beads=stored.beads, score=stored.score, signature=stored.signature)
    coverage = Coverage(
        source=_share(source, [bead.source for bead in stored.beads if bead.target]),
        target=_share(target, [bead.target for bead in stored.beads if bead.source]),
    )
    mixed = stored.source.path == stored.target.path
    return Comparison(alignment=alignment, mixed=mixed, coverage=coverage, signature=stored.signature)


def _validate(stored: _Align, path: Path) -> None:
    """Every segment is in exactly one bead and on a line, and ids are positions; anything else would be shown wrongly."""
    for name, side, beads in (
        ("source", stored.source, [bead.source for bead in stored.beads]),
        ("target", stored.target, [bead.target for bead in stored.beads]),
    ):
        count = len(side.segments)
        if sorted(chain.from_iterable(beads)) != list(range(count)) or any(item.id != n for n, item in enumerate(side.segments)):
            raise FormatError(message=f"the beads do not hold each of the {count} {name} segments once", path=str(path))
        if any(not 0 < item.line <= _MOST_LINES for item in side.segments):
            raise FormatError(message=f"a {name} segment stands on no line of a file", path=str(path))


def _share(side: Side, paired: list[tuple[int, ...]]) -> float:
    total = sum(len(item.text) for item in side.segments)
    return sum(len(side.segments[number].text) for ids in paired for number in ids) / total if total else 1.0


def _side(stored: _Side) -> Side:
    """A side over a text in which every segment stands on its line, as far as the lines before leave it room.

    The document has no fragments and blocks: the file does not tell them.
    """
    parts: list[str] = []
    offset, line = 0, 1
    segments: list[Segment] = []
    tags = {item.language: Language(item.language) for item in stored.segments}
    for number, item in enumerate(stored.segments):
        lead = "\n" * (item.line - line) if item.line > line else " " if parts else ""
        line = max(line, item.line) + item.text.count("\n")
        start = offset + len(lead)
        offset = start + len(item.text)
        parts += (lead, item.text)
        segments.append(
            Segment(
                id=number,
                fragment=item.fragment,
                kind=item.kind,
                block=item.fragment,
                language=tags[item.language],
                text=item.text,
                pieces=(Piece(start, offset),),
            )
        )
    own = Language(stored.language)
    document = Document(path=stored.path, format="json", text="".join(parts), blocks=(), fragments=(), language=own)
    return Side(document=document, language=own, segments=tuple(segments))
