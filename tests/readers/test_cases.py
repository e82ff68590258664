"""What each format is read as: cases as data, one file a format in ``cases/``.

A case is ``%%% title``, the file, ``%%% expected``, and a line for each fragment (indented, under its block):

    block kind, first-last line[ #anchor]
      line:column fragment kind[ (info)]: text[ | mark kind=value ...]

Line feeds in texts are written ``\\n``. ``TRANSCMP_CASES=write pytest tests/readers/test_cases.py`` writes what is read now; read the
difference before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.invariants import check_document
from transcmp.model import Document
from transcmp.readers import parse

CASES = Path(__file__).parent / "cases"


def cases(path: Path) -> Iterator[tuple[str, str, str]]:
    """Title, input and expected text of each case in a file."""
    for part in path.read_text(encoding="utf-8").split("%%% ")[1:]:
        if not part.startswith("expected\n"):
            title, _, source = part.partition("\n")
        else:
            yield title, source, part.removeprefix("expected\n").rstrip("\n")


def shown(document: Document) -> str:
    lines = []
    for block in document.blocks:
        first, last = document.lines(block.span)
        anchor = f" #{block.anchor}" if block.anchor else ""
        level = f" {block.level}" if block.level else ""
        lines.append(f"{block.kind}{level}, {first}-{last}{anchor}")
        for fragment in (document.fragments[number] for number in block.fragments):
            place = document.position(fragment.span.start)
            info = f" ({fragment.info})" if fragment.info else ""
            marks = "".join(f" {mark.kind}={mark.value}" for mark in fragment.marks)
            text = fragment.text.replace("\n", "\\n") + (f" |{marks}" if marks else "")
            lines.append(f"  {place.line}:{place.column} {fragment.kind}{info}: {text}")
    return "\n".join(lines)


PARAMETERS = [(path.stem, *case) for path in sorted(CASES.glob("*.txt")) for case in cases(path)]


@pytest.mark.parametrize(("name", "title", "source", "expected"), PARAMETERS, ids=[f"{name}-{title}" for name, title, _, _ in PARAMETERS])
def test_case(name: str, title: str, source: str, expected: str) -> None:
    document = parse(source, format=name)
    check_document(document)
    if os.environ.get("TRANSCMP_CASES") == "write":
        path = CASES / f"{name}.txt"
        old = f"%%% {title}\n{source}%%% expected\n{expected}"
        new = f"%%% {title}\n{source}%%% expected\n{shown(document)}"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    else:
        assert shown(document) == expected
