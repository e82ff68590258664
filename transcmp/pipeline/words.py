"""Words of a bead that nothing on the other side stands for, as places in its segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from transcmp.model import Alignment, Bead, Side, Uncovered

if TYPE_CHECKING:
    from transcmp.checks.context import Look
    from transcmp.embed import Encoder
    from transcmp.evidence.cover import Cover, Word

_GLUE = " "
"""Between the segments of a side of a bead."""


def uncovered_words(alignment: Alignment, encoder: Encoder | None, beads: Iterable[Bead] | None = None) -> tuple[Uncovered, ...]:
    """The uncovered words of ``beads`` (None: all) with two sides, in their order; none where the encoder has no word vectors."""
    from transcmp.scoring import covers

    paired = [bead for bead in (alignment.beads if beads is None else beads) if bead.source and bead.target]
    pairs = [(_joined(alignment.source, bead.source), _joined(alignment.target, bead.target)) for bead in paired]
    found: list[Uncovered] = []
    for bead, cover in zip(paired, covers(pairs, encoder=encoder), strict=False):
        found += _placed("source", alignment.source, bead.source, cover.omitted)
        found += _placed("target", alignment.target, bead.target, cover.added)
    return tuple(found)


def looker(encoder: Encoder | None) -> Look:
    """What rules ask for a close look at texts."""

    def look(pairs: Sequence[tuple[str, str]]) -> Sequence[Cover]:
        from transcmp.scoring import covers

        return covers(pairs, encoder=encoder)

    return look


def _joined(side: Side, ids: Iterable[int]) -> str:
    return _GLUE.join(side.segments[number].text for number in ids)


def _placed(name: Literal["source", "target"], side: Side, ids: tuple[int, ...], words: Iterable[Word]) -> Iterator[Uncovered]:
    """Words of the joined text as words of its segments, in their order."""
    for word in sorted(words, key=lambda word: word.start):
        offset = 0
        for number in ids:
            size = len(side.segments[number].text)
            if offset <= word.start and word.end <= offset + size:
                yield Uncovered(side=name, segment=number, start=word.start - offset, end=word.end - offset, score=round(1 - word.cover, 4))
                break
            offset += size + len(_GLUE)
