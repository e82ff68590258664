"""The kinds of faults that a translation really has, each as a way to plant one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random
from typing import TypeVar

from transcmp.model import Alignment, Block, Document, Segment, Span
from transcmp.selftest.edits import Edit, Plan

_PROSE = ("paragraph", "list-item", "heading", "quote", "table-cell", "caption", "term", "cue")
_MIN_WORDS = 6
_NUMBER = re.compile(r"(?<![\w.,/#-])\d{1,6}(?![\w/-]|[.,]\d)")
_NAME = re.compile(r"(?<=[a-zà-ÿ,] )[A-Z][a-z]{3,}\b")


class Ground:
    """A pair that is trusted, and what can be done to it."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment
        self.source, self.target = alignment.source.document, alignment.target.document
        self.pairs = [
            (alignment.source.segments[bead.source[0]], alignment.target.segments[bead.target[0]])
            for bead in alignment.beads
            if len(bead.source) == len(bead.target) == 1 and not bead.moved and bead.score >= 0.5
        ]
        """Segments that translate each other, one to one."""
        self.blocks = self._block_pairs()
        """Blocks that translate each other, one to one: source, target."""

    def _block_pairs(self) -> list[tuple[Block, Block]]:
        partners: dict[int, set[int]] = {}
        back: dict[int, set[int]] = {}
        for bead in self.alignment.beads:
            for one in bead.source:
                for two in bead.target:
                    first, second = self.alignment.source.segments[one].block, self.alignment.target.segments[two].block
                    partners.setdefault(first, set()).add(second)
                    back.setdefault(second, set()).add(first)
        found = []
        for first, seconds in sorted(partners.items()):
            second = next(iter(seconds))
            if len(seconds) == 1 and len(back[second]) == 1:
                found.append((self.source.blocks[first], self.target.blocks[second]))
        return [(one, two) for one, two in found if one.kind == two.kind and one.kind in ("paragraph", "list-item", "quote")]

    def long_blocks(self) -> list[tuple[Block, Block]]:
        """Block pairs with enough words that a reader would miss them."""
        return [(one, two) for one, two in self.blocks if len(self.text_of(self.target, two).split()) >= _MIN_WORDS]

    def text_of(self, document: Document, block: Block) -> str:
        """The words of a block."""
        return " ".join(document.fragments[number].text for number in block.fragments)


T = TypeVar("T")
Planter = Callable[[Ground, Random], Iterator[Plan]]


def _lines(document: Document, block: Block) -> Span:
    """A block with its whole lines and the blank line behind it, so that nothing of it stays."""
    text = document.text
    start = text.rfind("\n", 0, block.span.start) + 1
    end = text.find("\n", block.span.end)
    end = len(text) if end < 0 else end + 1
    while end < len(text) and text[end] == "\n":
        end += 1
    return Span(start, end)


def _one(kind: str, ground: Ground, span: Span, after: str, source: Span) -> Plan:
    edit = Edit(side="target", span=span, text=after)
    return Plan(kind=kind, edits=(edit,), before=ground.target.text[span.start : span.end], after=after, source=source, target=span)


def untranslated(ground: Ground, random: Random) -> Iterator[Plan]:
    """A segment of the target that stays in the source language."""
    for one, two in _shuffled(ground.pairs, random):
        if one.kind in _PROSE and len(one.text.split()) >= 4 and one.text != two.text:
            yield _one("untranslated", ground, two.span, ground.source.text[one.span.start : one.span.end], one.span)


def omitted(ground: Ground, random: Random) -> Iterator[Plan]:
    """A block that the target does not have."""
    for one, two in _shuffled(ground.long_blocks(), random):
        yield _one("omitted", ground, _lines(ground.target, two), "", one.span)


def added(ground: Ground, random: Random) -> Iterator[Plan]:
    """A block that only the target has: the source loses its own."""
    for one, two in _shuffled(ground.long_blocks(), random):
        span = _lines(ground.source, one)
        edit = Edit(side="source", span=span, text="")
        text = ground.target.text[two.span.start : two.span.end]
        yield Plan(kind="added", edits=(edit,), before="", after=text, source=span, target=two.span)


