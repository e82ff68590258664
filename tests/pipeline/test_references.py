"""Several translations of one source, cut alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import compare
from transcmp.model import Alignment
from transcmp.pipeline.references import rows, text


def _alignment(beads: list[tuple[list[int], list[int]]], sources: int, targets: int) -> Alignment:
    made = compare([f"s{n}." for n in range(sources)], [f"t{n}." for n in range(targets)], beads, languages=("en", "de"))
    return made.alignment


def test_rows_follow_the_coarsest_bead() -> None:
    one = _alignment([([0], [0]), ([1, 2], [1]), ([3], [2])], 4, 3)
    two = _alignment([([0, 1], [0]), ([2], [1]), ([3], [])], 4, 2)
    assert [(row.source, row.targets) for row in rows([one, two])] == [((0, 1, 2), ((0, 1), (0, 1))), ((3,), ((2,), ()))]


def test_added_text_goes_with_the_row_before_it() -> None:
    one = _alignment([([0], [0]), ([], [1]), ([1], [2])], 2, 3)
    assert [row.targets for row in rows([one])] == [((0, 1),), ((2,),)]
    assert text(one, (0, 1)) == "t0. t1."


def test_a_script_without_spaces_is_joined_without() -> None:
    beads = [([0], [0, 1])]
    german = compare(["s."], ["Guten Tag.", "Es regnet."], beads, languages=("en", "de")).alignment
    chinese = compare(["s."], ["你好。", "下雨了。"], beads, languages=("en", "zh")).alignment
    assert (text(german, (0, 1)), text(chinese, (0, 1))) == ("Guten Tag. Es regnet.", "你好。下雨了。")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any), min_size=1, max_size=8))
def test_no_text_is_lost_and_none_stands_twice(shapes: list[tuple[int, int]]) -> None:
    beads, source, target = [], 0, 0
    for left, right in shapes:
        beads.append((list(range(source, source + left)), list(range(target, target + right))))
        source, target = source + left, target + right
    if not source:
        return
    alignment = _alignment(beads, source, target)
    cut = rows([alignment, alignment])
    assert [number for row in cut for number in row.source] == list(range(source))
    for column in (0, 1):
        assert sorted(number for row in cut for number in row.targets[column]) == list(range(target))
