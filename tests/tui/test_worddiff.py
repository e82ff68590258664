from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transcmp.tui.rows import Paragraph
from transcmp.tui.worddiff import differences, marked


def cut(text: str, stretches: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in stretches]


def test_words_that_differ() -> None:
    one, other = "The market opens at 8, early.", "The fair opens at 7, early."
    mine, theirs = differences(one, other)
    assert cut(one, mine) == ["market", "8"]
    assert cut(other, theirs) == ["fair", "7"]


def test_words_that_are_only_on_one_side() -> None:
    one, other = "It opens early", "It opens"
    mine, theirs = differences(one, other)
    assert cut(one, mine) == ["early"]
    assert theirs == []


@given(st.text(alphabet="ab cd", max_size=30))
def test_equal_texts_have_no_difference(text: str) -> None:
    assert differences(text, text) == ([], [])


def test_stretches_are_given_to_their_paragraphs() -> None:
    mine, theirs = marked((Paragraph("one two"), Paragraph("three")), (Paragraph("one 2"), Paragraph("three four")))
    assert [[(run.start, run.end) for run in item.runs] for item in mine] == [[(4, 7)], []]
    assert [[(run.start, run.end) for run in item.runs] for item in theirs] == [[(4, 5)], [(6, 10)]]
