"""Segments: sentence rules as data, the units, places, and long or hostile text."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.invariants import check_passage
from tests.strategies import passages, texts
from transcmp.errors import FormatError, ReadError
from transcmp.model import Document, Fragment, Language, Passage
from transcmp.readers import parse
from transcmp.segment import cut_marks, cut_pieces, segment, sentences
from transcmp.segment.sentences import PART

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases" / "sentences.toml").read_text(encoding="utf-8"))["case"]


def read(text: str, language: str = "en", format: str = "markdown") -> Document:
    return msgspec.structs.replace(parse(text, format=format), language=Language(language))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}-{case['name']}")
def test_sentences(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case.get("xfail"):
        request.applymarker(pytest.mark.xfail(strict=True))
    text = case.get("text") or case.get("join", " ").join(case["sentences"])
    document = read(text, case["language"], "text")
    assert [item.text for item in segment(document)] == case["sentences"]


def test_code_is_never_cut() -> None:
    document = read("Run `a. B. C.` first. Then stop.")
    assert [item.text for item in segment(document)] == ["Run a. B. C. first.", "Then stop."]
    assert [(mark.kind, mark.value) for mark in segment(document)[0].marks] == [("code", "a. B. C.")]
    document = read("Type `Print this. Then go back.` now. Then stop.")
    assert [item.text for item in segment(document)] == ["Type Print this. Then go back. now.", "Then stop."]


def test_a_hard_line_break_ends_a_sentence_a_soft_one_does_not() -> None:
    assert [item.text for item in segment(read("Roses are red  \nViolets are\nblue"))] == ["Roses are red", "Violets are blue"]


def test_captions_and_headings_stay_whole() -> None:
    document = read("# One. Two.\n\n![Left. Right. [Foto: X. Y.]](a.png)\n")
    assert [(item.kind, item.text) for item in segment(document)] == [("heading", "One. Two."), ("caption", "Left. Right. [Foto: X. Y.]")]


def test_sentences_carry_their_lines_and_marks() -> None:
    document = read("One [link](u).\nTwo\n*three* `run`. Four.")
    found = segment(document)
    assert [item.text for item in found] == ["One link.", "Two three run.", "Four."]
    assert [document.lines(item.span) for item in found] == [(1, 1), (2, 3), (3, 3)]
    assert [[mark.kind for mark in item.marks] for item in found] == [["link"], ["emphasis", "code"], []]
    code = found[1].marks[1]
    assert found[1].text[code.start : code.end] == "run"


def test_unit_fragment_joins_the_fragments_of_a_block() -> None:
    document = read("| a | b |\n|---|---|\n| c | d |\n\nText ![alt](x) more. Second.\n")
    found = segment(document, unit="fragment")
    assert [item.text for item in found] == ["a\nb\nc\nd", "Text more. Second.\nalt"]
    assert [item.block for item in found] == [0, 1]
    for item in found:
        assert item.render(document.text) == item.text


def test_fragments_to_keep_and_ids() -> None:
    document = read("One. Two.\n\nThree.\n\nFour. Five.")
    found = segment(document, fragments={0, 2})
    assert [(item.id, item.fragment, item.text) for item in found] == [(0, 0, "One."), (1, 0, "Two."), (2, 2, "Four."), (3, 2, "Five.")]


@given(passages(), st.data())
def test_one_walk_cuts_as_passage_cut_does(pair: tuple[str, Passage], data: st.DataObject) -> None:
    text, passage = pair
    bounds = sorted({0, len(passage.text), *data.draw(st.lists(st.integers(0, len(passage.text)), max_size=4))})
    chosen = [(first, last) for first, last in pairwise(bounds) if first < last]
    pieces, marks = cut_pieces(passage, chosen), cut_marks(passage, chosen)
    for number, (first, last) in enumerate(chosen):
        expected = passage.cut(first, last)
        assert tuple(pieces[number]) == expected[0]
        assert {mark.value for mark in marks[number] if mark.start < mark.end} == {
            mark.value for mark in expected[1] if mark.start < mark.end
        }
        check_passage(Passage(text=passage.text[first:last], pieces=tuple(pieces[number])), text)
    kept = sum(len(part) for part in marks)
    assert not chosen or kept >= len(passage.marks) - sum(mark.start < mark.end for mark in passage.marks)


@given(texts(max_size=300), st.sampled_from(["en", "de", "ja", "und", "pt-BR"]))
def test_nothing_is_lost(text: str, language: str) -> None:
    passage = Passage(text=text, pieces=())
    found = sentences(passage, Language(language))
    assert all(first < last for first, last in found)
    covered = "".join(text[first:last] for first, last in found)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(found))


def test_long_text_is_cut_where_short_text_is() -> None:
    words = [f"This is sentence number {number} of many, and it ends here." for number in range(400)]
    document = read(" ".join(words), format="text")
    assert len(document.text) > 8 * PART
    assert [item.text for item in segment(document)] == words


@pytest.mark.parametrize("unit", ["![", "「", "(a. ", "Mr. ", "a.\u3000", '"A. ', "x" * 50])
def test_hostile_text_is_fast(unit: str) -> None:
    start = time.process_time()
    segment(read(unit * (200_000 // len(unit)), format="text"))
    assert time.process_time() - start < 3


SRX = """<?xml version="1.0"?><srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="yes"/><body>
<languagerules><languagerule languagerulename="All">
<rule break="no"><beforebreak>\\bNo\\.</beforebreak><afterbreak>\\s</afterbreak></rule>
<rule break="yes"><beforebreak>[.;]</beforebreak><afterbreak>\\s</afterbreak></rule></languagerule></languagerules>
<maprules><languagemap languagepattern=".*" languagerulename="All"/></maprules></body></srx>"""


def test_rules_of_the_user(tmp_path: Path) -> None:
    pytest.importorskip("choppa", reason="SRX rules come with transcmp[srx]")
    path = tmp_path / "own.srx"
    path.write_text(SRX, encoding="utf-8")
    document = read("House No. 5 is here; it stands. So what", format="text")
    assert [item.text for item in segment(document, rules=str(path))] == ["House No. 5 is here;", "it stands.", "So what"]


def test_rules_that_are_slow_give_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("choppa", reason="SRX rules come with transcmp[srx]")
    monkeypatch.setattr("transcmp.segment.srx._SECONDS", 0.05)
    path = tmp_path / "slow.srx"
    path.write_text(SRX.replace("[.;]", "(?:x+)+(?:x+)+y"), encoding="utf-8")
    text = "x" * 1500 + " z"
    assert [item.text for item in segment(read(text), rules=str(path))] == [text]
    with pytest.raises(FormatError, match="too slow for this text"):
        segment(read("\n\n".join([text] * 40)), rules=str(path))


def test_bad_rule_files(tmp_path: Path) -> None:
    pytest.importorskip("choppa", reason="SRX rules come with transcmp[srx]")
    document = read("Text.")
    with pytest.raises(ReadError):
        segment(document, rules=str(tmp_path / "missing.srx"))
    for content in ("no xml", "<srx/>", "<!DOCTYPE srx [<!ENTITY a 'b'>]><srx/>", SRX.replace("[.;]", "[")):
        path = tmp_path / "bad.srx"
        path.write_text(content, encoding="utf-8")
        with pytest.raises(FormatError) as caught:
            segment(document, rules=str(path))
        assert caught.value.path == str(path)
        assert "\n" not in str(caught.value)
        assert ("ENTITY" in content) == ("declares entities" in str(caught.value))


def test_language_of_a_fragment_counts_before_the_document() -> None:
    document = read("Dann z. B. das hier. Ende.", "en", "text")
    german: Fragment = msgspec.structs.replace(document.fragments[0], language=Language("de"))
    document = msgspec.structs.replace(document, fragments=(german,))
    assert [item.text for item in segment(document)] == ["Dann z. B. das hier.", "Ende."]
