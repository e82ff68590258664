"""Sides of an alignment, made from lists of strings."""

from __future__ import annotations

from collections.abc import Sequence

from transcmp.model import Document, Language, Piece, Segment, Side


def side(texts: Sequence[str], language: str = "en", kind: str = "unit") -> Side:
    document = Document(path="-", format="lines", text="\n".join(texts), blocks=(), fragments=(), language=Language(language))
    segments, offset = [], 0
    for number, text in enumerate(texts):
        pieces = (Piece(offset, offset + len(text)),) if text else ()
        segments.append(
            Segment(id=number, fragment=number, kind=kind, block=number, language=Language(language), text=text, pieces=pieces)  # type: ignore[arg-type]
        )
        offset += len(text) + 1
    return Side(document=document, language=Language(language), segments=tuple(segments))
