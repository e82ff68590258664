"""Every place leads back to the file: its lines and columns hold the words of the fragment, for every format."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fuzz.fuzz_readers import CORPUS, packed
from tests.readers.test_cases import CASES, cases
from transcmp.model import Document
from transcmp.readers import formats, parse


def documents(name: str) -> list[Document]:
    """Everything that the cases (for packed formats, the fuzzing corpus) have in one format."""
    reader = formats.load(name)
    if reader.unpack is not None:
        content = (CORPUS / f"{name}-parts").read_bytes().partition(b"\n")[2]
        return [reader.unpack(packed(content), "a")]
    path: Path = CASES / f"{name}.txt"
    return [parse(source, format=name) for _, source, _ in cases(path)]


@pytest.mark.parametrize("name", formats)
def test_lines_and_columns_hold_the_words(name: str) -> None:
    seen = whole = 0
    for document in documents(name):
        lines = re.split(r"\r\n|\r|\n", document.text)
        for fragment in document.fragments:
            for piece in fragment.pieces:
                if piece.text is None and piece.end > piece.start:
                    start, last = document.position(piece.start), document.position(piece.end - 1)
                    assert lines[start.line - 1][start.column - 1 :].startswith(document.text[piece.start : piece.end].split("\n")[0])
                    assert lines[last.line - 1][last.column - 1] == document.text[piece.end - 1]
                    seen += 1
            if fragment.text and len(fragment.pieces) == 1 and fragment.pieces[0].text is None:
                assert document.text[fragment.span.start : fragment.span.end] == fragment.text
                whole += 1
    assert seen >= whole > 0


@pytest.mark.parametrize("name", formats)
def test_only_markup_is_replaced(name: str) -> None:
    """What a fragment has in the place of the file's text is white space or resolved markup, never words."""
    for document in documents(name):
        for fragment in document.fragments:
            for piece in fragment.pieces:
                if piece.text is not None:
                    assert len(piece.text) <= 2 or not re.search(r"\w\w", piece.text), (fragment, piece)
