"""The bead screen: both sides, line by line."""

from __future__ import annotations

import asyncio
import gc
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from transcmp.errors import TranscmpError
from transcmp.tui import kept, keys
from transcmp.tui.repair import History, Ids
from transcmp.tui.rows import Column, Sheet
from transcmp.tui.screens.looking import Words
from transcmp.tui.screens.repairing import Repairing
from transcmp.tui.search import Filter
from transcmp.tui.session import Session
from transcmp.tui.threads import in_thread
from transcmp.tui.widgets.bars import Detail, Keys, Title
from transcmp.tui.widgets.beads import BeadList
from transcmp.tui.widgets.overview import Overview
from transcmp.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from textual.events import Resize

_TALL = 30
"""From this many lines on the detail has room for five."""
_RECOVERY_DELAY = 1.0
"""Seconds after a repair until it is written to the recovery file; more repairs meanwhile are written together."""
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
        self.pairing = False
        self.picked: list[Ids] = []
        self.busy = ""
        self.watch_files = watch
        self._loading: set[int] = set()

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
        """Show everything; if all is shown, go back to the list of files."""
        if self.alone or self.filter != Filter() or self.pattern is not None or self.picked:
            super().action_clear()
        else:
            self.viewer.leave(back=True)

    # -- loading ------------------------------------------------------------------------------------------------------------------------

    def load(self, number: int) -> None:
        """Load a translation in a thread, if it is not there; its text is shown before it is compared."""
        if self.session.translations[number].stage == "waiting" and number not in self._loading:
            self._load(number)

    def reload(self) -> None:
        """Read the files again. Repairs that are not saved stand in the way."""
        if self.session.translation.history.changed:
            self.say("Save or undo your repairs first.", error=True)
        elif self.session.current not in self._loading:
            self._load(self.session.current, preview=False)

    @work(group="load")
    async def _load(self, number: int, *, preview: bool = True) -> None:
        session = self.session
        self._loading.add(number)
        self.set_busy("comparing")
        try:
            if preview and (first := await in_thread(session.preview, number)) is not None:
                session.take_preview(number, first)
                self.show_session()
            session.take(number, await in_thread(session.compare, number, self._reporter()))
            gc.freeze()  # a million values that stay: looking for garbage among them would hold up a key now and then
        except TranscmpError as error:
            session.fail(number, str(error))
            self.say_error(error)
        finally:
            self._loading.discard(number)
            self.set_busy("")
        self.show_session()
        if session.translations[number].stage == "ready":
            await self._begin_pairing(number)
            self._offer_recovery(number)

    def _reporter(self) -> Callable[[str, int, int], None]:
        """Takes reports of progress from a thread and shows whole percents."""
        loop = asyncio.get_running_loop()
        shown = ""

        def report(step: str, done: int, total: int) -> None:
            nonlocal shown
            text = f"{step} {done * 100 // total} %" if total > 1 else step
            if text != shown:
                shown = text
                loop.call_soon_threadsafe(self.set_busy, text)

        return report

    async def _begin_pairing(self, number: int) -> None:
        """Colour what belongs together, once what that needs was loaded beside the keys."""
        comparison = self.session.translations[number].comparison
        if self.pairing or comparison is None or not comparison.alignment.beads:
            return
        await in_thread(self.session.work.paired, comparison, 0)
        self.pairing = True
        self.beads.forget()
        self.beads.repaint()

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
        self._show_title()
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
        self._show_title()
        self.call_after_refresh(self._show_overview)

    def _show_overview(self) -> None:
        if self.beads.sheet is not None:
            self.query_one(Overview).show_sheet(self.beads.sheet)

    def _show_title(self) -> None:
        one = self.session.translation
        notes = [self.busy + "…" if self.busy else "", self.filter.name, "not saved" if self.session.unsaved else ""]
        count = len(self.session.translations)
        if count > 1:
            notes.insert(0, f"{self.session.current + 1} of {count}")
        state = " · ".join(note for note in notes if note)
        self.query_one(Title).show(one.sheet, state=state, message=one.error or one.pair.name)

    def _show_keys(self) -> None:
        self.query_one(Keys).show(self.KEYS)

    def set_busy(self, word: str) -> None:
        """Say in the title what is going on."""
        self.busy = word
        if self.is_attached:
            self._show_title()

    def _follow(self) -> None:
        """Let the other parts follow the cursor."""
        beads = self.beads
        if beads.sheet is None or not beads.rows:
            return
        self.session.translation.cursor = beads.cursor
        self.query_one(Overview).show_view(*beads.rows_in_view())
        comment = self.session.comment_of(beads.sheet.bead(beads.cursor))
        self.query_one(Detail).show(beads.sheet, beads.cursor, comment=comment, side=self.side)

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
        session.current = number - 1
        if session.beside == session.current:
            session.beside = None
            self.beads.targets = 1
        self.picked.clear()
        session.go_to(place)
        self.load(session.current)
        self.show_session()

    def action_findings(self) -> None:
        """The list of findings."""
        from transcmp.tui.screens.findings import FindingsScreen

        if self.session.sheet is not None and self.session.sheet.scored:
            self.app.push_screen(FindingsScreen(self.session), self._go)

    def _go(self, row: int | None) -> None:
        if row is not None:
            self.beads.move_to(row)

    def action_document(self) -> None:
        """Figures about the document."""
        from transcmp.tui.screens.document import DocumentScreen

        if self.session.sheet is not None and self.session.sheet.scored:
            self.app.push_screen(DocumentScreen(self.session.sheet))

    # -- recovery -----------------------------------------------------------------------------------------------------------------------

    def save_recovery(self) -> None:
        """Keep unsaved repairs where the next run finds them, a moment after the last one."""
        self._show_title()
        if self.session.folder is not None:
            self._write_recovery()

    @work(exclusive=True, group="recovery")
    async def _write_recovery(self) -> None:
        await asyncio.sleep(_RECOVERY_DELAY)
        try:
            await in_thread(self.session.save_recovery)
        except TranscmpError as error:
            self.say_error(error)

    def _offer_recovery(self, number: int) -> None:
        one = self.session.translations[number]
        found = None
        try:
            found = kept.recovered(self.session.folder, one.comparison) if one.comparison is not None else None
        except TranscmpError as error:
            self.say_error(error)
        if found is None:
            return
        from transcmp.tui.screens.ask import Choose

        options = ["take them over", "throw them away", "decide later"]
        self.app.push_screen(
            Choose("An earlier run ended with repairs that were not saved.", options), lambda answer: self._recover(number, found, answer)
        )

    def _recover(self, number: int, found: History, answer: int | None) -> None:
        one = self.session.translations[number]
        if answer == 0:
            one.history.apply(found.beads)
            one.history.locked |= found.locked
            self.session.show_repairs(number)
            self.show_session()
        elif answer == 1 and self.session.folder is not None and one.comparison is not None:
            kept.discard_recovery(self.session.folder, one.comparison)
