"""What a text looks like to a reader: quotation marks, brackets, ends of sentences, broken and hidden characters."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

End = Literal["stop", "question", "exclamation", "colon", "none"]

LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "zh")
"""Languages whose quotation marks are known."""

QUOTES: dict[str, tuple[str, ...]] = {
    "de": ("„“", "»«", "«»"),
    "en": ("“”",),
    "es": ("«»", "“”"),
    "fr": ("«»", "“”"),
    "it": ("«»", "“”"),
    "ja": ("「」", "『』", "“”"),
    "nl": ("“”", "„”"),
    "pl": ("„”", "«»", "»«"),
    "pt": ("«»", "“”"),
    "ru": ("«»", "„“"),
    "zh": ("“”", "「」", "『』", "《》", "〈〉"),
}
"""Pairs of double quotation marks in good use in a language (CLDR's delimiters and the usual style guides); straight ones always are."""

_DOUBLE = "“”„«»「」『』"
_ENDS: dict[str, End] = {
    **dict.fromkeys(".。．…।۔", "stop"),
    **dict.fromkeys("?？؟", "question"),
    **dict.fromkeys("!！", "exclamation"),
    **dict.fromkeys(":：", "colon"),
}
_CLOSING = "\"'”’»“«」』）)]}】》*_~\u200e\u200f "
_OPEN, _CLOSE = "([{（［【", ")]}）］】"
_MOJIBAKE = re.compile(
    r"[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ\u009d“”¦˜\u0093\u0094š¢]|â[\u0080-\u009f]|ï»¿|�|[ÐÑ][\u0080-\u00bf][ÐÑ][\u0080-\u00bf]"
)
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
_NAMES = {
    "\u00ad": "soft hyphen",
    "\u200b": "zero width space",
    "\u200e": "left-to-right mark",
    "\u200f": "right-to-left mark",
    "\u2060": "word joiner",
    "\ufeff": "byte order mark",
}
_REPEATED = re.compile(
    r"(?<![\w'’.,-])((?:[^\W\d_]|(?<!\d[ \u00a0\u202f])\d)[\w–-]+|(?<!\d[ \u00a0\u202f])\d)[ \u00a0\n]{1,2}\1(?![\w'’–-]|[.,]\d)",
    re.IGNORECASE,
)
_LAWFUL_REPEATS: dict[str, frozenset[str]] = {
    "de": frozenset("die der das den dem sie sehr ganz viele".split()),
    "en": frozenset("that had is very so bye no".split()),
    "es": frozenset("muy no si sí".split()),
    "fr": frozenset("nous vous très".split()),
    "it": frozenset("molto piano sì via via quasi poco uno".split()),
    "nl": frozenset("die dat het een de zijn heel".split()),
    "pl": frozenset("bardzo".split()),
    "pt": frozenset("muito não sim logo".split()),
    "ru": frozenset("что очень так да нет еле чуть".split()),
}


class Spot(Struct, frozen=True):
    """A stretch of text with something to say about it."""

    start: int
    """First offset in the text."""
    end: int
    """Offset behind the last character."""
    text: str
    """What stands there; of a hidden character its name."""


def end_of(text: str) -> End:
    """How a sentence ends, behind quotation marks, brackets and emphasis."""
    bare = text.rstrip().rstrip(_CLOSING)
    return _ENDS.get(bare[-1:], "none")


def quote_pairs(text: str) -> tuple[Spot, ...]:
    """Quotations in double marks, each with its two marks as ``text`` (``„“``); straight pairs and unpaired marks are passed over."""
    found: list[Spot] = []
    opened: int | None = None
    for index, char in enumerate(text):
        if char not in _DOUBLE and char != '"':
            continue
        opens = (index == 0 or not (text[index - 1].isalnum() or text[index - 1] in ".,!?;:…")) and index + 1 < len(text)
        if opened is None:
            if opens or char in "„「『":
                opened = index
        else:
            pair = text[opened] + char
            if pair != '""':
                found.append(Spot(opened, index + 1, pair))
            opened = None
    return tuple(found)


def unbalanced(text: str) -> tuple[Spot, ...]:
    """Brackets without partner; a bracket behind a number or single letter that opens a line is the mark of a list."""
    stack: list[int] = []
    alone: list[int] = []
    for index, char in enumerate(text):
        if char in _OPEN:
            stack.append(index)
        elif char in _CLOSE:
            if stack and _OPEN.index(text[stack[-1]]) % 3 == _CLOSE.index(char) % 3:
                stack.pop()
            elif not re.search(r"(?:^|[\s(])\w{1,3}$|[:;]-?$", text[max(0, index - 4) : index]):
                alone.append(index)
    return tuple(Spot(index, index + 1, text[index]) for index in sorted((*stack, *alone)))


def mojibake(text: str) -> tuple[Spot, ...]:
    """Characters that arise when UTF-8 is read in another encoding, and the replacement character."""
    return tuple(Spot(match.start(), match.end(), match.group()) for match in _MOJIBAKE.finditer(text))


def hidden(text: str) -> tuple[Spot, ...]:
    """Characters that nobody sees, by name."""
    return tuple(
        Spot(match.start(), match.end(), _NAMES.get(match.group(), f"U+{ord(match.group()):04X}")) for match in _HIDDEN.finditer(text)
    )


def repeated_words(text: str, language: str) -> tuple[Spot, ...]:
    """A word that stands twice in a row, but for those that a language repeats by right."""
    lawful = _LAWFUL_REPEATS.get(language.split("-")[0], frozenset())
    return tuple(Spot(match.start(), match.end(), match.group()) for match in _REPEATED.finditer(text) if match[1].lower() not in lawful)


def first_letter(text: str) -> str:
    """The letter that opens a text behind quotation marks and brackets; empty where it opens with a digit or anything else."""
    match = re.match(r"[\s\"'“”„«»‘’(\[*_¿¡—–-]*([^\W\d_])", text)
    return match[1] if match else ""
