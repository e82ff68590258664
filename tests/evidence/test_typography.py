"""Marks, quotation marks, brackets, broken and hidden characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.evidence.typography import (
    QUOTES,
    end_of,
    first_letter,
    hidden,
    mojibake,
    quote_pairs,
    repeated_words,
    unbalanced,
)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Yes.", "stop"),
        ("Yes?”", "question"),
        ("はい。", "stop"),
        ("はい？", "question"),
        ("Yes (no).", "stop"),
        ("Yes", "none"),
        ("So: ", "colon"),
    ],
)
def test_ends(text: str, end: str) -> None:
    assert end_of(text) == end


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("“yes” and „ja“ and « oui »", ["“”", "„“", "«»"]),
        ('"yes"', []),
        ('„ja"', ['„"']),
        ("Kursk’s oblast’", []),
        ("「はい」", ["「」"]),
    ],
)
def test_quotations(text: str, pairs: list[str]) -> None:
    assert [spot.text for spot in quote_pairs(text)] == pairs


@pytest.mark.parametrize(
    ("text", "alone"),
    [("(a) [b] {c}", ""), ("(a", "("), ("a)", ""), ("then b))", ")"), ("1) first", ""), ("smile :)", ""), ("（全角）", ""), ("(]", "(]")],
)
def test_brackets(text: str, alone: str) -> None:
    assert "".join(spot.text for spot in unbalanced(text)) == alone


@pytest.mark.parametrize(("text", "broken"), [("Ã©tÃ©", True), ("itâ€™s", True), ("\ufffd", True), ("NÃO, AÇÃO", False), ("Âge", False)])
def test_mojibake(text: str, broken: bool) -> None:
    assert bool(mojibake(text)) is broken


@given(st.text("abcéüñßçàøЖдя“”’", min_size=1, max_size=20))
def test_utf8_read_as_latin_1_is_seen(text: str) -> None:
    wrong = text.encode("utf-8").decode("latin-1")
    if any(ord(char) > 0x7F for char in text) and not any(char in "Ждя" for char in text):
        assert mojibake(wrong)
    assert not mojibake(text)


def test_hidden_characters_have_names() -> None:
    assert [spot.text for spot in hidden("a\u200bb\u00adc\u202ed\u00a0e")] == ["zero width space", "soft hyphen", "U+202E"]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "the the cat", ["the the"]),
        ("en", "The the cat", ["The the"]),
        ("de", "die, die die Bilder", []),
        ("en", "in 2007 2007.", ["2007 2007"]),
        ("en", "on-site on-site", ["on-site on-site"]),
        ("en", "1 000 000", []),
        ("en", "a a.b", []),
        ("fr", "de       de", []),
    ],
)
def test_repeated_words(language: str, text: str, found: list[str]) -> None:
    assert [spot.text for spot in repeated_words(text, language)] == found


@pytest.mark.parametrize(("text", "letter"), [("“Yes”", "Y"), ("¿Qué?", "Q"), ("30 days", ""), ("", "")])
def test_first_letter(text: str, letter: str) -> None:
    assert first_letter(text) == letter


def test_every_pair_of_marks_is_seen() -> None:
    for language, pairs in QUOTES.items():
        for pair in pairs:
            if pair[0] in "“„«»「『":
                assert [spot.text for spot in quote_pairs(f"a {pair[0]}b{pair[1]} c")] == [pair], language
