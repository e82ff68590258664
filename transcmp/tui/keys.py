"""Every key, once: the bindings, the footer, the help, the command palette and the documentation are made from these tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.binding import Binding, BindingType


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
    footer: str
    """Word for the footer; neighbours with the same word stand together."""


def bindings(keys: Iterable[Key]) -> list[BindingType]:
    """The keys as Textual wants them."""
    made: list[BindingType] = []
    for key in keys:
        if key.keys[0].isdigit():  # a digit is the number of what it shows
            made += [Binding(digit, f"{key.action}({digit})", key.help, show=False) for digit in key.keys.split(",")]
        else:
            made.append(Binding(key.keys, key.action, key.help, show=False))
    return made


_EVERYWHERE: tuple[Key, ...] = (
    Key("t", "t", "theme", "change the colours", "Program", "colours"),
    Key("ctrl+p", "Ctrl+P", "palette", "find a command by its name", "Program", "commands"),
    Key("full_stop", ".", "footer", "show more keys in the footer", "Program", "more"),
    Key("question_mark", "?", "help", "show all keys", "Program", "help"),
    Key("q", "q", "leave", "quit", "Program", "quit"),
)
"""The last :data:`ALWAYS` of them are always in the footer."""

ALWAYS = 3

BEADS: tuple[Key, ...] = (
    Key("n", "n", "finding(1)", "go to the next finding", "Move", "finding"),
    Key("N", "N", "finding(-1)", "go to the previous finding", "Move", "finding"),
    Key("right_square_bracket", "]", "low(1)", "go to the next bead with a low score", "Move", "low score"),
    Key("left_square_bracket", "[", "low(-1)", "go to the previous bead with a low score", "Move", "low score"),
    Key("slash", "/", "search", "search both sides for a regular expression", "Search", "search"),
    Key("f", "f", "filter", "choose which beads are shown", "Search", "filter"),
    Key("F", "F", "findings", "list the findings", "Show", "findings"),
    Key("D", "D", "document", "show figures about the whole document", "Show", "document"),
    Key("a", "a", "accept", "accept: the translation is fine; again: take that back", "Judge", "accept"),
    Key("d", "d", "dismiss_finding", "dismiss a finding, with a reason", "Judge", "dismiss"),
    Key("c", "c", "comment", "comment on a bead", "Judge", "comment"),
    Key("e", "e", "edit", "open both files in $EDITOR at this line", "Files", "edit"),
    Key("tab", "Tab", "side", "choose the side that g, <, >, e and y work on", "Show", "side"),
    Key("m", "m", "merge", "merge with the next bead", "Repair", "merge"),
    Key("s", "s", "split", "split behind the first segment of each side", "Repair", "split"),
    Key("less_than_sign", "<", "shift(-1)", "move the first segment to the previous bead", "Repair", "shift"),
    Key("greater_than_sign", ">", "shift(1)", "move the last segment to the next bead", "Repair", "shift"),
    Key("u", "u", "unlink", "take the two sides apart", "Repair", "unlink"),
    Key("p", "p", "pick", "mark a bead", "Repair", "mark"),
    Key("L", "L", "link", "link the marked bead and this one, or two marked beads", "Repair", "link"),
    Key("ctrl+z", "Ctrl+Z", "undo", "take the last repair back", "Repair", "undo"),
    Key("ctrl+y", "Ctrl+Y", "redo", "make it again", "Repair", "redo"),
    Key("R", "R", "realign", "align anew what you did not set yourself", "Repair", "re-align"),
    Key("ctrl+s", "Ctrl+S", "save", "save the repaired alignment", "Repair", "save"),
    Key("1,2,3,4,5,6,7,8,9", "1-9", "translation", "show another translation", "Show", "translation"),
    Key("equals_sign", "=", "beside", "compare with another translation, with all, with none, word by word", "Show", "compare"),
    Key("j,down", "j ↓", "step(1)", "go to the next bead", "Move", "bead"),
    Key("k,up", "k ↑", "step(-1)", "go to the previous bead", "Move", "bead"),
    Key("pagedown,space,ctrl+f", "PgDn Space", "page(1)", "go down a screen", "Move", "screen"),
    Key("pageup,ctrl+b", "PgUp", "page(-1)", "go up a screen", "Move", "screen"),
    Key("home", "Home", "end(0)", "go to the beginning", "Move", "ends"),
    Key("end,G", "End G", "end(1)", "go to the end", "Move", "ends"),
    Key("g", "g", "line", "go to a line of the side that Tab chose", "Move", "line"),
    Key("semicolon", ";", "match(1)", "go to the next match", "Search", "match"),
    Key("comma", ",", "match(-1)", "go to the previous match", "Search", "match"),
    Key(
        "escape",
        "Esc",
        "clear",
        "show everything, without search and marks; then: back to the files, or stop comparing",
        "Search",
        "clear",
    ),
    Key("w", "w", "wrap", "wrap long segments, or cut them at the edge", "Show", "wrap"),
    Key("v", "v", "stack", "put the sides under or beside each other", "Show", "stack"),
    Key("l", "l", "languages", "show the language of every segment", "Show", "languages"),
    Key("o", "o", "words", "underline what the other side does not cover: in doubtful beads, in all, in none", "Show", "uncovered"),
    Key("y", "y", "copy", "copy the text of the side that Tab chose", "Files", "copy"),
    Key("x", "x", "export", "write what is shown to a file", "Files", "export"),
    Key("r", "r", "reload", "read the files again", "Files", "reload"),
    *_EVERYWHERE,
)
"""Keys of the bead screen, in the order of the footer."""

_LIST: tuple[Key, ...] = (
    Key("slash", "/", "search", "show only what contains a text", "Search", "search"),
    Key("j,down", "j ↓", "step(1)", "go to the next line", "Move", "line"),
    Key("k,up", "k ↑", "step(-1)", "go to the previous line", "Move", "line"),
    Key("pagedown,space,ctrl+f", "PgDn Space", "page(1)", "go down a screen", "Move", "screen"),
    Key("pageup,ctrl+b", "PgUp", "page(-1)", "go up a screen", "Move", "screen"),
    Key("home", "Home", "end(0)", "go to the beginning", "Move", "ends"),
    Key("end,G", "End G", "end(1)", "go to the end", "Move", "ends"),
)

FINDINGS: tuple[Key, ...] = (
    Key("enter", "Enter", "open", "go to the bead", "Move", "go there"),
    Key("d", "d", "dismiss_finding", "dismiss the finding, with a reason; take a dismissal back", "Judge", "dismiss"),
    Key("f", "f", "severity", "show errors only, warnings too, or everything", "Search", "severity"),
    Key("r", "r", "rule", "show one rule only", "Search", "rule"),
    Key("l", "l", "language", "show passages in one language only", "Search", "language"),
    Key("o", "o", "order", "order by rule or by place", "Show", "order"),
    Key("h", "h", "hidden", "show dismissed findings too", "Show", "dismissed"),
    Key("escape", "Esc", "back", "show all findings again; then: back to the beads", "Program", "back"),
    *_LIST,
    *_EVERYWHERE,
)
"""Keys of the list of findings."""

DOCUMENT: tuple[Key, ...] = (
    Key("j,down", "j ↓", "step(1)", "scroll down", "Move", "scroll"),
    Key("k,up", "k ↑", "step(-1)", "scroll up", "Move", "scroll"),
    Key("pagedown,space", "PgDn Space", "page(1)", "scroll down a screen", "Move", "screen"),
    Key("pageup", "PgUp", "page(-1)", "scroll up a screen", "Move", "screen"),
    Key("escape,D", "Esc D", "back", "go back to the beads", "Program", "back"),
    *_EVERYWHERE,
)
"""Keys of the figures."""

FILES: tuple[Key, ...] = (
    Key("enter", "Enter", "open", "open the pair", "Move", "open"),
    Key("o", "o", "order", "order by name, score, findings or state", "Show", "order"),
    Key("f", "f", "filter", "show all pairs, those with findings, or those that are stale", "Search", "filter"),
    Key("r", "r", "compare", "compare the pair anew", "Work", "compare"),
    Key("R", "R", "compare_all", "compare all pairs anew", "Work", "compare all"),
    Key("escape", "Esc", "stop", "stop comparing; show everything again", "Work", "stop"),
    *_LIST,
    *_EVERYWHERE,
)
"""Keys of the list of files."""

SCREENS: tuple[tuple[str, Sequence[Key]], ...] = (("Beads", BEADS), ("Findings", FINDINGS), ("Document", DOCUMENT), ("Files", FILES))
"""All tables by the name of their screen."""


def footer(keys: Iterable[Key]) -> list[tuple[str, str]]:
    """Names of keys, and the word for what they do."""
    found: list[tuple[str, str]] = []
    for key in keys:
        name = key.shown.split()[0].replace("Ctrl+", "^")
        if found and found[-1][1] == key.footer:
            name = f"{found.pop()[0]} {name}"
        found.append((name, key.footer))
    return found


def grouped(keys: Iterable[Key]) -> dict[str, list[Key]]:
    """Keys by the heading they stand under, in order."""
    groups: dict[str, list[Key]] = {}
    for key in keys:
        groups.setdefault(key.group, []).append(key)
    return groups


def markdown() -> str:
    """The tables of ``docs/tui.md``."""
    lines = []
    for name, keys in SCREENS:
        lines += [f"### {name}", "", "| Key | What it does |", "|---|---|"]
        for group, members in grouped(keys).items():
            lines += [f"| **{group}** | |"]
            lines += [f"| {_code(key)} | {key.help[0].upper()}{key.help[1:]} |" for key in members]
        lines.append("")
    return "\n".join(lines)


def _code(key: Key) -> str:
    return " ".join(f"`{name}`" for name in key.shown.split())
