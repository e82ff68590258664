"""Text as terminal cells: widths and wrapping.

Nothing here knows beads or widgets. Offsets are code points; widths are terminal cells (Unicode Standard Annex 11, as measured by Rich,
so that what is wrapped here and what Textual crops agree).
"""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import cell_len, split_graphemes

_NARROW = re.compile("[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*").fullmatch
"""Matches text in which every character takes one cell; most text in Latin, Greek and Cyrillic letters does."""
LINE_END = "\u21b5"
"""The mark that :func:`transcmp.visible.visible_each` sets for the end of a line."""
_CLOSING = set("。、，．：；！？）］｝」』】〉》”’…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.;:!?)]}»")
"""Characters that do not begin a line (a part of JIS X 4051's rule for line heads)."""


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Cut ``text`` into lines of at most ``width`` cells; offsets of each line, the space at its end left out.

    Lines break where the text has a line end, behind spaces and hyphens, and on either side of a wide character; a word longer than a line
    is cut between graphemes. ``text`` must have gone through :func:`transcmp.visible.visible_each`. An empty text is one empty line.
    """
    width = max(width, 1)
    if LINE_END in text:
        return _wrap_lines(text, width)
    size = len(text)
    if size == 0:
        return [(0, 0)]
    if size <= width and cell_len(text) <= width:
        return [(0, size)]
    if _NARROW(text):
        return _wrap_narrow(text, width)
    return _wrap_cells(text, width)


def _wrap_lines(text: str, width: int) -> list[tuple[int, int]]:
    """:func:`wrap` for text with line ends of its own, as code has; their marks stay at the ends of their lines."""
    lines: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = text.find(LINE_END, start) + 1 or len(text)
        line = text[start:end]
        cut = _wrap_narrow if _NARROW(line.removesuffix(LINE_END)) else _wrap_cells
        lines += [(start + low, start + high) for low, high in cut(line, width)]
        start = end
    return lines


def _wrap_narrow(text: str, width: int) -> list[tuple[int, int]]:
    """:func:`wrap` for text in which every character takes one cell."""
    lines = []
    start, size = 0, len(text)
    while size - start > width:
        cut = max(text.rfind(" ", start, start + width + 1), text.rfind("-", start, start + width) + 1)
        if cut <= start:
            cut = start + width
        lines.append((start, cut))
        start = cut
        while start < size and text[start] == " ":
            start += 1
    if start < size or not lines:
        lines.append((start, size))
    return lines


def _wrap_cells(text: str, width: int) -> list[tuple[int, int]]:
    """:func:`wrap` for text with wide, zero-width or joined characters."""
    spans, _ = split_graphemes(text)
    lines: list[tuple[int, int]] = []
    start = used = 0
    break_at, used_at_break = -1, 0  # where this line may end, and the cells up to there
    for low, high, cells in spans:
        character = text[low]
        if character == " " and used + cells > width:
            lines.append((start, _trimmed(text, start, low)))
            start, used, break_at = high, 0, -1
            continue
        while used + cells > width and low > start:
            cut, before = (break_at, used_at_break) if break_at > start else (low, used)
            lines.append((start, _trimmed(text, start, cut)))
            start, used, break_at = cut, used - before, -1
        if character == " " and low == start and lines:
            start = high  # no line begins with the space it was broken at
            continue
        used += cells
        if character in " -" or _may_break(text, high, cells):
            break_at, used_at_break = high, used
    if start < len(text) or not lines:
        lines.append((start, len(text)))
    return lines


def _may_break(text: str, at: int, cells: int) -> bool:
    """Whether a line may end before ``text[at]``, behind a grapheme of ``cells`` cells: beside wide characters, closing ones excepted."""
    following = text[at : at + 1]
    return bool(following) and following not in _CLOSING and (cells == 2 or _is_wide(following))


def _trimmed(text: str, start: int, end: int) -> int:
    """``end`` moved before the spaces that stand there."""
    while end > start and text[end - 1] == " ":
        end -= 1
    return end


@lru_cache(4096)
def _is_wide(character: str) -> bool:
    return cell_len(character) == 2


def fit(text: str, width: int) -> str:
    """``text`` in exactly ``width`` cells: cut with an ellipsis, or padded."""
    cells = cell_len(text)
    if cells <= width:
        return text + " " * (width - cells)
    if width <= 0:
        return ""
    kept, used = [], 0
    for low, high, size in split_graphemes(text)[0]:
        if used + size > width - 1:
            break
        kept.append(text[low:high])
        used += size
    return "".join(kept) + "…" + " " * (width - 1 - used)
