"""Bead screen, second part: moving, searching, choosing what is shown."""

from __future__ import annotations

import re
from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from textual import work

from transcmp.errors import UsageError
from transcmp.tui.repair import Ids
from transcmp.tui.rows import LOW_SCORE, Column, Sheet
from transcmp.tui.screens.loading import Loading
from transcmp.tui.search import FILTERS, Filter, compile_pattern, find
from transcmp.tui.widgets.prompt import Prompt


class Moving(Loading):
    """Keys that change what is seen and nothing else."""

    filter: Filter
    pattern: re.Pattern[str] | None
    side: Column
    picked: list[Ids]

    @property
    def prompt(self) -> Prompt:
        """The line where the user types."""
        return self.query_one(Prompt)

    @abstractmethod
    def show_sheet(self, sheet: Sheet, cursor: int) -> None:
        """Show a sheet through the filter; the bead screen's."""

    # -- steps --------------------------------------------------------------------------------------------------------------------------

    def action_step(self, direction: int) -> None:
        """Next or previous bead."""
        self.beads.move_to_position(self.beads.position + direction)

    def action_page(self, direction: int) -> None:
        """A screen on or back."""
        self.beads.page(direction)

    def action_end(self, end: int) -> None:
        """First (0) or last (1) bead."""
        self.beads.move_to_position(end * (len(self.beads.rows) - 1))

    def action_finding(self, direction: int) -> None:
        """Next or previous row with a finding, round the end."""
        sheet = self.beads.sheet
        rows = sheet.finding_rows if sheet is not None else ()
        if self.filter != Filter():
            shown = self.beads.rows
            rows = tuple(row for row in rows if (at := bisect_left(shown, row)) < len(shown) and shown[at] == row)
        if not rows:
            self.say("No findings here." if sheet is not None and sheet.scored else "Not compared yet.")
            return
        cursor = self.beads.cursor
        place = bisect_right(rows, cursor) if direction > 0 else bisect_left(rows, cursor) - 1
        self.beads.move_to(rows[place % len(rows)])

    def action_low(self, direction: int) -> None:
        """Next or previous bead with a low score, round the end."""
        sheet, beads = self.beads.sheet, self.beads
        if sheet is None or not sheet.scored:
            return
        count = len(beads.rows)
        for step in range(1, count + 1):
            position = (beads.position + direction * step) % count
            if sheet.is_low(sheet.bead(beads.rows[position])):
                beads.move_to_position(position)
                return
        self.say(f"No score under {int(LOW_SCORE * 100)} here.")

    def action_line(self) -> None:
        """Ask for a line and go there."""
        self.prompt.ask(f"Line of the {self.side}:", self._go_to_line)

    def _go_to_line(self, text: str) -> None:
        if not text.strip():
            return
        if not text.strip().isdecimal():
            raise UsageError(message="a line is a whole number")
        sheet = self.beads.sheet
        if sheet is not None and len(sheet):
            self.beads.move_to(sheet.row_at_line(int(text), self.side))

    # -- search -------------------------------------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Ask for a pattern and go to its first match."""
        self.prompt.ask("Search:", self._search, value="")

    def _search(self, text: str) -> None:
        if text:
            self.pattern = compile_pattern(text)
        if self.pattern is not None:
            self.beads.forget()
            self.beads.repaint()
            self._find(1, include_cursor=bool(text))

    def action_match(self, direction: int) -> None:
        """Next or previous match."""
        if self.pattern is None:
            self.say("Nothing is searched for; / begins.")
        else:
            self._find(direction)

    def _find(self, direction: int, *, include_cursor: bool = False) -> None:
        """Go to a match. The first thousand rows are looked at now, the rest beside the keys."""
        beads, pattern = self.beads, self.pattern
        if beads.sheet is None or pattern is None or not beads.rows:
            return
        self.workers.cancel_group(self, "search")
        start = beads.position - (direction if include_cursor else 0)
        search = find(beads.sheet, beads.rows, start, pattern, direction)
        match next(search, -1):
            case None:
                self._find_on(search, pattern)
            case -1:
                self.say(f"Nothing matches {pattern.pattern}")
            case position:
                beads.move_to_position(position)

    @work(exclusive=True, group="search")
    async def _find_on(self, search: Iterator[int | None], pattern: re.Pattern[str]) -> None:
        from asyncio import sleep

        for position in search:
            if position is not None:
                self.beads.move_to_position(position)
                return
            await sleep(0)
        self.say(f"Nothing matches {pattern.pattern}")

    def action_clear(self) -> None:
        """Show everything, without search."""
        if self.pattern is not None:
            self.pattern = None
            self.beads.forget()
            self.beads.repaint()
        if self.filter != Filter():
            self.set_filter(Filter())
        if self.picked:
            self.picked.clear()
            self.beads.repaint()

    # -- filter -------------------------------------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Ask which beads to show."""
        from transcmp.tui.screens.ask import Choose

        names = [name for name, _ in FILTERS] + ["beads that match a regular expression"]
        now = next((number for number, (_, chosen) in enumerate(FILTERS) if chosen == self.filter), 0)
        self.app.push_screen(Choose("Show", names, chosen=now), self._filter_chosen)

    def _filter_chosen(self, number: int | None) -> None:
        if number is None:
            return
        if number < len(FILTERS):
            self.set_filter(FILTERS[number][1])
        else:
            self.prompt.ask("Show beads that match:", self._filter_by_text)

    def _filter_by_text(self, text: str) -> None:
        if text:
            self.pattern = compile_pattern(text)
            self.set_filter(Filter(pattern=self.pattern))

    def set_filter(self, chosen: Filter) -> None:
        """Show the rows that a filter leaves, if there are any."""
        sheet = self.beads.sheet
        if sheet is None:
            return
        if len(sheet) and not chosen.rows(sheet):
            self.say(f"Nothing to show: {chosen.name}")
            return
        self.filter = chosen
        self.show_sheet(sheet, self.beads.cursor)
