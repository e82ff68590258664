"""Words that deny."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests import strategies
from transcmp.evidence.negation import LANGUAGES, find_negations, may_deny


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It does not work, and nobody can't say why.", ["not", "nobody", "can't"]),
        ("en", "A note on knots and another nothingness", []),
        ("de", "Keiner weiß, warum es nicht geht.", ["Keiner", "nicht"]),
        ("fr", "Il ne vient pas, pas à pas.", ["ne", "pas"]),
        ("fr", "Une personne attend.", []),
        ("ja", "これは使えません。必ずしも悪くない。", ["ません", "ない"]),
        ("zh", "这不是文件。有没有？", ["不是"]),
        ("ru", "Никто не знает.", ["Никто", "не"]),
        ("pt-BR", "Não há ninguém.", ["Não", "ninguém"]),
        ("fi", "Ei se ole.", []),
    ],
)
def test_what_says_no(language: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in find_negations(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It fails without a server.", True),
        ("en", "It works with a server.", False),
        ("en", "An unknown, useless word", True),
        ("en", "A united state", False),
        ("es", "Es imposible.", True),
        ("es", "Es importante.", False),
        ("fi", "Mitä tahansa", True),
    ],
)
def test_what_may_deny(language: str, text: str, expected: bool) -> None:
    assert may_deny(text, language) == expected


@given(strategies.texts())
def test_any_text(text: str) -> None:
    for language in LANGUAGES:
        for start, end in find_negations(text, language):
            assert 0 <= start < end <= len(text)
            assert may_deny(text, language)
