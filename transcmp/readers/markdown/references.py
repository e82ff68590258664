"""Link reference definitions (CommonMark 0.31, 4.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transcmp.readers.markdown import starts, tokens
from transcmp.readers.markdown.containers import Leaf

if TYPE_CHECKING:
    from transcmp.readers.markdown.blocks import BlockParser


def take_references(parser: BlockParser, leaf: Leaf) -> None:
    """Take the definitions at the start of a paragraph out of it, into ``parser.definitions``.

    They become a leaf of kind ``reference`` whose lines are their titles; a paragraph of nothing else turns into that leaf.
    """
    titles: list[tuple[int, int]] = []
    taken = 0
    while taken < len(leaf.lines):
        size = _definition(parser, leaf.lines[taken : taken + 2], titles)
        if not size:
            break
        taken += size
    if not taken:
        return
    rest = leaf.lines[taken:]
    if not rest:
        leaf.kind, leaf.lines = "reference", titles
        return
    place = next(index for index in range(len(parser.leaves) - 1, -1, -1) if parser.leaves[index] is leaf)
    parser.leaves.insert(place, Leaf("reference", leaf.start, leaf.lines[taken - 1][1], titles))
    leaf.start, leaf.lines = rest[0][0], rest


def _definition(parser: BlockParser, lines: list[tuple[int, int]], titles: list[tuple[int, int]]) -> int:
    """How many of two lines the definition at their start takes; 0: there is none. A title may stand on the second."""
    text = parser.text
    start, end = lines[0]
    found = starts.REFERENCE.match(text, start, end)
    if found is None or not found[1].strip():
        return 0
    target = tokens.destination(text, found.end(), end)
    if target is None or not target[0]:
        return 0
    address, position = target
    size = 1
    after = tokens.skip_spaces(text, position, end)
    if after < end:
        title = tokens.title(text, after, end) if after > position else None
        if title is None or text[title[2] : end].strip():
            return 0
        titles.append(title[:2])
    elif len(lines) > 1:
        title = tokens.title(text, *lines[1])
        if title is not None and not text[title[2] : lines[1][1]].strip():
            titles.append(title[:2])
            size = 2
    parser.definitions.setdefault(tokens.normalize_label(found[1]), address)
    return size
