"""The three bars of the bead screen: title, detail of the bead under the cursor, keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import ClassVar

from rich.cells import cell_len

from transcmp.decisions import Remark
from transcmp.model import UNDETERMINED, Finding, Scores
from transcmp.tui.keys import ALWAYS, Key, footer
from transcmp.tui.paint import SEVERITY_MARKS, grade
from transcmp.tui.rows import SEVERITIES, Column, Sheet
from transcmp.tui.text import fit, wrap
from transcmp.tui.widgets.lines import Lines, Styled
from transcmp.visible import percent, visible_each

_ROLES = ("name", "quiet", "strong", "error", "warning", "note", "good", "fair", "low", "rule", "key")


class Bar(Lines):
    """Lines with the roles of bars."""

    PREFIX = "bar"
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"bar--{role}" for role in _ROLES}


class Title(Bar):
    """Which documents, how they do, and how many findings."""

    def show(self, sheet: Sheet | None, *, state: str = "", message: str = "") -> None:
        """Say it for a sheet; ``message`` stands there while there is none. ``state`` is what is going on."""
        left: list[Styled] = [(" transcmp  ", "name")]
        right: list[Styled] = [(f"  {visible_each(state)}", "key")] if state else []
        right += _figures(sheet) if sheet is not None else []
        room = self.size.width - sum(cell_len(text) for text, _ in (*left, *right)) - 1
        names = [(visible_each(message), "quiet")] if sheet is None else _names(sheet, room)
        used = sum(cell_len(text) for text, _ in names)
        middle = (
            [*names, (" " * (room - used), "")] if used <= room else [(fit("".join(text for text, _ in names), max(room, 0)), "strong")]
        )
        self.content = ((*left, *middle, *right, (" ", "")),)


def _names(sheet: Sheet, room: int) -> list[Styled]:
    """Paths and languages; where there is no room for the paths, the names of the files."""
    sides = sheet.side("source"), sheet.side("target")
    paths = [visible_each(side.document.path) for side in sides]
    first, second = (side.language if side.language != UNDETERMINED else "" for side in sides)
    for shown in (paths, [PurePath(path).name for path in paths]):
        if paths[0] == paths[1]:  # both in one file
            told = (f" {first} in {second}" if sheet.comparison.mixed else f" {first} → {second}") if first and second else ""
            names = [(shown[0], "strong"), (told, "quiet")]
        else:
            names = [(shown[0], "strong"), (f" {first}".rstrip() + " → ", "quiet"), (shown[1], "strong"), (f" {second}".rstrip(), "quiet")]
        if sum(cell_len(text) for text, _ in names) <= room:
            break
    return names


def _figures(sheet: Sheet) -> list[Styled]:
    pieces: list[Styled] = []
    if sheet.scored and not sheet.comparison.mixed:  # most of a mixed document needs no counterpart: a score would mean nothing
        score = sheet.comparison.alignment.score
        pieces += [("  score ", "quiet"), (percent(score), grade(score) if grade(score) != "kind" else "")]
    shown = [sheet.comparison.findings[number] for numbers in sheet.row_findings.values() for number in numbers]
    for severity in SEVERITIES:
        count = sum(finding.severity == severity for finding in shown)
        if count:
            pieces.append((f"  {SEVERITY_MARKS[severity]} {count}", severity))
    return pieces


class Detail(Bar):
    """The bead under the cursor: where it is, its figures, its findings in words."""

    def show(self, sheet: Sheet, row: int, *, remark: Remark | None = None, side: Column = "target") -> None:
        """Describe a row; ``remark`` is what somebody said of it, ``side`` what Tab chose."""
        width = max(self.size.width, 10)
        lines = [_heading(sheet, row, width, side)]
        if remark is not None:
            lines += _remark(remark, width)
        for finding in sheet.findings_at(row):
            lines += _finding(finding, width)
        if len(lines) == 1:
            lines += _closest(sheet, row, width)
        height = max(self.size.height, 1)
        if len(lines) > height:
            *lead, (text, role) = lines[height - 1]
            lines[height - 1] = (*lead, (fit(text, max(width - sum(cell_len(piece) for piece, _ in lead) - 2, 1)).rstrip() + " …", role))
            del lines[height:]
        self.content = tuple(lines)


def _heading(sheet: Sheet, row: int, width: int, side: Column) -> tuple[Styled, ...]:
    shown = sheet.row(row)
    source, target = sheet.lines_of("source", row), sheet.lines_of("target", row)
    places = " → ".join("–".join(str(line) for line in dict.fromkeys(lines)) if lines else "∅" for lines in (source, target))
    pieces: list[Styled] = [
        ("─ ", "rule"),
        (f"bead {row + 1} of {len(sheet)}", "strong"),
        (f" · line {places}{f' · {shown.kind}' if shown.kind else ''}", "quiet"),
    ]
    pieces += _scores(sheet, row)
    if shown.moved is not None:
        pieces.append((" · moved", "note"))
    used = sum(cell_len(text) for text, _ in pieces)
    end = f" {side} ─"
    return (*pieces, (" " + "─" * max(width - used - len(end) - 1, 0), "rule"), (end, "quiet"))


def _scores(sheet: Sheet, row: int) -> Iterable[Styled]:
    score = sheet.row(row).score
    if score is not None:
        yield " · score ", "quiet"
        yield percent(score), grade(score)
    number = sheet.order[row]
    scores = sheet.comparison.bead_scores[number] if number < len(sheet.comparison.bead_scores) else Scores()
    for name, value in (("adequacy", scores.adequacy), ("risk", scores.risk)):
        if value is not None:
            yield f" · {name} {percent(value)}", "quiet"
    if scores.lack == "untranslated":
        yield " · untranslated", "error"


def _finding(finding: Finding, width: int) -> list[tuple[Styled, ...]]:
    head = f" {SEVERITY_MARKS[finding.severity]} {finding.rule}  "
    message = visible_each(finding.message)
    lines: list[tuple[Styled, ...]] = []
    for number, (start, end) in enumerate(wrap(message, max(width - len(head) - 1, 20))):
        lead: Styled = (head, finding.severity) if number == 0 else (" " * len(head), "")
        lines.append((lead, (message[start:end], "")))
    return lines


def _remark(remark: Remark, width: int) -> list[tuple[Styled, ...]]:
    """What somebody said of the bead, and who."""
    who = visible_each(" ".join(word for word in (remark.author, remark.date) if word))
    lines: list[tuple[Styled, ...]] = []
    for mark, words in (("✓", "accepted" if remark.accepted else ""), ("✎", visible_each(remark.comment))):
        if words:
            said = fit(words, max(width - cell_len(who) - 7, 10)).rstrip()
            lines.append(((f" {mark} ", "key"), (said, ""), (f"  {who}", "quiet")))
    return lines


def _closest(sheet: Sheet, row: int, width: int) -> list[tuple[Styled, ...]]:
    """For a bead without counterpart, the words that came nearest."""
    closest = sheet.bead(row).closest
    if closest is None or not closest.target:
        return []
    text = visible_each(sheet.side("target").segments[closest.target[0]].text)
    return [((" closest ", "quiet"), (fit(text, width - 10).rstrip(), ""))]


class Keys(Bar):
    """All keys, a page at a time, the most needed first; some are on every page. A click turns the page."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._named: list[tuple[str, str]] = []
        self._page = 0

    def show(self, keys: Iterable[Key]) -> None:
        """List keys, the last of which are always there."""
        self._named = footer(keys)
        self._draw()

    def turn(self) -> None:
        """Show the next page."""
        self._page += 1
        self._draw()

    def on_click(self) -> None:
        """Show the next page."""
        self.turn()

    def _draw(self) -> None:
        pages = paged(self._named, self.size.width, max(self.size.height, 1))
        self._page %= len(pages)
        self.content = tuple(
            tuple(piece for name, word in line for piece in ((f" {name} ", "key"), (f"{word}  ", "quiet"))) for line in pages[self._page]
        )


def paged(named: Sequence[tuple[str, str]], width: int, height: int) -> list[list[list[tuple[str, str]]]]:
    """Keys on pages of lines that fit into ``width``. The last :data:`ALWAYS` stand at the end of every page, or the first of those."""

    def cells(items: Iterable[tuple[str, str]]) -> int:
        return sum(cell_len(name) + cell_len(word) + 4 for name, word in items)

    left, last = list(named[:-ALWAYS]), list(named[-ALWAYS:])
    if cells(last) * 2 > width:
        left, last = [*left, *last[1:]], last[:1]
    pages: list[list[list[tuple[str, str]]]] = []
    while left or not pages:
        lines: list[list[tuple[str, str]]] = []
        for y in range(height):
            room = width - (cells(last) if y == height - 1 else 0)
            line: list[tuple[str, str]] = []
            while left and cells([*line, left[0]]) <= room:
                line.append(left.pop(0))
            lines.append(line)
        if left and not any(lines):  # not even one fits
            left.pop(0)
        lines[-1] += last
        pages.append(lines)
    return pages
