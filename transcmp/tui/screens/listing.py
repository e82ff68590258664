"""What the screens with a list have in common: moving in it, and choosing by a text."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from transcmp.tui.screens.base import ViewerScreen
from transcmp.tui.widgets.prompt import Prompt
from transcmp.tui.widgets.table import Table


class Listing(ViewerScreen):
    """A screen around a :class:`Table`."""

    words: str = ""
    """Only items that contain this are shown."""

    @property
    def table(self) -> Table[Any]:
        """The list."""
        return self.query_one("#list", Table)

    def action_step(self, direction: int) -> None:
        """Up or down."""
        self.table.move_to(self.table.cursor + direction)

    def action_page(self, direction: int) -> None:
        """A screen on or back."""
        self.table.page(direction)

    def action_end(self, end: int) -> None:
        """First or last."""
        self.table.move_to(end * len(self.table.items))

    def action_search(self) -> None:
        """Only items that contain a text."""
        self.query_one(Prompt).ask("Contains:", self._search, value=self.words)

    def _search(self, text: str) -> None:
        self.words = text
        self.show()

    def on_resize(self) -> None:
        """The bars have another width."""
        self.call_after_refresh(self.show_bars)

    def show(self) -> None:
        """Show the items that are chosen, the cursor where it was."""
        before = self.table.item
        items = self.chosen()
        self.table.show(items, next((at for at, item in enumerate(items) if item == before), self.table.cursor))
        self.show_bars()

    @abstractmethod
    def chosen(self) -> list[Any]:
        """The items that are shown, in order."""

    @abstractmethod
    def show_bars(self) -> None:
        """Title and keys."""
