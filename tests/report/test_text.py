"""Findings as people read them."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from tests.report import sample
from transcmp.model import CheckRun
from transcmp.report import Style, text

LONG = "The old mill stands at the end of the valley, where the river turns to the south. " * 12
CHINESE = "老磨坊矗立在山谷的尽头，河流在那里向南转弯。" * 20


def shown(source: str, target: str, width: int, *, color: bool = False) -> list[str]:
    finding = sample.finding("number", "error", "m", sample.place(4, 2, source, sample.EN), sample.place(5, 3, target), "ab12cd34ef56ab12")
    run = CheckRun(signature="s", pairs=(sample.pair("en.md", "it.md", finding),), passed=False)
    return "".join(text.check(run, Style(width=width, color=color))).splitlines()


def test_a_narrow_terminal_has_the_sides_under_each_other():
    lines = shown("1987", "1978", 100)
    assert lines[1:4] == [
        "       5:3  error    number: m  [ab12cd]",
        "            source 4:2     1987",
        "            target 5:3     1978",
    ]


def test_a_wide_one_has_them_beside_each_other():
    lines = shown("1987", "1978", 121)
    assert [re.sub(" +", " ", line) for line in lines[2:3]] == [" source 4:2 1987 │ target 5:3 1978"]
    assert lines[3] == ""


@pytest.mark.parametrize(("source", "target"), [(LONG, "short"), ("short", LONG), (LONG, CHINESE), (CHINESE, LONG)])
def test_long_texts_are_wrapped_and_cut(source, target):
    lines = shown(source, target, 130)[2:]
    lines = lines[: lines.index("")]
    assert len(lines) == 3
    assert all(cell_len(line) <= 130 for line in lines)
    assert len({cell_len(line.partition("│")[0]) for line in lines}) == 1
    assert lines[2].rstrip().endswith("…") or lines[2].partition("│")[0].rstrip().endswith("…")


def test_colour_does_not_move_the_columns():
    plain, colored = shown(LONG, LONG, 140), shown(LONG, LONG, 140, color=True)
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in colored] == plain


@given(st.text(min_size=1), st.text(min_size=1), st.integers(60, 200))
@example("0", "\U0001f3fb", 120)  # a skin colour without its emoji takes no cell
@example("\u0300", "\ufe0f", 120)
def test_any_text_stays_within_the_terminal(source, target, width):
    lines = shown(source, target, width)
    for line in lines[2:-2]:
        assert cell_len(line) <= width
        assert "\x1b" not in line


def test_one_finding_alone_is_shown_whole():
    finding = sample.finding(
        "number", "error", "m", sample.place(4, 2, LONG, sample.EN), sample.place(5, 3, "a\x1bb"), "ab12cd34ef56ab12-1"
    )
    said = "".join(text.finding(finding, sample.pair("en.md", "it.md", finding), Style(width=80)))
    assert " ".join(LONG.split()) in said
    assert "a\u241bb" in said
    assert "[ab12cd34ef56ab12-1]" in said


def test_what_a_rule_decided_on_is_shown_with_a_finding_alone():
    finding = replace(sample.finding("name", "note", "m", sample.place(4, 2, "a"), sample.place(5, 3, "b")), evidence=("one\x1b", "two"))
    said = "".join(text.finding(finding, sample.pair("en.md", "it.md", finding), Style(width=80)))
    assert re.findall(r"evidence +(\S+)\n", said) == ["one\u241b", "two"]
