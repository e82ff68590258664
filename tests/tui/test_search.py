from __future__ import annotations

import pytest

from tests.tui import made
from transcmp.errors import UsageError
from transcmp.tui.rows import Sheet
from transcmp.tui.search import FILTERS, Filter, compile_pattern, find, highlighted, matches


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(made.small())


def first(sheet: Sheet, text: str, start: int, direction: int) -> int | None:
    return next(
        (position for position in find(sheet, range(len(sheet)), start, compile_pattern(text), direction) if position is not None), None
    )


def test_both_sides_are_searched_without_case_unless_asked(sheet: Sheet) -> None:
    assert [row for row in range(7) if matches(sheet, row, compile_pattern("mercato"))] == [0, 1, 4]
    assert [row for row in range(7) if matches(sheet, row, compile_pattern("market"))] == [0, 1]
    assert [row for row in range(7) if matches(sheet, row, compile_pattern("Market"))] == []
    assert [row for row in range(7) if matches(sheet, row, compile_pattern(r"\d{3}"))] == [5]


def test_search_goes_on_round_the_end_in_both_directions(sheet: Sheet) -> None:
    assert first(sheet, "mercato", 0, 1) == 1
    assert first(sheet, "mercato", 4, 1) == 0
    assert first(sheet, "mercato", 0, -1) == 4
    assert first(sheet, "nothing like it", 0, 1) is None


def test_a_long_search_lets_others_work() -> None:
    sheet = Sheet(made.large(2_500))
    assert list(find(sheet, range(2_500), 0, compile_pattern("absent"), 1)) == [None, None]


def test_a_broken_pattern_is_the_users_error() -> None:
    with pytest.raises(UsageError, match="not a regular expression"):
        compile_pattern("(")


def test_matches_are_marked(sheet: Sheet) -> None:
    shown = sheet.row(1).source[0]
    marked = highlighted(shown, compile_pattern("al"), shown.text)
    assert [shown.text[run.start : run.end] for run in marked.runs if run.role == "match"] == ["al", "al"]
    assert highlighted(shown, compile_pattern("x*"), shown.text) is shown


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("everything", [0, 1, 2, 3, 4, 5, 6]),
        ("beads with findings", [1, 3, 4, 5]),
        ("beads with warnings and errors", [1, 3, 4]),
        ("beads with errors", [3, 4]),
        ("beads with a score under 50", [4]),
        ("omitted and added", [3, 6]),
        ("moved", [5]),
        ("segments in another language", [4]),
    ],
)
def test_filters(sheet: Sheet, name: str, rows: list[int]) -> None:
    chosen = dict(FILTERS)[name]
    assert list(chosen.rows(sheet)) == rows
    assert bool(chosen.name) is (name != "everything")


def test_filters_combine(sheet: Sheet) -> None:
    assert list(Filter(findings="note", pattern=compile_pattern("mercato")).rows(sheet)) == [1, 4]