def swapped(ground: Ground, random: Random) -> Iterator[Plan]:
    """Two neighbouring blocks of the target in each other's place."""
    blocks = ground.long_blocks()
    for (one, first), (_, second) in _shuffled(list(pairwise(blocks)), random):
        upper, lower = first.span, second.span
        if first.kind != second.kind or second.id != first.id + 1 or not upper.end < lower.start:
            continue
        texts = [ground.target.text[span.start : span.end] for span in (upper, lower)]
        edits = (Edit(side="target", span=upper, text=texts[1]), Edit(side="target", span=lower, text=texts[0]))
        whole = Span(upper.start, lower.end)
        yield Plan(kind="swapped", edits=edits, before=texts[0], after=texts[1], source=one.span, target=whole)


def duplicated(ground: Ground, random: Random) -> Iterator[Plan]:
    """A block of the target that stands twice."""
    for one, two in _shuffled(ground.long_blocks(), random):
        lines = _lines(ground.target, two)
        text = ground.target.text[lines.start : lines.end]
        edit = Edit(side="target", span=Span(lines.end, lines.end), text=text)
        yield Plan(kind="duplicated", edits=(edit,), before="", after=text.strip(), source=one.span, target=lines)


def sentence_omitted(ground: Ground, random: Random) -> Iterator[Plan]:
    """A sentence that the target lost inside a paragraph."""
    siblings: dict[int, int] = {}
    for segment in ground.alignment.target.segments:
        siblings[segment.fragment] = siblings.get(segment.fragment, 0) + 1
    for one, two in _shuffled(ground.pairs, random):
        if siblings[two.fragment] > 1 and len(two.text.split()) >= _MIN_WORDS and one.kind in ("paragraph", "list-item", "quote"):
            end = two.span.end
            while end < len(ground.target.text) and ground.target.text[end] == " ":
                end += 1
            yield _one("sentence_omitted", ground, Span(two.span.start, end), "", one.span)


def number(ground: Ground, random: Random) -> Iterator[Plan]:
    """A number with another digit."""
    for one, two in _shuffled(ground.pairs, random):
        if one.kind not in _PROSE:
            continue
        for match in _NUMBER.finditer(two.text):
            if match[0] not in one.text or _marked(two, match.start()):
                continue
            digit = random.choice([d for d in "123456789" if d != match[0][-1]])
            yield _one("number", ground, two.locate(*match.span()), match[0][:-1] + digit, one.span)
            break


def name(ground: Ground, random: Random) -> Iterator[Plan]:
    """A name with two letters exchanged."""
    for one, two in _shuffled(ground.pairs, random):
        if one.kind not in _PROSE:
            continue
        for match in _NAME.finditer(two.text):
            word = match[0]
            at = next((place for place in range(1, len(word) - 1) if word[place] != word[place + 1]), None)
            if at is None or word not in one.text or _marked(two, match.start()):
                continue
            damaged = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            yield _one("name", ground, two.locate(*match.span()), damaged, one.span)
            break


def link(ground: Ground, random: Random) -> Iterator[Plan]:
    """A link that leads elsewhere."""
    for one, two in _shuffled(ground.pairs, random):
        for mark in two.marks:
            written = ground.target.text[mark.span.start : mark.span.end]
            at = written.rfind(mark.value)
            if mark.kind != "link" or len(mark.value) < 4 or at < 0 or not any(other.value == mark.value for other in one.marks):
                continue
            start = mark.span.start + at
            yield _one("link", ground, Span(start, start + len(mark.value)), mark.value.rstrip("/") + "-old/", one.span)
            break


def code(ground: Ground, random: Random) -> Iterator[Plan]:
    """Inline code that says something else."""
    for one, two in _shuffled(ground.pairs, random):
        for mark in two.marks:
            same = any(other.kind == "code" and other.value == mark.value for other in one.marks)
            if mark.kind != "code" or len(mark.value) < 3 or not same:
                continue
            span = two.locate(mark.start, mark.end)
            yield _one("code", ground, span, mark.value[:-1] + ("x" if mark.value[-1] != "x" else "y"), one.span)
            break


PLANTERS: dict[str, Planter] = {
    "untranslated": untranslated,
    "omitted": omitted,
    "added": added,
    "swapped": swapped,
    "number": number,
    "name": name,
    "link": link,
    "sentence_omitted": sentence_omitted,
    "code": code,
    "duplicated": duplicated,
}
"""Every kind of fault, in the order of tables."""


def _shuffled(items: list[T], random: Random) -> list[T]:
    return random.sample(items, len(items))


def _marked(segment: Segment, offset: int) -> bool:
    return any(mark.kind in ("code", "link", "placeholder") and mark.start <= offset < mark.end for mark in segment.marks)
