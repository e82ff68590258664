"""The line at the bottom where the user types."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Label

from transcmp.errors import TranscmpError


class Prompt(Horizontal):
    """Asks for one line of text; not there until it is needed."""

    def compose(self) -> ComposeResult:
        """A label and a field."""
        yield Label("", id="prompt-label", markup=False)
        yield Input(id="prompt-input", compact=True)

    def on_mount(self) -> None:
        """Hide until asked."""
        self.visible = False
        self._answer: Callable[[str], None] | None = None

    def ask(self, label: str, answer: Callable[[str], None], *, value: str = "") -> None:
        """Show the line; ``answer`` gets the text when Enter is pressed, and may raise TranscmpError: then the user can correct it."""
        self._answer = answer
        self.query_one(Label).update(f" {label} ")
        field = self.query_one(Input)
        field.value = value
        field.cursor_position = len(value)
        self.visible = True
        field.focus()

    def close(self) -> None:
        """Hide it."""
        self.visible = False
        self._answer = None
        self.screen.set_focus(None)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        answer = self._answer
        try:
            if answer is not None:
                answer(event.value)
        except TranscmpError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        if self._answer is answer:  # the answer did not ask something else
            self.close()

    def on_key(self, event: events.Key) -> None:
        """Escape gives up."""
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.close()
