"""The list of beads: both sides, line by line, with a gutter. Rows are laid out and drawn when they come into view.

A *row* is a row of the sheet; a *position* counts the rows that a filter leaves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Sequence
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
from transcmp.tui.rows import Paragraph, Sheet

Sides = tuple[tuple[Paragraph, ...], ...]
"""The paragraphs of a row: source, then the targets."""

_KEPT = 400
"""Rows whose layout is kept: a few screens around the cursor."""
_WHEEL_LINES = 3


class BeadList(Widget):
    """All beads of one sheet, or those that a filter leaves, with a cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"beads--{role}" for role in paint.ROLES}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.sheet: Sheet | None = None
        self.rows: Sequence[int] = ()
        """The rows that are shown, ascending."""
        self.position = 0
        """Of the cursor."""
        self.flags_of: Callable[[int], Flags] = _no_flags
        """What the user has done with a row; the cursor is added here."""
        self.sides_of: Callable[[int], Sides] = self._own_sides
        """The paragraphs of a row; another translation, or what is searched for, may be added to the sheet's own."""
        self.followed: Callable[[], None] = _nothing
        """Called when the cursor is on another row or other rows are in view; a message would cost a frame and a second update."""
        self.stacked: bool | None = None
        self.wrapped = True
        self.targets = 1
        self.view = View(self._height_of, 0, 1)
        self._columns = divide(80, last_line=1)
        self._laid: OrderedDict[int, tuple[Line, ...]] = OrderedDict()
        self._bodies: dict[int, list[list[Segment]]] = {}
        self._styles: dict[str, Style] = {}
        self._strips: list[Strip] | None = None

    # -- what is shown ----------------------------------------------------------------------------------------------------------------

    def show_sheet(self, sheet: Sheet, cursor: int = 0, rows: Sequence[int] | None = None) -> None:
        """Show a sheet, or ``rows`` of it, with the cursor on a row or the nearest behind it.

        The cursor stays on its line of the screen, and only lines that change are drawn again.
        """
        y = next((y for position, y, _ in self.view.rows() if position == self.position), 0) if self.sheet is not None else 0
        drawn = self._strips
        self.sheet = sheet
        self.rows = range(len(sheet)) if rows is None else rows
        self.position = self._nearest(cursor)
        self._divide()
        if self.rows:
            self.view.place(self.position, y)
            self.view.show(self.position)
        self._draw_changes(drawn)
        self.followed()

    @property
    def cursor(self) -> int:
        """The row under the cursor."""
        return self.rows[self.position] if self.rows else 0

    def _nearest(self, row: int) -> int:
        """The position of a row, or of the first that is shown behind it."""
        return min(bisect_left(self.rows, row), max(len(self.rows) - 1, 0))

    def relayout(self) -> None:
        """Divide the width anew and forget all layout; the top row stays."""
        top = self.view.top
        self._divide()
        self.view.top = min(top, max(len(self.rows) - 1, 0))
        self.view.scroll(0)
        self.view.show(self.position)
        self.repaint()

    def _divide(self) -> None:
        width = self.size.width or 80
        self._columns = divide(width, last_line=self._last_line(), targets=self.targets, stacked=self.stacked, wrapped=self.wrapped)
        self.forget()
        self.view = View(self._height_of, len(self.rows), max(self.size.height, 1))

    def forget(self) -> None:
        """Forget what was laid out: the text of rows has changed, or its colours."""
        self._laid.clear()
        self._bodies.clear()

    def repaint(self) -> None:
        """Draw everything in view again."""
        self._strips = None
        self.refresh()

    def _draw_changes(self, drawn: list[Strip] | None) -> None:
        """Draw everything in view again, as far as it differs from ``drawn``: a few lines cost a few bytes."""
        if drawn is None or len(drawn) != self.size.height or drawn[0].cell_length != self.size.width:
            self.repaint()
            return
        self._strips = self._compose_strips()
        for y, (old, new) in enumerate(zip(drawn, self._strips, strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def _last_line(self) -> int:
        if self.sheet is None:
            return 1
        alignment = self.sheet.comparison.alignment
        return max(len(alignment.source.document.line_starts), len(alignment.target.document.line_starts))

    def _own_sides(self, row: int) -> Sides:
        assert self.sheet is not None
        return row_sides(self.sheet.row(row))

    @property
    def columns(self) -> Columns:
        """How the width is divided now."""
        return self._columns

    # -- moving -----------------------------------------------------------------------------------------------------------------------

    def move_to(self, row: int) -> None:
        """Put the cursor on a row, or the nearest behind it that is shown, and bring it into view."""
        self.move_to_position(self._nearest(row))

    def move_to_position(self, position: int) -> None:
        """Put the cursor on a position, as near as the ends allow."""
        if not self.rows:
            return
        old, self.position = self.position, min(max(position, 0), len(self.rows) - 1)
        place = (self.view.top, self.view.offset)
        self.view.show(self.position)
        if (self.view.top, self.view.offset) != place:
            self.repaint()
        else:
            self.redraw(old, self.position)
        self.followed()

    def page(self, direction: int) -> None:
        """Move a screen down (1) or up (-1); the cursor keeps its place on the screen."""
        if not self.rows:
            return
        y = next((y for position, y, _ in self.view.rows() if position == self.position), 0)
        place = (self.view.top, self.view.offset)
        self.view.scroll(direction * max(self.view.height - 2, 1))
        if (self.view.top, self.view.offset) == place:  # at an end: the cursor goes all the way
            self.move_to_position(0 if direction < 0 else len(self.rows) - 1)
            return
        in_view = self.view.rows()
        self.position = next((position for position, top, size in in_view if top + size > max(y, 0)), in_view[-1][0])
        self.view.show(self.position)
        self.repaint()
        self.followed()

    def scroll_lines(self, lines: int) -> None:
        """Scroll without moving the cursor, except to keep it in view."""
        self.view.scroll(lines)
        in_view = self.view.rows()
        if in_view:
            first = next((position for position, y, _ in in_view if y >= 0), in_view[0][0])
            last = next((position for position, y, size in reversed(in_view) if y + size <= self.view.height), in_view[-1][0])
            self.position = min(max(self.position, first), max(last, first))
        self.repaint()
        self.followed()

    def rows_in_view(self) -> tuple[int, int]:
        """The first and the last row in view."""
        in_view = self.view.rows()
        return (self.rows[in_view[0][0]], self.rows[in_view[-1][0]]) if in_view else (0, 0)

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
        for position, y, size in self.view.rows():
            if y <= event.y < y + size:
                self.move_to_position(position)
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
        self._styles.clear()
        self._bodies.clear()
        self.repaint()

    def _lines(self, position: int) -> tuple[Line, ...]:
        """The laid out lines of a row, from the store if it is there."""
        found = self._laid.get(position)
        if found is None:
            found = self._laid[position] = lay(self.sides_of(self.rows[position]), self._columns)
            if len(self._laid) > _KEPT:
                old, _ = self._laid.popitem(last=False)
                self._bodies.pop(old, None)
        return found

    def _gap(self, position: int) -> int:
        """The blank line before a row; every row has one where rows between are left out."""
        assert self.sheet is not None
        row = self.rows[position]
        return int(position > 0 and (self.rows[position - 1] != row - 1 or self.sheet.row(row).gap))

    def _height_of(self, position: int) -> int:
        assert self.sheet is not None
        row = self.sheet.row(self.rows[position])
        return max(len(self._lines(position)), 2 if row.moved else 1) + self._gap(position)

    def _body(self, position: int) -> list[list[Segment]]:
        found = self._bodies.get(position)
        if found is None:
            found = self._bodies[position] = paint.body(self._lines(position), self._columns, self.styles_of)
        return found

    def _row_strips(self, position: int) -> list[Strip]:
        """All lines of a row, with its blank line."""
        assert self.sheet is not None
        number = self.rows[position]
        gap = self._gap(position)
        height = self._height_of(position) - gap
        flags = self.flags_of(number)._replace(current=position == self.position)
        left = paint.gutter(self.sheet.row(number), self._columns, flags, height, self.styles_of)
        right = self._body(position)
        blank = [Segment(" " * (self._columns.width - self._columns.gutter), self.styles_of(""))]
        width = self._columns.width
        strips = [paint.strip(segments + (right[y] if y < len(right) else blank), width) for y, segments in enumerate(left)]
        return [self._blank(), *strips] if gap else strips

    def _blank(self) -> Strip:
        return Strip.blank(self._columns.width, self.styles_of(""))

    def _compose_strips(self) -> list[Strip]:
        height = self.size.height
        strips: list[Strip] = []
        for position, y, _ in self.view.rows():
            strips += self._row_strips(position)[max(-y, 0) :]
        strips = strips[:height]
        return strips + [self._blank()] * (height - len(strips))

    def redraw(self, *positions: int) -> None:
        """Draw the gutters of rows again, if they are in view: all that moving the cursor changes."""
        if self._strips is None:
            return
        for position, y, size in self.view.rows():
            if position not in positions:
                continue
            for line, drawn in enumerate(self._row_strips(position), y):
                if 0 <= line < len(self._strips):
                    self._strips[line] = drawn
            top = max(y, 0)
            self.refresh(Region(0, top, self._columns.gutter, max(min(y + size, self.size.height) - top, 0)))

    def redraw_cursor(self) -> None:
        """Draw the gutter of the row under the cursor again: its flags have changed."""
        self.redraw(self.position)

    def render_line(self, y: int) -> Strip:
        """Textual's line API."""
        if self._strips is None:
            self._strips = self._compose_strips()
        return self._strips[y] if y < len(self._strips) else self._blank()


def _nothing() -> None:
    pass


def _no_flags(_row: int) -> Flags:
    return Flags()
