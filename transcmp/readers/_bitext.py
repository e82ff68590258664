"""Files that hold both sides: what their readers build."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from transcmp.model import Block, Document, Fragment, Language, Mark, Piece
from transcmp.readers._builder import Builder


class Bitext(Struct, frozen=True, kw_only=True):
    """A bilingual file: two documents over one text, and which of their fragments translate each other.

    Each entry of the file is a block with exactly one fragment on each side that has text, so segments of ``unit="fragment"``, blocks and
    fragments have the same ids.
    """

    source: Document
    """The source side; its spans lie in the whole file's text."""
    target: Document
    """The target side, over the same text."""
    pairs: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    """Fragment ids of the source and of the target for every entry, in the file's order; an untranslated entry has no target."""
    notes: tuple[str, ...] = ()
    """For every pair, what the file says about its state (``fuzzy``, ``final`` ...); empty: nothing."""


class Text(Struct):
    """One side of an entry."""

    pieces: list[Piece] = []
    marks: list[Mark] = []
    language: Language | None = None


class PairBuilder:
    """Collects the entries of a bilingual file. Used once."""

    def __init__(self, text: str, path: str, format: str) -> None:
        self.source = Builder(text, path, format)
        self.target = Builder(text, path, format)
        self.pairs: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        self.notes: list[str] = []

    def entry(self, source: Text | None, target: Text | None, *, info: str = "", note: str = "") -> None:
        """Add an entry; a side that is None, or has no text, is missing."""
        ids = tuple(_unit(builder, side, info) for builder, side in ((self.source, source), (self.target, target)))
        if any(ids):
            self.pairs.append((ids[0], ids[1]))
            self.notes.append(note)

    def build(self) -> Bitext:
        """Both sides."""
        return Bitext(source=self.source.build(), target=self.target.build(), pairs=tuple(self.pairs), notes=tuple(self.notes))


def _unit(builder: Builder, side: Text | None, info: str) -> tuple[int, ...]:
    if side is None or not any((builder.text[p.start : p.end] if p.text is None else p.text).strip() for p in side.pieces):
        return ()
    first = side.pieces[0].start
    builder.block("unit", first, max(first, side.pieces[-1].end))
    number = builder.fragment("unit", side.pieces, side.marks, info=info, declared=side.language)
    return () if number is None else (number,)


def merged(bitext: Bitext) -> Document:
    """Both sides as one document, in the order of the file: for whoever wants to see what is in it."""
    sides: Sequence[Document] = (bitext.source, bitext.target)
    found = [(document.blocks[fragment.block], fragment) for document in sides for fragment in document.fragments]
    found.sort(key=lambda pair: (pair[1].span, pair[1].id))
    blocks: list[Block] = []
    fragments: list[Fragment] = []
    last = None
    for block, fragment in found:
        if last is not None and fragment.pieces == last.pieces:
            continue  # a source that several plural forms translate
        last = fragment
        number = len(fragments)
        blocks.append(msgspec.structs.replace(block, id=number, fragments=(number,)))
        fragments.append(msgspec.structs.replace(fragment, id=number, block=number))
    return Document(
        path=bitext.source.path,
        format=bitext.source.format,
        text=bitext.source.text,
        blocks=tuple(blocks),
        fragments=tuple(fragments),
        metadata=bitext.source.metadata,
    )
