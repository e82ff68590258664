"""Bead screen, first part: comparisons that grow while one reads."""

from __future__ import annotations

import asyncio
import gc
from abc import abstractmethod
from collections.abc import Callable, Coroutine, Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from textual import work

from transcmp.errors import TranscmpError
from transcmp.tui import kept
from transcmp.tui.repair import History
from transcmp.tui.screens.base import ViewerScreen
from transcmp.tui.session import Compared
from transcmp.tui.threads import each_in_thread, in_thread
from transcmp.tui.widgets.beads import BeadList
from transcmp.tui.work import Watcher

if TYPE_CHECKING:
    from transcmp.tui.session import Session


_RECOVERY_DELAY = 1.0
"""Seconds after a repair until it is written to the recovery file; more repairs meanwhile are written together."""


class Doing:
    """A piece of work beside the keys."""

    def __init__(self, word: str) -> None:
        self.word = word
        """What it does at this moment."""


class Loading(ViewerScreen):
    """What is compared in threads, and shown as far as it is known. Of each translation one thing is made at a time."""

    session: Session
    pairing: bool
    """Whether what belongs together has one colour: from the moment that it can be told quickly."""
    reading: int = 0
    """The first bead in view: scores begin there."""

    def __init__(self) -> None:
        super().__init__()
        self._doing: dict[int, Doing] = {}
        """What is going on, by the translation it is about."""
        self.pairing = False
        self._pairing_begun = False

    @property
    def busy(self) -> str:
        """What is going on; empty: nothing."""
        return next((doing.word for doing in self._doing.values()), "")

    def is_compared(self) -> bool:
        """Whether there are beads to work on; says so where there are none."""
        sheet = self.session.sheet
        if sheet is None or not sheet.scored or not len(sheet):
            self.say("Not compared yet." if self.busy else "There is nothing to work on.")
            return False
        return True

    def load(self, number: int) -> None:
        """Compare a translation, if that was not begun."""
        if self.session.translations[number].stage == "waiting" and number not in self._doing:
            self._start(number, self._compare(number))

    def reload(self) -> None:
        """Read the files again. Repairs that are not saved stand in the way."""
        if self.session.translation.history.changed:
            self.say("Save or undo your repairs first.", error=True)
        else:
            self._start(self.session.current, self._compare(self.session.current))

    def reassess(self) -> None:
        """Score the beads as they are now."""
        number = self.session.current
        one = self.session.translations[number]

        def first(found: Compared) -> None:
            one.history.rescored(found.comparison.alignment.beads)
            one.show(found.comparison, found.hidden)
            self._keep_scores(number)

        self._start(number, self._parts(number, lambda watcher: self.session.reassess(number, watcher), "scoring", first))

    @work(exclusive=True, group="keep")
    async def _keep_scores(self, number: int) -> None:
        """Write the scores of beads that were saved before they had one."""
        try:
            await in_thread(self.session.save_again, number)
        except TranscmpError as error:
            self.say_error(error)

    def realign(self) -> None:
        """Align anew around the beads that were set by hand."""
        number = self.session.current
        one = self.session.translations[number]
        locked = len(one.locked())

        def first(found: Compared) -> None:
            spot = one.spot()
            one.history.apply(found.comparison.alignment.beads, lock=False)
            one.show(found.comparison, found.hidden)
            if spot is not None:
                one.go_to(spot)
            beads = "bead" if locked == 1 else "beads"
            self.say(f"Aligned anew around {locked} {beads} that you set." if locked else "Aligned anew; no bead was locked.")
            self.save_recovery()

        self._start(number, self._parts(number, lambda watcher: self.session.realign(number, watcher), "aligning", first))

    def stop(self) -> bool:
        """Stop what is going on; False if nothing is."""
        for number in self._doing:
            self.workers.cancel_group(self, _group(number))
        return bool(self._doing)

    # -- in the event loop --------------------------------------------------------------------------------------------------------------

    def _start(self, number: int, job: Coroutine[Any, Any, None]) -> None:
        self.run_worker(job, group=_group(number), exclusive=True)

    async def _compare(self, number: int) -> None:
        one = self.session.translations[number]

        def first(found: Compared) -> None:
            if not found.aligned and one.sheet is not None:
                return  # read again: the old beads stay until there are new ones
            self.session.take(number, found)
            if found.aligned:
                self._offer_recovery(number)

        await self._parts(number, lambda watcher: self.session.compare(number, watcher), "comparing", first)

    async def _parts(
        self, number: int, make: Callable[[Watcher], Iterator[Compared]], word: str, first: Callable[[Compared], None]
    ) -> None:
        """Show the parts of a comparison as they come. ``first`` shows those that bring other beads, and is not called again then."""
        one = self.session.translations[number]
        doing = self._doing[number] = Doing(word)
        beads, begun, loop = one.history.beads, False, asyncio.get_running_loop()
        self.show_title()
        try:
            async with aclosing(each_in_thread(lambda alive: make(self._watcher(doing, loop, alive)))) as parts:
                async for found in parts:
                    if begun:
                        self.session.take_more(number, found)
                    elif found.aligned and one.history.beads != beads:
                        self.say(f"Repaired while {word}: the result is not shown.")
                        return
                    else:
                        first(found)
                        begun = found.aligned
                    one.error = ""
                    self._show_part(number)
        except TranscmpError as error:
            error.path = error.path or one.pair.name
            self.session.fail(number, str(error))
            self.say_error(error)
        finally:
            if self._doing.get(number) is doing:  # else something newer is going on
                del self._doing[number]
            if self.is_attached:
                self.show_session()
        gc.freeze()  # a million values that stay: looking for garbage among them would hold up a key now and then

    def _show_part(self, number: int) -> None:
        if number in self.session.beside:
            self.beads.forget()
            self.beads.repaint()
        self.show_session()
        if number == self.session.current:
            for screen in self.app.screen_stack:
                if isinstance(screen, ViewerScreen):
                    screen.session_changed()
            if not self._pairing_begun:
                self._begin_pairing(number)

    def _watcher(self, doing: Doing, loop: asyncio.AbstractEventLoop, alive: Callable[[], None]) -> Watcher:
        """Takes reports of progress from a thread and shows whole percents."""
        word = doing.word

        def report(step: str, done: int, total: int) -> None:
            alive()
            text = f"{step} {done * 100 // total} %" if done < total else word  # what comes then tells nothing of itself
            if text != doing.word:
                doing.word = text
                loop.call_soon_threadsafe(self.show_title)

        return Watcher(report, lambda: self.reading)

    @work(exclusive=True, group="pairing")
    async def _begin_pairing(self, number: int) -> None:
        """Colour what belongs together, once what that needs was loaded beside the keys."""
        comparison = self.session.translations[number].comparison
        if comparison is None or not comparison.alignment.beads:
            return
        self._pairing_begun = True
        try:
            await in_thread(self.session.work.paired, comparison, 0)
        except TranscmpError as error:
            self.say_error(error)
            return
        self.pairing = True
        self.beads.forget()
        self.beads.repaint()

    # -- recovery -----------------------------------------------------------------------------------------------------------------------

    def save_recovery(self) -> None:
        """Keep unsaved repairs where the next run finds them, a moment after the last one."""
        self.show_title()
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

    # -- the bead screen's --------------------------------------------------------------------------------------------------------------

    @property
    def beads(self) -> BeadList:
        """The list."""
        return self.query_one(BeadList)

    @abstractmethod
    def show_session(self) -> None:
        """Show the current translation as it is now."""

    @abstractmethod
    def show_title(self) -> None:
        """Say what is shown and what is going on."""


def _group(number: int) -> str:
    return f"compare-{number}"
