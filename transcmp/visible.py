"""What is shown to people: text from files, made safe to print, and figures.

A file may hold escape sequences that would drive the terminal, and invisible characters that deceive a reader (Unicode Technical Report
36, section 2; Boucher and Anderson 2021, "Trojan Source"). Each is replaced by a visible mark of its own, so that what is printed is what
is there.
"""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def _mark(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"<U+{code:04X}>"


def visible(text: str) -> str:
    """``text`` with controls, bidirectional and zero-width characters as marks: ``\\x1b`` is ␛, U+202E is ``<U+202E>``.

    Tab and newline stay, as do the joiners U+200C and U+200D, which several scripts and emoji need.
    """
    return _HIDDEN.sub(_mark, text)


def visible_line(text: str) -> str:
    """:func:`visible`, with tab and newline as marks too: for text that must stay on one line."""
    return visible(text).replace("\t", "␉").replace("\n", "␊")


_NOT_ONE_CELL = re.compile(_HIDDEN.pattern[:-1] + "\t\n\u115f\u1160\u17b4\u17b5\u200c\u200d\u3164\uffa0]")
_TO_THE_LEFT = "\u061c\u200f\u202b\u202e\u2067"
_TO_THE_RIGHT = "\u200e\u202a\u202d\u2066"
_LINE_ENDS = "\n\x85\u2028\u2029"


def visible_each(text: str) -> str:
    """``text`` with one visible character for each hidden one, so that offsets stay valid: for text laid out in terminal cells.

    Tab, newline, the joiners and invisible letters are marked as well: nothing is left whose width a terminal decides by itself.
    """
    return text if _NOT_ONE_CELL.search(text) is None else _NOT_ONE_CELL.sub(lambda match: _each(match[0]), text)


def hidden_offsets(text: str) -> list[int]:
    """Offsets of the characters that :func:`visible_each` replaces."""
    return [match.start() for match in _NOT_ONE_CELL.finditer(text)]


def _each(character: str) -> str:
    if character in _LINE_ENDS:
        return "↵"
    if character == "\t":
        return "⇥"
    if character in _TO_THE_LEFT:
        return "⇠"
    if character in _TO_THE_RIGHT:
        return "⇢"
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return {0xAD: "¬", 0x200B: "¦", 0x200C: "¦", 0x200D: "¦", 0x2060: "¦", 0xFEFF: "¦"}.get(code, "▯")


def figure(share: float, places: int = 2) -> str:
    """A score or share, 0..1, for people, with so many places; one below 1 is never rounded up to it."""
    return f"{min(share, 1 - 10**-places) if share < 1 else share:.{places}f}"


def percent(share: float, places: int = 0) -> str:
    """The same in per cent, without a sign, rounded as the figure is."""
    return f"{100 * float(figure(share, places + 2)):.{places}f}"
