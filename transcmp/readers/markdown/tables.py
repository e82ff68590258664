"""Rows of a table (GFM 4.10)."""

from __future__ import annotations

import re
from itertools import pairwise

_CELL = re.compile(r"\\.|`+|\||[^\\`|]+", re.DOTALL)


def cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the cells of the row ``text[start:end]`` stand, without the white space around them."""
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end and text[start] == "|":
        start += 1
    if end > start and text[end - 1] == "|" and text[end - 2] != "\\":
        end -= 1
    bounds = [start - 1]
    bounds += [found.start() for found in _CELL.finditer(text, start, end) if found[0] == "|"]
    bounds.append(end)
    return [_trim(text, first + 1, last) for first, last in pairwise(bounds)]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
