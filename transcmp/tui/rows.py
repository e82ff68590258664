"""The view model: a comparison as rows of marked text. Pure values; nothing here knows Textual.

    Comparison ── Sheet ── Row ── Paragraph ── Run

A row is a bead, a paragraph one of its segments (or the notice that stands where a side is empty), a run a stretch with a role. Rows are
made when they are asked for, so that a sheet of 100,000 beads costs what is on the screen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from transcmp.model import NO_LANGUAGE, UNDETERMINED, Bead, Comparison, Finding, Language, Place, Segment, Severity, Side, Span, Uncovered
from transcmp.visible import hidden_offsets, percent, visible_each

Column = Literal["source", "target"]
"""One side of a comparison."""

LOW_SCORE = 0.5
"""Beads below are called out: more likely wrong than right, as the score is a probability."""
FAIR_SCORE = 0.75
"""Beads below are shown in the colour of a warning."""

HIGH_RISK = 0.5
"""A bead with this risk has a named error more likely than not."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""From grave to slight."""


class Run(NamedTuple):
    """A stretch of a paragraph with a role; roles are the names of component styles."""

    start: int
    """0-based offset into the paragraph's text."""
    end: int
    """Offset behind the last character."""
    role: str


class Paragraph(NamedTuple):
    """One segment as it is shown, or a notice where there is none."""

    text: str
    """Safe to print: every hidden character is a visible mark."""
    runs: tuple[Run, ...] = ()
    """In the order in which their styles are laid over each other."""
    segment: int | None = None
    """Segment id; None for a notice."""
    tag: str = ""
    """Language tag to show before the text; empty: as expected here."""


class Moved(NamedTuple):
    """Where a moved bead's other side stands."""

    arrow: str
    """``↑`` or ``↓``: before or behind where it would be in order."""
    line: int
    """1-based line of the target."""


class Row(NamedTuple):
    """A bead as it is shown."""

    bead: int
    """Position in ``Alignment.beads``."""
    line: int
    """1-based line of its first segment: of the source, else of the target."""
    kind: str
    """``1-1``, ``2-1``, ``1-0`` …; empty before anything is aligned, and for the text of a mixed document, which needs no counterpart."""
    score: float | None
    """None: one side is empty, or nothing was scored."""
    moved: Moved | None
    severity: Severity | None
    """The gravest of its findings that are not dismissed."""
    source: tuple[Paragraph, ...]
    target: tuple[Paragraph, ...]
    gap: bool
    """Whether a blank line stands before it: a new paragraph of the document begins."""


