"""Rows as strips: the cells of the bead list with their styles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from transcmp.model import Severity
from transcmp.tui.layout import INDENT, Columns, Line, Slice
from transcmp.tui.rows import FAIR_SCORE, LOW_SCORE, Row, Run
from transcmp.tui.text import fit
from transcmp.visible import percent

ROLES = (
    "bar", "mark-error", "mark-warning", "mark-note", "line", "line-current", "kind", "kind-odd", "good", "fair", "low", "rail",
    "rule", "source", "target", "notice", "heading", "link", "code", "placeholder", "error", "warning", "note", "error-whole",
    "warning-whole", "note-whole", "uncovered", "pair-0", "pair-1", "pair-2", "hidden", "line-end", "tag", "match", "changed", "moved",
    "locked", "picked", "judged",
)  # fmt: skip
"""Roles of text and gutter; each is the component class ``beads--ROLE`` of the list's style sheet."""

PAIR_COLOURS = 3
"""How many colours tell pairs inside a bead apart."""

SEVERITY_MARKS: dict[Severity | None, str] = {"error": "✗", "warning": "!", "note": "·", None: " "}
"""What stands for a severity where colour is not enough."""

Styles = Callable[[str], Style]
"""Gives the style of a role, laid over nothing; the empty role is the list's own style."""


class Flags(NamedTuple):
    """What a user has done with a row, and whether the cursor is on it."""

    current: bool = False
    picked: bool = False
    """Marked, to be linked."""
    locked: bool = False
    """Kept by the next re-alignment."""
    judged: str = ""
    """``✓`` accepted, ``–`` all findings dismissed, ``✎`` commented."""


def grade(score: float | None) -> str:
    """The role for a score."""
    if score is None:
        return "kind"
    return "low" if score < LOW_SCORE else "fair" if score < FAIR_SCORE else "good"


def bar(score: float, cells: int) -> str:
    """A score as a bar of ``cells`` cells, in half cells."""
    halves = round(score * cells * 2)
    return ("━" * (halves // 2) + "╸" * (halves % 2)).ljust(cells)


def gutter(row: Row, columns: Columns, flags: Flags, height: int, styles: Styles) -> list[list[Segment]]:
    """The gutter's segments, a list a screen line."""
    base = styles("")
    edge = Segment("▌", base + styles("bar")) if flags.current else Segment(" ", base)
    lines = [[edge, *_first_line(row, columns, flags, styles)]]
    width = columns.gutter - 1
    second = Segment(" " * width, base)
    if row.moved is not None:
        second = Segment(fit(f" {row.moved.arrow}{row.moved.line}".rjust(columns.digits + 1), width), base + styles("moved"))
    lines.append([edge, second])
    blank = [edge, Segment(" " * width, base)]
    return (lines + [blank] * height)[:height]


def _first_line(row: Row, columns: Columns, flags: Flags, styles: Styles) -> Iterable[Segment]:
    base = styles("")
    mark, role = _state(row, flags)
    yield Segment(mark, base + styles(role))
    yield Segment(f"{row.line:>{columns.digits}} ", base + styles("line-current" if flags.current else "line"))
    role = grade(row.score)
    if columns.wide:
        yield Segment(f"{row.kind:<3} ", base + styles("kind" if row.kind == "1-1" else "kind-odd"))
        filled = "" if row.score is None else bar(row.score, 3).rstrip()
        yield Segment(filled, base + styles(role))
        yield Segment("─" * (3 - len(filled)) + " " if row.score is not None else "    ", base + styles("rail"))
    if row.score is not None:
        yield Segment(f"{percent(row.score):>3} ", base + styles(role))
    else:
        yield Segment("    " if columns.wide or row.kind == "1-1" else f"{row.kind:>3} ", base + styles("kind-odd"))


def _state(row: Row, flags: Flags) -> tuple[str, str]:
    """The one mark of a row: what matters most, and its role."""
    if flags.picked:
        return "●", "picked"
    if row.severity is not None:
        return SEVERITY_MARKS[row.severity], f"mark-{row.severity}"
    if flags.judged:
        return flags.judged, "judged"
    return ("◆", "locked") if flags.locked else (" ", "kind")


def body(lines: Iterable[Line], columns: Columns, styles: Styles) -> list[list[Segment]]:
    """The text columns' segments, a list a screen line."""
    base = styles("")
    rule = Segment(" │ ", base + styles("rule"))
    painted = []
    for line in lines:
        segments: list[Segment] = []
        for place, (piece, width) in enumerate(zip(line, columns.texts, strict=False)):
            if place:
                segments.append(rule)
            segments += _text(piece, width, columns.stacked, styles)
        painted.append(segments)
    return painted


def _text(piece: Slice | None, width: int, stacked: bool, styles: Styles) -> list[Segment]:
    base = styles("")
    if piece is None:
        return [Segment(" " * width, base)]
    own = base + styles("target" if piece.side else "source")
    segments: list[Segment] = []
    used = 0
    if stacked and piece.side:
        mark = "› " if piece.side == 1 else "» "  # » is another translation
        segments.append(Segment(mark if piece.first else "  ", base + styles("rule")))
        used = INDENT
    if piece.first and piece.paragraph.tag:
        segments += [Segment(f" {piece.paragraph.tag} ", base + styles("tag")), Segment(" ", base)]
        used += cell_len(piece.paragraph.tag) + 3
    text = piece.paragraph.text[piece.start : piece.end]
    cells = cell_len(text)
    if used + cells > width:  # not wrapped, or a grapheme wider than the column
        text = fit(text, max(width - used, 0))
        cells = cell_len(text)
    segments += _styled(text, piece.start, piece.paragraph.runs, own, styles)
    if used + cells < width:
        segments.append(Segment(" " * (width - used - cells), base))
    return segments


def _styled(text: str, offset: int, runs: tuple[Run, ...], own: Style, styles: Styles) -> list[Segment]:
    """``text``, which begins at ``offset`` of its paragraph, cut where runs begin and end."""
    inside = [run for run in runs if run.start < offset + len(text) and run.end > offset]
    if not inside:
        return [Segment(text, own)] if text else []
    edges = sorted({0, len(text)} | {min(max(edge - offset, 0), len(text)) for run in inside for edge in (run.start, run.end)})
    segments = []
    for start, end in pairwise(edges):
        style = own
        for run in inside:
            if run.start <= offset + start < run.end:
                style += styles(run.role)
        segments.append(Segment(text[start:end], style))
    return segments


def strip(segments: list[Segment], width: int) -> Strip:
    """Segments as a strip of a known width, equal neighbours joined."""
    return Strip(segments, width).simplify()
