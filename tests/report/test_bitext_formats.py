"""TMX, XLIFF, TSV, JSONL and Moses: valid by their published definitions, and read back as they were written."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from tests.builders import compare
from tests.strategies import texts
from transcmp.model import Alignment
from transcmp.readers import formats as readers
from transcmp.report import Style, file_formats, formats

SCHEMAS = Path(__file__).parents[1] / "schemas"
BEADS = (((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((), (2,)))
SOURCE = ["One & 1 < 2.", 'It\'s "so".', "Really?", "Left | out.\u2028"]
TARGET = ["Eins & 1 < 2.", "Es ist\tso.", "Neu \\n."]


GONE = dict.fromkeys([0, 0x0B, 0x0C, *range(0x1C, 0x20)])
"""NUL, and what Python takes for white space but XML cannot hold."""


def write(name: str, alignment: Alignment) -> str:
    return "".join(formats["align"].load(name)(alignment, Style()))


def sample() -> Alignment:
    return compare(SOURCE, TARGET, BEADS).alignment


def read_back(name: str, text: str) -> list[tuple[str, str]]:
    reader = readers.load(name)
    assert reader.pairs is not None
    bitext = reader.pairs(text, "-")
    return [
        tuple(
            " ".join(side.fragments[number].text for number in ids) for side, ids in zip((bitext.source, bitext.target), pair, strict=True)
        )
        for pair in bitext.pairs
    ]  # type: ignore[misc]


def spaced(text: str) -> str:
    return " ".join(text.split())


def kept(alignment: Alignment, *, both: bool, clean: dict[int, str] = {}) -> list[tuple[str, str]]:  # noqa: B006  (never changed)
    pairs = [(mine.translate(clean).strip(), theirs.translate(clean).strip()) for mine, theirs, _ in alignment.pairs()]
    return [pair for pair in pairs if (all(pair) if both else any(pair))]


def test_tmx_is_valid_and_read_back() -> None:
    text = write("tmx", sample())
    dtd = etree.DTD(io.BytesIO((SCHEMAS / "tmx14.dtd").read_bytes()))
    root = etree.fromstring(text.encode())
    assert dtd.validate(root), dtd.error_log
    assert read_back("tmx", text) == kept(sample(), both=True)
    bitext = readers.load("tmx").pairs(text, "-")  # type: ignore[misc]
    assert (bitext.source.declared, bitext.target.declared) == ("en", "de")


def test_xliff_is_valid_and_read_back() -> None:
    xmlschema = pytest.importorskip("xmlschema", reason="XLIFF's schema needs xmlschema, which comes with transcmp[srx]")
    text = write("xliff", sample())
    schema = xmlschema.XMLSchema((SCHEMAS / "xliff_core_2.0.xsd").read_text(), allow="none", locations={})
    schema.validate(text)
    assert read_back("xliff", text) == kept(sample(), both=False)
    bitext = readers.load("xliff").pairs(text, "-")  # type: ignore[misc]
    assert (bitext.source.declared, bitext.target.declared) == ("en", "de")
    assert bitext.notes[0] == "translated"
    schema.validate(write("xliff", compare([], []).alignment))


def test_tsv_and_jsonl_are_read_back() -> None:
    expected = [(spaced(mine), spaced(theirs)) for mine, theirs in kept(sample(), both=False)]
    for name in ("tsv", "jsonl"):
        found = read_back(name, write(name, sample()))
        assert [(spaced(mine), spaced(theirs)) for mine, theirs in found] == expected


def test_moses_lines_belong_together() -> None:
    source, target = (write(f"moses-{side}", sample()).split("\n") for side in ("source", "target"))
    assert source == ["One & 1 < 2.", 'It\'s "so". Really?', ""]
    assert target == ["Eins & 1 < 2.", "Es ist so.", ""]
    pair = file_formats["align"].load("moses")
    assert [(suffix, "".join(lines)) for suffix, lines in pair(sample(), Style())] == [
        (".en", "\n".join(source)),
        (".de", "\n".join(target)),
    ]
    same = replace(sample(), target=replace(sample().target, language=sample().source.language))
    assert [suffix for suffix, _ in pair(same, Style())] == [".source", ".target"]
    assert write("moses-source", compare(["a|b\u2028c"], ["d"]).alignment) == "a&#124;b c\n"


@given(st.lists(st.tuples(texts(max_size=20), texts(max_size=20)), max_size=5))
def test_any_text_survives(pairs: list[tuple[str, str]]) -> None:
    sides = [[text.translate(GONE).strip(" -#>!%~|=") or "x" for text in side] for side in zip(*pairs, strict=True)] or [[], []]
    alignment = compare(*sides).alignment
    clean = "".maketrans({chr(code): "\ufffd" for code in [*range(32), 0xFFFE, 0xFFFF] if chr(code) not in "\t\n\r"})
    for name, both in (("tmx", True), ("xliff", False)):
        text = write(name, alignment)
        etree.fromstring(text.encode())
        assert read_back(name, text) == kept(alignment, both=both, clean=clean)
    for name in ("tsv", "jsonl"):
        found = read_back(name, write(name, alignment))
        assert [(spaced(mine), spaced(theirs)) for mine, theirs in found] == [
            (spaced(mine), spaced(theirs)) for mine, theirs in kept(alignment, both=False)
        ]
    lines = [write(f"moses-{side}", alignment).split("\n") for side in ("source", "target")]
    assert len(lines[0]) == len(lines[1]) == len(kept(alignment, both=True)) + 1
