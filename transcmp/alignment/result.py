"""The alignment as a value: every segment in one bead, all in order, one score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from transcmp.model import Alignment, Bead, Closest, Side


def assemble(source: Side, target: Side, beads: Iterable[Bead], closest: Mapping[int, Closest], signature: str) -> Alignment:
    """The alignment with these beads of two sides; what they leave out has no counterpart.

    ``closest`` says, by source segment, what came nearest.
    """
    paired = list(beads)
    taken = {number for bead in paired for number in bead.source}
    omitted = [segment.id for segment in source.segments if segment.id not in taken]
    paired += [Bead(source=(number,), target=(), score=0.0, closest=closest.get(number)) for number in omitted]
    ordered = _with_added(sorted(paired, key=lambda bead: bead.source), len(target.segments))
    return Alignment(source=source, target=target, beads=ordered, score=_score(source, target, ordered), signature=signature)


def _with_added(beads: Sequence[Bead], targets: int) -> tuple[Bead, ...]:
    """Put each target segment that no bead has behind the bead of the one before it."""
    owner = {number: place for place, bead in enumerate(beads) for number in bead.target}
    behind: dict[int, list[Bead]] = {}
    place = -1
    for number in range(targets):
        if number in owner:
            place = owner[number]
        else:
            behind.setdefault(place, []).append(Bead(source=(), target=(number,), score=0.0))
    ordered = list(behind.get(-1, ()))
    for place, bead in enumerate(beads):
        ordered += [bead, *behind.get(place, ())]
    return tuple(ordered)


def _score(source: Side, target: Side, beads: Sequence[Bead]) -> float:
    """Mean score of the beads, weighted by the characters of both sides; 1 for two sides without text."""
    total, weighted = 0, 0.0
    for bead in beads:
        size = sum(len(source.segments[number].text.strip()) for number in bead.source)
        size += sum(len(target.segments[number].text.strip()) for number in bead.target)
        total, weighted = total + size, weighted + size * bead.score
    return round(weighted / total, 4) if total else 1.0
