"""What the search in order could not pair because it stands elsewhere.

Leftovers of both sides, and beads that look wrong, are matched in any order; a pair must be a clear winner. Around each one the search in
order is repeated, for a paragraph moves with all its sentences.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from transcmp.alignment import monotone
from transcmp.alignment.crossing import clear_winners
from transcmp.alignment.tiers import Beads, Tier

_MOST = 4_000_000
"""Cells of the table of leftovers; beyond it (two documents that have little to do with each other) nothing is looked for."""


def reorder(tier: Tier, beads: Beads, certain: Beads, rows: int, columns: int, *, split: bool) -> tuple[Beads, NDArray[np.bool_]]:
    """Beads, and which of them are out of order, after leftovers and doubtful beads have been matched anew.

    ``certain`` are beads that are not touched. A bead of several segments on both sides is doubtful too. It is split if its segments have
    simply swapped places, each paired with another; ``split`` says that one of them is enough, as among whole blocks of a page.
    """
    doubtful = _doubtful(tier, beads, split=split) & ~_touched(beads, certain)
    kept, loose = beads[~doubtful], beads[doubtful]
    taken, over = free(kept[:, 0], kept[:, 1], rows), free(kept[:, 2], kept[:, 3], columns)
    found = winners(tier, taken, over)
    found = found[~(found[:, None] == loose[None, :]).all(axis=2).any(axis=1)]  # what was paired already is no news
    if not split:
        found = found[~_touched(found, _half_explained(loose, found))]
        found = found[~_within_simple(found, loose)]
    loose = loose[~_touched(loose, found)]
    kept = np.concatenate([kept, loose])
    moved = np.concatenate([found[:0], *_with_neighbours(tier, kept, found, rows, columns)])
    return in_and_out_of_order(kept, moved)


def winners(tier: Tier, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Beads:
    """Beads of one segment a side among these segments, in any order."""
    rules = tier.constants.crossing[tier.name]
    if not len(rows) or not len(columns) or len(rows) * len(columns) > _MOST:
        return np.zeros((0, 4), np.int64)
    values = tier.evidence.likeness(rows, columns).astype(np.float64)
    values[~tier.structure.alike(rows, columns)] = -np.inf
    won = clear_winners(values, rules.likeness, rules.lead)
    found = np.array([(rows[row], 1, columns[column], 1) for row, column in won], np.int64).reshape(-1, 4)
    return found[tier.probabilities(found) >= rules.probability]


def free(firsts: NDArray[np.int64], counts: NDArray[np.int64], total: int) -> NDArray[np.int64]:
    """Positions outside the given runs."""
    change = np.zeros(total + 1, np.int64)
    np.add.at(change, firsts, 1)
    np.add.at(change, firsts + counts, -1)
    return np.flatnonzero(np.cumsum(change[:-1]) == 0)


def _doubtful(tier: Tier, beads: Beads, *, split: bool) -> NDArray[np.bool_]:
    doubt = tier.constants.crossing[tier.name].doubt["fragment" if split else "sentence"]
    return (tier.probabilities(beads) < doubt) | ((beads[:, 1] > 1) & (beads[:, 3] > 1))


def _half_explained(beads: Beads, found: Beads) -> Beads:
    """Beads of several segments on both sides of which some segments, but not all, are found elsewhere."""
    many = beads[(beads[:, 1] > 1) & (beads[:, 3] > 1)]
    if not len(many):
        return many
    explained = np.zeros(len(many), np.int64)
    for first in (0, 2):
        places = np.sort(found[:, first])
        explained += np.searchsorted(places, many[:, first] + many[:, first + 1]) - np.searchsorted(places, many[:, first])
    return many[(explained > 0) & (explained < many[:, 1] + many[:, 3])]


def _within_simple(found: Beads, beads: Beads) -> NDArray[np.bool_]:
    """Which pairs only repeat a part of a bead: one that is not several segments on both sides, whose parts could have swapped places."""
    simple = beads[(beads[:, 1] == 1) | (beads[:, 3] == 1)]
    inside = np.zeros(len(found), bool)
    for row, rows, column, columns in simple.tolist():
        inside |= (found[:, 0] >= row) & (found[:, 0] < row + rows) & (found[:, 2] >= column) & (found[:, 2] < column + columns)
    return inside


def _touched(beads: Beads, others: Beads) -> NDArray[np.bool_]:
    """Which beads share a segment with any of the others, on either side."""
    touched = np.zeros(len(beads), bool)
    for first in (0, 2):
        size = int(max((part[:, first] + part[:, first + 1]).max(initial=0) for part in (beads, others)))
        taken = np.ones(size, bool)
        taken[free(others[:, first], others[:, first + 1], size)] = False
        before = np.append(0, np.cumsum(taken))
        touched |= before[beads[:, first] + beads[:, first + 1]] > before[beads[:, first]]
    return touched


def _with_neighbours(tier: Tier, kept: Beads, found: Beads, rows: int, columns: int) -> Iterable[Beads]:
    """The best beads, in order, in the gap around each pair that was found."""
    loose_rows, loose_columns = free(kept[:, 0], kept[:, 1], rows), free(kept[:, 2], kept[:, 3], columns)
    done: set[tuple[int, int]] = set()
    taken: tuple[set[int], set[int]] = set(), set()
    floor = tier.constants.crossing[tier.name].probability
    for bead in found:
        (first, last), (left, right) = _gap(loose_rows, int(bead[0])), _gap(loose_columns, int(bead[2]))
        if (first, left) in done:
            continue
        done.add((first, left))
        inside = found[(found[:, 0] >= first) & (found[:, 0] < last) & (found[:, 2] >= left) & (found[:, 2] < right)]
        in_order = bool((np.diff(inside[np.argsort(inside[:, 0]), 2]) > 0).all())
        likely = in_order and len(inside) * 2 >= min(last - first, right - left)
        beads = _search(tier, first, last, left, right) if likely else inside
        beads = beads[tier.probabilities(beads) >= floor]
        sure = np.concatenate([inside[_touched(inside, beads) == 0], beads]) if len(beads) else inside
        for one in sure:
            segments = range(one[0], one[0] + one[1]), range(one[2], one[2] + one[3])
            if taken[0].isdisjoint(segments[0]) and taken[1].isdisjoint(segments[1]):
                taken[0].update(segments[0])
                taken[1].update(segments[1])
                yield one[None, :]


def _gap(places: NDArray[np.int64], place: int) -> tuple[int, int]:
    """First and last + 1 of the run of consecutive numbers that holds ``place``."""
    at = int(np.searchsorted(places, place))
    first = last = at
    while first > 0 and places[first - 1] == places[first] - 1:
        first -= 1
    while last + 1 < len(places) and places[last + 1] == places[last] + 1:
        last += 1
    return int(places[first]), int(places[last]) + 1


def _search(tier: Tier, first: int, last: int, left: int, right: int) -> Beads:
    """Beads of the segments ``first:last`` and ``left:right``, in order."""
    path = monotone.in_order(tier.part(slice(first, last), slice(left, right)), last - first, right - left)
    beads = [(step.row - step.rows + first, step.rows, step.column - step.columns + left, step.columns) for step in path]
    return np.array([bead for bead in beads if bead[1] and bead[3]], np.int64).reshape(-1, 4)


def in_and_out_of_order(kept: Beads, found: Beads) -> tuple[Beads, NDArray[np.bool_]]:
    """All beads, and which are moved: those found that cross one in order. Of two that cross only each other, the shorter one."""
    chain = [(int(row), int(column)) for row, _, column, _ in kept]
    chain.sort()
    moved = []
    for bead in sorted(found.tolist(), key=lambda bead: -bead[1] - bead[3]):
        spot = (bead[0], bead[2])
        at = bisect(chain, spot)
        before, behind = chain[at - 1] if at else (-1, -1), chain[at] if at < len(chain) else spot
        crosses = before[1] > spot[1] or behind[1] < spot[1]
        moved.append((bead, crosses))
        if not crosses:
            chain.insert(at, spot)
    beads = np.concatenate([kept, np.array([bead for bead, _ in moved], np.int64).reshape(-1, 4)])
    return beads, np.array([False] * len(kept) + [crosses for _, crosses in moved], bool)
