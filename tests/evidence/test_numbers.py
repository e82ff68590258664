"""Numbers: what is found, and which readings agree."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.evidence.number_words import LANGUAGES, find_number_words
from transcmp.evidence.numbers import find_numbers

CASES = tomllib.loads((Path(__file__).parent / "cases" / "numbers.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}: {case['text']}")
def test_values(case: dict[str, str]) -> None:
    found = find_numbers(case["text"], case["language"])
    assert [list(number.values) for number in found] == case["values"]


@given(st.text(max_size=60), st.sampled_from((*LANGUAGES, "ja", "zh", "und", "sv")))
def test_offsets_hold(text: str, language: str) -> None:
    for number in find_numbers(text, language):
        assert text[number.start : number.end] == number.text
        assert number.values
        assert number.agrees(number)


@given(st.integers(0, 10**9))
def test_a_grouped_figure_reads_the_same_in_every_language(value: int) -> None:
    plain = find_numbers(str(value), "en")[0]
    for language, mark in (("en", ","), ("de", "."), ("fr", "\u202f"), ("it", "."), ("ru", " "), ("pl", "\u00a0")):
        assert find_numbers(f"{value:,}".replace(",", mark), language)[0].agrees(plain)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_tables_is_found(language: str) -> None:
    from transcmp.evidence.number_words import _words

    words = _words(language)
    for table in (words.units, words.ordinals, words.loose, words.scales):
        for word, value in table.items():
            assert value in {found.value for found in find_number_words(word, language)}, word
