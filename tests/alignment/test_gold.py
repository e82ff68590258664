"""The format of gold beads, and the two measures."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcmp.alignment import evaluate, measure, parse_vecalign, read_gold
from transcmp.errors import FormatError, ReadError
from transcmp.model import Bead

GOLD = (((0,), (0,)), ((1, 2), (1,)), ((), (2,)), ((3,), (3,)))


def test_reading() -> None:
    text = "# a comment\n[0]:[0]\n[1, 2]:[1]:0.93\n\n[]:[2]\n[3]:[3]\n"
    assert parse_vecalign(text) == GOLD


@pytest.mark.parametrize(("text", "line"), [("[0]:[0]\n0:1\n", 2), ("[0]:[0]\n[0]:[1]", 2), ("[0]:[x]", 1)])
def test_a_line_that_is_no_bead_is_named(text: str, line: int) -> None:
    with pytest.raises(FormatError) as caught:
        parse_vecalign(text, path="gold.txt")
    assert caught.value.line == line


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        read_gold(str(tmp_path / "none"))


def test_a_perfect_alignment() -> None:
    beads = [Bead(source=source, target=target, score=1.0) for source, target in GOLD]
    figures = evaluate(beads, GOLD)
    assert figures["strict"].f1 == figures["lax"].f1 == 1.0


def test_beads_with_one_side_count_for_precision_only() -> None:
    found = [((0,), (0,)), ((1,), (1,)), ((2,), ()), ((), (2,)), ((3,), (3,))]
    figures = evaluate(found, GOLD)
    assert figures["strict"].precision == pytest.approx(3 / 5)
    assert figures["strict"].recall == pytest.approx(2 / 3)
    assert figures["lax"].precision == pytest.approx(4 / 5)
    assert figures["lax"].recall == 1


def test_documents_are_pooled_bead_by_bead() -> None:
    right, wrong = ([((0,), (0,))] * 1, [((0,), (0,))]), ([((0,), (1,)), ((1,), (0,))], [((0,), (0,)), ((1,), (1,))])
    assert measure([right, wrong])["strict"].f1 == pytest.approx(1 / 3)


def test_nothing_found_is_no_error() -> None:
    assert evaluate([], GOLD)["lax"].f1 == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[1]:[9]", "beads.txt:2: there is no target segment 9 (it has 3, counted from 0)"),
        ("[7]:[1]", "beads.txt:2: there is no source segment 7 (it has 2, counted from 0)"),
        ("[]:[]", "beads.txt:2: a bead without segments"),
        ("[0]:[1]", "beads.txt:2: source segment 0 stands in two beads"),
    ],
)
def test_anchors_that_are_not_possible_are_told_with_file_and_line(line: str, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_vecalign(f"[0]:[0]\n{line}\n", path="beads.txt", sizes=(2, 3))
    assert str(caught.value) == said
