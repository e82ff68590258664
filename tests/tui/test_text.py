from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from transcmp.tui.text import fit, wrap
from transcmp.visible import hidden_offsets, visible_each

PIECES = st.sampled_from(
    ["a", "word ", "-", " ", "  ", "漢", "字。", "é", "e\u0301", "👍🏽", "🇩🇪", "ไทย", "xxxxxxx", "「", "…", "↵", "end↵"]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@given(TEXTS, st.integers(2, 40))
def test_no_line_is_wider_than_the_column(text: str, width: int) -> None:
    assert all(cell_len(text[start:end]) <= width for start, end in wrap(text, width))


@given(TEXTS, st.integers(1, 40))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    end = 0
    for low, high in wrap(text, width):
        assert low >= end
        assert text[end:low].strip(" ") == ""
        end = high
    assert text[end:].strip(" ") == ""


def test_lines_break_at_spaces_and_hyphens() -> None:
    text = "the well-known market opens"
    assert [text[start:end] for start, end in wrap(text, 9)] == ["the well-", "known", "market", "opens"]


def test_long_words_are_cut() -> None:
    assert wrap("abcdefgh", 3) == [(0, 3), (3, 6), (6, 8)]


def test_wide_characters_break_anywhere_but_before_closing_ones() -> None:
    text = "漢字かな交じり文。これは長い文です。"
    lines = [text[start:end] for start, end in wrap(text, 12)]
    assert lines == ["漢字かな交じ", "り文。これは", "長い文です。"]
    text = "六文字の行です。"
    assert [text[start:end] for start, end in wrap(text, 14)] == ["六文字の行で", "す。"]


def test_combining_marks_stay_with_their_letter() -> None:
    text = "e\u0301" * 4
    assert wrap(text, 2) == [(0, 4), (4, 8)]


def test_an_empty_text_is_one_line() -> None:
    assert wrap("", 5) == [(0, 0)]


@given(TEXTS, st.integers(0, 30))
def test_fit_takes_exactly_the_cells(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


@given(st.text())
def test_nothing_hostile_is_left_and_offsets_stay(text: str) -> None:
    shown = visible_each(text)
    assert len(shown) == len(text)
    assert hidden_offsets(shown) == []
    assert all(character >= " " and character not in "\x7f\u202e\u200b\u200d\ufeff" for character in shown)
    assert [at for at in range(len(text)) if text[at] != shown[at]] == hidden_offsets(text)


def test_marks_say_what_they_stand_for() -> None:
    assert visible_each("a\x1b[31m\t\x00\r\n\u202e\u2066\u200b\u00ad\x9b") == "a␛[31m⇥␀␍↵⇠⇢¦¬▯"


def test_a_line_end_ends_the_line_and_indents_stay() -> None:
    text = visible_each("def f():\n    return 1\n\n# 市場は七時に\n")
    lines = [text[start:end] for start, end in wrap(text, 12)]
    assert lines == ["def f():↵", "    return", "1↵", "↵", "# 市場は七時", "に↵"]
