from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from tests.strategies import passages, spans, texts
from transcmp.model import (
    Alignment,
    Bead,
    Block,
    Document,
    Fragment,
    Language,
    Mark,
    Passage,
    Piece,
    Position,
    Segment,
    Side,
    Span,
    place_of,
)


def document(text: str, path: str = "a.txt") -> Document:
    return Document(path=path, format="text", text=text, blocks=(), fragments=())


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (3, 2), (-2, -1)])
def test_a_span_that_is_none_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(st.integers(0, 30).flatmap(lambda length: st.tuples(spans(length), spans(length))))
def test_spans_overlap_where_they_share_a_character(pair: tuple[Span, Span]) -> None:
    one, other = pair
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    if len(one) and len(other):
        assert one.overlaps(other) == other.overlaps(one) == bool(shared)
    assert len(one) == one.end - one.start


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 2, (1, 3)),  # between the two halves of one line end
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("a\n\nb", 3, (3, 1)),
        ("a\x0bb\x0cc\u2028d", 6, (1, 7)),  # these end no line for an editor
        ("😀x", 1, (1, 2)),
        ("e\u0301x", 2, (1, 3)),  # code points, not what is seen
    ],
)
def test_position(text: str, offset: int, position: tuple[int, int]) -> None:
    assert document(text).position(offset) == Position(*position)


@given(texts(max_size=80))
def test_positions_lead_back_to_their_offsets(text: str) -> None:
    here = document(text)
    for offset in range(len(text) + 1):
        position = here.position(offset)
        assert here.line_starts[position.line - 1] + position.column - 1 == offset
    assert len(here.line_starts) == len(re.split(r"\r\n|\r|\n", text))


@given(texts(max_size=80), st.data())
def test_the_lines_of_a_span_hold_its_ends(text: str, data: st.DataObject) -> None:
    here = document(text)
    span = data.draw(spans(len(text)))
    first, last = here.lines(span)
    assert 1 <= first <= last <= len(here.line_starts)
    assert here.position(span.start).line == first
    if len(span):
        assert here.position(span.end - 1).line == last


@given(passages())
def test_a_passage_is_rendered_from_its_document(drawn: tuple[str, Passage]) -> None:
    text, passage = drawn
    assert passage.render(text) == passage.text
    assert passage.span.end <= len(text)


@given(passages(), st.data())
def test_locating_words_finds_them_in_the_document(drawn: tuple[str, Passage], data: st.DataObject) -> None:
    text, passage = drawn
    words = data.draw(spans(len(passage.text)))
    found = passage.locate(words.start, words.end)
    assert passage.span.start <= found.start <= found.end <= passage.span.end
    if len(words) and all(piece.text is None for piece in passage.pieces):
        stretch = text[found.start : found.end]
        assert stretch[0] == passage.text[words.start]
        assert stretch[-1] == passage.text[words.end - 1]
        assert len(stretch) >= len(words)


def test_locating_a_replaced_character_takes_the_whole_of_it() -> None:
    text = "R&amp;D now"
    passage = Passage(text="R&D now", pieces=(Piece(0, 1), Piece(1, 6, "&"), Piece(6, 11)))
    assert passage.locate(1, 2) == Span(1, 6)
    assert passage.locate(0, 3) == Span(0, 7)
    assert text[slice(*_ends(passage.locate(4, 7)))] == "now"
    assert passage.locate(7, 7) == Span(11, 11)


@given(passages(), st.data())
def test_cutting_a_passage_in_two_loses_nothing(drawn: tuple[str, Passage], data: st.DataObject) -> None:
    text, passage = drawn
    at = data.draw(st.integers(0, len(passage.text)))
    halves = [passage.cut(0, at), passage.cut(at, len(passage.text))]
    shown = [Passage(text="", pieces=pieces).render(text) for pieces, _ in halves]
    assert shown == [passage.text[:at], passage.text[at:]]
    for mark in passage.marks:
        sizes = [other.end - other.start for _, marks in halves for other in marks if other.span == mark.span]
        assert sum(sizes) == mark.end - mark.start, "the text a mark covers is shared out between the halves"
        assert sizes, "no mark is lost"


@given(passages(), st.data())
def test_marks_of_a_cut_lie_inside_it(drawn: tuple[str, Passage], data: st.DataObject) -> None:
    _, passage = drawn
    part = data.draw(spans(len(passage.text)))
    _, marks = passage.cut(part.start, part.end)
    assert all(0 <= mark.start <= mark.end <= len(part) for mark in marks)


def test_the_place_of_words_in_a_segment() -> None:
    text = "one\n\nWait *30* days."
    passage = {"text": "Wait 30 days.", "pieces": (Piece(5, 10), Piece(11, 13), Piece(14, 20))}
    segment = Segment(id=4, fragment=1, kind="paragraph", block=1, language=Language("en"), **passage)
    place = place_of(document(text), segment, 5, 7)
    assert (place.text, place.start, place.end) == ("30", Position(3, 7), Position(3, 9))
    assert place.segments == (4,)
    whole = place_of(document(text), Fragment(id=1, kind="paragraph", block=1, language=Language("en"), **passage))
    assert (whole.text, whole.start, whole.segments) == ("Wait 30 days.", Position(3, 1), ())


def _alignment(source: str, target: str) -> Alignment:
    def side(text: str, language: str) -> Side:
        piece = (Piece(0, len(text)),)
        segment = Segment(id=0, fragment=0, kind="paragraph", block=0, language=Language(language), text=text, pieces=piece)
        return Side(document=document(text), language=Language(language), segments=(segment,))

    beads = (Bead(source=(0,), target=(0,), score=0.5),)
    return Alignment(source=side(source, "en"), target=side(target, "de"), beads=beads, score=0.5, signature="v:<test>")


def test_a_notebook_shows_text_and_never_markup_of_the_document() -> None:
    html = _alignment("<script>alert(1)</script>", "a & b")._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "a &amp; b" in html
    assert "v:&lt;test&gt;" in html


def test_pairs_are_the_beads_with_their_texts() -> None:
    assert _alignment("one", "eins").pairs() == (("one", "eins", 0.5),)


@given(passages())
def test_values_survive_json(drawn: tuple[str, Passage]) -> None:
    text, passage = drawn
    fragment = Fragment(id=0, kind="paragraph", block=0, text=passage.text, pieces=passage.pieces, marks=passage.marks)
    block = Block(id=0, kind="paragraph", span=passage.span, fragments=(0,))
    value = Document(path="a.md", format="markdown", text=text, blocks=(block,), fragments=(fragment,))
    assert json.decode(json.encode(value), type=Document) == value


def test_values_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Mark(kind="link", start=0, end=1, value="u", span=Span(0, 1)).start = 1  # type: ignore[misc]


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
