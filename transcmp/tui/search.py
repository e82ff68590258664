"""Finding rows by their text, and choosing which rows are shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from transcmp.errors import UsageError
from transcmp.model import Severity
from transcmp.tui.rows import LOW_SCORE, SEVERITIES, Paragraph, Run, Sheet


def compile_pattern(text: str) -> re.Pattern[str]:
    """A regular expression; without capital letters it takes either case. Raises UsageError."""
    try:
        return re.compile(text, 0 if text != text.lower() else re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise UsageError(message=f"not a regular expression: {error}") from error


def matches(sheet: Sheet, row: int, pattern: re.Pattern[str]) -> bool:
    """Whether a segment of a row, on either side, matches."""
    return _matcher(sheet, pattern)(row)


def _matcher(sheet: Sheet, pattern: re.Pattern[str]) -> Callable[[int], bool]:
    """:func:`matches` for many rows: the names are looked up once, as a long search is all in this loop."""
    source, target = sheet.side("source").segments, sheet.side("target").segments
    beads, order, search = sheet.comparison.alignment.beads, sheet.order, pattern.search

    def match(row: int) -> bool:
        bead = beads[order[row]]
        for number in bead.source:
            if search(source[number].text):
                return True
        for number in bead.target:  # noqa: SIM110 - a generator would double the time
            if search(target[number].text):
                return True
        return False

    return match


def find(sheet: Sheet, rows: Sequence[int], start: int, pattern: re.Pattern[str], direction: int) -> Iterator[int | None]:
    """The first matching position of ``rows`` behind ``start`` (before it, if ``direction`` is -1), round the end.

    Yields None after every thousand rows, so that the caller may let others work, and at last the position, or nothing.
    """
    count = len(rows)
    match = _matcher(sheet, pattern)
    for step in range(1, count + 1):
        position = (start + direction * step) % count
        if match(rows[position]):
            yield position
            return
        if step % 1000 == 0:
            yield None


def highlighted(paragraph: Paragraph, pattern: re.Pattern[str], segment_text: str) -> Paragraph:
    """A paragraph with its matches marked; ``segment_text`` is the text before hidden characters got marks, of equal length."""
    runs = tuple(Run(found.start(), found.end(), "match") for found in pattern.finditer(segment_text) if found.end() > found.start())
    return paragraph._replace(runs=paragraph.runs + runs) if runs else paragraph


class Filter(NamedTuple):
    """Which rows are shown; every condition that is set must hold."""

    findings: Severity | None = None
    """Rows with a finding at least as grave."""
    low: bool = False
    """Rows with a score under :data:`LOW_SCORE`."""
    one_sided: bool = False
    """Rows whose source or target is empty."""
    moved: bool = False
    language: bool = False
    """Rows with a segment in another language than its side's."""
    pattern: re.Pattern[str] | None = None
    """Rows whose text matches."""

    @property
    def name(self) -> str:
        """What is shown, in words; empty: everything."""
        names = [
            f"findings ({self.findings} and graver)" if self.findings and self.findings != "note" else "findings" if self.findings else "",
            f"score under {int(LOW_SCORE * 100)}" if self.low else "",
            "one side empty" if self.one_sided else "",
            "moved" if self.moved else "",
            "another language" if self.language else "",
            f"/{self.pattern.pattern}/" if self.pattern else "",
        ]
        return " · ".join(name for name in names if name)

    def rows(self, sheet: Sheet) -> Sequence[int]:
        """The rows of a sheet that are shown."""
        if self == Filter():
            return range(len(sheet))
        return tuple(row for row in (self._candidates(sheet)) if self._holds(sheet, row))

    def _candidates(self, sheet: Sheet) -> Sequence[int]:
        return sheet.finding_rows if self.findings else range(len(sheet))

    def _holds(self, sheet: Sheet, row: int) -> bool:
        bead = sheet.bead(row)
        if self.findings and SEVERITIES.index(sheet.findings_at(row)[0].severity) > SEVERITIES.index(self.findings):
            return False
        if self.low and not sheet.is_low(bead):
            return False
        if self.one_sided and bead.source and bead.target:
            return False
        if self.moved and not bead.moved:
            return False
        if self.language and not any(item.tag for item in (*sheet.row(row).source, *sheet.row(row).target)):
            return False
        return self.pattern is None or matches(sheet, row, self.pattern)


FILTERS: tuple[tuple[str, Filter], ...] = (
    ("everything", Filter()),
    ("beads with findings", Filter(findings="note")),
    ("beads with warnings and errors", Filter(findings="warning")),
    ("beads with errors", Filter(findings="error")),
    (f"beads with a score under {int(LOW_SCORE * 100)}", Filter(low=True)),
    ("omitted and added", Filter(one_sided=True)),
    ("moved", Filter(moved=True)),
    ("segments in another language", Filter(language=True)),
)
"""What ``f`` offers."""
