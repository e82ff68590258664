"""Comparisons of small texts, made without a reader: paragraphs are parted by blank lines, line ends inside them are spaces."""

from __future__ import annotations

import re

from transcmp.model import (
    Alignment,
    Bead,
    Block,
    Comparison,
    Coverage,
    Document,
    Finding,
    Fragment,
    Language,
    Piece,
    Place,
    Segment,
    Side,
    Span,
    place_of,
)  # fmt: skip


def document(text: str, path: str) -> Document:
    fragments, blocks = [], []
    for match in re.finditer(r"(?:[^\n]+\n?)+", text):
        pieces: list[Piece] = []
        for line in re.finditer(r"[^\n]+", match[0]):
            if pieces:
                pieces.append(Piece(pieces[-1].end, pieces[-1].end + 1, " "))
            pieces.append(Piece(match.start() + line.start(), match.start() + line.end()))
        number = len(fragments)
        fragments.append(
            Fragment(id=number, kind="paragraph", block=number, text=match[0].strip().replace("\n", " "), pieces=tuple(pieces))
        )
        blocks.append(Block(id=number, kind="paragraph", span=Span(pieces[0].start, pieces[-1].end), fragments=(number,)))
    return Document(path=path, format="markdown", text=text, blocks=tuple(blocks), fragments=tuple(fragments))


def side(text: str, path: str, language: str) -> Side:
    read = document(text, path)
    segments: list[Segment] = []
    for fragment in read.fragments:
        for match in re.finditer(r"\S[^.。]*[.。]?", fragment.text):
            pieces, marks = fragment.cut(match.start(), match.end())
            segments.append(
                Segment(
                    id=len(segments), fragment=fragment.id, kind=fragment.kind, block=fragment.block, language=Language(language),
                    text=match[0], pieces=pieces, marks=marks,
                )
            )  # fmt: skip
    return Side(document=read, language=Language(language), segments=tuple(segments))


def place(side: Side, words: str, nth: int = 0) -> Place:
    """The place of the ``nth`` occurrence of ``words`` in the segments of a side."""
    for segment in side.segments:
        for match in re.finditer(re.escape(words), segment.text):
            if nth == 0:
                return place_of(side.document, segment, match.start(), match.end())
            nth -= 1
    raise LookupError(words)


def comparison(
    source: str, target: str, *faults: tuple[str, str | None, str | None], paths: tuple[str, str] = ("en.md", "it.md")
) -> Comparison:
    """Both texts, aligned segment by segment, with a finding for each (rule, words of the source, words of the target)."""
    sides = side(source, paths[0], "en"), side(target, paths[1], "it")
    counts: dict[tuple[int, str], int] = {}

    def find(which: int, words: str | None) -> Place | None:
        if words is None:
            return None
        nth = counts[which, words] = counts.get((which, words), -1) + 1
        return place(sides[which], words, nth)

    findings = tuple(
        Finding(rule=rule, severity="error", message=f"{one!r} and {other!r}", source=find(0, one), target=find(1, other))
        for rule, one, other in faults
    )
    size = min(len(sides[0].segments), len(sides[1].segments))
    beads = tuple(Bead(source=(number,), target=(number,), score=0.9) for number in range(size))
    alignment = Alignment(source=sides[0], target=sides[1], beads=beads, score=0.9, signature="test")
    return Comparison(alignment=alignment, mixed=False, coverage=Coverage(source=1, target=1), findings=findings)
