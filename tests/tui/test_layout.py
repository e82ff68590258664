from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui import made
from transcmp.tui.layout import View, divide, lay, row_sides
from transcmp.tui.overview import cell_of, row_of, ticks
from transcmp.tui.rows import Paragraph, Sheet


@given(st.integers(10, 300), st.integers(1, 100_000), st.integers(1, 3), st.sampled_from([None, True, False]))
def test_the_columns_take_the_whole_width(width: int, last: int, targets: int, stacked: bool | None) -> None:
    columns = divide(width, last_line=last, targets=targets, stacked=stacked)
    taken = columns.gutter + sum(columns.texts) + 3 * (len(columns.texts) - 1)
    assert taken == width or min(columns.texts) <= 1
    assert len(columns.texts) == (1 if columns.stacked else 1 + targets)


@pytest.mark.parametrize(("width", "stacked"), [(80, True), (99, True), (100, False), (200, False)])
def test_narrow_screens_stack_the_sides(width: int, stacked: bool) -> None:
    assert divide(width, last_line=10).stacked is stacked


def test_sides_stand_beside_or_under_each_other() -> None:
    row = Sheet(made.small()).row(2)
    beside = lay(row_sides(row), divide(120, last_line=10))
    assert all(len(line) == 2 for line in beside)
    under = lay(row_sides(row), divide(80, last_line=10))
    assert all(len(line) == 1 for line in under)
    assert [line[0].side for line in under if line[0]] == sorted(line[0].side for line in under if line[0])


def test_a_tag_takes_room_on_the_first_line() -> None:
    columns = divide(60, last_line=1, stacked=True)
    width = columns.texts[0]
    text = "x" * width
    assert len(lay(((Paragraph(text),), ()), columns)) == 1
    assert len(lay(((Paragraph(text, tag="it"),), ()), columns)) == 2


def test_without_wrapping_a_segment_is_a_line() -> None:
    columns = divide(40, last_line=1, stacked=True, wrapped=False)
    assert len(lay(((Paragraph("word " * 100),), (Paragraph("word " * 100),)), columns)) == 2


HEIGHTS = st.lists(st.integers(1, 9), min_size=1, max_size=40)


def view(heights: list[int], height: int) -> View:
    return View(lambda row: heights[row], len(heights), height)


def first_line(shown: View) -> int:
    return sum(shown.height_of(row) for row in range(shown.top)) + shown.offset


@given(HEIGHTS, st.integers(1, 30), st.lists(st.integers(-50, 50), max_size=8))
def test_scrolling_is_as_with_all_heights_known(heights: list[int], height: int, steps: list[int]) -> None:
    shown, line = view(heights, height), 0
    last = max(sum(heights) - height, 0)
    for step in steps:
        shown.scroll(step)
        line = min(max(line + step, 0), last)
        assert first_line(shown) == line


@given(HEIGHTS, st.integers(1, 30), st.data())
def test_what_is_shown_is_in_view(heights: list[int], height: int, data: st.DataObject) -> None:
    shown = view(heights, height)
    for _ in range(4):
        row = data.draw(st.integers(0, len(heights) - 1))
        shown.show(row)
        y, size = next((y, size) for found, y, size in shown.rows() if found == row)
        assert y >= 0
        assert y + size <= height or y == 0
        assert 0 <= first_line(shown) <= max(sum(heights) - height, 0)


@given(HEIGHTS, st.integers(1, 30))
def test_rows_in_view_fill_the_screen(heights: list[int], height: int) -> None:
    shown = view(heights, height)
    found = shown.rows()
    assert [row for row, _, _ in found] == list(range(found[0][0], found[-1][0] + 1))
    assert found[-1][1] + found[-1][2] >= min(height, sum(heights))


@given(st.integers(1, 500), st.integers(1, 80))
def test_overview_cells_and_rows_agree(count: int, height: int) -> None:
    cells = [cell_of(row, count, height) for row in range(count)]
    assert cells == sorted(cells)
    assert 0 <= cells[0] <= cells[-1] < height
    assert all(row_of(cell, count, height) <= row for row, cell in enumerate(cells))
    if count <= height:
        assert [row_of(cell, count, height) for cell in cells] == list(range(count))


def test_the_overview_shows_the_gravest_finding_and_the_lowest_score() -> None:
    found = ticks(Sheet(made.small()), 7)
    assert [tick.severity for tick in found] == [None, "warning", None, "error", "error", "note", None]
    assert [tick.score for tick in found] == [0.98, 0.93, 0.71, None, 0.41, 0.88, None]
    assert [tick.one_sided for tick in found] == [False, False, False, True, False, False, True]
    one = ticks(Sheet(made.small()), 1)
    assert (one[0].severity, one[0].score, one[0].one_sided) == ("error", 0.41, True)
