"""One comparison as a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import PurePath

from msgspec import Struct

from transcmp.model import Alignment, Bead, Checked, Comparison, Coverage, DocumentName, Finding, Segment, Severity, Side
from transcmp.report import Style
from transcmp.report.html.render import render
from transcmp.visible import figure

_GRAVITY: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}


class Run(Struct, frozen=True):
    """A stretch of text that is shown alike."""

    text: str
    classes: str
    """CSS classes, separated by spaces; empty: plain text."""


class Cell(Struct, frozen=True, kw_only=True):
    """A segment on a page."""

    line: int
    language: str
    kind: str
    runs: tuple[Run, ...]


class Row(Struct, frozen=True, kw_only=True):
    """A bead on a page."""

    number: int
    source: tuple[Cell, ...]
    target: tuple[Cell, ...]
    kind: str
    """``1-1``, ``omitted``, ``added``."""
    score: float | None
    """None for a bead with one side."""
    moved: bool
    closest: str
    """Where the nearest passage is, for a bead without counterpart."""
    findings: tuple[Finding, ...]
    worst: str
    """The gravest severity of its findings; empty: none."""


def page(checked: Checked, comparison: Comparison, *, alone: bool = False) -> str:
    """The page of one pair or mixed document, as HTML; ``alone``: there is no index to go back to."""
    rows = _rows(checked, comparison)
    placed = {finding.fingerprint for row in rows for finding in row.findings}
    return render(
        "page.html.j2",
        "page.js",
        alone=alone,
        checked=checked,
        comparison=comparison,
        rows=rows,
        elsewhere=[finding for finding in checked.findings if finding.fingerprint not in placed],
        counts={severity: sum(finding.severity == severity for finding in checked.findings) for severity in _GRAVITY},
        rules=sorted({finding.rule for finding in checked.findings}),
        figures=_figures(comparison),
    )


def align(alignment: Alignment, style: Style) -> Iterator[str]:
    """An alignment side by side, as one page of HTML."""
    mixed = alignment.source.document is alignment.target.document
    names = [DocumentName(path=side.document.path, language=side.language) for side in (alignment.source, alignment.target)]
    score = None if mixed else alignment.score
    checked = Checked(source=names[0], target=names[1], score=score, coverage=None, findings=(), mixed=mixed)
    yield page(checked, Comparison(alignment=alignment, mixed=mixed, coverage=Coverage(source=0.0, target=0.0)), alone=True)


def page_name(number: int, checked: Checked) -> str:
    """A file name for a pair's page that every system takes; ``number`` makes it unique."""
    path = (checked.target or checked.source).path
    stem = re.sub(r"[^A-Za-z0-9]+", "-", str(PurePath(path).with_suffix(""))[-60:]).strip("-")
    return f"{number + 1:05d}-{stem or 'document'}.html"


def _figures(comparison: Comparison) -> list[tuple[str, float, tuple[float, float] | None]]:
    names = ("alignment", "adequacy", "quality", "risk")
    values = [(name, getattr(comparison.scores, name)) for name in names]
    return [(name, value, comparison.intervals.get(name)) for name, value in values if value is not None]


def _rows(checked: Checked, comparison: Comparison) -> list[Row]:
    alignment = comparison.alignment
    by_bead = _findings_by_bead(checked.findings, comparison)
    marks = _marks(checked.findings, comparison)
    rows = []
    for number, bead in enumerate(alignment.beads):
        if comparison.mixed and not bead.source:
            continue  # the rest of a mixed document needs no counterpart: it is all of the page otherwise
        findings = tuple(sorted(by_bead.get(number, ()), key=lambda finding: _GRAVITY[finding.severity]))
        rows.append(
            Row(
                number=number,
                source=tuple(_cell(alignment.source, item, marks["source"]) for item in bead.source),
                target=tuple(_cell(alignment.target, item, marks["target"]) for item in bead.target),
                kind=_kind(bead),
                score=bead.score if bead.source and bead.target else None,
                moved=bead.moved,
                closest=_closest(alignment.target, bead),
                findings=findings,
                worst=findings[0].severity if findings else "",
            )
        )
    return rows


def _kind(bead: Bead) -> str:
    if not bead.target:
        return "omitted"
    return f"{len(bead.source)}-{len(bead.target)}" if bead.source else "added"


def _closest(side: Side, bead: Bead) -> str:
    if bead.closest is None or not bead.closest.target:
        return ""
    first = side.segments[bead.closest.target[0]]
    return f"closest: line {side.document.position(first.span.start).line}, score {figure(bead.closest.score)}"


def _cell(side: Side, number: int, marks: dict[int, list[tuple[int, int, str]]]) -> Cell:
    segment = side.segments[number]
    return Cell(
        line=side.document.position(segment.span.start).line,
        language=segment.language,
        kind=segment.kind,
        runs=runs(segment.text, [*marks.get(number, ()), *_code(segment)]),
    )


def _code(segment: Segment) -> Iterable[tuple[int, int, str]]:
    return ((mark.start, mark.end, "code") for mark in segment.marks if mark.kind == "code" and mark.start < mark.end)


def runs(text: str, marks: Iterable[tuple[int, int, str]]) -> tuple[Run, ...]:
    """``text`` cut where a mark (start, end, class) begins or ends."""
    spans = [(start, end, name) for start, end, name in marks if start < end]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end) if 0 <= edge <= len(text))})
    cut = []
    for start, end in pairwise(edges):
        names = sorted({name for low, high, name in spans if low <= start and end <= high})
        cut.append(Run(text[start:end], " ".join(names)))
    return tuple(cut)


def _findings_by_bead(findings: Iterable[Finding], comparison: Comparison) -> dict[int, list[Finding]]:
    """Each finding at the first bead that it touches."""
    owner: dict[tuple[str, int], int] = {}
    for number, bead in enumerate(comparison.alignment.beads):
        owner.update({("source", item): number for item in bead.source} | {("target", item): number for item in bead.target})
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        touched = [owner[side, item] for side, item in _segments(finding, comparison.alignment) if (side, item) in owner]
        first = finding.bead if finding.bead is not None else min(touched, default=None)
        if first is not None:
            found.setdefault(first, []).append(finding)
    return found


def _segments(finding: Finding, alignment: Alignment) -> Iterable[tuple[str, int]]:
    """Side and id of what a finding touches; a place that names no segments, as one that history found, touches those that it holds."""
    for name, side, place in (("source", alignment.source, finding.source), ("target", alignment.target, finding.target)):
        if place is not None:
            inside = (one.id for one in side.segments if place.span.start <= one.span.start < place.span.end)
            yield from ((name, number) for number in place.segments or inside)


def _marks(findings: Iterable[Finding], comparison: Comparison) -> dict[str, dict[int, list[tuple[int, int, str]]]]:
    """What is to be shown in each segment's text: side, segment id, marks."""
    marks: dict[str, dict[int, list[tuple[int, int, str]]]] = {"source": {}, "target": {}}
    sides = {"source": comparison.alignment.source, "target": comparison.alignment.target}
    for word in comparison.uncovered:
        marks[word.side].setdefault(word.segment, []).append((word.start, word.end, "uncovered"))
    for finding in findings:
        for name, place in (("source", finding.source), ("target", finding.target)):
            for number in place.segments if place is not None else ():
                segment = sides[name].segments[number]
                found = segment.text_range(place.span) if place is not None else None
                if found is not None and found != (0, len(segment.text)):
                    marks[name].setdefault(number, []).append((*found, finding.severity))
    return marks
