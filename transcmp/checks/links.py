"""``link``: addresses that differ between the sides."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from transcmp.checks.context import Context, Pair, Part, finding
from transcmp.evidence.links import find_links, same_page, split_fragment
from transcmp.model import Finding, Place


class _Link(Struct, frozen=True):
    value: str
    place: Place


def link(context: Context) -> Iterator[Finding]:
    """Links of one side that the other does not have; an address in the other language is the same link."""
    for pair in context.prose:
        source, target = _links(pair.source), _links(pair.target)
        lost, gained = _differences(context, source, target)
        while lost and gained:
            one, other = _nearest(lost, gained)
            lost.remove(one)
            gained.remove(other)
            words = f"the source links to {one.value}, the translation to {other.value}"
            yield finding(context, "link", "error", words, source=one.place, target=other.place, bead=pair.index)
        for one in lost:
            if not _elsewhere(context, pair, one, source=True):
                words = f"the translation lacks the link to {one.value}"
                yield finding(context, "link", "warning", words, source=one.place, target=pair.target.place(), bead=pair.index)
        for one in gained:
            if not _elsewhere(context, pair, one, source=False):
                words = f"the translation links to {one.value}, the source does not"
                yield finding(context, "link", "warning", words, source=pair.source.place(), target=one.place, bead=pair.index)


def _links(part: Part) -> list[_Link]:
    marked = [mark for mark in part.marks if mark.kind == "link"]
    found = [_Link(mark.value, part.at(mark)) for mark in marked]
    taken = [mark for mark in part.marks if mark.kind in ("link", "code", "image")]
    bare = [one for one in find_links(part.text) if not any(mark.start < one.end and one.start < mark.end for mark in taken)]
    return found + [_Link(one.value, part.place(one.start, one.end)) for one in bare]


def _differences(context: Context, source: list[_Link], target: list[_Link]) -> tuple[list[_Link], list[_Link]]:
    rest = list(target)
    lost = []
    for one in source:
        match = next((other for other in rest if other.value == one.value), None)
        match = match or next((other for other in rest if _same(context, one.value, other.value)), None)
        if match is None:
            lost.append(one)
        else:
            rest.remove(match)
    said = {one.value for one in source}
    return (
        [one for one in lost if not any(other.value == one.value for other in target)],
        [other for other in rest if other.value not in said],
    )


def _same(context: Context, source: str, target: str) -> bool:
    if same_page(source, target, context.languages):
        return True
    pages, anchors = zip(split_fragment(source), split_fragment(target), strict=True)
    if not all(anchors) or not same_page(pages[0] or ".", pages[1] or ".", context.languages):
        return False
    # an anchor on the same page is made of the translated heading
    return not pages[1] and anchors[1] in _anchors(context, target=True) and anchors[0] in _anchors(context, target=False) | {anchors[0]}


def _anchors(context: Context, *, target: bool) -> frozenset[str]:
    document = (context.target if target else context.source).document
    marked = {mark.value for fragment in document.fragments for mark in fragment.marks if mark.kind == "anchor"}
    return frozenset(marked | {block.anchor for block in document.blocks if block.anchor})


def _nearest(lost: list[_Link], gained: list[_Link]) -> tuple[_Link, _Link]:
    from difflib import SequenceMatcher

    return max(
        ((one, other) for one in lost for other in gained),
        key=lambda both: SequenceMatcher(None, both[0].value, both[1].value, autojunk=False).ratio(),
    )


def _elsewhere(context: Context, pair: Pair, one: _Link, *, source: bool) -> bool:
    """Whether the bead's neighbours have the link on the other side: it crossed a sentence's end."""
    for index in (pair.index - 1, pair.index + 1):
        if 0 <= index < len(context.beads):
            part = context.beads[index].target if source else context.beads[index].source
            if any(_same(context, *((one.value, other.value) if source else (other.value, one.value))) for other in _links(part)):
                return True
    return False
