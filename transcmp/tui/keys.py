"""Every key, once: the bindings, the footer, the help, the command palette and the documentation are made from this table."""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """A key and what it does."""

    keys: str
    """As Textual names them, separated by commas."""
    shown: str
    """As people read it."""
    action: str
    """Method ``action_…`` of the screen."""
    help: str
    """What it does, an imperative phrase."""
    group: str
    """Heading in the help."""
    footer: str = ""
    """Word for the footer; empty: not there."""


BEADS: tuple[Key, ...] = (
    Key("j,down", "j ↓", "down", "go to the next bead", "Move"),
    Key("k,up", "k ↑", "up", "go to the previous bead", "Move"),
    Key("pagedown,space", "PgDn Space", "page(1)", "go down a screen", "Move"),
    Key("pageup,backspace", "PgUp Backspace", "page(-1)", "go up a screen", "Move"),
    Key("home", "Home", "home", "go to the beginning", "Move"),
    Key("end", "End", "end", "go to the end", "Move"),
    Key("n", "n", "finding(1)", "go to the next finding", "Move", "next finding"),
    Key("N", "N", "finding(-1)", "go to the previous finding", "Move"),
    Key("w", "w", "wrap", "wrap long segments, or cut them at the edge", "Show"),
    Key("v", "v", "stack", "put the sides under or beside each other", "Show", "stack"),
    Key("t", "t", "theme", "change the colours", "Show", "theme"),
    Key("q", "q", "quit", "quit", "Program", "quit"),
)
"""Keys of the bead screen, in the order of the help."""
