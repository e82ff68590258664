"""What became of the fragments of a document in a later version of it.

White space, re-wrapping and order are no changes; neither are edits of the size of a typo. Code is compared line by line as it is written,
for a translation has it verbatim.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from transcmp.model import Document, Fragment

Kind = Literal["same", "small", "changed", "new", "dropped"]

SIMILAR = 0.5
"""Least similarity of two fragments, at the same place between unchanged ones, for one to be a version of the other."""
SIMILAR_ELSEWHERE = 0.65
"""The same for two fragments anywhere."""

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SHORT = 80  # characters up to which letters are compared, too
_LETTERS_CHANCE = 0.1  # two texts that have nothing to do with each other share more letters than words
_MARKS = frozenset({"link", "image", "html", "placeholder", "include"})
_TYPOS = 1  # words that may be misspelt in one fragment
_LONG_WORD = 4  # letters from which one letter may be wrong: in shorter words it makes another word


class Change(Struct, frozen=True):
    """A fragment in both versions, or in one."""

    kind: Kind
    old: int | None
    """Id of the fragment in the old version; None: it is new."""
    new: int | None
    """The same in the new version; None: it was dropped."""


def changes(old: Document, new: Document) -> tuple[Change, ...]:
    """One Change for every fragment of either version, those of the new one in order, then those that were dropped."""
    keys = [content_of(old, item) for item in old.fragments], [content_of(new, item) for item in new.fragments]
    pairs, gaps = _unchanged(*keys)
    similar = _similar(old, new, keys, pairs, gaps)
    found = [
        Change("same", pairs[at], at)
        if at in pairs
        else Change("small" if is_small(old, similar[at], new, at) else "changed", similar[at], at)
        if at in similar
        else Change("new", None, at)
        for at in range(len(new.fragments))
    ]
    kept = {*pairs.values(), *similar.values()}
    return (*found, *(Change("dropped", at, None) for at in range(len(old.fragments)) if at not in kept))


def is_small(old: Document, first: int, new: Document, second: int) -> bool:
    """Whether two versions of a fragment differ only as a typo and its correction do."""
    one, other = old.fragments[first], new.fragments[second]
    image = "image" in (old.blocks[one.block].kind, new.blocks[other.block].kind)
    if image or "code" in (one.kind, other.kind) or _values(one) != _values(other):
        return False
    words = _TOKEN.findall(one.text), _TOKEN.findall(other.text)
    typos = 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        before, after = words[0][i1:i2], words[1][j1:j2]
        if tag == "equal" or not any(re.match(r"\w", word) for word in (*before, *after)):
            continue
        if "".join(before) == "".join(after):  # one word or two: "log in", "login"
            continue
        if len(before) != len(after) or not all(_is_typo(*pair) for pair in zip(before, after, strict=True)):
            return False
        typos += sum(first != second for first, second in zip(before, after, strict=True))
    return typos <= _TYPOS


def difference(old: str, new: str, room: int = 60) -> tuple[str, str]:
    """The words that differ between two texts, from the first to the last, each cut to ``room`` characters."""
    one, other = old.split(), new.split()
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return _cut(" ".join(one[start : len(one) - end]), room), _cut(" ".join(other[start : len(other) - end]), room)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def content_of(document: Document, fragment: Fragment) -> str:
    """What must be equal for a fragment to be unchanged: of code and of an image its source, else its words and addresses."""
    block = document.blocks[fragment.block]
    if fragment.kind == "code" or block.kind == "image":
        lines = textwrap.dedent(document.text[block.span.start : block.span.end].expandtabs()).splitlines()
        return "\n".join(line.rstrip() for line in lines)
    return "\0".join(("".join(fragment.text.split()), *_values(fragment)))


def _values(fragment: Fragment) -> list[str]:
    return [mark.value for mark in fragment.marks if mark.kind in _MARKS]


Gap = tuple[range, range]
"""Fragments of both versions between unchanged ones."""


def _unchanged(old: list[str], new: list[str]) -> tuple[dict[int, int], list[Gap]]:
    """New fragments to the old ones that they equal, wherever those stand; and the gaps."""
    pairs: dict[int, int] = {}
    gaps: list[Gap] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs.update(zip(range(j1, j2), range(i1, i2), strict=True))
        else:
            gaps.append((range(i1, i2), range(j1, j2)))
    left: dict[str, list[int]] = {}
    for before, _ in gaps:
        for at in before:
            left.setdefault(old[at], []).append(at)
    for _, after in gaps:
        for at in after:
            if left.get(new[at]):
                pairs[at] = left[new[at]].pop(0)
    return pairs, gaps


def _similar(old: Document, new: Document, keys: tuple[list[str], list[str]], pairs: dict[int, int], gaps: list[Gap]) -> dict[int, int]:
    """New fragments to the old ones that they are versions of: first within gaps, then anywhere."""
    used = set(pairs.values())
    found: dict[int, int] = {}
    sides = [
        [_Words.of(key if item.kind == "code" else item.text) for key, item in zip(own, document.fragments, strict=True)]
        for own, document in zip(keys, (old, new), strict=True)
    ]

    def take(candidates: Iterable[tuple[int, int]], least: float) -> None:
        scored = []
        for first, second in candidates:
            if first in used or second in pairs or second in found or not _alike(old.fragments[first], new.fragments[second]):
                continue
            score = _similarity(sides[0][first], sides[1][second], least)
            if score >= least:
                scored.append((-score, abs(first - second), first, second))
        for _, _, first, second in sorted(scored):
            if first not in used and second not in found:
                used.add(first)
                found[second] = first

    for before, after in gaps:
        take(((first, second) for first in before for second in after), SIMILAR)
    apart = [(before, after) for at, (before, _) in enumerate(gaps) for other, (_, after) in enumerate(gaps) if at != other]
    take(((first, second) for before, after in apart for first in before for second in after), SIMILAR_ELSEWHERE)
    return found


def _alike(one: Fragment, other: Fragment) -> bool:
    """Whether a fragment of one kind could have become the other."""
    return one.kind == other.kind or "code" not in (one.kind, other.kind)


class _Words(Struct, frozen=True):
    """A text, ready to be compared with many."""

    text: str
    tokens: tuple[str, ...]
    counts: Counter[str]
    letters: Counter[str]

    @staticmethod
    def of(text: str) -> _Words:
        folded = text.casefold()
        tokens = tuple(_TOKEN.findall(folded))
        return _Words(folded, tokens, Counter(tokens), Counter(folded if len(folded) <= _SHORT else ""))


def _similarity(one: _Words, other: _Words, least: float) -> float:
    """Share of equal words or, in short texts, of equal letters: the larger one; 0 where it is below ``least``."""
    best = _ratio(one.tokens, other.tokens, one.counts, other.counts, least)
    if one.letters and other.letters:
        best = max(best, _ratio(one.text, other.text, one.letters, other.letters, least + _LETTERS_CHANCE))
    return best


def _ratio(one: Sequence[str], other: Sequence[str], counts: Counter[str], others: Counter[str], least: float) -> float:
    """Ratcliff and Obershelp's ratio, computed only where the shared items allow it to reach ``least``."""
    size = len(one) + len(other)
    if not one or not other or 2 * min(len(one), len(other)) < least * size:
        return 0.0
    if len(counts) > len(others):
        counts, others = others, counts
    if 2 * sum(min(count, others[item]) for item, count in counts.items() if item in others) < least * size:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _is_typo(one: str, other: str) -> bool:
    """Whether two words differ in one letter, or two neighbours that changed places (Damerau 1964), behind the first letter."""
    if one.casefold() == other.casefold():
        return True
    if not (one.isalpha() and other.isalpha()) or min(len(one), len(other)) < _LONG_WORD or one[0] != other[0]:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    before, after = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(before), len(after)) <= 1 or (len(before) == len(after) == 2 and before == after[::-1])
