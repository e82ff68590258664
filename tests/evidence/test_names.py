"""Names, and how close two spellings are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.evidence.names import distance, find_names, fold, is_identifier, is_slip, same_place


def test_names_of_a_sentence() -> None:
    found = find_names("In Rome, FastAPI and Node.js beat C++. It was the SSR of Anna.", "en")
    assert [(name.text, name.identifier, name.initial) for name in found] == [
        ("Rome", False, False),
        ("FastAPI", True, False),
        ("Node.js", True, False),
        ("C++", True, False),
        ("SSR", True, False),
        ("Anna", False, False),
    ]


def test_german_nouns_are_no_names() -> None:
    assert [name.text for name in find_names("Das Haus von Anna nutzt FastAPI.", "de-AT")] == ["FastAPI"]


@pytest.mark.parametrize(
    ("word", "expected"), [("iOS", True), ("GitHub", True), ("EU", True), ("Rome", False), ("I", False), ("ok", False)]
)
def test_identifiers(word: str, expected: bool) -> None:
    assert is_identifier(word) is expected


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [("FastAPI", "FsatAPI", True), ("Flask", "Fllask", True), ("Flask", "Fask", False), ("Syria", "Siria", False), ("abc", "abc", False)],
)
def test_slips(right: str, wrong: str, expected: bool) -> None:
    assert is_slip(right, wrong) is expected


def test_fold() -> None:
    assert fold("Irán") == fold("IRAN")


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_distance_is_a_bounded_symmetric_count(a: str, b: str) -> None:
    assert distance(a, b, 9) == distance(b, a, 9)
    assert (distance(a, b, 9) == 0) == (a == b)
    assert distance(a, b, 2) == min(2, distance(a, b, 9))
    if is_slip(a, b):
        assert distance(a, b) == 1


@pytest.mark.parametrize(
    ("word", "language", "text", "other_language", "expected"),
    [
        ("Mosca", "it", "nach Moskau", "de", True),
        ("Spanien", "de", "in Spain", "en", True),
        ("Londres", "fr", "to London", "en", True),
        ("Польша", "ru", "in Polen", "nl", True),
        ("France", "fr", "在法国", "zh", True),
        ("Spain", "en", "スペインで", "ja", True),
        ("Spanien", "de", "in Portugal", "en", False),
        ("France", "fr", "在德国", "zh", False),
        ("Garten", "de", "the garden", "en", False),
        ("Paris", "xx", "Paris", "en", False),
    ],
)
def test_places_by_their_names_in_two_languages(word: str, language: str, text: str, other_language: str, expected: bool) -> None:
    assert same_place(word, language, text, other_language) is expected
