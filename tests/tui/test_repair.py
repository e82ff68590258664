from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui import made
from transcmp.errors import UsageError
from transcmp.model import Bead
from transcmp.pipeline import repair as pipeline
from transcmp.tui import repair
from transcmp.tui.repair import History, ids

START = made.small().alignment.beads


def pairs(beads: Sequence[Bead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [ids(bead) for bead in beads]


def test_merge_joins_with_the_next() -> None:
    assert pairs(repair.merge(START, 0))[0] == ((0, 1), (0, 1))
    assert pairs(repair.merge(START, 2))[2] == ((2, 3, 4), (2,))


def test_split_cuts_behind_the_first_segment() -> None:
    assert pairs(repair.split(START, 2))[2:4] == [((2,), (2,)), ((3,), ())]


def test_unlink_takes_the_sides_apart() -> None:
    assert pairs(repair.unlink(START, 1))[1:3] == [((1,), ()), ((), (1,))]


def test_shift_moves_a_segment_to_a_neighbour() -> None:
    assert pairs(repair.shift(START, 2, "source", -1))[1:3] == [((1, 2), (1,)), ((3,), (2,))]
    assert pairs(repair.shift(START, 2, "source", 1))[2:4] == [((2,), (2,)), ((3, 4), ())]


def test_a_bead_that_gives_its_last_segment_away_is_gone() -> None:
    beads = [Bead(source=(0,), target=(), score=0.0), Bead(source=(1,), target=(0,), score=0.5)]
    assert pairs(repair.shift(beads, 0, "source", 1)) == [((0, 1), (0,))]


def test_link_joins_beads_anywhere() -> None:
    beads = repair.unlink(START, 1)
    assert pairs(repair.link(beads, 1, 2))[1] == ((1,), (1,))
    assert pairs(repair.link(START, 3, 6))[3] == ((4,), (4,))


def test_what_is_linked_out_of_order_is_moved() -> None:
    beads = [Bead(source=(0,), target=(), score=0.0), Bead(source=(1,), target=(0,), score=0.9), Bead(source=(), target=(1,), score=0.0)]
    joined = repair.link(beads, 0, 2)
    assert pairs(joined) == [((0,), (1,)), ((1,), (0,))]
    assert joined[0].moved


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (lambda: repair.merge(START, 6), "no next bead"),
        (lambda: repair.merge(START, 4), "target segments are not neighbours"),
        (lambda: repair.merge([START[3], START[3]], 0), "neither bead has a counterpart"),
        (lambda: repair.split(START, 0), "cannot be split"),
        (lambda: repair.unlink(START, 3), "one side only"),
        (lambda: repair.link(START, 2, 2), "mark another"),
        (lambda: repair.link(START, 0, 4), "not neighbours"),
        (lambda: repair.shift(START, 0, "source", -1), "no bead to move"),
        (lambda: repair.shift(START, 3, "target", 1), "no target segment"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(step: Callable[[], object], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        step()


STEPS: list[Callable[[Sequence[Bead], int, int], list[Bead]]] = [
    lambda beads, at, _: repair.merge(beads, at),
    lambda beads, at, _: repair.split(beads, at),
    lambda beads, at, _: repair.unlink(beads, at),
    lambda beads, at, other: repair.link(beads, at, other % len(beads)),
    lambda beads, at, other: repair.shift(beads, at, "source" if other % 2 else "target", 1 if other % 3 else -1),
]


@given(st.lists(st.tuples(st.sampled_from(range(len(STEPS))), st.integers(0, 30), st.integers(0, 30)), max_size=12))
def test_every_segment_stays_in_exactly_one_bead_and_undo_leads_back(steps: list[tuple[int, int, int]]) -> None:
    comparison = made.small()
    history = History(comparison.alignment.beads)
    states = [history.beads]
    for number, at, other in steps:
        try:
            changed = STEPS[number](history.beads, at % len(history.beads), other)
        except UsageError:
            continue
        comparison = pipeline.arranged(comparison, changed)
        history.apply(comparison.alignment.beads)
        states.append(history.beads)
        for side, count in (("source", 7), ("target", 6)):
            held = [segment for bead in history.beads for segment in getattr(bead, side)]
            assert sorted(held) == list(range(count))
            assert all(list(getattr(bead, side)) == sorted(getattr(bead, side)) for bead in history.beads)
        assert all(key in set(pairs(history.beads)) for key in history.locked)
    for state in reversed(states[:-1]):
        assert history.undo()
        assert history.beads == state
    assert not history.undo()
    assert not history.changed
    for state in states[1:]:
        assert history.redo()
        assert history.beads == state
    assert not history.redo()


def test_repaired_beads_are_locked_and_others_are_not() -> None:
    history = History(START)
    history.apply(repair.split(START, 2))
    assert history.locked == {((2,), (2,)), ((3,), ())}
    assert history.changed
    history.saved()
    assert not history.changed


def test_a_new_alignment_locks_nothing_and_keeps_what_was_locked() -> None:
    history = History(START, [ids(START[0])])
    history.apply(repair.unlink(START, 1), lock=False)
    assert history.locked == {ids(START[0])}


def test_new_scores_are_no_step_and_nothing_to_save() -> None:
    history = History(START)
    again = [Bead(source=bead.source, target=bead.target, score=0.5, moved=bead.moved) for bead in START]
    history.rescored(again)
    assert history.beads == tuple(again)
    assert not history.changed
    assert not history.undo()
