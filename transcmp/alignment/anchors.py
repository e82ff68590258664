"""Beads that are known to be right: a user's, or those of an alignment that was repaired by hand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transcmp.errors import UsageError
from transcmp.model import Side

if TYPE_CHECKING:
    from transcmp.alignment import Pair


@dataclass(frozen=True)
class Anchors:
    """Known beads, checked."""

    in_order: list[Pair]
    """Runs of segments on both sides; they follow each other on both."""
    apart: list[Pair]
    """All others: out of order, with gaps, or with one side. Nothing else may use their segments."""

    @classmethod
    def of(cls, anchors: Sequence[Pair], source: Side, target: Side) -> Anchors:
        """Raises UsageError where an anchor names a segment that is not there, or one that another anchor has."""
        _check(anchors, source, target)
        solid: list[Pair] = []
        apart: list[Pair] = []
        for mine, theirs in sorted(anchors):
            plain = mine and theirs and _is_run(mine) and _is_run(theirs) and _has_text(source, mine) and _has_text(target, theirs)
            (solid if plain else apart).append((mine, theirs))
        chain = _longest_increasing([theirs[0] for _, theirs in solid])
        return cls([solid[place] for place in sorted(chain)], apart + [pair for place, pair in enumerate(solid) if place not in chain])

    def reserved(self, side: int) -> set[int]:
        """The segments of a side (0 source, 1 target) that the search may not use."""
        return {number for pair in self.apart for number in pair[side]}


def _check(anchors: Sequence[Pair], source: Side, target: Side) -> None:
    seen: tuple[set[int], set[int]] = set(), set()
    for pair in anchors:
        if not pair[0] and not pair[1]:
            raise UsageError(message="an anchor without segments")
        for ids, side, known, name in zip(pair, (source, target), seen, ("source", "target"), strict=True):
            for number in ids:
                if not 0 <= number < len(side.segments):
                    raise UsageError(message=f"an anchor names {name} segment {number}; there are {len(side.segments)}, counted from 0")
                if number in known:
                    raise UsageError(message=f"two anchors name {name} segment {number}")
                known.add(number)


def _is_run(ids: tuple[int, ...]) -> bool:
    return list(ids) == list(range(ids[0], ids[0] + len(ids)))


def _has_text(side: Side, ids: tuple[int, ...]) -> bool:
    return all(side.segments[number].text.strip() for number in ids)


def _longest_increasing(values: Sequence[int]) -> set[int]:
    """Places of the longest increasing subsequence (Schensted 1961)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [place]
    chosen: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        chosen.add(place)
        place = before[place]
    return chosen
