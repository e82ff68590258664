"""Placeholders in interface strings: what a program fills in, and tags (printf, Python, ICU, Ruby, JavaScript)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from transcmp.model import Mark, Passage, Piece

PLACEHOLDER = re.compile(
    r"%(?:\d+\$)?[-+#0]?(?:\*|\d+)?(?:\.(?:\*|\d+))?(?:hh?|ll?|[jztLq])?[@diouxXeEfFgGcsSpaA](?![A-Za-z])"  # C: %s, %1$d, %.2f
    r"|%\([^()\s]{1,80}\)[-+#0]?\d*(?:\.\d+)?[diouxXeEfFgGcrsa]"  # Python: %(name)s
    r"|%\{[^{}\s]{1,80}\}"  # Ruby: %{name}
    r"|\$?\{\{?[A-Za-z0-9_.!:-]{0,80}\}?\}"  # {0}, {name}, {{name}}, ${name}
    r"|</?[A-Za-z][^<>]{0,300}>"  # <b>, </a>
)


def placeholders(document_text: str, pieces: list[Piece]) -> list[Mark]:
    """Marks for the placeholders in the text that ``pieces`` make; ``%%`` is a sign, not one."""
    text = "".join([document_text[piece.start : piece.end] if piece.text is None else piece.text for piece in pieces])
    if not any(char in text for char in "%{<"):
        return []
    ends = list(accumulate(map(len, pieces)))
    marks = []
    for found in PLACEHOLDER.finditer(text.replace("%%", "\0\0")):
        first, last = found.span()
        low, high = bisect_right(ends, first), bisect_left(ends, last) + 1
        begin = ends[low] - len(pieces[low])
        around = Passage(text=text[begin : ends[high - 1]], pieces=tuple(pieces[low:high]))  # of a long text all others say nothing
        marks.append(Mark(kind="placeholder", start=first, end=last, value=found[0], span=around.locate(first - begin, last - begin)))
    return marks
