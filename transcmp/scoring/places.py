"""The texts of beads, and words of them as places in their segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from transcmp.evidence.cover import Word
from transcmp.model import Alignment, Bead, Side, Uncovered

_UNSPACED = ("zh", "ja", "th")
"""Languages whose sentences stand beside each other without a space."""


def pair_texts(alignment: Alignment) -> list[tuple[str, str]]:
    """Both texts of every bead with two sides, in order."""
    paired = [bead for bead in alignment.beads if bead.source and bead.target]
    return [(_joined(alignment.source, bead.source), _joined(alignment.target, bead.target)) for bead in paired]


def placed(alignment: Alignment, bead: Bead, omitted: Iterable[Word], added: Iterable[Word]) -> Iterator[Uncovered]:
    """Words of a bead's texts, of its source and of its target, as words of its segments: each side's in their order."""
    yield from _placed("source", alignment.source, bead.source, omitted)
    yield from _placed("target", alignment.target, bead.target, added)


def _glue(side: Side) -> str:
    return "" if side.language.partition("-")[0] in _UNSPACED else " "


def _joined(side: Side, ids: Iterable[int]) -> str:
    return _glue(side).join(side.segments[number].text for number in ids)


def _placed(name: Literal["source", "target"], side: Side, ids: tuple[int, ...], words: Iterable[Word]) -> Iterator[Uncovered]:
    glue = len(_glue(side))
    for word in sorted(words, key=lambda word: word.start):
        offset = 0
        for number in ids:
            size = len(side.segments[number].text)
            if offset <= word.start and word.end <= offset + size:
                yield Uncovered(side=name, segment=number, start=word.start - offset, end=word.end - offset, score=round(1 - word.cover, 4))
                break
            offset += size + glue
