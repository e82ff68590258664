from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.tui import made
from transcmp.errors import FormatError, ReadError
from transcmp.report import Style
from transcmp.report import json as report
from transcmp.tui.rows import Sheet
from transcmp.tui.stored import is_stored, load


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "alignment.json"
    path.write_text("".join(report.align(made.small().alignment, Style())), encoding="utf-8")
    return path


def test_what_align_wrote_comes_back(path: Path) -> None:
    before, after = made.small().alignment, load(path).alignment
    assert after.beads == before.beads
    assert [item.text for item in after.source.segments] == [item.text for item in before.source.segments]
    assert (after.source.language, after.target.document.path) == ("it", "market.en.md")
    for side, old in ((after.source, before.source), (after.target, before.target)):
        assert all(item.render(side.document.text) == item.text for item in side.segments)
        lines = [side.document.position(item.span.start).line for item in side.segments]
        assert lines == [old.document.position(item.span.start).line for item in old.segments]


def test_its_rows_are_those_of_the_comparison(path: Path) -> None:
    shown, old = Sheet(load(path)), Sheet(made.small())
    for number in range(len(old)):
        assert (shown.row(number).kind, shown.row(number).line, shown.row(number).score) == (
            old.row(number).kind,
            old.row(number).line,
            old.row(number).score,
        )


def test_the_file_is_known_by_its_schema(path: Path, tmp_path: Path) -> None:
    assert is_stored(str(path))
    other = tmp_path / "other.json"
    other.write_text("{}")
    assert not is_stored(str(other))
    assert not is_stored(str(tmp_path / "missing.json"))
    assert not is_stored("text.md")


def test_beads_that_lose_a_segment_are_refused(path: Path) -> None:
    data = msgspec.json.decode(path.read_bytes())
    data["beads"] = data["beads"][1:]
    path.write_bytes(msgspec.json.encode(data))
    with pytest.raises(FormatError, match="do not hold each of the 7 source segments once"):
        load(path)


def test_broken_and_absent_files(path: Path, tmp_path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(FormatError, match="not an alignment"):
        load(path)
    with pytest.raises(ReadError, match="cannot be read"):
        load(tmp_path / "missing.json")


@pytest.mark.parametrize("line", [10**12, 0, -4])
def test_a_line_that_no_file_has_is_refused(path: Path, line: int) -> None:
    data = msgspec.json.decode(path.read_bytes())
    data["target"]["segments"][-1]["line"] = line
    path.write_bytes(msgspec.json.encode(data))
    with pytest.raises(FormatError, match="a target segment stands on no line of a file"):
        load(path)
