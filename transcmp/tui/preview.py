"""Both texts before they are aligned, so that reading can begin at once."""

from __future__ import annotations

from itertools import zip_longest

from transcmp.model import Alignment, Bead, Comparison, Coverage, Document, Fragment, Segment, Side


def side_by_side(source: Document, target: Document | None) -> Comparison:
    """Fragment beside fragment in the order of the files; no bead is scored. A mixed document stands alone in the target column."""
    first, second = _side(source, source.fragments if target is not None else ()), _side(target or source, (target or source).fragments)
    pairs = zip_longest(range(len(first.segments)), range(len(second.segments)))
    beads = tuple(Bead(source=() if a is None else (a,), target=() if b is None else (b,), score=0.0) for a, b in pairs)
    alignment = Alignment(source=first, target=second, beads=beads, score=0.0, signature="")
    return Comparison(alignment=alignment, mixed=target is None, coverage=Coverage(source=0.0, target=0.0))


def _side(document: Document, fragments: tuple[Fragment, ...]) -> Side:
    segments = tuple(
        Segment(
            id=number,
            fragment=item.id,
            kind=item.kind,
            block=item.block,
            language=item.language,
            text=item.text,
            pieces=item.pieces,
            marks=item.marks,
        )
        for number, item in enumerate(fragments)
    )
    return Side(document=document, language=document.language, segments=segments)
