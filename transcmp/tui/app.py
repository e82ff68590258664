"""The application: themes, screens, the way in and the ways out, and pictures."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import warnings
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, SystemCommand
from textual.screen import Screen

from transcmp.errors import TranscmpError, UsageError
from transcmp.model import Comparison
from transcmp.tui import editor, themes
from transcmp.tui.screens.base import ViewerScreen
from transcmp.tui.screens.beads import BeadScreen
from transcmp.tui.session import Session
from transcmp.tui.work import MadeWork, Pair, PipelineWork

if TYPE_CHECKING:
    from transcmp.pipeline import Options


class Viewer(App[int]):
    """``transcmp view``."""

    CSS_PATH = "transcmp.tcss"
    TITLE = "transcmp"

    def __init__(self, session: Session, *, watch: bool = False) -> None:
        super().__init__()
        self.session = session
        self.watch_files = watch
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.choose(self.console.color_system)

    def on_mount(self) -> None:
        """Begin with the beads."""
        self._obey_signals()
        self.push_screen(BeadScreen(self.session, watch=self.watch_files))

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

    def leave(self) -> None:
        """Quit; with repairs that are not saved, ask first."""
        if not self.session.unsaved:
            self.exit(0)
            return
        from transcmp.tui.screens.ask import Choose

        options = ["save and quit", "quit without saving", "go on"]
        self.push_screen(Choose("Your repairs are not saved.", options), self._left)

    async def action_quit(self) -> None:
        """Ctrl+Q is as q."""
        self.leave()

    def _left(self, answer: int | None) -> None:
        beads = next((screen for screen in self.screen_stack if isinstance(screen, BeadScreen)), None)
        if answer == 0 and beads is not None and beads.save():
            self.exit(0)
        elif answer == 1:
            self.session.give_up()
            self.exit(0)

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
    return lambda message, *_, **__: app.call_later(app.notify, str(message), markup=False)


def _theme_setter(app: Viewer, name: str) -> Any:
    def choose() -> None:
        app.theme = name

    return choose


def run(source: str, targets: Sequence[str], options: Options, *, watch: bool = False) -> int:
    """See :func:`transcmp.tui.run`."""
    from transcmp import config

    if any(path == "-" for path in (source, *targets)):
        raise UsageError(message="view reads files, not standard input")
    pairs = [Pair(source, target) for target in targets] or [Pair(source, None)]
    session = Session(PipelineWork(options), pairs, folder=config.load(Path(pairs[0].target or source)).folder)
    app = Viewer(session, watch=watch)
    with warnings.catch_warnings():
        warnings.showwarning = _shower(app)
        code = app.run()
    if session.unsaved:  # it ended otherwise than by q
        session.save_recovery()
    return app.return_code or code or 0


def made_session(comparisons: Sequence[Comparison]) -> Session:
    """A session over comparisons that are there already; nothing is kept."""
    made = MadeWork(comparisons)
    session = Session(made, made.pairs)
    for number in range(len(session.translations)):
        session.take(number, session.compare(number))
    return session


def export_svg(comparison: Comparison, size: tuple[int, int] = (120, 40), *, keys: Sequence[str] = (), theme: str = "transcmp-dark") -> str:
    """A picture of the program as SVG, after ``keys`` (Textual's names) were pressed; ``size`` in cells."""

    async def draw() -> str:
        app = Viewer(made_session([comparison]))
        app.theme = theme
        async with app.run_test(size=size) as pilot:
            await pilot.press(*keys)
            await pilot.pause()
            return app.export_screenshot(title="transcmp view")

    return asyncio.run(draw())
