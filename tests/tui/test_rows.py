from __future__ import annotations

import pytest

from tests.tui import made
from transcmp.model import Bead, Mark, Piece, Segment, Span
from transcmp.tui.rows import Moved, Run, Sheet, paragraph


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(made.small())


def test_a_row_a_bead_with_lines_kinds_and_scores(sheet: Sheet) -> None:
    rows = [sheet.row(number) for number in range(len(sheet))]
    assert [row.line for row in rows] == [1, 2, 3, 5, 6, 7, 5]
    assert [row.kind for row in rows] == ["1-1", "1-1", "2-1", "1-0", "1-1", "1-1", "0-1"]
    assert [row.score for row in rows] == [0.98, 0.93, 0.71, None, 0.41, 0.88, None]
    assert [row.severity for row in rows] == [None, "warning", None, "error", "error", "note", None]


def test_segments_of_a_bead_are_paragraphs(sheet: Sheet) -> None:
    assert [item.segment for item in sheet.row(2).source] == [2, 3]
    assert [item.segment for item in sheet.row(2).target] == [2]


def test_an_empty_side_says_so_and_names_what_came_nearest(sheet: Sheet) -> None:
    assert sheet.row(3).target[0].text == "omitted · closest: line 4, 12 %"
    assert sheet.row(6).source[0].text == "added"
    assert sheet.row(6).source[0].segment is None


def test_a_moved_bead_has_arrow_and_line(sheet: Sheet) -> None:
    assert sheet.row(5).moved == Moved("↑", 4)
    assert sheet.row(4).moved is None


def test_words_of_findings_are_marked_on_both_sides(sheet: Sheet) -> None:
    row = sheet.row(1)
    for side, word in ((row.source, "7"), (row.target, "8")):
        run = next(run for run in side[0].runs if run.role == "warning")
        assert side[0].text[run.start : run.end] == word


def test_a_finding_about_a_whole_segment_is_not_underlined_throughout(sheet: Sheet) -> None:
    assert [run.role for run in sheet.row(4).target[0].runs] == ["error-whole"]


def test_hostile_characters_are_marked(sheet: Sheet) -> None:
    shown = sheet.row(5).source[0]
    assert "␛[31m" in shown.text
    assert [shown.text[run.start] for run in shown.runs if run.role == "hidden"] == ["␛", "⇠"]


def test_another_language_than_the_sides_is_told(sheet: Sheet) -> None:
    assert sheet.row(4).target[0].tag == "it"
    assert sheet.row(4).source[0].tag == ""


def test_dismissed_findings_leave_the_rows() -> None:
    comparison = made.small()
    sheet = Sheet(comparison, hidden=frozenset({"untranslated:4"}))
    assert sheet.row(4).severity is None
    assert sheet.judged_at(4)
    assert 4 not in sheet.finding_rows


def test_a_finding_without_bead_goes_to_its_place() -> None:
    comparison = made.small()
    sheet = Sheet(comparison)
    for finding in comparison.findings:
        assert sheet.row_of_finding(finding) == sheet.row_of_finding(made.without_bead(finding))


@pytest.mark.parametrize(("line", "row"), [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (7, 5), (99, 5), (0, 0)])
def test_lines_of_the_source_lead_to_rows(sheet: Sheet, line: int, row: int) -> None:
    assert sheet.row_at_line(line) == row


def test_lines_of_the_target_lead_to_rows(sheet: Sheet) -> None:
    assert [sheet.row_at_line(line, "target") for line in range(1, 7)] == [0, 1, 2, 5, 6, 4]


def test_a_mixed_document_is_shown_in_the_order_of_the_file() -> None:
    comparison = made.mixed()
    sheet = Sheet(comparison)
    assert [sheet.row(number).line for number in range(len(sheet))] == [1, 2, 3, 4]
    assert [sheet.row_of_bead[sheet.order[number]] for number in range(4)] == [0, 1, 2, 3]
    caption = sheet.row(2)
    assert caption.kind == "1-0"
    assert caption.severity == "error"
    assert caption.target[0].text.startswith("no counterpart")
    assert sheet.row(0).source[0].text == ""


def test_text_range_follows_replaced_pieces() -> None:
    segment = Segment(
        id=0,
        fragment=0,
        kind="paragraph",
        block=0,
        language=made.Language("en"),
        text="a & b",
        pieces=(Piece(10, 12), Piece(12, 17, "&"), Piece(17, 19)),
    )
    assert segment.text_range(Span(10, 19)) == (0, 5)
    assert segment.text_range(Span(13, 14)) == (2, 3)
    assert segment.text_range(Span(18, 30)) == (4, 5)
    assert segment.text_range(Span(0, 10)) is None


def test_markup_becomes_runs() -> None:
    segment = Segment(
        id=0,
        fragment=0,
        kind="heading",
        block=0,
        language=made.Language("en"),
        text="see code here",
        pieces=(Piece(0, 13),),
        marks=(
            Mark(kind="code", start=4, end=8, value="code", span=Span(4, 8)),
            Mark(kind="anchor", start=9, end=9, value="x", span=Span(9, 9)),
        ),
    )
    shown = paragraph(segment, expected=made.Language("en"), places=[])
    assert shown.runs == (Run(0, 13, "heading"), Run(4, 8, "code"))


def test_ten_thousand_beads_make_no_rows_until_they_are_looked_at() -> None:
    sheet = Sheet(made.large(10_000))
    assert not sheet._rows
    sheet.row(9_999)
    assert list(sheet._rows) == [9_999]


def test_an_empty_alignment_is_a_sheet() -> None:
    sheet = Sheet(made.comparison(made.side(made.document([], "a", "it")), made.side(made.document([], "b", "en")), []))
    assert len(sheet) == 0
    assert sheet.row_at_line(5) == 0
    assert sheet.finding_rows == ()


def test_scores_are_not_shown_before_there_are_any() -> None:
    comparison = made.small()
    assert Sheet(comparison, scored=False).row(0).score is None
    unscored = Sheet(comparison, unscored=lambda bead: bead == comparison.alignment.beads[0])
    assert unscored.row(0).score is None
    assert unscored.row(1).score == 0.93
    assert isinstance(unscored.bead(0), Bead)
