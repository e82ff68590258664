from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from tests.tui import made
from transcmp.model import Comparison, Side
from transcmp.tui.app import Viewer, settled
from transcmp.tui.screens.beads import BeadScreen
from transcmp.tui.work import MadeWork


class Driver:
    """The program under test: presses keys and says what is shown."""

    def __init__(self, app: Viewer, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await settled(self.pilot)

    async def type(self, text: str) -> None:
        """Type a text and press Enter."""
        names = {" ": "space", ".": "full_stop", "\\": "backslash", "(": "left_parenthesis", "/": "slash", "-": "minus", "_": "underscore"}
        await self.press(*(names.get(character, character) for character in text), "enter")

    @property
    def screen(self) -> BeadScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, BeadScreen))

    @property
    def row(self) -> int:
        return self.screen.beads.cursor

    def text(self) -> str:
        """The lines of the bead list as they are drawn."""
        beads = self.screen.beads
        return "\n".join(beads.render_line(y).text for y in range(beads.size.height))

    def bar(self, name: str) -> str:
        bar = self.app.screen.query_one(f"#{name}")
        return "\n".join(bar.render_line(y).text.rstrip() for y in range(bar.size.height))

    def notices(self) -> str:
        return "\n".join(str(item.message) for item in self.app._notifications)


def in_folder(comparison: Comparison, folder: Path) -> Comparison:
    """The comparison with its documents as files of a folder."""

    def moved(side: Side) -> Side:
        path = folder / side.document.path
        path.write_text(side.document.text, encoding="utf-8")
        return replace(side, document=replace(side.document, path=str(path)))

    alignment = comparison.alignment
    return replace(comparison, alignment=replace(alignment, source=moved(alignment.source), target=moved(alignment.target)))


Start = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Starts the program over comparisons whose files lie in a temporary folder."""

    @asynccontextmanager
    async def run(
        comparisons: Sequence[Comparison] | None = None, *, size: tuple[int, int] = (120, 40), watch: bool = False
    ) -> AsyncIterator[Driver]:
        chosen = [in_folder(item, tmp_path) for item in comparisons or [made.small()]]
        work = MadeWork(chosen)
        app = Viewer(work, pairs=work.pairs, folder=tmp_path / ".transcmp", watch=watch)
        async with app.run_test(size=size, notifications=True) as pilot:
            driver = Driver(app, pilot)
            await settled(pilot)
            yield driver

    return run
