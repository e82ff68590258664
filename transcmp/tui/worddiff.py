"""What two translations of the same text have different, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from transcmp.tui.rows import Paragraph, Run

_WORD = re.compile(r"\w+|[^\w\s]|[぀-ヿ㐀-鿿]")


def differences(one: str, other: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Stretches of each text, in offsets, that the other does not have (longest matching blocks; Ratcliff and Metzener 1988)."""
    words, others = list(_WORD.finditer(one)), list(_WORD.finditer(other))
    matcher = SequenceMatcher(None, [word[0] for word in words], [word[0] for word in others], autojunk=False)
    mine, theirs = [], []
    for tag, low, high, other_low, other_high in matcher.get_opcodes():
        if tag == "equal":
            continue
        if high > low:
            mine.append((words[low].start(), words[high - 1].end()))
        if other_high > other_low:
            theirs.append((others[other_low].start(), others[other_high - 1].end()))
    return mine, theirs


def marked(one: tuple[Paragraph, ...], other: tuple[Paragraph, ...]) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Both sides' paragraphs with the differences marked as changed."""
    mine, theirs = differences("\n".join(item.text for item in one), "\n".join(item.text for item in other))
    return _with_runs(one, mine), _with_runs(other, theirs)


def _with_runs(paragraphs: tuple[Paragraph, ...], stretches: list[tuple[int, int]]) -> tuple[Paragraph, ...]:
    """Stretches of the joined text given to the paragraphs they are in."""
    made, offset = [], 0
    for item in paragraphs:
        end = offset + len(item.text)
        runs = tuple(
            Run(max(low, offset) - offset, min(high, end) - offset, "changed") for low, high in stretches if low < end and high > offset
        )
        made.append(item._replace(runs=item.runs + runs))
        offset = end + 1
    return tuple(made)
