"""A comparison after a small edit, without doing all of it again: what an editor asks for at every pause of the typist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from msgspec.structs import replace

from transcmp.model import Alignment, Bead, Closest, Comparison, Document, Segment, Side
from transcmp.pipeline import steps
from transcmp.pipeline.options import Options
from transcmp.pipeline.sides import Sides, mixed, pair

_MARGIN = 6
"""Beads around a changed segment that are aligned again with it: fewer, and there are too few texts to tell alike from unlike."""
_MOST = 0.3
"""Share of changed segments from which everything is aligned again."""


def update(before: Comparison, source: Document, target: Document | None, *, options: Options) -> Comparison:
    """The comparison of the documents as they are now; beads far from any change are those of ``before``.

    Moved beads, and those near a change, are aligned again. The result has findings and no scores.
    """
    languages = before.alignment.source.language, before.alignment.target.language
    chosen = replace(options, source_language=languages[0], target_language=languages[1])
    both = mixed(source, chosen) if target is None else pair(source, target, chosen)
    kept = None if both.mixed else _kept(before.alignment, both)
    if kept is None:
        return steps.checked(steps.compared(both, options)[0])
    alignment = _patched(both, kept, before.alignment.signature, options)
    return steps.checked(steps.comparison_of(alignment, mixed=False))


def _kept(before: Alignment, both: Sides) -> list[Bead] | None:
    """Beads that still hold, with the ids of now; None where too much has changed."""
    moves = [_moves(old.segments, new.segments) for old, new in ((before.source, both.source), (before.target, both.target))]
    for new, move in zip((both.source, both.target), moves, strict=True):
        if len(new.segments) - len(move) > _MOST * max(1, len(new.segments)):
            return None
    sound = [
        not bead.moved and bool(bead.source and bead.target) and all(number in moves[0] for number in bead.source)
        and all(number in moves[1] for number in bead.target)
        for bead in before.beads
    ]  # fmt: skip
    far = [all(sound[max(0, at - _MARGIN) : at + _MARGIN + 1]) for at in range(len(sound))]
    return [
        replace(
            bead,
            source=tuple(moves[0][number] for number in bead.source),
            target=tuple(moves[1][number] for number in bead.target),
        )
        for bead, keep in zip(before.beads, far, strict=True)
        if keep
    ]


def _moves(old: Sequence[Segment], new: Sequence[Segment]) -> dict[int, int]:
    matcher = SequenceMatcher(None, [item.text for item in old], [item.text for item in new], autojunk=False)
    return {block.a + at: block.b + at for block in matcher.get_matching_blocks() for at in range(block.size)}


def _patched(both: Sides, kept: list[Bead], signature: str, options: Options) -> Alignment:
    """The kept beads, and what the aligner says of all other segments."""
    rest = [
        _without(side, (number for bead in kept for number in getattr(bead, name)))
        for side, name in ((both.source, "source"), (both.target, "target"))
    ]
    ids = [[item.id for item in side.segments] for side in rest]
    small = Sides(source=_numbered(rest[0]), target=_numbered(rest[1]), mixed=False)
    encoder = steps.choose_encoder(small, options)
    again = steps.aligned(small, encoder, replace(options, anchors=None))
    beads = [*kept, *(_back(bead, *ids) for bead in again.beads)]
    return steps.with_beads(both, beads, signature)


def _without(side: Side, numbers: Iterable[int]) -> Side:
    taken = set(numbers)
    return replace(side, segments=tuple(item for item in side.segments if item.id not in taken))


def _numbered(side: Side) -> Side:
    return replace(side, segments=tuple(replace(item, id=number) for number, item in enumerate(side.segments)))


def _back(bead: Bead, source: Sequence[int], target: Sequence[int]) -> Bead:
    closest = bead.closest
    if closest is not None:
        closest = Closest(target=tuple(target[number] for number in closest.target), score=closest.score)
    return replace(
        bead,
        source=tuple(source[number] for number in bead.source),
        target=tuple(target[number] for number in bead.target),
        closest=closest,
    )
