"""Lines, and what a line end between words stands for."""

from __future__ import annotations

import re

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")


def line_ranges(text: str) -> list[tuple[int, int]]:
    """Start and end of every line, without its line end; text behind the last line end counts, even if empty."""
    ranges = []
    position = 0
    if "\r" not in text:
        for line in text.split("\n"):
            ranges.append((position, position + len(line)))
            position += len(line) + 1
        return ranges
    while True:
        found = _LINE.match(text, position)
        assert found is not None
        ranges.append(found.span(1))
        if found.end() == found.end(1):
            return ranges
        position = found.end()


def soft_break(before: str, after: str) -> str:
    """What a line end between two characters stands for: a space, but nothing inside a script that has none (Chinese, Japanese)."""
    return "" if is_cjk(before) and is_cjk(after) else " "


def is_cjk(char: str) -> bool:
    """Whether a character is of Chinese or Japanese writing, which puts no spaces between words (full-width forms too; not Hangul)."""
    code = ord(char)
    return 0x2E80 <= code <= 0x312F or 0x31A0 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF or code >= 0x20000
