"""The bead screen: both sides, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from transcmp.tui import keys
from transcmp.tui.repair import Ids
from transcmp.tui.rows import Column, Sheet
from transcmp.tui.screens.looking import Words
from transcmp.tui.screens.repairing import Repairing
from transcmp.tui.search import Filter
from transcmp.tui.session import Session
from transcmp.tui.widgets.bars import Detail, Keys, Title
from transcmp.tui.widgets.beads import BeadList
from transcmp.tui.widgets.overview import Overview
from transcmp.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from textual.events import Resize

_TALL = 30
"""From this many lines on the detail has room for five."""
_WATCH_PERIOD = 1.0


class BeadScreen(Repairing):
    """One translation beside its source."""

    KEYS: ClassVar[Sequence[keys.Key]] = keys.BEADS
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.BEADS)

    def __init__(self, session: Session, *, watch: bool = False, alone: bool = True) -> None:
        """``alone``: there is no list of files to go back to."""
        super().__init__()
        self.alone = alone
        self.session = session
        self.filter = Filter()
        self.pattern: re.Pattern[str] | None = None
        self.side: Column = "target"
        self.languages = False
        self.words: Words = "doubtful"
        self.picked: list[Ids] = []
        self.watch_files = watch

    def compose(self) -> ComposeResult:
        """Title, list with overview, detail, keys."""
        yield Title(id="title")
        with Horizontal(id="main"):
            yield BeadList(id="beads")
            yield Overview(id="overview")
        yield Detail(id="detail")
        yield Keys(id="keys")
        yield Prompt(id="prompt")

    def on_mount(self) -> None:
        """Load what is to be shown."""
        beads = self.beads
        beads.followed = self._follow
        beads.sides_of = self.sides_of
        beads.flags_of = self.flags_of
        self.load(self.session.current)
        if self.watch_files:
            self._seen = self.session.stamps()
            self.set_interval(_WATCH_PERIOD, self._look)

    def on_resize(self, event: Resize) -> None:
        """More detail on a high screen."""
        self.set_class(event.size.height >= _TALL, "tall")
        self.call_after_refresh(self.show_session)

    def on_screen_resume(self) -> None:
        """Another screen may have judged findings."""
        self.show_session()

    def action_clear(self) -> None:
        """Show everything; if all is shown, go back to the list of files, or where there is none, stop comparing."""
        if self.filter != Filter() or self.pattern is not None or self.picked:
            super().action_clear()
        elif not self.alone:
            self.viewer.leave(back=True)
        elif self.stop():
            self.say("Stopped. r compares anew.")

    def _look(self) -> None:
        """Reload when a file has changed."""
        stamps = self.session.stamps()
        if stamps != self._seen:
            self._seen = stamps
            self.reload()

    # -- showing ------------------------------------------------------------------------------------------------------------------------

    def show_session(self) -> None:
        """Show the current translation as it is now."""
        one = self.session.translation
        sheet = one.sheet
        self.show_title()
        self._show_keys()
        if sheet is None:
            return
        if self.beads.sheet is not sheet:
            self.show_sheet(sheet, one.cursor)
        else:
            self._follow()

    def show_sheet(self, sheet: Sheet, cursor: int) -> None:
        """Show a sheet through the filter; a filter that leaves nothing is dropped."""
        rows = self.filter.rows(sheet)
        if len(sheet) and not rows:
            self.filter, rows = Filter(), range(len(sheet))
        self.beads.show_sheet(sheet, cursor, rows)
        self.show_title()
        self.call_after_refresh(self._show_overview)

    def _show_overview(self) -> None:
        if self.beads.sheet is not None and self.is_attached:
            self.query_one(Overview).show_sheet(self.beads.sheet)

    def show_title(self) -> None:
        """Say what is shown and what is going on."""
        if not self.is_attached:
            return
        one = self.session.translation
        notes = [self.busy + "…" if self.busy else "", self.filter.name, "not saved" if self.session.unsaved else ""]
        if one.sheet is not None and one.error:
            notes.append("not complete, r compares anew")
        count = len(self.session.translations)
        if count > 1:
            others = ", ".join(str(number + 1) for number in self.session.beside)
            notes.insert(0, f"{self.session.current + 1}{f' beside {others}' if others else ''} of {count}")
        state = " · ".join(note for note in notes if note)
        self.query_one(Title).show(one.sheet, state=state, message=one.error or one.pair.name)

    def _show_keys(self) -> None:
        self.query_one(Keys).show(self.KEYS)

    def _follow(self) -> None:
        """Let the other parts follow the cursor."""
        beads = self.beads
        if beads.sheet is None or not beads.rows:
            return
        self.session.translation.cursor = beads.cursor
        first, last = beads.rows_in_view()
        self.reading = beads.sheet.order[first]
        self.query_one(Overview).show_view(first, last)
        remark = self.session.remark_on(beads.sheet.bead(beads.cursor))
        self.query_one(Detail).show(beads.sheet, beads.cursor, remark=remark, side=self.side)

    @on(Overview.Chosen)
    def _jump(self, event: Overview.Chosen) -> None:
        self.beads.move_to(event.row)

    # -- other screens ------------------------------------------------------------------------------------------------------------------

    def action_translation(self, number: int) -> None:
        """Show translation ``number``, counted from 1."""
        session = self.session
        if not 1 <= number <= len(session.translations):
            self.say(
                f"There {'is one translation' if len(session.translations) == 1 else f'are {len(session.translations)} translations'}."
            )
            return
        if number - 1 == session.current:
            return
        place = session.place()
        old, session.current = session.current, number - 1
        session.beside = tuple(old if other == session.current else other for other in session.beside)
        self.picked.clear()
        session.go_to(place)
        self.load(session.current)
        self.show_session()

    def action_findings(self) -> None:
        """The list of findings."""
        from transcmp.tui.screens.findings import FindingsScreen

        if self.is_compared():
            self.app.push_screen(FindingsScreen(self.session), self._go)

    def _go(self, row: int | None) -> None:
        if row is not None:
            self.beads.move_to(row)

    def action_document(self) -> None:
        """Figures about the document."""
        from transcmp.tui.screens.document import DocumentScreen

        if self.is_compared():
            self.app.push_screen(DocumentScreen(self.session))
