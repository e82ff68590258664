"""One fault, one finding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from transcmp import checks
from transcmp.checks.precedence import OVER_SEGMENT, OVER_SPAN, one_each
from transcmp.model import Finding, Language, Place, Position, Severity, Span
from transcmp.pipeline.jobs import FILE_RULES


def place(start: int, end: int, *segments: int) -> Place:
    here = Position(1, 1)
    return Place(span=Span(start, end), start=here, end=here, kind="paragraph", language=Language("de"), text="", segments=segments)


def finding(rule: str, target: Place | None, *, source: Place | None = None, severity: Severity = "error") -> Finding:
    return Finding(rule=rule, severity=severity, message="", source=source, target=target)


def test_the_same_segment() -> None:
    high, low = finding("untranslated", place(0, 9, 4)), finding("number", place(2, 3, 4))
    assert one_each([high, low]) == (high,)
    assert len(one_each([high, finding("number", place(2, 3, 5))])) == 2


def test_a_small_part_hides_no_run_of_passages() -> None:
    section = finding("added", place(0, 90, 1, 2, 3, 4, 5))
    copy = finding("duplicated", place(20, 30, 2))
    assert one_each((section, copy)) == (section,)
    left = finding("untranslated", place(20, 30, 2))
    assert one_each((section, left)) == (section, left)
    most = finding("untranslated", place(0, 60, 1, 2, 3))
    assert one_each((section, most)) == (most,)


def test_an_addition_hides_no_copy_in_another_place() -> None:
    copy, elsewhere = finding("duplicated", place(0, 30, 1)), finding("added", place(60, 90, 7))
    assert one_each((copy, elsewhere)) == (copy, elsewhere)


def test_the_same_words() -> None:
    high, low = finding("date", place(2, 9, 4)), finding("number", place(2, 3, 4))
    assert one_each([high, low]) == (high,)
    assert len(one_each([high, finding("number", place(20, 23, 4))])) == 2
    assert len(one_each([high, finding("number", place(0, 30, 4))])) == 2  # somewhere in the sentence: another number


def test_a_note_silences_no_error() -> None:
    assert len(one_each([finding("untranslated", place(0, 9, 4), severity="note"), finding("number", place(2, 3, 4))])) == 2


def test_a_name_of_several_words_that_is_replaced_is_no_phrase_lost() -> None:
    phrase = replace(place(4, 16, 1), text="Machu Picchu")
    lost = finding("part-omitted", place(0, 50, 1), source=phrase, severity="note")
    name = finding("name", place(0, 6, 1), source=replace(place(10, 16, 1), text="Picchu"), severity="note")
    assert one_each((lost, name)) == (name,)
    alone = finding("name", replace(place(0, 50, 1), text="all of it"), source=name.source, severity="note")
    assert one_each((lost, alone)) == (alone,)
    longer = finding("part-omitted", place(0, 50, 1), source=replace(phrase, text="near Machu Picchu"), severity="note")
    assert one_each((longer, alone)) == (longer,)


@pytest.mark.parametrize("table", [OVER_SEGMENT, OVER_SPAN])
def test_the_tables_name_rules(table: dict[str, tuple[str, ...]]) -> None:
    for high, lows in table.items():
        assert {high, *lows} <= {*checks.rules, *FILE_RULES}
        assert high not in lows


def test_no_two_rules_silence_each_other() -> None:
    over = {(high, low) for table in (OVER_SEGMENT, OVER_SPAN) for high, lows in table.items() for low in lows}
    assert not {(low, high) for high, low in over} & over


@given(st.lists(st.tuples(st.sampled_from(sorted(checks.rules)), st.integers(0, 3)), max_size=8))
def test_something_is_always_left(made: list[tuple[str, int]]) -> None:
    found = [finding(rule, place(segment * 10, segment * 10 + 9, segment)) for rule, segment in made]
    kept = one_each(found)
    assert set(kept) <= set(found)
    assert bool(kept) == bool(found)
