"""What numbers count: money and measures."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.evidence.amounts import LANGUAGES, Amount, currency_at, unit_at


def figure(text: str) -> tuple[int, int]:
    match = re.search(r"\d+(?:[.,]\d+)?", text)
    assert match
    return match.span()


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("$30", "dollar"),
        ("US$ 30", "USD"),
        ("EUR 30", "EUR"),
        ("30 €", "EUR"),
        ("30 dollars", "dollar"),
        ("30 dollari", "dollar"),
        ("1,5 milioni di euro", "EUR"),
        ("1.5 million dollars", "dollar"),
        ("30 долларов", "dollar"),
        ("5 złotych", "PLN"),
        ("30ドル", "dollar"),
        ("3万円", "yen"),
        ("30美元", "dollar"),
        ("30 days", None),
        ("30 ABC", None),
    ],
)
def test_money(text: str, currency: str | None) -> None:
    found = currency_at(text, *figure(text))
    assert (found.units[0] if found else None) == currency


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [
        ("en", "12 km", "length-kilometer"),
        ("en", "30 °C", "temperature-celsius"),
        ("en", "20%", "concentr-percent"),
        ("de", "in 30 Tagen", "duration-day"),
        ("it", "30 chilometri", "length-kilometer"),
        ("pl", "5 miesięcy", "duration-month"),
        ("ru", "3 недели", "duration-week"),
        ("ja", "5メートル", "length-meter"),
        ("zh", "12天", "duration-day"),
        ("nl", "5 weken", "duration-week"),
        ("en", "12 users", None),
        ("sv", "12 dagar", None),
    ],
)
def test_measures(language: str, text: str, unit: str | None) -> None:
    found = unit_at(text, figure(text)[1], language)
    assert (unit in found.units) if unit and found else found is None and unit is None


def test_a_dollar_may_be_any_dollar() -> None:
    plain, american, euro = (Amount(0, 1, "", (unit,)) for unit in ("dollar", "USD", "EUR"))
    assert plain.agrees(american)
    assert american.agrees(plain)
    assert not plain.agrees(euro)


@given(st.text(max_size=20), st.integers(0, 999), st.text(max_size=20), st.sampled_from(LANGUAGES))
def test_any_surroundings(before: str, number: int, behind: str, language: str) -> None:
    text = f"{before}{number}{behind}"
    start, end = len(before), len(before) + len(str(number))
    for found in (currency_at(text, start, end), unit_at(text, end, language)):
        if found is not None:
            assert 0 <= found.start < found.end <= len(text)
