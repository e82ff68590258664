"""Small screens over the others: a choice, and the help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from transcmp.tui.keys import Key, grouped


class Choose(ModalScreen[int | None]):
    """One of several; the result is its position, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "give up", show=False),
        Binding("j", "step(1)", "next", show=False),
        Binding("k", "step(-1)", "previous", show=False),
        *(Binding(str(number), f"pick({number - 1})", "choose", show=False) for number in range(1, 10)),
    ]

    def __init__(self, question: str, options: Sequence[str], *, chosen: int = 0) -> None:
        super().__init__()
        self.question = question
        self.options = options
        self.chosen = chosen

    def compose(self) -> ComposeResult:
        """The question and the list."""
        width = max(len(self.question), *(len(option) + 4 for option in self.options)) + 6
        with Vertical(id="ask") as box:
            box.styles.width = min(width, 70)
            yield Static(Content(self.question), id="ask-question")
            lines = [f"{number} {option}" if number < 10 else f"  {option}" for number, option in enumerate(self.options, 1)]
            yield OptionList(*(Content(line) for line in lines), id="ask-options", compact=True)

    def on_mount(self) -> None:
        """Begin at what is chosen now."""
        self.query_one(OptionList).highlighted = self.chosen

    def action_step(self, direction: int) -> None:
        """Up or down."""
        found = self.query_one(OptionList)
        if direction > 0:
            found.action_cursor_down()
        else:
            found.action_cursor_up()

    def action_pick(self, number: int) -> None:
        """Choose by number."""
        if number < len(self.options):
            self.dismiss(number)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)


class Help(ModalScreen[None]):
    """All keys of a screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss", "close", show=False),
        Binding("j,down", "scroll(1)", "down", show=False),
        Binding("k,up", "scroll(-1)", "up", show=False),
        Binding("pagedown,space", "scroll(12)", "page down", show=False),
        Binding("pageup", "scroll(-12)", "page up", show=False),
    ]

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__()
        self.keys = keys

    def compose(self) -> ComposeResult:
        """A table a group."""
        with VerticalScroll(id="help"):
            for group, members in grouped(self.keys).items():
                yield Static(Content(group), classes="help-group")
                lines = [Content.assemble((f"  {key.shown:<14}", "$accent"), key.help) for key in members]
                yield Static(Content("\n").join(lines))

    def on_mount(self) -> None:
        """Keys scroll at once."""
        self.query_one(VerticalScroll).focus()

    def action_scroll(self, lines: int) -> None:
        """Up or down by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
