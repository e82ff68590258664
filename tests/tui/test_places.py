from __future__ import annotations

import pytest

from tests.tui import made
from transcmp.model import Bead
from transcmp.tui.places import row_of, spot_of
from transcmp.tui.rows import Sheet

LINES = ["First.", "Second.", "Same.", "Third.", "Same.", "Last."]


def sheet(lines: list[str]) -> Sheet:
    sides = made.side(made.document(lines, "a.md", "it")), made.side(made.document(lines, "b.md", "en"))
    return Sheet(made.comparison(*sides, [Bead(source=(number,), target=(number,), score=0.9) for number in range(len(lines))]))


@pytest.mark.parametrize("row", range(6))
def test_a_place_is_where_its_text_went(row: int) -> None:
    spot = spot_of(sheet(LINES), row)
    assert spot is not None
    assert row_of(sheet(LINES), spot) == row
    assert row_of(sheet(["New.", "And new.", *LINES]), spot) == row + 2
    assert row_of(sheet(LINES[max(row - 1, 0) :]), spot) == min(row, 1)


def test_a_text_that_is_gone_leaves_the_line() -> None:
    spot = spot_of(sheet(LINES), 3)
    assert spot is not None
    assert row_of(sheet([*LINES[:3], "Another.", *LINES[4:]]), spot) == 3


def test_a_part_of_the_text_will_do() -> None:
    spot = spot_of(sheet(["First. And its rest.", "Second."]), 0)
    assert spot is not None
    assert row_of(sheet(["New.", "First.", "And its rest.", "Second."]), spot) == 1


def test_without_rows_there_is_no_place() -> None:
    assert spot_of(sheet([]), 0) is None
