"""Figures about the whole document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from transcmp.tui import figures, keys
from transcmp.tui.rows import Sheet
from transcmp.tui.screens.base import ViewerScreen
from transcmp.tui.session import Session
from transcmp.tui.widgets.bars import Keys, Title
from transcmp.visible import visible_each

_COLOURS = {
    "strong": "bold $accent",
    "quiet": "$quiet",
    "bar": "$success",
    "rail": "$faint",
    "low": "$error",
    "fair": "$warning",
    "good": "$success",
    "error": "$error",
    "warning": "$warning",
    "note": "$primary",
    "": "",
}


class DocumentScreen(ViewerScreen):
    """Languages, scores, coverage, and findings by rule."""

    KEYS: ClassVar[Sequence[keys.Key]] = keys.DOCUMENT
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.DOCUMENT)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    @property
    def sheet(self) -> Sheet:
        """What the figures are about."""
        sheet = self.session.sheet
        assert sheet is not None
        return sheet

    def compose(self) -> ComposeResult:
        """Title, figures, keys."""
        yield Title(id="title")
        with VerticalScroll(id="figures"):
            yield Static(self._content(), id="lines")
        yield Keys(id="keys")

    def on_mount(self) -> None:
        """Keys scroll at once."""
        self.query_one(VerticalScroll).focus()

    def _content(self) -> Content:
        return Content("\n").join(_content(line) for line in figures.lines(self.sheet))

    def session_changed(self) -> None:
        """Scores and findings may have come."""
        self.query_one("#lines", Static).update(self._content())
        self._show_bars()

    def on_resize(self) -> None:
        """The bars have another width."""
        self.call_after_refresh(self._show_bars)

    def _show_bars(self) -> None:
        self.query_one(Title).show(self.sheet)
        self.query_one(Keys).show(self.KEYS)

    def action_step(self, direction: int) -> None:
        """A line up or down."""
        self.query_one(VerticalScroll).scroll_relative(y=direction, animate=False)

    def action_page(self, direction: int) -> None:
        """A screen up or down."""
        panel = self.query_one(VerticalScroll)
        panel.scroll_relative(y=direction * max(panel.size.height - 1, 1), animate=False)


def _content(line: figures.Line) -> Content:
    return Content.assemble(*((visible_each(text), _COLOURS[role]) for text, role in line))
