"""Putting an alignment right by hand: operations on beads, with undo. Pure values; nothing here knows the screen.

The operations give beads in the order of the screen; the pipeline puts them into the order of an alignment, where each segment without
counterpart is a bead of its own.

Every operation keeps two promises: each segment stays in exactly one bead, and a bead's segments stay neighbours on their side. What
makes no sense raises UsageError with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from transcmp.errors import UsageError
from transcmp.model import Bead
from transcmp.tui.rows import Column

Ids = tuple[tuple[int, ...], tuple[int, ...]]
"""Source and target segments of a bead: what names it, whatever its place."""


def ids(bead: Bead) -> Ids:
    """The segments of a bead."""
    return bead.source, bead.target


def merge(beads: Sequence[Bead], at: int) -> list[Bead]:
    """Join a bead with the next."""
    if at + 1 >= len(beads):
        raise UsageError(message="there is no next bead")
    if not any((beads[at].source, beads[at + 1].source)) or not any((beads[at].target, beads[at + 1].target)):
        raise UsageError(message="neither bead has a counterpart")
    return _put(beads, {at, at + 1}, [_joined(beads[at], beads[at + 1])])


def split(beads: Sequence[Bead], at: int) -> list[Bead]:
    """Cut a bead behind the first segment of each side."""
    bead = beads[at]
    if max(len(bead.source), len(bead.target)) < 2:
        raise UsageError(message="one segment a side cannot be split; u takes them apart")
    return _put(beads, {at}, [_set(bead, bead.source[:1], bead.target[:1]), _set(bead, bead.source[1:], bead.target[1:])])


def unlink(beads: Sequence[Bead], at: int) -> list[Bead]:
    """Take a bead's two sides apart."""
    bead = beads[at]
    if not bead.source or not bead.target:
        raise UsageError(message="this bead has one side only")
    return _put(beads, {at}, [_set(bead, bead.source, ()), _set(bead, (), bead.target)])


def link(beads: Sequence[Bead], one: int, other: int) -> list[Bead]:
    """Join two beads anywhere; what stands out of order then is moved."""
    if one == other:
        raise UsageError(message="mark another bead first")
    first, second = sorted((one, other))
    joined = _joined(beads[first], beads[second])
    at = first if beads[first].source else second
    return _put(beads, {first, second}, [msgspec.structs.replace(joined, moved=_out_of_order(beads, {first, second}, at, joined))], at=at)


def shift(beads: Sequence[Bead], at: int, column: Column, direction: int) -> list[Bead]:
    """Move a bead's first segment of one side to the bead before (``direction`` -1), or its last to the bead behind (1)."""
    bead = beads[at]
    own = bead.source if column == "source" else bead.target
    if not own:
        raise UsageError(message=f"there is no {column} segment here to move")
    segment = own[0] if direction < 0 else own[-1]
    other = at + direction
    if not 0 <= other < len(beads):
        raise UsageError(message="there is no bead to move it to")
    rest = tuple(number for number in own if number != segment)
    theirs = beads[other].source if column == "source" else beads[other].target
    moved = _neighbours(tuple(sorted((*theirs, segment))), column)
    changed = {at: _side(bead, column, rest), other: _side(beads[other], column, moved)}
    return _put(beads, {at, other}, [changed[place] for place in sorted(changed) if any(ids(changed[place]))])


def _side(bead: Bead, column: Column, numbers: tuple[int, ...]) -> Bead:
    return _set(bead, numbers, bead.target) if column == "source" else _set(bead, bead.source, numbers)


def _set(bead: Bead, source: tuple[int, ...], target: tuple[int, ...]) -> Bead:
    """A bead with other segments; nobody has scored it yet."""
    return Bead(source=source, target=target, score=0.0, moved=bead.moved and bool(source) and bool(target))


def _joined(one: Bead, other: Bead) -> Bead:
    source = _neighbours(tuple(sorted(one.source + other.source)), "source")
    target = _neighbours(tuple(sorted(one.target + other.target)), "target")
    return Bead(source=source, target=target, score=0.0, moved=one.moved or other.moved)


def _neighbours(numbers: tuple[int, ...], column: str) -> tuple[int, ...]:
    if numbers and numbers[-1] - numbers[0] != len(numbers) - 1:
        raise UsageError(message=f"the {column} segments are not neighbours")
    return numbers


def _put(beads: Sequence[Bead], out: set[int], new: Iterable[Bead], *, at: int | None = None) -> list[Bead]:
    """``beads`` without those at ``out``, ``new`` in the place of the first of them (or of ``at``)."""
    place = min(out) if at is None else at
    made: list[Bead] = []
    for number, bead in enumerate(beads):
        if number == place:
            made += new
        if number not in out:
            made.append(bead)
    return made


def _out_of_order(beads: Sequence[Bead], out: set[int], at: int, joined: Bead) -> bool:
    """Whether a bead's target crosses those of the beads around it."""
    if not joined.source or not joined.target:
        return False
    others = [(number, bead) for number, bead in enumerate(beads) if number not in out and bead.source and bead.target and not bead.moved]
    before = max((bead.target[-1] for number, bead in others if number < at), default=-1)
    after = min((bead.target[0] for number, bead in others if number > at), default=joined.target[-1] + 1)
    return not before < joined.target[0] <= joined.target[-1] < after


class History:
    """The beads as they are now, what a person set, and the way back."""

    def __init__(self, beads: Sequence[Bead], locked: Iterable[Ids] = ()) -> None:
        self.beads = tuple(beads)
        self.locked = frozenset(locked)
        """Beads that a person made or confirmed: kept when the rest is aligned anew."""
        self._saved = (self.beads, self.locked)
        self._undo: list[tuple[tuple[Bead, ...], frozenset[Ids]]] = []
        self._redo: list[tuple[tuple[Bead, ...], frozenset[Ids]]] = []

    @property
    def changed(self) -> bool:
        """Whether there is something to save."""
        return (self.beads, self.locked) != self._saved

    def saved(self) -> None:
        """What is now, is on the disk."""
        self._saved = (self.beads, self.locked)

    def apply(self, beads: Sequence[Bead], *, lock: bool = True) -> None:
        """Make a step. With ``lock`` the beads that are new were set by a person, and stay."""
        before = {ids(bead) for bead in self.beads}
        now = {ids(bead) for bead in beads}
        self._step(tuple(beads), (self.locked & now) | (now - before if lock else frozenset()))

    def rescored(self, beads: Sequence[Bead]) -> None:
        """The same beads with new figures: not a step of the user's."""
        if tuple(map(ids, beads)) == tuple(map(ids, self.beads)):
            clean = not self.changed
            self.beads = tuple(beads)
            if clean:
                self.saved()

    def undo(self) -> bool:
        """One step back; False if there is none."""
        return self._travel(self._undo, self._redo)

    def redo(self) -> bool:
        """One step on again; False if there is none."""
        return self._travel(self._redo, self._undo)

    def _step(self, beads: tuple[Bead, ...], locked: frozenset[Ids]) -> None:
        self._undo.append((self.beads, self.locked))
        self._redo.clear()
        self.beads, self.locked = beads, locked

    def _travel(self, come: list[tuple[tuple[Bead, ...], frozenset[Ids]]], go: list[tuple[tuple[Bead, ...], frozenset[Ids]]]) -> bool:
        if not come:
            return False
        go.append((self.beads, self.locked))
        self.beads, self.locked = come.pop()
        return True
