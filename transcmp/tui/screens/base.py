"""What every full screen has: its keys, help, themes, and the way out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from transcmp.errors import TranscmpError
from transcmp.tui.keys import Key
from transcmp.tui.widgets.bars import Keys

if TYPE_CHECKING:
    from transcmp.tui.app import Viewer


class ViewerScreen(Screen["int | None"]):
    """A full screen of the program."""

    AUTO_FOCUS = ""  # the keys are the screen's; a list that gains or loses the focus would be drawn anew
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)  # Textual would draw the whole screen anew when the focus moves
    KEYS: ClassVar[Sequence[Key]] = ()
    """Its keys; ``BINDINGS`` are made of them."""

    @property
    def viewer(self) -> Viewer:
        """The application."""
        return cast("Viewer", self.app)

    def say(self, message: str, *, error: bool = False) -> None:
        """A short message at the edge of the screen."""
        self.notify(message, severity="error" if error else "information", timeout=8 if error else 3, markup=False)

    def say_error(self, error: TranscmpError) -> None:
        """What went wrong, in the words of the program."""
        self.say(str(error), error=True)

    def session_changed(self) -> None:
        """More is known about the translation that is shown; a screen over the beads shows it."""

    def action_theme(self) -> None:
        """Next theme."""
        from transcmp.tui.themes import THEMES, next_theme

        self.app.theme = next_theme(self.app.theme, tuple(theme.name for theme in THEMES))

    def action_help(self) -> None:
        """All keys."""
        from transcmp.tui.screens.ask import Help

        self.app.push_screen(Help(self.KEYS))

    def action_footer(self) -> None:
        """More keys."""
        self.query_one(Keys).turn()

    def action_palette(self) -> None:
        """Commands by name."""
        self.app.action_command_palette()

    def action_leave(self) -> None:
        """Quit, after a question if repairs are not saved."""
        self.viewer.leave()

    def action_back(self) -> None:
        """To the screen before."""
        self.app.pop_screen()
