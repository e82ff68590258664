"""Comparisons made by hand: two lists of strings and the beads between them.

    compare(["Wait 30 days."], ["Warten Sie 13 Tage."], languages=("en", "de"))

A string is one fragment and one block; a tuple of strings is a fragment of several sentences. ``# `` in front makes a heading, ``- ``
a list item, ``> `` a quote, ``! `` a caption, ``% `` a front-matter value, ``= `` the title of an admonition, ``& `` that of an
element, ``|0,1 `` a cell and ``~ `` a code block (``~python ...``). Inside, inline code (with backticks), ``[words](address)`` and
``![alt](address)`` become marks as the readers make them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from transcmp.model import (
    Alignment,
    Bead,
    Block,
    BlockKind,
    Comparison,
    Coverage,
    Document,
    Fragment,
    FragmentKind,
    Language,
    Mark,
    Piece,
    Segment,
    Side,
    Span,
)

Item = str | tuple[str, ...]
"""A fragment: one sentence, or several."""


class Table(tuple[str, ...]):
    """A block whose cells are fragments of their own: ``|row,column text``."""


Link = tuple[Sequence[int], Sequence[int]]

_KINDS: dict[str, tuple[FragmentKind, BlockKind]] = {
    "-": ("list-item", "list-item"),
    ">": ("quote", "quote"),
    "!": ("caption", "image"),
    "%": ("front-matter", "front-matter"),
    "~": ("code", "code"),
    "|": ("table-cell", "table"),
    "=": ("title", "admonition"),
    "&": ("title", "html"),
}
_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|!\[(?P<alt>[^\]]*)\]\((?P<image>[^)\s]*)\)|\[(?P<words>[^\]]*)\]\((?P<link>[^)\s]*)\)"
    r"|(?P<html></?[a-z][^<>]*/?>)|\s?\{#(?P<anchor>[\w-]+)\}|(?P<placeholder>\{\w+\})"
)


def _passage(raw: str, offset: int, *, plain: bool) -> tuple[str, tuple[Piece, ...], tuple[Mark, ...]]:
    """Text, pieces and marks of one sentence that stands at ``offset`` in the document."""
    pieces: list[Piece] = []
    marks: list[Mark] = []
    text, last = "", 0

    def take(start: int, end: int) -> None:
        nonlocal text
        if start < end:
            pieces.append(Piece(offset + start, offset + end))
            text += raw[start:end]

    for match in () if plain else _INLINE.finditer(raw):
        take(last, match.start())
        begin = len(text)
        if match["code"] is not None:
            take(*match.span("code"))
            kind, value = "code", match["code"]
        elif match["image"] is not None:
            kind, value = "image", match["image"]
        elif match["html"] is not None:
            kind, value = "html", match["html"]
        elif match["anchor"] is not None:
            kind, value = "anchor", match["anchor"]
        elif match["placeholder"] is not None:
            take(*match.span("placeholder"))
            kind, value = "placeholder", match["placeholder"]
        else:
            take(*match.span("words"))
            kind, value = "link", match["link"]
        span = Span(offset + match.start(), offset + match.end())
        marks.append(Mark(kind=kind, start=begin, end=len(text), value=value, span=span))  # type: ignore[arg-type]
        last = match.end()
    take(last, len(raw))
    return text, tuple(pieces), tuple(marks)


def _kind(raw: str) -> tuple[FragmentKind, BlockKind, int, str, int]:
    """Kinds, level, info and size of the prefix of an item."""
    if match := re.match(r"(#{1,6}) ", raw):
        return "heading", "heading", len(match[1]), "", match.end()
    if match := re.match(r"~(\w*)\s", raw):
        return "code", "code", 0, match[1], match.end()
    if match := re.match(r"([->!%|=&])([\w,]*) ", raw):
        return (*_KINDS[match[1]], 1 if match[1] == "-" else 0, match[2], match.end())
    return "paragraph", "paragraph", 0, "", 0


class _Writer:
    """Writes items one after the other into a document, and keeps what they become."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.fragments: list[Fragment] = []
        self.blocks: list[Block] = []
        self.segments: list[Segment] = []

    def write(self, item: Item | Table, language: Language) -> None:
        """One item, as a block."""
        begin = len(self.text)
        for cell in item if isinstance(item, Table) else (item,):
            block_kind = self.fragment((cell,) if isinstance(cell, str) else cell, language)
            self.text += "\n"
        last = self.fragments[-1]
        ids = tuple(fragment.id for fragment in self.fragments if fragment.block == len(self.blocks))
        marked = next((mark.value for mark in last.marks if mark.kind == "anchor"), "")
        slug = re.sub(r"\W+", "-", last.text.lower()).strip("-") if last.kind == "heading" else ""
        span = Span(begin, len(self.text) - 1)
        self.blocks.append(Block(id=len(self.blocks), kind=block_kind, span=span, fragments=ids, level=last.level, anchor=marked or slug))
        self.text += "\n"

    def fragment(self, sentences: Sequence[str], language: Language) -> BlockKind:
        """One fragment with its segments; returns the kind of block that it makes."""
        kind, block_kind, level, info, skip = _kind(sentences[0])
        number = len(self.fragments)
        self.text += sentences[0][:skip]
        inner: list[Segment] = []
        for position, raw in enumerate((sentences[0][skip:], *sentences[1:])):
            self.text += " " if position else ""
            words, pieces, marks = _passage(raw, len(self.text), plain=kind == "code")
            self.text += raw
            identity = {"id": len(self.segments) + position, "fragment": number, "block": len(self.blocks)}
            inner.append(Segment(**identity, kind=kind, language=language, text=words, pieces=pieces, marks=marks))
        joined, pieces, marks = _joined(inner, self.text)
        self.fragments.append(
            Fragment(
                id=number,
                kind=kind,
                block=len(self.blocks),
                level=level,
                info=info,
                language=language,
                confidence=1.0,
                text=joined,
                pieces=pieces,
                marks=marks,
            )
        )
        self.segments.extend(inner)
        return block_kind


