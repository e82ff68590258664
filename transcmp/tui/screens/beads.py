"""The bead screen: both sides, line by line."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from transcmp.tui import keys
from transcmp.tui.layout import STACKED_BELOW
from transcmp.tui.session import Session
from transcmp.tui.widgets.bars import Detail, Keys, Title
from transcmp.tui.widgets.beads import BeadList
from transcmp.tui.widgets.overview import Overview

if TYPE_CHECKING:
    from textual.events import Resize

_TALL = 30
"""From this many lines on the detail has room for five."""


class BeadScreen(Screen[None]):
    """One translation beside its source."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(key.keys, key.action, key.help, show=False) for key in keys.BEADS]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """Title, list with overview, detail, keys."""
        yield Title(id="title")
        with Horizontal(id="main"):
            yield BeadList(id="beads")
            yield Overview(id="overview")
        yield Detail(id="detail")
        yield Keys(id="keys")

    def on_mount(self) -> None:
        """Begin with the list in focus."""
        self.beads.followed = self._follow
        self.beads.focus()

    @property
    def beads(self) -> BeadList:
        """The list."""
        return self.query_one(BeadList)

    def on_resize(self, event: Resize) -> None:
        """More detail on a high screen."""
        self.set_class(event.size.height >= _TALL, "tall")
        self.call_after_refresh(self.show_session)

    def show_session(self) -> None:
        """Show the current translation."""
        self.query_one(Keys).show(keys.BEADS)
        sheet = self.session.sheet
        self.query_one(Title).show(sheet, "loading")
        if sheet is None:
            return
        if self.beads.sheet is not sheet:
            self.beads.show_sheet(sheet, self.session.translation.cursor)
            self.query_one(Overview).show_sheet(sheet)
        self._follow()

    def _follow(self) -> None:
        """Let the other parts follow the cursor."""
        beads = self.beads
        if beads.sheet is None or not len(beads.sheet):
            return
        self.session.translation.cursor = beads.cursor
        rows = beads.view.rows()
        self.query_one(Overview).show_view(rows[0][0], rows[-1][0])
        self.query_one(Detail).show(beads.sheet, beads.cursor)

    @on(Overview.Chosen)
    def _jump(self, event: Overview.Chosen) -> None:
        self.beads.move_to(event.row)

    # -- keys -------------------------------------------------------------------------------------------------------------------------

    def action_down(self) -> None:
        """Next bead."""
        self.beads.move_to(self.beads.cursor + 1)

    def action_up(self) -> None:
        """Previous bead."""
        self.beads.move_to(self.beads.cursor - 1)

    def action_page(self, direction: int) -> None:
        """A screen on or back."""
        self.beads.page(direction)

    def action_home(self) -> None:
        """First bead."""
        self.beads.move_to(0)

    def action_end(self) -> None:
        """Last bead."""
        sheet = self.beads.sheet
        self.beads.move_to(len(sheet) - 1 if sheet is not None else 0)

    def action_finding(self, direction: int) -> None:
        """Next or previous row with a finding, round the end."""
        sheet = self.beads.sheet
        if sheet is None or not sheet.finding_rows:
            self.notify("No findings.", timeout=2)
            return
        rows, cursor = sheet.finding_rows, self.beads.cursor
        place = bisect_right(rows, cursor) if direction > 0 else bisect_left(rows, cursor) - 1
        self.beads.move_to(rows[place % len(rows)])

    def action_wrap(self) -> None:
        """Wrap or cut."""
        self.beads.wrapped = not self.beads.wrapped
        self.beads.relayout()

    def action_stack(self) -> None:
        """Under or beside each other, whatever the width says."""
        beads = self.beads
        now = beads.size.width < STACKED_BELOW if beads.stacked is None else beads.stacked
        beads.stacked = not now
        beads.relayout()

    def action_theme(self) -> None:
        """Next theme."""
        from transcmp.tui.themes import THEMES, next_theme

        self.app.theme = next_theme(self.app.theme, tuple(theme.name for theme in THEMES))

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit(0)
