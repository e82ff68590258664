"""The list of beads: both sides, line by line, with a gutter. Rows are laid out and drawn when they come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from transcmp.tui import paint
from transcmp.tui.layout import Columns, Line, View, divide, lay, row_sides
from transcmp.tui.paint import Flags
from transcmp.tui.rows import Sheet

_KEPT = 400
"""Rows whose layout is kept: a few screens around the cursor."""
_WHEEL_LINES = 3


def _nothing() -> None:
    pass


def _no_flags(_row: int) -> Flags:
    return Flags()


class BeadList(Widget, can_focus=True):
    """All beads of one sheet, with a cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"beads--{role}" for role in paint.ROLES}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.sheet: Sheet | None = None
        self.cursor = 0
        self.flags_of: Callable[[int], Flags] = _no_flags
        """What the user has done with a row; the cursor is added here."""
        self.followed: Callable[[], None] = _nothing
        """Called when the cursor is on another row or other rows are in view; a message would cost a frame and a second update."""
        self.stacked: bool | None = None
        self.wrapped = True
        self.view = View(self._height_of, 0, 1)
        self._columns = divide(80, last_line=1)
        self._laid: OrderedDict[int, tuple[Line, ...]] = OrderedDict()
        self._bodies: dict[int, list[list[Segment]]] = {}
        self._styles: dict[str, Style] = {}
        self._strips: list[Strip] | None = None

    # -- what is shown ----------------------------------------------------------------------------------------------------------------

    def show_sheet(self, sheet: Sheet, cursor: int = 0) -> None:
        """Show a sheet with the cursor on a row; the row stays where it is on the screen if it is in view."""
        self.sheet = sheet
        self.cursor = min(max(cursor, 0), max(len(sheet) - 1, 0))
        top, offset = self.view.top, self.view.offset
        self.relayout()
        if top < len(sheet):
            self.view.top, self.view.offset = top, offset
        self.view.show(self.cursor)
        self.followed()

    def relayout(self) -> None:
        """Divide the width anew and forget all layout; the top row stays."""
        top = self.view.top
        count = len(self.sheet) if self.sheet is not None else 0
        self._columns = divide(self.size.width or 80, last_line=self._last_line(), stacked=self.stacked, wrapped=self.wrapped)
        self._laid.clear()
        self._bodies.clear()
        self.view = View(self._height_of, count, max(self.size.height, 1))
        self.view.top = min(top, max(count - 1, 0))
        self.view.show(self.cursor)
        self.repaint()

    def repaint(self, *, forget: bool = False) -> None:
        """Draw everything again; ``forget`` also what was styled before."""
        if forget:
            self._styles.clear()
            self._bodies.clear()
        self._strips = None
        self.refresh()

    def _last_line(self) -> int:
        if self.sheet is None:
            return 1
        alignment = self.sheet.comparison.alignment
        return max(len(alignment.source.document.line_starts), len(alignment.target.document.line_starts))

    @property
    def columns(self) -> Columns:
        """How the width is divided now."""
        return self._columns

    # -- moving -----------------------------------------------------------------------------------------------------------------------

    def move_to(self, row: int) -> None:
        """Put the cursor on a row and bring it into view."""
        if self.sheet is None or not len(self.sheet):
            return
        old, self.cursor = self.cursor, min(max(row, 0), len(self.sheet) - 1)
        place = (self.view.top, self.view.offset)
        self.view.show(self.cursor)
        if (self.view.top, self.view.offset) != place:
            self.repaint()
        else:
            self.redraw_rows(old, self.cursor)
        self.followed()

    def page(self, direction: int) -> None:
        """Move a screen down (1) or up (-1); the cursor keeps its place on the screen."""
        if self.sheet is None or not len(self.sheet):
            return
        y = next((y for row, y, _ in self.view.rows() if row == self.cursor), 0)
        place = (self.view.top, self.view.offset)
        self.view.scroll(direction * max(self.view.height - 2, 1))
        if (self.view.top, self.view.offset) == place:  # at an end: the cursor goes all the way
            self.move_to(0 if direction < 0 else len(self.sheet) - 1)
            return
        rows = self.view.rows()
        self.cursor = next((row for row, top, size in rows if top + size > max(y, 0)), rows[-1][0])
        self.view.show(self.cursor)
        self.repaint()
        self.followed()

    def scroll_lines(self, lines: int) -> None:
        """Scroll without moving the cursor, except to keep it in view."""
        self.view.scroll(lines)
        rows = self.view.rows()
        if rows:
            first = next((row for row, y, _ in rows if y >= 0), rows[0][0])
            last = next((row for row, y, size in reversed(rows) if y + size <= self.view.height), rows[-1][0])
            self.cursor = min(max(self.cursor, first), max(last, first))
        self.repaint()
        self.followed()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls lines."""
        event.stop()
        self.scroll_lines(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls lines."""
        event.stop()
        self.scroll_lines(-_WHEEL_LINES)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row."""
        for row, y, size in self.view.rows():
            if y <= event.y < y + size:
                self.move_to(row)
                return

    def on_resize(self) -> None:
        """Wrap anew for the new width."""
        self.relayout()

    # -- drawing ----------------------------------------------------------------------------------------------------------------------

    def styles_of(self, role: str) -> Style:
        """The style of a role by itself, the list's own style for the empty one."""
        found = self._styles.get(role)
        if found is None:
            found = self.rich_style if not role else self.get_component_rich_style(f"beads--{role}", partial=True)
            self._styles[role] = found
        return found

    def notify_style_update(self) -> None:
        """Another theme: all colours are other ones."""
        super().notify_style_update()
        self.repaint(forget=True)

    def _lines(self, number: int) -> tuple[Line, ...]:
        """The laid out lines of a row, from the store if it is there."""
        assert self.sheet is not None
        found = self._laid.get(number)
        if found is None:
            found = self._laid[number] = lay(row_sides(self.sheet.row(number)), self._columns)
            if len(self._laid) > _KEPT:
                old, _ = self._laid.popitem(last=False)
                self._bodies.pop(old, None)
        return found

    def _height_of(self, number: int) -> int:
        assert self.sheet is not None
        row = self.sheet.row(number)
        return max(len(self._lines(number)), 2 if row.moved else 1) + row.gap

    def _body(self, number: int) -> list[list[Segment]]:
        found = self._bodies.get(number)
        if found is None:
            found = self._bodies[number] = paint.body(self._lines(number), self._columns, self.styles_of)
        return found

    def _row_strips(self, number: int) -> list[Strip]:
        """All lines of a row, with its blank line."""
        assert self.sheet is not None
        row = self.sheet.row(number)
        height = self._height_of(number) - row.gap
        flags = self.flags_of(number)._replace(current=number == self.cursor)
        left = paint.gutter(row, self._columns, flags, height, self.styles_of)
        right = self._body(number)
        blank = [Segment(" " * (self._columns.width - self._columns.gutter), self.styles_of(""))]
        strips = [paint.strip(segments + (right[y] if y < len(right) else blank), self._columns.width) for y, segments in enumerate(left)]
        return [self._blank(), *strips] if row.gap else strips

    def _blank(self) -> Strip:
        return Strip.blank(self._columns.width, self.styles_of(""))

    def _compose_strips(self) -> list[Strip]:
        height = self.size.height
        strips: list[Strip] = []
        for row, y, _ in self.view.rows():
            strips += self._row_strips(row)[max(-y, 0) :]
        strips = strips[:height]
        return strips + [self._blank()] * (height - len(strips))

    def redraw_rows(self, *rows: int) -> None:
        """Draw the gutters of rows again, if they are in view: all that moving the cursor changes."""
        if self._strips is None:
            return
        for row, y, size in self.view.rows():
            if row not in rows:
                continue
            for line, drawn in enumerate(self._row_strips(row), y):
                if 0 <= line < len(self._strips):
                    self._strips[line] = drawn
            top = max(y, 0)
            self.refresh(Region(0, top, self._columns.gutter, max(min(y + size, self.size.height) - top, 0)))

    def render_line(self, y: int) -> Strip:
        """Textual's line API."""
        if self._strips is None:
            self._strips = self._compose_strips()
        return self._strips[y] if y < len(self._strips) else self._blank()
