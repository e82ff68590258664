"""What of a text speaks for a language: words, without addresses, placeholders and identifiers."""

from __future__ import annotations

import re

from transcmp.model import Passage

_TRIGGER = re.compile(r"[/@_{}%<>\\$&\x00-\x08#.()\ud800-\udfff]")
"""Without one of these characters a text has none of the patterns below; most short texts have none."""

_NOISE = re.compile(
    r"""
      [a-z][a-z0-9+.-]*://\S+               # an address
    | \bwww\.\S+
    | \b(?:mailto|tel):\S+
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+          # an e-mail
    | (?<![\w/])(?:\.{1,2})?/[\w.@-]+(?:/[\w.@-]*)*   # a path
    | \b[\w-]+(?:/[\w.-]+){2,}
    | \b\w+(?:\.\w+)*\(\)                   # a call
    | \b(?=\w*_)\w+\b                       # an identifier
    | \b[a-zA-Z0-9-]{2,}\.(?:[a-z]{2,4}|html|json|yaml|toml)\b(?![^\s.,;:!?)\]»”"'’])   # a host or file name
    | \$?\{\{?[^{}]{0,60}\}\}?              # a placeholder
    | %(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?[sdifgr](?![a-zA-Z])
    | </?[a-zA-Z][^<>]{0,200}>              # a tag
    | &\#?\w{1,10};                         # an entity
    | [\x00-\x08\ud800-\udfff]
    """,
    re.VERBOSE | re.IGNORECASE,
)

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")

_DROPPED_MARKS = ("code", "placeholder", "html", "comment", "include")


def clean(text: str) -> str:
    """The text without what has no language: addresses, paths, placeholders, identifiers, tags, control characters.

    Each is replaced by a space, so that its neighbours stay apart. Offsets change.
    """
    if _TRIGGER.search(text) is None:
        return text
    return _NOISE.sub(" ", text)


def has_letters(text: str) -> bool:
    """Whether there is a letter of any script."""
    return _LETTER.search(text) is not None


def words_of(text: str) -> list[str]:
    """The words, as written: runs of letters, with apostrophes inside; a run of Han or kana is one word."""
    return _WORD.findall(text)


def readable(passage: Passage) -> str:
    """A passage's text without inline code, placeholders and raw markup, which belong to no language."""
    cut = [mark for mark in passage.marks if mark.end > mark.start and mark.kind in _DROPPED_MARKS]
    if not cut:
        return passage.text
    parts: list[str] = []
    at = 0
    for mark in cut:
        if mark.start >= at:
            parts += (passage.text[at : mark.start], " ")
        at = max(at, mark.end)
    parts.append(passage.text[at:])
    return "".join(parts)
