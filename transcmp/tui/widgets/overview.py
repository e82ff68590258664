"""The overview strip: the whole document at the edge of the screen."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.message import Message

from transcmp.tui.overview import Tick, row_of, ticks
from transcmp.tui.paint import SEVERITY_MARKS, grade
from transcmp.tui.rows import Sheet
from transcmp.tui.widgets.lines import Lines, Styled

_MARKS = {"good": "│", "fair": "┃", "low": "▓", "kind": "│"}


class Overview(Lines):
    """One cell for every stretch of the document, and which of it is in view."""

    PREFIX = "overview"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"overview--{role}" for role in ("error", "warning", "note", "good", "fair", "low", "kind", "view", "absent")
    }

    class Chosen(Message):
        """A cell was clicked."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sheet: Sheet | None = None
        self._ticks: list[Tick] = []
        self._shown = (0, 0)

    def show_sheet(self, sheet: Sheet) -> None:
        """Look at a sheet from afar. More scores of the same beads change nothing that can be seen from there."""
        shown = self._sheet
        self._sheet = sheet
        if shown is None or len(self._ticks) != self.size.height or not _look_alike(shown, sheet):
            self._ticks = ticks(sheet, self.size.height)
        self._draw()

    def show_view(self, first: int, last: int) -> None:
        """Say which rows are in view."""
        self._shown = (first, last)
        self._draw()

    def on_resize(self) -> None:
        """Sum up anew for the new height."""
        if self._sheet is not None:
            self._ticks = []
            self.show_sheet(self._sheet)

    def on_click(self, event: events.Click) -> None:
        """Jump to the place that was clicked."""
        if self._sheet is not None and len(self._sheet):
            self.post_message(self.Chosen(min(row_of(event.y, len(self._sheet), max(self.size.height, 1)), len(self._sheet) - 1)))

    def _draw(self) -> None:
        if self._sheet is None:
            return
        count, height = len(self._sheet), max(self.size.height, 1)
        first, last = self._shown
        top, bottom = first * height // max(count, 1), max((last + 1) * height // max(count, 1), first * height // max(count, 1) + 1)
        all_in_view = first == 0 and last >= count - 1
        self.content = tuple(
            (("▐", "view") if top <= y < bottom and not all_in_view else (" ", ""), _cell(tick)) for y, tick in enumerate(self._ticks)
        )


def _look_alike(one: Sheet, other: Sheet) -> bool:
    alike = one.comparison.alignment.beads is other.comparison.alignment.beads and one.scored == other.scored
    return alike and one.comparison.findings is other.comparison.findings and one.hidden == other.hidden


def _cell(tick: Tick) -> Styled:
    if tick.severity is not None:
        return SEVERITY_MARKS[tick.severity], tick.severity
    if tick.one_sided:
        return "╎", "absent"
    role = grade(tick.score)
    return _MARKS[role], role
