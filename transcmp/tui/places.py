"""Places of documents that are known again when the document, or what is aligned with what, has changed."""

from __future__ import annotations

from typing import NamedTuple

from transcmp.tui.rows import Column, Sheet


class Spot(NamedTuple):
    """Where the reader is."""

    column: Column
    line: int
    """1-based line of that side."""
    text: str
    """Of the segment that begins there."""
    before: str = ""
    """Of the segment before it; tells places with the same text apart."""


def spot_of(sheet: Sheet, row: int) -> Spot | None:
    """The place of a row; of a sheet without rows there is none."""
    if not len(sheet):
        return None
    bead = sheet.bead(min(row, len(sheet) - 1))
    column: Column = "source" if bead.source else "target"
    number = bead.source[0] if bead.source else bead.target[0]
    segments = sheet.side(column).segments
    return Spot(column, _line(sheet, column, number), segments[number].text, segments[number - 1].text if number else "")


def row_of(sheet: Sheet, spot: Spot) -> int:
    """The row that shows a place: the nearest with the same text, or with its beginning, else the one at its line."""
    texts = [segment.text for segment in sheet.side(spot.column).segments]
    same = [number for number, text in enumerate(texts) if text == spot.text]
    same = same or [number for number, text in enumerate(texts) if text and (spot.text.startswith(text) or text.startswith(spot.text))]
    if not spot.text or not same:
        return sheet.row_at_line(spot.line, spot.column)

    def distance(number: int) -> tuple[bool, int]:
        return (texts[number - 1] if number else "") != spot.before, abs(_line(sheet, spot.column, number) - spot.line)

    return sheet.row_of_segment(spot.column, min(same, key=distance))


def _line(sheet: Sheet, column: Column, segment: int) -> int:
    side = sheet.side(column)
    return side.document.position(side.segments[segment].span.start).line
