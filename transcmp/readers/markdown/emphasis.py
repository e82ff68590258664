"""Emphasis and strikethrough: which delimiter runs are markup (CommonMark 0.31, 6.2 and "process emphasis"; GFM 6.5)."""

from __future__ import annotations

import unicodedata

from msgspec import Struct

from transcmp.readers._lines import is_cjk


class Delimiter(Struct, eq=False):
    """A run of ``*``, ``_`` or ``~``; what is left of it between ``used_left`` and ``used_right`` characters is text."""

    char: str
    start: int
    size: int
    can_open: bool
    can_close: bool
    left: int = 0
    """Characters used at the left, as closers."""
    right: int = 0
    """Characters used at the right, as openers."""
    opens: list[Pair] = []
    closes: list[Pair] = []

    @property
    def rest(self) -> int:
        """Characters not used yet."""
        return self.size - self.left - self.right

    @classmethod
    def at(cls, text: str, start: int, end: int) -> Delimiter:
        """The run ``text[start:end]`` with its flanking.

        Beside punctuation a CJK character counts as a boundary: without spaces between words ``**…。**…`` would never close
        (the "CJK-friendly" amendment that markdown-it and others offer).
        """
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        space_before, space_after = before.isspace(), after.isspace()
        point_before, point_after = is_punctuation(before), is_punctuation(after)
        left = not space_after and (not point_after or space_before or point_before or _boundary(before))
        right = not space_before and (not point_before or space_after or point_after or _boundary(after))
        if text[start] == "_":
            return cls("_", start, end - start, left and (not right or point_before), right and (not left or point_after))
        return cls(text[start], start, end - start, left, right)


class Pair(Struct, eq=False):
    """An opening and a closing run that belong together."""

    start: int
    """Offset of the opening characters."""
    size: int
    """1: emphasis, 2: strong emphasis or strikethrough."""
    end: int = 0
    """Offset behind the closing characters."""


def _boundary(char: str) -> bool:
    return is_cjk(char) or 0xAC00 <= ord(char) <= 0xD7AF


def is_punctuation(char: str) -> bool:
    """Unicode punctuation or symbol, as CommonMark counts it."""
    return not char.isalnum() and not char.isspace() and unicodedata.category(char)[0] in "PS"


def match_emphasis(stack: list[Delimiter], floor: int) -> None:
    """Pair the delimiters above ``floor`` and take them off the stack."""
    bottoms: dict[tuple[str, bool, int], int] = {}
    openers: list[Delimiter] = []
    for closer in stack[floor:]:
        while closer.can_close and closer.rest:
            key = (closer.char, closer.can_open, closer.size % 3)
            opener = _opener(openers, bottoms.get(key, 0), closer)
            if opener is None:
                bottoms[key] = len(openers)
                break
            del openers[opener + 1 :]
            _join(openers[opener], closer)
            if not openers[opener].rest:
                openers.pop()
                for bottom in bottoms:
                    bottoms[bottom] = min(bottoms[bottom], len(openers))
        if closer.can_open and closer.rest:
            openers.append(closer)
    del stack[floor:]


def _opener(openers: list[Delimiter], bottom: int, closer: Delimiter) -> int | None:
    for index in range(len(openers) - 1, bottom - 1, -1):
        opener = openers[index]
        if opener.char != closer.char:
            continue
        if closer.char == "~":
            if opener.size == closer.size <= 2:
                return index
            continue
        odd = (opener.can_close or closer.can_open) and (opener.size + closer.size) % 3 == 0
        if not odd or (opener.size % 3 == 0 and closer.size % 3 == 0):
            return index
    return None


def _join(opener: Delimiter, closer: Delimiter) -> None:
    size = closer.size if closer.char == "~" else 2 if opener.rest >= 2 and closer.rest >= 2 else 1
    pair = Pair(opener.start + opener.size - opener.right - size, size)
    opener.right += size
    closer.left += size
    pair.end = closer.start + closer.left
    opener.opens.append(pair)
    closer.closes.append(pair)
