"""E-mail addresses and telephone numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.evidence.contacts import find_emails, find_phones, same_phone


def test_emails_end_where_the_sentence_does() -> None:
    assert [one.value for one in find_emails("Write to A.b+c@d-e.org, or f@g.de.")] == ["a.b+c@d-e.org", "f@g.de"]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("+49 30 1234567", ["49301234567"]),
        ("Tel. 030 123 456-7", ["0301234567"]),
        ("(030) 1234567", ["0301234567"]),
        ("phone: 555 123 4567", ["5551234567"]),
        ("06.03.2025", []),
        ("2025-03-06", []),
        ("version 1.2.3.4", []),
        ("100 200 300", []),
        ("1 000 000", []),
    ],
)
def test_phones(text: str, digits: list[str]) -> None:
    assert [one.value for one in find_phones(text)] == digits


@pytest.mark.parametrize(("one", "two", "expected"), [("49301234567", "0301234567", True), ("0301234567", "0301243567", False)])
def test_the_code_of_a_country(one: str, two: str, expected: bool) -> None:
    assert same_phone(one, two) is expected
    assert same_phone(two, one) is expected


@given(st.text("+()0123456789 -/.@ab", max_size=40))
def test_offsets_hold(text: str) -> None:
    for found in (*find_phones(text), *find_emails(text)):
        assert text[found.start : found.end].strip() == found.text
