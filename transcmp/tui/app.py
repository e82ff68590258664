"""The application: themes, screens, and pictures of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual.app import App

from transcmp.model import Comparison
from transcmp.tui import themes
from transcmp.tui.screens.beads import BeadScreen
from transcmp.tui.session import Load, Session


class Viewer(App[int]):
    """``transcmp view``."""

    CSS_PATH = "transcmp.tcss"
    TITLE = "transcmp"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.choose(self.console.color_system)

    def on_mount(self) -> None:
        """Begin with the beads."""
        self.push_screen(BeadScreen(self.session))


def export_svg(comparison: Comparison, size: tuple[int, int] = (120, 40), *, keys: Sequence[str] = (), theme: str = "transcmp-dark") -> str:
    """A picture of the program as SVG, after ``keys`` (Textual's names) were pressed; ``size`` in cells."""

    async def draw() -> str:
        app = Viewer(Session.of([comparison]))
        app.theme = theme
        async with app.run_test(size=size) as pilot:
            await pilot.press(*keys)
            await pilot.pause()
            return app.export_screenshot(title="transcmp view")

    return asyncio.run(draw())


def run(items: Sequence[Comparison | Load]) -> int:
    """See :func:`transcmp.tui.run`."""
    return Viewer(Session.of(items)).run() or 0
