"""Lines, and what a line end between words stands for."""

from __future__ import annotations

import re

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_CJK = re.compile("[\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u9fff\uf900-\ufaff\uff00-\uffef]")


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
    return "" if _CJK.match(before) and _CJK.match(after) else " "
