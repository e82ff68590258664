"""Comparisons made by hand: two lists of strings and the beads between them.

    compare(["Wait 30 days."], ["Warten Sie 13 Tage."], languages=("en", "de"))

A string is one fragment and one block; a tuple of strings is a fragment of several sentences. ``# `` in front makes a heading, ``- ``
a list item, ``> `` a quote, ``! `` a caption, ``% `` a front-matter value and ``~ `` a code block (``~python ...``). Inside, inline code
(with backticks), ``[words](address)`` and ``![alt](address)`` become marks as the readers make them.
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
Link = tuple[Sequence[int], Sequence[int]]

_KINDS: dict[str, tuple[FragmentKind, BlockKind]] = {
    "-": ("list-item", "list-item"),
    ">": ("quote", "quote"),
    "!": ("caption", "image"),
    "%": ("front-matter", "front-matter"),
    "~": ("code", "code"),
    "|": ("table-cell", "table"),
}
_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|!\[(?P<alt>[^\]]*)\]\((?P<image>[^)\s]*)\)|\[(?P<words>[^\]]*)\]\((?P<link>[^)\s]*)\)|(?P<html></?[a-z][^<>]*>)"
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
    if match := re.match(r"([->!%|])(\w*) ", raw):
        return (*_KINDS[match[1]], 1 if match[1] == "-" else 0, match[2], match.end())
    return "paragraph", "paragraph", 0, "", 0


def side(items: Iterable[Item], language: str, *, path: str = "text.md", first: int = 0, languages: dict[int, str] | None = None) -> Side:
    """A side with a fragment an item; ``languages`` gives single items another language. ``first`` is the line of the first item."""
    text = "\n" * max(0, first - 1)
    fragments: list[Fragment] = []
    blocks: list[Block] = []
    segments: list[Segment] = []
    for number, item in enumerate(items):
        sentences = (item,) if isinstance(item, str) else item
        kind, block_kind, level, info, skip = _kind(sentences[0])
        tag = Language((languages or {}).get(number, language))
        begin = len(text)
        text += sentences[0][:skip]
        inner: list[Segment] = []
        for position, raw in enumerate((sentences[0][skip:], *sentences[1:])):
            text += " " if position else ""
            words, pieces, marks = _passage(raw, len(text), plain=kind == "code")
            text += raw
            inner.append(
                Segment(
                    id=len(segments) + position,
                    fragment=number,
                    kind=kind,
                    block=number,
                    language=tag,
                    text=words,
                    pieces=pieces,
                    marks=marks,
                )
            )
        joined, pieces, marks = _joined(inner, text)
        fragments.append(
            Fragment(
                id=number,
                kind=kind,
                block=number,
                level=level,
                info=info,
                language=tag,
                confidence=1.0,
                text=joined,
                pieces=pieces,
                marks=marks,
            )
        )
        anchor = re.sub(r"\W+", "-", joined.lower()).strip("-") if kind == "heading" else ""
        blocks.append(Block(id=number, kind=block_kind, span=Span(begin, len(text)), fragments=(number,), level=level, anchor=anchor))
        segments.extend(inner)
        text += "\n\n"
    document = Document(
        path=path, format="markdown", text=text, blocks=tuple(blocks), fragments=tuple(fragments), language=Language(language)
    )
    return Side(document=document, language=Language(language), segments=tuple(segments))


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
    source: Iterable[Item],
    target: Iterable[Item],
    beads: Iterable[Link] | None = None,
    *,
    languages: tuple[str, str] = ("en", "de"),
    moved: Iterable[int] = (),
    source_languages: dict[int, str] | None = None,
    target_languages: dict[int, str] | None = None,
    score: float = 0.95,
) -> Comparison:
    """A comparison of two documents. ``beads`` are pairs of segment ids, one to one by default; ``moved`` the positions of moved beads."""
    left = side(source, languages[0], path="source.md", languages=source_languages)
    right = side(target, languages[1], path="target.md", languages=target_languages)
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
