"""A list of lines with a cursor, drawn when seen: for findings and files, by the thousand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from transcmp.tui.widgets.lines import Styled

Item = TypeVar("Item")

_ROLES = ("head", "quiet", "strong", "error", "warning", "note", "good", "fair", "low", "kind", "cursor", "hidden")
_WHEEL_LINES = 3


class Table(Widget, Generic[Item]):
    """Items, one a line."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"table--{role}" for role in _ROLES}

    class Chosen(Message):
        """An item was clicked twice."""

    def __init__(self, draw: Callable[[Item, int], Sequence[Styled]], *, id: str | None = None) -> None:
        """``draw`` gives the pieces of an item's line for a width in cells."""
        super().__init__(id=id)
        self.draw = draw
        self.items: Sequence[Item] = ()
        self.cursor = 0
        self.top = 0
        self.followed: Callable[[], None] = lambda: None
        """Called when the cursor is on another item."""

    def show(self, items: Sequence[Item], cursor: int = 0) -> None:
        """Show items, the cursor on one of them."""
        self.items = items
        self.cursor = min(max(cursor, 0), max(len(items) - 1, 0))
        self._follow_cursor()
        self.refresh()
        self.followed()

    @property
    def item(self) -> Item | None:
        """What is under the cursor."""
        return self.items[self.cursor] if self.items else None

    def move_to(self, position: int) -> None:
        """Put the cursor on a position, as near as the ends allow."""
        if not self.items:
            return
        old, self.cursor = self.cursor, min(max(position, 0), len(self.items) - 1)
        top = self.top
        self._follow_cursor()
        if top != self.top:
            self.refresh()
        else:
            self.redraw(old)
            self.redraw(self.cursor)
        self.followed()

    def redraw(self, position: int) -> None:
        """Draw one line again."""
        if 0 <= position - self.top < self.size.height:
            self.refresh(Region(0, position - self.top, self.size.width, 1))

    def page(self, direction: int) -> None:
        """Move by a screen."""
        self.move_to(self.cursor + direction * max(self.size.height - 1, 1))

    def _follow_cursor(self) -> None:
        height = max(self.size.height, 1)
        if not self.top <= self.cursor < self.top + height:
            self.top = self.cursor - height // 3
        self.top = max(min(self.top, len(self.items) - height), 0)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._follow_cursor()
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.move_to(self.cursor + _WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.move_to(self.cursor - _WHEEL_LINES)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on an item, a second one chooses it."""
        if self.top + event.y < len(self.items):
            self.move_to(self.top + event.y)
            if event.chain == 2:
                self.post_message(self.Chosen())

    def role_style(self, role: str) -> Style:
        """The style of a role over the widget's own."""
        return self.rich_style + self.get_component_rich_style(f"table--{role}", partial=True) if role else self.rich_style

    def render_line(self, y: int) -> Strip:
        """Textual's line API."""
        position = self.top + y
        if position >= len(self.items):
            return Strip.blank(self.size.width, self.rich_style)
        current = position == self.cursor
        own = self.role_style("cursor") if current else self.rich_style
        segments = [
            Segment("▌" if current else " ", own + self.get_component_rich_style("table--strong", partial=True) if current else own)
        ]
        for text, role in self.draw(self.items[position], self.size.width - 2):
            style = own + self.get_component_rich_style(f"table--{role}", partial=True) if role else own
            segments.append(Segment(text, style))
        return Strip(segments).adjust_cell_length(self.size.width, own)
