"""A comparison after a small edit, without doing all of it again: what an editor asks for at every pause of the typist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from msgspec.structs import replace

from transcmp.model import Alignment, Bead, Closest, Comparison, Document, Segment, Side
from transcmp.pipeline import steps
from transcmp.pipeline.memory import Memory
from transcmp.pipeline.options import Options
from transcmp.pipeline.sides import Sides, again, mixed

if TYPE_CHECKING:
    from transcmp.checks.options import Options as RuleOptions
    from transcmp.embed import Encoder

_MARGIN = 6
"""Beads around a changed segment that are aligned again with it: fewer, and there are too few texts to tell alike from unlike."""
_MOST = 0.3
"""Share of changed segments from which everything is aligned again."""

_Moves = Mapping[int, int]
"""Ids of a side's segments before the edit to those of now; what was edited is not in it."""


def update(
    before: Comparison,
    source: Document,
    target: Document | None,
    *,
    options: Options,
    rules: RuleOptions | None = None,
    memory: Memory | None = None,
    go_on: Callable[[], None] = lambda: None,
) -> Comparison:
    """The comparison of the documents as they are now; beads far from any change are those of ``before``.

    So are segments far from it that had no counterpart: one that an edit in another part of the document provides is found by a new
    comparison only. The result has findings and no scores. What is read goes to ``memory``. ``go_on`` is called between steps; what it
    raises ends the work.
    """
    memory = memory or Memory()
    both = _sides(before.alignment, source, target, options)
    go_on()
    kept = None if both.mixed else _kept(before.alignment, both)
    if kept is None:
        comparison, encoder = steps.compared(both, options)
    else:
        encoder = steps.choose_encoder(both, options)
        comparison = steps.comparison_of(_patched(both, kept, before.alignment.signature, memory.encoder(encoder), options), mixed=False)
    go_on()
    return steps.checked(comparison, rules, look=memory.looker(encoder), go_on=go_on)


def _sides(before: Alignment, source: Document, target: Document | None, options: Options) -> Sides:
    """The sides as they are now, in the languages of before."""
    languages = before.source.language, before.target.language
    if target is None:
        return mixed(source, replace(options, source_language=languages[0], target_language=languages[1]))
    return Sides(
        source=again(before.source, source, languages, options),
        target=again(before.target, target, languages, options),
        mixed=False,
    )


def _kept(before: Alignment, both: Sides) -> list[Bead] | None:
    """Beads that still hold, with the ids of now; None where too much has changed."""
    moves = _moves(before.source.segments, both.source.segments), _moves(before.target.segments, both.target.segments)
    for new, move in zip((both.source, both.target), moves, strict=True):
        if len(new.segments) - len(move) > _MOST * max(1, len(new.segments)):
            return None
    sizes = [(len(old.segments), len(new.segments)) for old, new in ((before.source, both.source), (before.target, both.target))]
    # the ends of a side stay its ends
    held = [{-1: -1, old: new, **move} for move, (old, new) in zip(moves, sizes, strict=True)]
    near = _near(before.beads, _touched(before.beads, held))
    return [_renumbered(bead, *moves) for number, bead in enumerate(before.beads) if number not in near]


def _moves(old: Sequence[Segment], new: Sequence[Segment]) -> _Moves:
    """Equal beginnings and ends are found by themselves: an edit changes little, and there is little between them."""
    texts = [[item.text for item in side] for side in (old, new)]
    least = min(map(len, texts))
    head = next((at for at in range(least) if texts[0][at] != texts[1][at]), least)
    tail = next((at for at in range(least - head) if texts[0][-1 - at] != texts[1][-1 - at]), least - head)
    ends = [len(side) - tail for side in texts]
    between = SequenceMatcher(None, texts[0][head : ends[0]], texts[1][head : ends[1]], autojunk=False).get_matching_blocks()
    moves = {at: at for at in range(head)}
    moves |= {head + block.a + at: head + block.b + at for block in between for at in range(block.size)}
    return moves | {ends[0] + at: ends[1] + at for at in range(tail)}


def _touched(beads: Sequence[Bead], moves: Sequence[_Moves]) -> set[int]:
    """Positions of beads with a segment that changed, or beside one that is new."""
    touched: set[int] = set()
    for name, move in zip(("source", "target"), moves, strict=True):
        for number, bead in enumerate(beads):
            for at in getattr(bead, name):
                now = move.get(at)
                # what stood side by side does so no more: something came between, or went
                if now is None or move.get(at + 1, now + 1) != now + 1 or move.get(at - 1, now - 1) != now - 1:
                    touched.add(number)
    return touched


def _near(beads: Sequence[Bead], touched: set[int]) -> set[int]:
    """Positions of the beads around those that are touched, in the order of either side."""
    near: set[int] = set()
    by_target = sorted((number for number, bead in enumerate(beads) if bead.target), key=lambda number: beads[number].target)
    for order in (range(len(beads)), by_target):
        for place, number in enumerate(order):
            if number in touched:
                near.update(order[max(0, place - _MARGIN) : place + _MARGIN + 1])
    return near


def _patched(both: Sides, kept: list[Bead], signature: str, encoder: Encoder | None, options: Options) -> Alignment:
    """The kept beads, and what the aligner says of all other segments."""
    rest = [
        _without(side, (number for bead in kept for number in getattr(bead, name)))
        for side, name in ((both.source, "source"), (both.target, "target"))
    ]
    ids = [dict(enumerate(item.id for item in side.segments)) for side in rest]
    small = Sides(source=_numbered(rest[0]), target=_numbered(rest[1]), mixed=False)
    found = steps.aligned(small, encoder, replace(options, anchors=None))
    beads = [*kept, *(_renumbered(bead, *ids) for bead in found.beads)]
    return steps.with_beads(both, beads, signature)


def _without(side: Side, numbers: Iterable[int]) -> Side:
    taken = set(numbers)
    return replace(side, segments=tuple(item for item in side.segments if item.id not in taken))


def _numbered(side: Side) -> Side:
    return replace(side, segments=tuple(replace(item, id=number) for number, item in enumerate(side.segments)))


def _renumbered(bead: Bead, source: _Moves, target: _Moves) -> Bead:
    """The bead with other ids; what came closest to it is forgotten where that is no more."""
    closest = bead.closest
    if closest is not None:
        near = [target.get(number, -1) for number in closest.target]
        closest = None if -1 in near else Closest(target=tuple(near), score=closest.score)
    return replace(
        bead,
        source=tuple(source[number] for number in bead.source),
        target=tuple(target[number] for number in bead.target),
        closest=closest,
    )
