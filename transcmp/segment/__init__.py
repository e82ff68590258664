"""Fragments to segments: sentences (:mod:`transcmp.segment.sentences`), whole blocks, or lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from typing import get_args

from transcmp.errors import UsageError
from transcmp.model import UNDETERMINED, Document, Fragment, Mark, Passage, Piece, Segment, Unit
from transcmp.segment.sentences import Rules, sentences

__all__ = ["cut_marks", "cut_pieces", "segment", "sentences"]


def segment(
    document: Document, *, unit: Unit = "sentence", fragments: Collection[int] | None = None, rules: str | None = None
) -> tuple[Segment, ...]:
    """Cut a document into segments, numbered from 0.

    ``unit``: ``sentence``; ``fragment``: a segment is a whole block, its fragments' texts joined by line feeds; ``line``: every fragment is
    a segment, an empty one too (read the file as ``lines`` for that). ``fragments`` are the ids to keep, None for all. ``rules`` is an SRX
    file. Raises UsageError for another unit, ReadError or FormatError for the SRX file.
    """
    if unit not in get_args(Unit):
        raise UsageError(message=f"no unit {unit!r}", hint=f"one of {', '.join(get_args(Unit))}")
    kept = document.fragments if fragments is None else tuple(item for item in document.fragments if item.id in fragments)
    if unit == "fragment":
        return tuple(_blocks(kept))
    if unit == "line":
        return tuple(_whole(fragment, number) for number, fragment in enumerate(kept))
    cutter = _rules(rules)
    segments: list[Segment] = []
    for fragment in kept:
        language = fragment.language if fragment.language != UNDETERMINED else document.language
        spans = sentences(fragment, language, cutter)
        if spans == [(0, len(fragment.text))]:
            segments.append(_whole(fragment, len(segments)))
            continue
        for (start, end), pieces, marks in zip(spans, cut_pieces(fragment, spans), cut_marks(fragment, spans), strict=True):
            segments.append(
                Segment(
                    text=fragment.text[start:end],
                    pieces=tuple(pieces),
                    marks=tuple(marks),
                    id=len(segments),
                    fragment=fragment.id,
                    kind=fragment.kind,
                    block=fragment.block,
                    language=fragment.language,
                )
            )
    return tuple(segments)


def cut_pieces(passage: Passage, spans: list[tuple[int, int]]) -> list[list[Piece]]:
    """The pieces of each of the spans (sorted, apart): :meth:`Passage.cut` for all of them in one walk."""
    cuts: list[list[Piece]] = [[] for _ in spans]
    number = offset = 0
    for piece in passage.pieces:
        size = len(piece)
        while number < len(spans) and spans[number][1] <= offset:
            number += 1
        index = number
        while index < len(spans) and spans[index][0] < offset + size:
            low, high = max(spans[index][0], offset) - offset, min(spans[index][1], offset + size) - offset
            if piece.text is None:
                cuts[index].append(Piece(piece.start + low, piece.start + high))
            else:
                cuts[index].append(Piece(piece.start, piece.end, piece.text[low:high]))
            index += 1
        offset += size
    return cuts


def cut_marks(passage: Passage, spans: list[tuple[int, int]]) -> list[list[Mark]]:
    """The marks of each of the spans; an empty one between two belongs to the span behind it, at the end to the last."""
    cuts: list[list[Mark]] = [[] for _ in spans]
    if not spans:
        return cuts
    ends = [end for _, end in spans]
    for mark in passage.marks:
        if mark.start == mark.end:
            index = min(bisect_right(ends, mark.start), len(spans) - 1)
            cuts[index].append(_moved(mark, *spans[index]))
            continue
        index = bisect_right(ends, mark.start)
        while index < len(spans) and spans[index][0] < mark.end:
            cuts[index].append(_moved(mark, *spans[index]))
            index += 1
    return cuts


def _moved(mark: Mark, start: int, end: int) -> Mark:
    first, last = (min(max(offset, start), end) - start for offset in (mark.start, mark.end))
    return Mark(kind=mark.kind, start=first, end=last, value=mark.value, span=mark.span)


def _whole(fragment: Fragment, number: int) -> Segment:
    return Segment(
        text=fragment.text,
        pieces=fragment.pieces,
        marks=fragment.marks,
        id=number,
        fragment=fragment.id,
        kind=fragment.kind,
        block=fragment.block,
        language=fragment.language,
    )


def _blocks(fragments: Iterable[Fragment]) -> Iterable[Segment]:
    """One segment for the fragments of each block."""
    groups: dict[int, list[Fragment]] = {}
    for fragment in fragments:
        groups.setdefault(fragment.block, []).append(fragment)
    for number, group in enumerate(groups.values()):
        first = group[0]
        if len(group) == 1:
            yield _whole(first, number)
            continue
        pieces: list[Piece] = []
        marks: list[Mark] = []
        size = 0
        for fragment in group:
            if pieces:
                pieces.append(Piece(pieces[-1].end, pieces[-1].end, "\n"))
                size += 1
            pieces += fragment.pieces
            marks += [Mark(kind=m.kind, start=m.start + size, end=m.end + size, value=m.value, span=m.span) for m in fragment.marks]
            size += len(fragment.text)
        yield Segment(
            text="\n".join(fragment.text for fragment in group),
            pieces=tuple(pieces),
            marks=tuple(marks),
            id=number,
            fragment=first.id,
            kind=first.kind,
            block=first.block,
            language=first.language,
        )


def _rules(path: str | None) -> Rules | None:
    if path is None:
        return None
    from transcmp.segment.srx import load

    return load(path)