def side(
    items: Iterable[Item | Table],
    language: str,
    *,
    path: str = "text.md",
    first: int = 0,
    languages: dict[int, str] | None = None,
    declared: str | None = None,
    metadata: dict[str, str] | None = None,
) -> Side:
    """A side with a block an item; ``languages`` gives single items another language. ``first`` is the line of the first item."""
    writer = _Writer("\n" * max(0, first - 1))
    for number, item in enumerate(items):
        writer.write(item, Language((languages or {}).get(number, language)))
    document = Document(
        path=path,
        format="markdown",
        text=writer.text,
        blocks=tuple(writer.blocks),
        fragments=tuple(writer.fragments),
        language=Language(language),
        declared=None if declared is None else Language(declared),
        metadata=tuple((metadata or {}).items()),
    )
    return Side(document=document, language=Language(language), segments=tuple(writer.segments))


def _joined(inner: Sequence[Segment], text: str) -> tuple[str, tuple[Piece, ...], tuple[Mark, ...]]:
    """Text, pieces and marks of a fragment made of sentences with a space between; ``text`` is the document's so far."""
    joined, pieces, marks = "", [], []
    for segment in inner:
        if joined:
            gap = text.rindex(" ", 0, segment.span.start + 1) if segment.pieces else len(text)
            pieces.append(Piece(gap, gap, " "))
            joined += " "
        marks += [
            Mark(kind=mark.kind, start=mark.start + len(joined), end=mark.end + len(joined), value=mark.value, span=mark.span)
            for mark in segment.marks
        ]
        pieces += segment.pieces
        joined += segment.text
    return joined, tuple(pieces), tuple(marks)


def compare(
    source: Iterable[Item | Table],
    target: Iterable[Item | Table],
    beads: Iterable[Link] | None = None,
    *,
    languages: tuple[str, str] = ("en", "de"),
    moved: Iterable[int] = (),
    source_languages: dict[int, str] | None = None,
    target_languages: dict[int, str] | None = None,
    declared: tuple[str | None, str | None] = (None, None),
    metadata: tuple[dict[str, str], dict[str, str]] = ({}, {}),
    score: float = 0.95,
) -> Comparison:
    """A comparison of two documents. ``beads`` are pairs of segment ids, one to one by default; ``moved`` the positions of moved beads."""
    left = side(source, languages[0], path="source.md", languages=source_languages, declared=declared[0], metadata=metadata[0])
    right = side(target, languages[1], path="target.md", languages=target_languages, declared=declared[1], metadata=metadata[1])
    links = one_to_one(left, right) if beads is None else tuple(beads)
    return _comparison(left, right, links, set(moved), score, mixed=False)


def one_to_one(left: Side, right: Side) -> tuple[Link, ...]:
    """The i-th segment with the i-th; what is over stays alone."""
    sizes = len(left.segments), len(right.segments)
    return tuple(((i,) if i < sizes[0] else (), (i,) if i < sizes[1] else ()) for i in range(max(sizes)))


def mixed(
    items: Sequence[Item], foreign: Iterable[int], beads: Iterable[Link] = (), *, languages: tuple[str, str] = ("it", "en")
) -> Comparison:
    """A mixed document: the items numbered in ``foreign`` are in the source language.

    Beads are pairs of *item* numbers; the rest stays alone.
    """
    inside = set(foreign)
    whole = side(items, languages[1], languages=dict.fromkeys(inside, languages[0]))
    chosen = [segment for segment in whole.segments if segment.fragment in inside]
    rest = [segment for segment in whole.segments if segment.fragment not in inside]
    left = Side(document=whole.document, language=Language(languages[0]), segments=_numbered(chosen))
    right = Side(document=whole.document, language=Language(languages[1]), segments=_numbered(rest))

    def ids(half: Side, numbers: Sequence[int]) -> tuple[int, ...]:
        return tuple(segment.id for segment in half.segments if segment.fragment in numbers)

    links = [(ids(left, a), ids(right, b)) for a, b in beads]
    used = ({i for a, _ in links for i in a}, {j for _, b in links for j in b})
    links += [((segment.id,), ()) for segment in left.segments if segment.id not in used[0]]
    links += [((), (segment.id,)) for segment in right.segments if segment.id not in used[1]]
    return _comparison(left, right, links, set(), 0.95, mixed=True)


def _numbered(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    from msgspec.structs import replace

    return tuple(replace(segment, id=number) for number, segment in enumerate(segments))


def _comparison(left: Side, right: Side, links: Sequence[Link], moved: set[int], score: float, *, mixed: bool) -> Comparison:
    beads = tuple(
        Bead(source=tuple(a), target=tuple(b), score=score if a and b else 0.0, moved=number in moved)
        for number, (a, b) in enumerate(links)
    )
    alignment = Alignment(source=left, target=right, beads=beads, score=score, signature="hand")
    return Comparison(alignment=alignment, mixed=mixed, coverage=Coverage(source=1.0, target=1.0))
