"""What belongs together inside a bead: numbers, names, links and code that stand on both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from transcmp.model import Comparison, Side

if TYPE_CHECKING:
    from transcmp.evidence.numbers import Number

Kind = Literal["number", "name", "link", "code"]


class Spot(NamedTuple):
    """A stretch of a segment."""

    segment: int
    """Id of the segment on its side."""
    start: int
    """First offset in the segment's text."""
    end: int
    """Offset behind its last character."""


class Pairing(NamedTuple):
    """Two stretches that say the same."""

    kind: Kind
    source: Spot
    target: Spot


T = TypeVar("T")
_Found = tuple[Spot, T]


def paired(comparison: Comparison, bead: int) -> tuple[Pairing, ...]:
    """What stands on both sides of a bead, in the order of the source; each stretch is in one pair at most.

    Numbers agree in a reading, names in their letters, links and code in their values. Nothing is said about what has no partner: that is
    for the rules.
    """
    alignment = comparison.alignment
    chosen = alignment.beads[bead]
    if not chosen.source or not chosen.target:
        return ()
    source, target = alignment.source, alignment.target
    found = [*_marked(source, chosen.source, target, chosen.target)]
    taken = ([pair.source for pair in found], [pair.target for pair in found])
    numbers = _numbers(source, chosen.source), _numbers(target, chosen.target)
    found += _matched("number", *numbers, lambda one, other: one.agrees(other), taken)
    names = _names(source, chosen.source), _names(target, chosen.target)
    found += _matched("name", *names, lambda one, other: one == other, taken)
    return tuple(sorted(found, key=lambda pair: pair.source))


def _matched(
    kind: Kind,
    source: Iterable[_Found[T]],
    target: Iterable[_Found[T]],
    agree: Callable[[T, T], bool],
    taken: tuple[list[Spot], list[Spot]],
) -> list[Pairing]:
    """Pairs of agreeing things, the first with the first, without what overlaps a stretch that is taken."""
    left = [(spot, value) for spot, value in target if not _overlaps(spot, taken[1])]
    found = []
    for spot, value in source:
        if _overlaps(spot, taken[0]):
            continue
        partner = next((item for item in left if agree(value, item[1])), None)
        if partner is not None:
            left.remove(partner)
            found.append(Pairing(kind, spot, partner[0]))
            taken[0].append(spot)
            taken[1].append(partner[0])
    return found


def _overlaps(spot: Spot, others: Sequence[Spot]) -> bool:
    return any(spot.segment == other.segment and spot.start < other.end and other.start < spot.end for other in others)


def _marked(source: Side, source_ids: Iterable[int], target: Side, target_ids: Iterable[int]) -> list[Pairing]:
    """Links and inline code with the same value; links also in their order, as an address may be another one in another language."""
    found: list[Pairing] = []
    taken: tuple[list[Spot], list[Spot]] = ([], [])
    kinds: tuple[Literal["link", "code"], ...] = ("code", "link")
    for kind in kinds:
        own, other = _marks(source, source_ids, kind), _marks(target, target_ids, kind)
        found += _matched(kind, own, other, lambda one, two: one == two, taken)
        if kind == "link" and len(own) == len(other):
            found += _matched(kind, own, other, lambda _one, _two: True, taken)
    return found


def _marks(side: Side, ids: Iterable[int], kind: str) -> list[_Found[str]]:
    return [
        (Spot(number, mark.start, mark.end), mark.value)
        for number in ids
        for mark in side.segments[number].marks
        if mark.kind == kind and mark.end > mark.start
    ]


def _numbers(side: Side, ids: Iterable[int]) -> list[_Found[Number]]:
    from transcmp.evidence.numbers import find_numbers

    return [
        (Spot(number, item.start, item.end), item)
        for number in ids
        for item in find_numbers(side.segments[number].text, side.segments[number].language)
        if item.exact
    ]


def _names(side: Side, ids: Iterable[int]) -> list[_Found[str]]:
    from transcmp.evidence.names import find_names

    return [
        (Spot(number, item.start, item.end), item.text)
        for number in ids
        for item in find_names(side.segments[number].text, side.segments[number].language)
    ]