class Sheet:
    """One comparison, ready to be looked at row by row."""

    def __init__(
        self,
        comparison: Comparison,
        *,
        hidden: frozenset[str] = frozenset(),
        scored: bool = True,
        unscored: Callable[[Bead], bool] | None = None,
    ) -> None:
        """``hidden``: fingerprints of findings that were dismissed; ``scored``: False while the alignment is only a preview;
        ``unscored``: whether a single bead has no score yet."""
        self.comparison = comparison
        self.hidden = hidden
        self.scored = scored
        self._unscored = unscored or _never
        self._rows: dict[int, Row] = {}

    def hiding(self, hidden: frozenset[str]) -> Sheet:
        """The same sheet with other findings dismissed."""
        return Sheet(self.comparison, hidden=hidden, scored=self.scored, unscored=self._unscored)

    def __len__(self) -> int:
        return len(self.comparison.alignment.beads)

    @cached_property
    def order(self) -> tuple[int, ...] | range:
        """Bead of every row. A mixed document is shown in the order of the file, all others in the order of the alignment."""
        beads = self.comparison.alignment.beads
        if not self.comparison.mixed:
            return range(len(beads))
        return tuple(sorted(range(len(beads)), key=lambda number: self._start(beads[number])))

    @cached_property
    def row_of_bead(self) -> tuple[int, ...] | range:
        """Row of every bead, the inverse of :attr:`order`."""
        if isinstance(self.order, range):
            return self.order
        rows = [0] * len(self.order)
        for row, bead in enumerate(self.order):
            rows[bead] = row
        return tuple(rows)

    def bead(self, row: int) -> Bead:
        """The bead that a row shows."""
        return self.comparison.alignment.beads[self.order[row]]

    def score_of(self, bead: Bead) -> float | None:
        """The score of a bead; None where a side is empty, or nobody has scored it."""
        return bead.score if self.scored and bead.source and bead.target and not self._unscored(bead) else None

    def is_doubtful(self, row: int) -> bool:
        """Whether a row has a finding, or a risk of an error of at least :data:`HIGH_RISK`."""
        number = self.order[row]
        scores = self.comparison.bead_scores
        risk = scores[number].risk if number < len(scores) else None
        return row in self.row_findings or (risk is not None and risk >= HIGH_RISK)

    def is_low(self, bead: Bead) -> bool:
        """Whether a bead has a score under :data:`LOW_SCORE`."""
        score = self.score_of(bead)
        return score is not None and score < LOW_SCORE

    def row(self, number: int) -> Row:
        """The row, made on first use."""
        found = self._rows.get(number)
        if found is None:
            if len(self._rows) > 2000:  # a day's reading must not fill the memory
                self._rows.clear()
            found = self._rows[number] = self._make(number)
        return found

    # -- findings ---------------------------------------------------------------------------------------------------------------------

    @cached_property
    def row_findings(self) -> dict[int, tuple[int, ...]]:
        """Row to positions in ``Comparison.findings``, the dismissed ones left out."""
        found: dict[int, list[int]] = {}
        for number, finding in enumerate(self.comparison.findings):
            if finding.fingerprint not in self.hidden or not finding.fingerprint:
                found.setdefault(self.row_of_finding(finding), []).append(number)
        return {row: tuple(numbers) for row, numbers in found.items()}

    @cached_property
    def _judged(self) -> frozenset[int]:
        dismissed = (finding for finding in self.comparison.findings if finding.fingerprint in self.hidden)
        return frozenset(self.row_of_finding(finding) for finding in dismissed) if self.hidden else frozenset()

    def judged_at(self, row: int) -> bool:
        """Whether a finding of the row was dismissed."""
        return row in self._judged

    @cached_property
    def finding_rows(self) -> tuple[int, ...]:
        """Rows with findings, ascending."""
        return tuple(sorted(self.row_findings))

    def findings_at(self, row: int) -> tuple[Finding, ...]:
        """The findings of a row, the gravest first."""
        found = [self.comparison.findings[number] for number in self.row_findings.get(row, ())]
        return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))

    def row_of_finding(self, finding: Finding) -> int:
        """The row to show for a finding: of its bead, else of the nearest segment before its place."""
        if not len(self):
            return 0
        if finding.bead is not None and finding.bead < len(self):
            return self.row_of_bead[finding.bead]
        columns: list[tuple[Column, Place | None]] = [("source", finding.source), ("target", finding.target)]
        for column, place in columns:
            if place is not None:
                return self.row_at(column, place.span.start)
        return 0

    @cached_property
    def _uncovered(self) -> dict[tuple[str, int], list[Uncovered]]:
        found: dict[tuple[str, int], list[Uncovered]] = {}
        for word in self.comparison.uncovered:
            found.setdefault((word.side, word.segment), []).append(word)
        return found

    # -- places -----------------------------------------------------------------------------------------------------------------------

    def side(self, column: Column) -> Side:
        """A side of the alignment."""
        alignment = self.comparison.alignment
        return alignment.source if column == "source" else alignment.target

    @cached_property
    def _starts(self) -> dict[Column, list[int]]:
        return {
            "source": [segment.span.start for segment in self.side("source").segments],
            "target": [segment.span.start for segment in self.side("target").segments],
        }

    @cached_property
    def _bead_of_segment(self) -> dict[Column, list[int]]:
        beads = self.comparison.alignment.beads
        found: dict[Column, list[int]] = {
            "source": [0] * len(self.side("source").segments),
            "target": [0] * len(self.side("target").segments),
        }
        for number, bead in enumerate(beads):
            for segment in bead.source:
                found["source"][segment] = number
            for segment in bead.target:
                found["target"][segment] = number
        return found

    def row_of_segment(self, column: Column, segment: int) -> int:
        """The row that shows a segment."""
        return self.row_of_bead[self._bead_of_segment[column][segment]]

    def row_at(self, column: Column, offset: int) -> int:
        """The row that shows an offset of a side's document, or the nearest before it. In a mixed document both sides are looked at."""
        columns: tuple[Column, ...] = ("source", "target") if self.comparison.mixed else (column,)
        best: tuple[int, int] | None = None
        for name in columns:
            place = bisect_right(self._starts[name], offset) - 1
            if place < 0:
                continue
            found = (self._starts[name][place], self.row_of_segment(name, place))
            best = found if best is None or found > best else best
        return 0 if best is None else best[1]

    def row_at_line(self, line: int, column: Column = "source") -> int:
        """The row that shows a 1-based line, or the nearest before it."""
        starts = self.side(column).document.line_starts
        start = starts[min(max(line, 1), len(starts)) - 1]
        row = self.row_at(column, start)
        # a line that begins inside its first segment's markup ("# ", "- ") belongs to that segment
        following = bisect_right(self._starts[column], start)
        if following < len(self._starts[column]) and self._line(column, following) == line and self._line_of_row(row) < line:
            return self.row_of_segment(column, following)
        return row

    def _line(self, column: Column, segment: int) -> int:
        side = self.side(column)
        return side.document.position(side.segments[segment].span.start).line

    def _line_of_row(self, row: int) -> int:
        bead = self.bead(row)
        return self._line("source", bead.source[0]) if bead.source else self._line("target", bead.target[0])

    def _start(self, bead: Bead) -> int:
        starts = [self._starts["source"][bead.source[0]]] if bead.source else []
        if bead.target and not bead.source:
            starts.append(self._starts["target"][bead.target[0]])
        return min(starts, default=0)

    def lines_of(self, column: Column, row: int) -> tuple[int, int] | None:
        """First and last 1-based line of a row's segments on one side; None where it is empty."""
        bead = self.bead(row)
        ids = bead.source if column == "source" else bead.target
        if not ids:
            return None
        side = self.side(column)
        return (
            side.document.position(side.segments[ids[0]].span.start).line,
            side.document.lines(side.segments[ids[-1]].span)[1],
        )

    # -- one row ----------------------------------------------------------------------------------------------------------------------

    def _make(self, number: int) -> Row:
        bead = self.bead(number)
        findings = self.findings_at(number)
        return Row(
            bead=self.order[number],
            line=self._line_of_row(number),
            kind=self._kind(bead),
            score=self.score_of(bead),
            moved=self._moved(number, bead),
            severity=findings[0].severity if findings else None,
            source=self._paragraphs("source", bead, findings),
            target=self._paragraphs("target", bead, findings),
            gap=number > 0 and self._begins_block(number),
        )

    def _kind(self, bead: Bead) -> str:
        if not self.scored or (self.comparison.mixed and not bead.source):
            return ""
        return f"{len(bead.source)}-{len(bead.target)}"

    def _paragraphs(self, column: Column, bead: Bead, findings: tuple[Finding, ...]) -> tuple[Paragraph, ...]:
        side = self.side(column)
        ids = bead.source if column == "source" else bead.target
        if not ids:
            text = self._notice(column, bead)
            return (Paragraph(text, (Run(0, len(text), "notice"),)),) if text else (Paragraph(""),)
        places = self._places(column, findings)
        return tuple(
            paragraph(side.segments[number], expected=side.language, places=places, uncovered=self._uncovered.get((column, number), ()))
            for number in ids
        )

    def _places(self, column: Column, findings: tuple[Finding, ...]) -> list[tuple[Span, Severity]]:
        """Where the findings of a row are on one side; in a mixed document each place is on both, as both are one file."""
        places = []
        for finding in reversed(findings):  # the gravest is laid over the others
            chosen = (finding.source, finding.target) if self.comparison.mixed else (getattr(finding, column),)
            places += [(place.span, finding.severity) for place in chosen if place is not None]
        return places

    def _notice(self, column: Column, bead: Bead) -> str:
        """What stands where a side is empty."""
        if not self.scored:
            return ""
        if column == "source":
            return "" if self.comparison.mixed else "added"
        word = "no counterpart" if self.comparison.mixed else "omitted"
        if bead.closest is None or not bead.closest.target:
            return word
        return f"{word} · closest: line {self._line('target', bead.closest.target[0])}, {percent(bead.closest.score)} %"

    def _moved(self, number: int, bead: Bead) -> Moved | None:
        if not bead.moved or not bead.target:
            return None
        before = next(
            (
                other.target[-1]
                for row in range(number - 1, max(number - 50, 0) - 1, -1)
                if (other := self.bead(row)).target and not other.moved
            ),
            -1,
        )
        return Moved("↑" if bead.target[0] < before else "↓", self._line("target", bead.target[0]))

    def _begins_block(self, number: int) -> bool:
        first, before = self._first_segment(number), self._first_segment(number - 1)
        if first.kind == before.kind and first.kind in ("list-item", "table-cell", "unit", "cue", "front-matter", "term", "code"):
            return False
        return first.block != before.block

    def _first_segment(self, number: int) -> Segment:
        bead = self.bead(number)
        if bead.source:
            return self.side("source").segments[bead.source[0]]
        return self.side("target").segments[bead.target[0]]


def _never(_bead: Bead) -> bool:
    return False


def paragraph(
    segment: Segment, *, expected: Language, places: list[tuple[Span, Severity]], uncovered: Sequence[Uncovered] = ()
) -> Paragraph:
    """A segment with its markup, its hidden characters and the words that findings are about."""
    text = segment.text
    runs = [Run(0, len(text), "heading")] if segment.kind == "heading" else []
    runs += [
        Run(mark.start, mark.end, mark.kind)
        for mark in segment.marks
        if mark.kind in ("link", "code", "placeholder") and mark.end > mark.start
    ]
    runs += [Run(word.start, word.end, "uncovered") for word in uncovered]
    for span, severity in places:
        found = segment.text_range(span)
        if found is not None:
            whole = found == (0, len(text))
            runs.append(Run(*found, f"{severity}-whole" if whole else severity))
    runs += [Run(offset, offset + 1, "line-end" if text[offset] == "\n" else "hidden") for offset in hidden_offsets(text)]
    known = segment.language not in (UNDETERMINED, NO_LANGUAGE)
    return Paragraph(visible_each(text), tuple(runs), segment.id, segment.language if known and segment.language != expected else "")
