"""The three bars of the bead screen: title, detail of the bead under the cursor, keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len

from transcmp.decisions import Remark
from transcmp.model import UNDETERMINED, Finding, Scores
from transcmp.tui.keys import Key
from transcmp.tui.paint import SEVERITY_MARKS, grade
from transcmp.tui.rows import SEVERITIES, Column, Sheet, percent
from transcmp.tui.text import fit, wrap
from transcmp.tui.widgets.lines import Lines, Styled
from transcmp.visible import visible_each

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
        names = [(visible_each(message), "quiet")] if sheet is None else _names(sheet)
        right: list[Styled] = [(f"  {visible_each(state)}", "key")] if state else []
        right += _figures(sheet) if sheet is not None else []
        room = self.size.width - sum(cell_len(text) for text, _ in (*left, *right)) - 1
        used = sum(cell_len(text) for text, _ in names)
        middle = (
            [*names, (" " * (room - used), "")] if used <= room else [(fit("".join(text for text, _ in names), max(room, 0)), "strong")]
        )
        self.content = ((*left, *middle, *right, (" ", "")),)


def _names(sheet: Sheet) -> list[Styled]:
    source, target = sheet.side("source"), sheet.side("target")
    first, second = (f" {side.language}" if side.language != UNDETERMINED else "" for side in (source, target))
    if sheet.comparison.mixed:
        told = f"{first} in{second}" if first and second else ""
        return [(visible_each(target.document.path), "strong"), (told, "quiet")]
    return [
        (visible_each(source.document.path), "strong"),
        (f"{first} → ", "quiet"),
        (visible_each(target.document.path), "strong"),
        (second, "quiet"),
    ]


def _figures(sheet: Sheet) -> list[Styled]:
    pieces: list[Styled] = []
    if sheet.scored and not sheet.comparison.mixed:  # most of a mixed document needs no counterpart: a score would mean nothing
        score = sheet.comparison.alignment.score
        pieces += [("  score ", "quiet"), (str(percent(score)), grade(score) if grade(score) != "kind" else "")]
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
        yield str(percent(score)), grade(score)
    number = sheet.order[row]
    scores = sheet.comparison.bead_scores[number] if number < len(sheet.comparison.bead_scores) else Scores()
    for name, value in (("adequacy", scores.adequacy), ("risk", scores.risk)):
        if value is not None:
            yield f" · {name} {percent(value)}", "quiet"


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
    """The keys one needs most."""

    def show(self, keys: Iterable[Key]) -> None:
        """List the keys that have a word for the footer, as many as there is room for; help and quit always."""
        named = [(f" {key.shown.split()[0]} ", f"{key.footer}  ") for key in keys if key.footer]
        first, last = named[:-2], named[-2:]
        room = self.size.width - sum(len(name) + len(word) for name, word in last)
        shown = []
        for name, word in first:
            room -= len(name) + len(word)
            if room < 0:
                break
            shown.append((name, word))
        self.content = (tuple(piece for name, word in (*shown, *last) for piece in ((name, "key"), (word, "quiet"))),)
