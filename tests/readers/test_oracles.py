"""The readers against others: markdown-it on random Markdown, polib on catalogues, python-docx and pysubs2 on files they write."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from typing import Any

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.strategies import texts
from transcmp.readers import formats, parse

MARKDOWN_IT = MarkdownIt("commonmark").enable("table").enable("strikethrough")
PARTS = [
    "a", "b ", "c. ", "*", "**", "_", "`", "``", "[", "](x)", "](u \"t\")", "![", "]", "\n", "\n", "\n\n", "> ", "- ", "1. ", "    ", "  ",
    "# ", "```\n", "---\n", "\\", "&amp;", "(", ")", "\n|---|---|\n", "|a|b|", "~~", "\t", "+ ", "===\n", "foo", "é", " * ", "<http://a.b>",
]  # fmt: skip


def words_of(children: Sequence[Any] | None, alts: list[str]) -> str:
    text = ""
    for child in children or ():
        if child.type in ("text", "text_special", "code_inline"):
            text += child.content
        elif child.type == "softbreak":
            text += " "
        elif child.type == "hardbreak":
            text += "\n"
        elif child.type == "image":
            alts.append(" ".join(words_of(child.children, alts).split()))
    return text


def by_markdown_it(text: str) -> list[tuple[str, str]]:
    """Kind and text of everything that markdown-it finds."""
    found = []
    tokens = MARKDOWN_IT.parse(text)
    for before, token in itertools.pairwise(tokens):
        if token.type == "inline":
            alts: list[str] = []
            words = " ".join(words_of(token.children, alts).split())
            kind = {"heading_open": "heading", "th_open": "cell", "td_open": "cell"}.get(before.type, "text")
            found += [(kind, words)] if words else []
            found += [("alt", alt) for alt in alts if alt]
    found += [("code", token.content.strip()) for token in tokens if token.type in ("fence", "code_block") and token.content.strip()]
    return sorted(found)


def by_us(text: str) -> list[tuple[str, str]]:
    found = []
    for fragment in parse(text, format="markdown").fragments:
        kind = {"heading": "heading", "table-cell": "cell", "code": "code", "caption": "alt"}.get(fragment.kind, "text")
        words = fragment.text.strip() if kind == "code" else " ".join(fragment.text.split())
        if words and fragment.kind != "title":
            found.append((kind, words))
    return sorted(found)


def is_specified(text: str) -> bool:
    """Whether markdown-it reads a text as GFM says: three or more tildes strike nothing (it takes them in pairs)."""
    return ("|---|" not in text or "===" not in text) and "~~~" not in text


@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join).filter(is_specified))
def test_commonmark(text: str) -> None:
    assert by_us(text) == by_markdown_it(text)


@given(st.lists(st.tuples(texts(min_size=1), texts(), st.booleans()), max_size=4, unique_by=lambda entry: entry[0]))
def test_catalogues(entries: list[tuple[str, str, bool]]) -> None:
    catalogue = polib.POFile(wrapwidth=40)
    for source, target, plural in entries:
        if plural:
            catalogue.append(polib.POEntry(msgid=source, msgid_plural=source + "s", msgstr_plural={0: target, 1: target + "!"}))
        else:
            catalogue.append(polib.POEntry(msgid=source, msgstr=target))
    reader = formats.load("po")
    assert reader.pairs is not None
    bitext = reader.pairs(str(catalogue), "-")
    found = []
    for mine, theirs in bitext.pairs:
        source_text = "".join(bitext.source.fragments[number].text for number in mine)
        found.append((source_text, "".join(bitext.target.fragments[number].text for number in theirs)))
    expected = []
    for source, target, plural in entries:
        expected.append((source.strip(), target.strip()))
        if plural:
            expected.append(((source + "s").strip(), (target + "!").strip()))
    assert found == [pair for pair in expected if any(pair)]


def test_word_documents() -> None:
    docx = pytest.importorskip("docx", reason="python-docx writes the file for this test")
    from docx.oxml import OxmlElement

    document = docx.Document()
    document.add_heading("Ein Titel", 1)
    paragraph = document.add_paragraph("Hallo ")
    paragraph.add_run("Welt").bold = True
    document.add_paragraph("eins", style="List Bullet")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "a", "d"
    document.add_paragraph("Abb. 1", style="Caption")
    document.add_paragraph("Zitat", style="Quote")
    paragraph = document.add_paragraph("sichtbar")
    paragraph.add_run(" versteckt").font.hidden = True
    picture = OxmlElement("wp:docPr")
    picture.set("descr", "Ein Bild")
    picture.set("title", "Bildtitel")
    paragraph.add_run()._r.append(picture)
    document.sections[0].header.paragraphs[0].text = "Kopfzeile"
    stream = io.BytesIO()
    document.save(stream)
    unpack = formats.load("docx").unpack
    assert unpack is not None
    read = unpack(stream.getvalue(), "a.docx")
    assert [(item.kind, item.info, item.text) for item in read.fragments] == [
        ("heading", "", "Ein Titel"),
        ("paragraph", "", "Hallo Welt"),
        ("list-item", "", "eins"),
        ("table-cell", "0,0", "a"),
        ("table-cell", "1,1", "d"),
        ("caption", "", "Abb. 1"),
        ("quote", "", "Zitat"),
        ("paragraph", "", "sichtbar"),
        ("caption", "alt", "Ein Bild"),
        ("title", "title", "Bildtitel"),
        ("paragraph", "header", "Kopfzeile"),
    ]
    assert [read.position(item.span.start).line for item in read.fragments] == [1, 3, 5, 7, 8, 10, 12, 14, 15, 16, 18]


@pytest.mark.parametrize("name", ["srt", "vtt", "ass"])
def test_subtitles(name: str) -> None:
    pysubs2 = pytest.importorskip("pysubs2", reason="pysubs2 writes the file for this test")
    subtitles = pysubs2.SSAFile()
    subtitles.append(pysubs2.SSAEvent(start=1500, end=2750, text=r"{\i1}Hello{\i0}\Nworld"))
    subtitles.append(pysubs2.SSAEvent(start=3_600_000, end=3_601_000, text=r"- One.\N- Two."))
    read = parse(subtitles.to_string(name), format=name)
    assert [(item.info, item.text) for item in read.fragments] == [
        ("1.500,2.750", "Hello world"),
        ("3600.000,3601.000", "- One.\n- Two."),
    ]
