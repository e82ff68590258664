"""Words as an aligner compares them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.evidence.words import fold, is_number, is_word, resemblance, stem, tokens, trigrams


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Große", "grosse"),
        ("GROSSE", "grosse"),
        ("Москва", "moskva"),
        ("Αθήνα", "athina"),
        ("Þrándur", "thrandur"),
        ("Łódź", "lodz"),
        ("naïve", "naive"),
        ("Йод", "iod"),
        ("שלום", "שלום"),
    ],
)
def test_folding(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er zahlte 1.250,50 € – „bar“.", ["er", "zahlte", "125050", "€", "-", '"', "bar", '"', "."]),
        ("Q&amp;A", ["q", "&", "a"]),
        ("東京タワー。", ["東京", "京タ", "タワ", "ワー", "."]),
        ("日", ["日"]),
        ("iPhoneを買う", ["iphone", "を買", "買う"]),
        ("٣٤", ["34"]),
        ("", []),
    ],
)
def test_tokens(text: str, found: list[str]) -> None:
    assert tokens(text) == found


def test_kinds_of_tokens_and_stems() -> None:
    assert is_word("haus")
    assert is_number("12")
    assert not is_word("?")
    assert stem("government") == "gover"
    assert stem("1234567") == "1234567"


def test_names_resemble_each_other_across_scripts() -> None:
    assert resemblance(fold("Dostoevsky"), fold("Достоевский")) >= 0.5
    assert resemblance("mountain", "berg") == 0
    assert resemblance("a", "a") == 1


@given(st.text(max_size=40))
def test_any_text_has_tokens_of_a_kind_each(text: str) -> None:
    for token in tokens(text):
        assert token
        assert stem(token)
        assert trigrams(token)
