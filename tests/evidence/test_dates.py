"""Dates and times of day, and which of them agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.evidence.dates import LANGUAGES, Reading, find_dates, find_times, month_names

DATES = [
    ("en", "On March 6, 2025 it rained", (2025, 3, 6)),
    ("en", "13 March", (None, 3, 13)),
    ("en", "2025-03-06", (2025, 3, 6)),
    ("en", "May 2024", (2024, 5, None)),
    ("it", "il 6 marzo 2025", (2025, 3, 6)),
    ("de", "am 6. März 2025", (2025, 3, 6)),
    ("fr", "le 1er mars 2025", (2025, 3, 1)),
    ("es", "el 6 de marzo de 2025", (2025, 3, 6)),
    ("pt", "6 de março de 2025", (2025, 3, 6)),
    ("nl", "6 maart 2025", (2025, 3, 6)),
    ("pl", "6 marca 2025 r.", (2025, 3, 6)),
    ("ru", "6 марта 2025 г.", (2025, 3, 6)),
    ("ja", "2025年3月6日", (2025, 3, 6)),
    ("zh", "3月6日", (None, 3, 6)),
]


@pytest.mark.parametrize(("language", "text", "reading"), DATES)
def test_a_date(language: str, text: str, reading: Reading) -> None:
    assert [date.readings[0] for date in find_dates(text, language)] == [reading]


def test_day_and_month_may_be_exchanged() -> None:
    one, two = find_dates("3/6/2025", "en")[0], find_dates("06.03.2025", "de")[0]
    assert one.readings == ((2025, 3, 6), (2025, 6, 3))
    assert one.agrees(two)
    assert not one.agrees(find_dates("07.03.2025", "de")[0])


def test_what_is_not_said_disagrees_with_nothing() -> None:
    assert find_dates("March 6", "en")[0].agrees(find_dates("6 marzo 2025", "it")[0])


@pytest.mark.parametrize(
    ("language", "text", "minutes"),
    [
        ("en", "at 3:30 p.m.", (930,)),
        ("en", "at 12 am", (0,)),
        ("en", "at 15:30", (930,)),
        ("de", "um 15.30 Uhr", (930,)),
        ("fr", "à 15h30", (930,)),
        ("ja", "午後3時30分", (930,)),
        ("zh", "下午3点30分", (930,)),
        ("it", "alle 9.30", (570, 1290)),
    ],
)
def test_a_time(language: str, text: str, minutes: tuple[int, ...]) -> None:
    assert [time.minutes for time in find_times(text, language)] == [minutes]


@pytest.mark.parametrize("text", ["version 1.2.3", "a ratio of 1.30", "192.168.10.20", "12:30:45.2"])
def test_other_figures_are_no_dates(text: str) -> None:
    assert not find_dates(text, "de")


@given(st.text(max_size=60), st.sampled_from((*LANGUAGES, "sv", "und")))
def test_any_text_has_offsets_that_hold(text: str, language: str) -> None:
    for found in (*find_dates(text, language), *find_times(text, language), *find_times(text, language, loose=True)):
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"ja", "zh"}))
def test_twelve_months(language: str) -> None:
    assert set(month_names(language).values()) == set(range(1, 13))
