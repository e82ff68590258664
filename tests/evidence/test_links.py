"""Addresses in running text, and which of them are one page in two languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.evidence.links import find_links, normalise, same_page

BOTH = frozenset({"en", "es"})


@pytest.mark.parametrize(
    ("source", "target", "same"),
    [
        ("https://a.org/en-US/x/", "https://a.org/es/x/", True),
        ("https://a.org/en-US/x/", "https://a.org/x", True),
        ("https://a.org/x?hl=en&q=1", "http://www.a.org/x?q=1&hl=es", True),
        ("https://a.org/x#b", "https://es.a.org/x#b", True),
        ("https://en.wikipedia.org/wiki/Dog", "https://es.wikipedia.org/wiki/Perro", True),
        ("guide.en.md", "guide.es.md", True),
        ("https://a.org/", "https://a.org/lang/es/", True),
        ("https://a.org/a%20b", "https://a.org/a b", True),
        ("https://a.com/x", "https://a.org/x", False),
        ("https://a.org/x", "https://a.org/xx", False),
        ("a.md#b", "a.md#c", False),
        ("https://en.wikipedia.org/wiki/Dog", "https://en.wikipedia.org/wiki/Cat", False),
        ("../a.md", "../../a.md", False),
    ],
)
def test_same_page(source: str, target: str, same: bool) -> None:
    assert same_page(source, target, BOTH) is same
    assert same_page(target, source, BOTH) is same


def test_bare_addresses_end_where_the_sentence_does() -> None:
    found = find_links("See https://a.com/x_(y), (www.b.org) and „http://c.de/?q=1“.")
    assert [link.value for link in found] == ["https://a.com/x_(y)", "www.b.org", "http://c.de/?q=1"]


@given(st.text(max_size=80))
def test_any_text_has_offsets_that_hold(text: str) -> None:
    for link in find_links(text + " https://x.y/" + text):
        assert link.start < link.end
    assert isinstance(normalise(text, BOTH), str)
    assert same_page(text, text, BOTH)
