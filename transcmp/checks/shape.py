"""``heading-level``, ``list-shape``, ``table-shape``, ``image``: the outline of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from msgspec import Struct

from transcmp.checks.context import Context, Part, document_place, finding
from transcmp.evidence.links import find_images, same_page
from transcmp.model import Document, Finding, Place, Side

_ALIKE = 0.6
"""Likeness of two addresses from which one is the other, changed."""


def heading_level(context: Context) -> Iterator[Finding]:
    """Headings of another level, or that became text. Where most headings are shifted alike, that is the document's way."""
    if context.mixed:
        return  # the same page has both: its outline is its own
    pairs = [pair for pair in context.pairs if _kinds(pair.source) == {"heading"} or _kinds(pair.target) == {"heading"}]
    levels = [(_level(pair.source), _level(pair.target)) for pair in pairs]
    shifts = Counter(b - a for a, b in levels if a and b)
    usual = shifts.most_common(1)[0][0] if shifts and shifts.most_common(1)[0][1] * 2 > len(levels) else 0
    for pair, (a, b) in zip(pairs, levels, strict=True):
        if a and b and b - a != usual:
            words = f"the source has a heading of level {a}, the translation of level {b}"
        elif bool(a) != bool(b):
            words = "the source's heading is no heading in the translation" if a else "the translation makes a heading of what is none"
        else:
            continue
        if not pair.bead.moved:
            yield finding(
                context, "heading-level", "warning", words, source=pair.source.place(), target=pair.target.place(), bead=pair.index
            )


def _kinds(part: Part) -> set[str]:
    return {segment.kind for segment in part.segments}


def _level(part: Part) -> int:
    """The level of a heading, 0 for anything else."""
    first = part.segments[0]
    return part.side.document.fragments[first.fragment].level if first.kind == "heading" else 0


def list_shape(context: Context) -> Iterator[Finding]:
    """List items nested otherwise, and list items that became text or came from it."""
    for pair in context.compared:
        one, two = _item(pair.source), _item(pair.target)
        if one == two or {segment.kind for segment in (*pair.source.segments, *pair.target.segments)} - {"list-item", "paragraph"}:
            continue
        if one and two:
            words = f"the source's list item is nested {one} deep, the translation's {two}"
        else:
            words = (
                "the source's list item is no list item in the translation" if one else "the translation makes a list item of what is none"
            )
        yield finding(context, "list-shape", "note", words, source=pair.source.place(), target=pair.target.place(), bead=pair.index)


def _item(part: Part) -> int:
    """The depth of a list item, 0 for anything else; of several segments, of the first."""
    first = part.segments[0]
    return part.side.document.fragments[first.fragment].level if first.kind == "list-item" else 0


def table_shape(context: Context) -> Iterator[Finding]:
    """Tables with another number of rows or columns."""
    partners: dict[int, Counter[int]] = {}
    for pair in context.pairs:
        if _kinds(pair.source) == _kinds(pair.target) == {"table-cell"}:
            partners.setdefault(pair.source.segments[0].block, Counter())[pair.target.segments[0].block] += 1
    for block, counts in partners.items():
        other = counts.most_common(1)[0][0]
        one, two = _size(context.source.document, block), _size(context.target.document, other)
        if one != two and all(one) and all(two):
            words = f"the source's table has {_said(one)}, the translation's {_said(two)}"
            places = [_whole(context.source, block), _whole(context.target, other)]
            yield finding(context, "table-shape", "warning", words, source=places[0], target=places[1])


def _size(document: Document, block: int) -> tuple[int, int]:
    """Rows and columns of a table, as far as its cells tell them."""
    rows, columns = 0, 0
    for number in document.blocks[block].fragments:
        row, _, column = document.fragments[number].info.partition(",")
        if row.isdigit() and column.isdigit():
            rows, columns = max(rows, int(row) + 1), max(columns, int(column) + 1)
    return rows, columns


def _said(size: tuple[int, int]) -> str:
    return f"{size[0]} row{'s' * (size[0] > 1)} and {size[1]} column{'s' * (size[1] > 1)}"


def _whole(side: Side, block: int) -> Place:
    span = side.document.blocks[block].span
    return document_place(side, (span.start, span.end))


class _Image(Struct, frozen=True):
    address: str
    place: Place


def image(context: Context) -> Iterator[Finding]:
    """Images of the source that the translation lacks, or has with another address; a version in the target language is the same."""
    if context.mixed:
        return
    source, target = _images(context.source), _images(context.target)
    lost, gained = _alone(context, source, target), _alone(context, target, source)
    for one in lost:
        near = max(gained, key=lambda other: _likeness(one, other), default=None)
        if near is not None and _likeness(one, near) >= _ALIKE:
            gained.remove(near)
            words = f"the source shows the image {one.address}, the translation {near.address}"
            yield finding(context, "image", "warning", words, source=one.place, target=near.place)
        else:
            yield finding(context, "image", "warning", f"the translation lacks the image {one.address}", source=one.place)
    for other in gained:
        yield finding(context, "image", "note", f"the translation shows the image {other.address}, the source does not", target=other.place)


def _images(side: Side) -> list[_Image]:
    """Images with their places: of image blocks from their markup, elsewhere from the marks."""
    document = side.document
    found = []
    for block in document.blocks:
        if block.kind == "image":
            markup = document.text[block.span.start : block.span.end]
            found += [_Image(address, document_place(side, (block.span.start, block.span.end))) for address in find_images(markup)]
        else:
            marks = [mark for number in block.fragments for mark in document.fragments[number].marks if mark.kind == "image"]
            found += [_Image(mark.value, document_place(side, (mark.span.start, mark.span.end))) for mark in marks]
    return found


def _alone(context: Context, own: list[_Image], others: list[_Image]) -> list[_Image]:
    return [one for one in own if not any(same_page(one.address, two.address, context.languages) for two in others)]


def _likeness(one: _Image, other: _Image) -> float:
    return SequenceMatcher(None, one.address, other.address, autojunk=False).ratio()
