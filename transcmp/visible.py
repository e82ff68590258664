"""Text from files, made safe to print.

A file may hold escape sequences that would drive the terminal, and invisible characters that deceive a reader (Unicode Technical Report 36,
section 2; Boucher and Anderson 2021, "Trojan Source"). Each is replaced by a visible mark of its own, so that what is printed is what is there.
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
