"""Positions of the protocol and ours."""

from __future__ import annotations

import pytest

pytest.importorskip("lsprotocol", reason="the extra lsp is not installed")

from lsprotocol.types import Position

from transcmp.lsp.places import path_of, to_offset, to_range, units_of, uri_of
from transcmp.model import Document, Span

DOCUMENT = Document(path="a.md", format="text", text="ab\r\n😀cd\n\nz", blocks=(), fragments=())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("offset", [0, 1, 2, 4, 5, 6, 7, 8, 9, 10])
def test_every_offset_comes_back(offset: int, encoding: str) -> None:
    units = units_of(encoding)
    start = to_range(DOCUMENT, Span(offset, offset), units).start
    assert to_offset(DOCUMENT, start, units) == offset


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 5), ("utf-16", 3), ("utf-32", 2), (None, 3)])
def test_columns_count_units_of_the_encoding_agreed_on(encoding: str | None, column: int) -> None:
    assert to_range(DOCUMENT, Span(4, 6), units_of(encoding)).end == Position(line=1, character=column)


def test_positions_beyond_the_text_are_its_end() -> None:
    assert to_offset(DOCUMENT, Position(0, 99), len) == 2
    assert to_offset(DOCUMENT, Position(9, 0), len) == len(DOCUMENT.text)


def test_paths_with_spaces_and_letters_of_any_script(tmp_path) -> None:
    path = str(tmp_path / "ä b" / "日本.md")
    assert path_of(uri_of(path)) == path
