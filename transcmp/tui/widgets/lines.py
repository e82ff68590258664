"""A widget of fixed height that sends only the lines that changed."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

Styled = tuple[str, str]
"""Text and the role of its style; the empty role is the widget's own style."""


class Lines(Widget):
    """Lines of styled text. Set :attr:`content`; what is equal to what is shown is not drawn again."""

    PREFIX = ""
    """Roles are the component classes ``PREFIX--ROLE``."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._content: tuple[tuple[Styled, ...], ...] = ()

    @property
    def content(self) -> tuple[tuple[Styled, ...], ...]:
        """What is shown, a tuple of styled pieces a line."""
        return self._content

    @content.setter
    def content(self, lines: tuple[tuple[Styled, ...], ...]) -> None:
        old, self._content = self._content, lines
        for y in range(max(len(old), len(lines))):
            before = old[y] if y < len(old) else ()
            after = lines[y] if y < len(lines) else ()
            if before != after:
                x = _first_difference(before, after)
                self.refresh(Region(x, y, max(self.size.width - x, 1), 1))

    def role_style(self, role: str) -> Style:
        """The style of a role over the widget's own."""
        return self.rich_style + self.get_component_rich_style(f"{self.PREFIX}--{role}", partial=True) if role else self.rich_style

    def render_line(self, y: int) -> Strip:
        """Textual's line API."""
        width = self.size.width
        pieces = self._content[y] if y < len(self._content) else ()
        strip = Strip([Segment(text, self.role_style(role)) for text, role in pieces if text])
        return strip.adjust_cell_length(width, self.rich_style)


def _first_difference(before: tuple[Styled, ...], after: tuple[Styled, ...]) -> int:
    """The first cell that differs, as far as it can be told cheaply: pieces that are equal and plain are passed over."""
    x = 0
    for old, new in zip(before, after, strict=False):
        if old != new or not new[0].isascii():
            break
        x += len(new[0])
    return x
