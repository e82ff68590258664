"""Pairs of texts, one a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcmp.errors import FormatError
from transcmp.pipeline import Options
from transcmp.pipeline.pairs import read_pairs, score_pairs

OPTIONS = Options(source_language="de", target_language="en")


def test_lines_of_both_kinds_are_scored_in_order(tmp_path: Path) -> None:
    path = tmp_path / "pairs"
    path.write_text('Der Hund schläft.\tThe dog sleeps.\n{"source":"Der Hund schläft.","target":"No money today."}\n', "utf-8")
    good, bad = score_pairs(str(path), options=OPTIONS)
    assert good.alignment is None
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
