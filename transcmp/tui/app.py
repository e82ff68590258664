"""The application: themes, screens, the way in and the ways out, and pictures."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import warnings
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, SystemCommand
from textual.screen import Screen

from transcmp import diagnostics
from transcmp.errors import TranscmpError, TranscmpWarning, UsageError
from transcmp.model import Comparison
from transcmp.tui import editor, themes
from transcmp.tui.screens.base import ViewerScreen
from transcmp.tui.screens.beads import BeadScreen
from transcmp.tui.screens.files import FilesScreen
from transcmp.tui.session import Session
from transcmp.tui.tree import Entry
from transcmp.tui.work import MadeWork, Pair, PipelineWork, Work

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from transcmp.cache import Cache
    from transcmp.config import Project
    from transcmp.pipeline import Options


class Viewer(App[int]):
    """``transcmp view``."""

    CSS_PATH = "transcmp.tcss"
    TITLE = "transcmp"

    def __init__(
        self, work: Work, *, pairs: Sequence[Pair] = (), entries: Sequence[Entry] = (), folder: Path | None = None, watch: bool = False
    ) -> None:
        """Shows ``pairs``, all of one source, or a list of ``entries`` to choose from; decisions are kept in ``folder``."""
        super().__init__()
        self.work = work
        self.pairs = pairs
        self.entries = entries
        self.folder = folder
        self.watch_files = watch
        self.session: Session | None = None
        """The pair that is open."""
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.choose(self.console.color_system)

    def on_mount(self) -> None:
        """Begin with the beads, or with the list of files."""
        self._obey_signals()
        if self.entries:
            self.push_screen(FilesScreen(self.work, self.entries))
        else:
            self._open(Session(self.work, self.pairs, folder=self.folder))

    def open_pair(self, pair: Pair, returned: Callable[[int | None], None]) -> None:
        """Open one pair of many; ``returned`` is called when the user comes back."""
        self._open(Session(self.work, [pair], folder=self.folder), returned)

    def _open(self, session: Session, returned: Callable[[int | None], None] | None = None) -> None:
        self.session = session
        self.push_screen(BeadScreen(session, watch=self.watch_files, alone=returned is None), returned)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The command palette: the keys of the screen by what they do."""
        if isinstance(screen, ViewerScreen):
            for key in screen.KEYS:
                if not key.keys[0].isdigit() and key.action != "palette":
                    name = f"{key.help[0].upper()}{key.help[1:]}"
                    yield SystemCommand(name, f"{key.group} · {key.shown}", _caller(screen, key.action))
        for theme in themes.THEMES:
            yield SystemCommand(f"Colours: {theme.name.removeprefix('transcmp-')}", "Program", _theme_setter(self, theme.name))

    # -- ways out -----------------------------------------------------------------------------------------------------------------------

    def leave(self, *, back: bool = False) -> None:
        """Quit, or go back to the list of files; with repairs that are not saved, ask first."""
        if self.session is None or not self.session.unsaved:
            self._go(back)
            return
        from transcmp.tui.screens.ask import Choose

        word = "go back" if back else "quit"
        options = [f"save and {word}", f"{word} without saving", "go on"]
        self.push_screen(Choose("Your repairs are not saved.", options), lambda answer: self._left(answer, back))

    def _go(self, back: bool) -> None:
        if back:
            self.session = None
            self.pop_screen()
        else:
            self.exit(0)

    async def action_quit(self) -> None:
        """Ctrl+Q is as q."""
        self.leave()

    def _left(self, answer: int | None, back: bool) -> None:
        beads = next((screen for screen in self.screen_stack if isinstance(screen, BeadScreen)), None)
        if answer == 0 and beads is not None and beads.save():
            self._go(back)
        elif answer == 1 and self.session is not None:
            self.session.give_up()
            self._go(back)

    def _obey_signals(self) -> None:
        """A lost connection or a polite kill ends the program as a crash would: the terminal is put right, repairs are kept."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError, RuntimeError, ValueError):  # Windows; not the main thread
                    loop.add_signal_handler(number, self._interrupted, 128 + number)

    def _interrupted(self, code: int) -> None:
        self.exit(code, return_code=code)

    def edit(self, places: Sequence[editor.Place]) -> None:
        """Give the terminal to the editor."""
        try:
            words = editor.command(places)
            with self.suspend():
                subprocess.run(words, check=False)
        except TranscmpError as error:
            self.notify(str(error), severity="error", markup=False)
        except OSError as error:
            self.notify(f"The editor does not start: {error}", severity="error", markup=False)


def _caller(screen: ViewerScreen, action: str) -> Any:
    """What runs an action of a screen; Textual parses its arguments."""
    return lambda: screen.run_action(action)


def _shower(app: Viewer) -> Any:
    """Shows a warning in the program instead of writing it over the screen; warnings come from threads."""
    return lambda message, *_, **__: app.call_later(_warn, app, str(message))


def _warn(app: Viewer, message: str) -> None:
    app.notify(message, severity="warning", timeout=15, markup=False)


def _theme_setter(app: Viewer, name: str) -> Any:
    def choose() -> None:
        app.theme = name

    return choose


def run(
    source: str | None, targets: Sequence[str], options: Options, *, project: Project, cache: Cache | None = None, watch: bool = False
) -> int:
    """See :func:`transcmp.tui.run`."""
    if any(path == "-" for path in (source, *targets)):
        raise UsageError(message="view reads files, not standard input")
    if source is None or Path(source).is_dir():
        entries, pairs = _entries(source, targets, project), []
    else:
        entries, pairs = [], [Pair(source, target) for target in targets] or [Pair(source, None)]
    work = PipelineWork(options, project, cache, [entry.pair for entry in entries])
    app = Viewer(work, pairs=pairs, entries=entries, folder=project.folder, watch=watch)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", TranscmpWarning)  # what holds for one pair holds for the next
            warnings.showwarning = _shower(app)
            code = app.run()
    finally:
        _keep_unsaved(app)
    return diagnostics.EXIT_ERROR if code is None else app.return_code or code  # None: a mistake of the program, told on standard error


def _keep_unsaved(app: Viewer) -> None:
    """Keep repairs that are not saved: the program ended otherwise than by q."""
    if app.session is not None and app.session.unsaved:
        app.session.save_recovery()
        diagnostics.say("note", "your repairs were not saved; they are kept, and the next 'transcmp view' of these files offers them")


def _entries(source: str | None, targets: Sequence[str], project: Project) -> list[Entry]:
    """The pairs of two directories, of a directory of mixed documents, or of the project."""
    from transcmp.pipeline import gate

    if len(targets) > 1:
        raise UsageError(message="a directory is compared with one other", hint="name one directory of translations")
    todo = gate.what_to_check(source, targets[0] if targets else None, project)
    entries = [Entry(Pair(job.source, job.target, job.source_language, job.target_language)) for job in todo.jobs]
    entries += [Entry(Pair(item.source, item.target), "missing" if item.rule == "missing-file" else "orphan") for item in todo.absent]
    if not entries:
        raise UsageError(message="there is no pair to show")
    return entries


def made_viewer(comparisons: Sequence[Comparison]) -> Viewer:
    """The program over comparisons that are there already; nothing is kept."""
    made = MadeWork(comparisons)
    return Viewer(made, pairs=made.pairs)


def export_svg(comparison: Comparison, size: tuple[int, int] = (120, 40), *, keys: Sequence[str] = (), theme: str = "transcmp-dark") -> str:
    """A picture of the program as SVG, after ``keys`` (Textual's names) were pressed; ``size`` in cells."""

    async def draw() -> str:
        app = made_viewer([comparison])
        app.theme = theme
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await pilot.press(*keys)
            await settled(pilot)
            return app.export_screenshot(title="transcmp view")

    return asyncio.run(draw())


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until no worker runs and all is drawn."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()
