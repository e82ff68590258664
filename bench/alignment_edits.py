"""Single sentences taken out on one side of documents with gold beads: does the aligner see that the other one has no counterpart?

A short sentence too many is easily swallowed by its neighbour's bead: neither the vector nor the length of a long one changes much by it.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from alignment_data import Example, docpairs_paths, numbered, side
from msgspec import structs

from transcmp.alignment.gold import Pair
from transcmp.model import Alignment, Segment, Side

LENGTHS = (20, 40, 80)
"""Letters and digits of the sentence that is left alone: bounds of the classes that are told apart."""
APART = 6
"""Beads from one sentence that is taken out to the next."""


@dataclass(frozen=True)
class Edited:
    """A document with some sentences taken out, and others joined."""

    example: Example
    """With its gold beads."""
    alone: list[Pair]
    """Beads of one sentence whose counterpart was taken out."""
    joined: list[Pair]
    """Beads 1-2 and 2-1, of two sentences whose counterparts were written as one."""


def prose(groups: Sequence[str] = ("clean", "blocks")) -> Iterator[Example]:
    """Pages of docpairs sentence by sentence. Gold beads: blocks that were cut into as many sentences on both sides."""
    for path in (path for group in groups for path in docpairs_paths(group)):
        record = json.loads(path.read_text(encoding="utf-8"))
        sides = [
            side(record[f"{role}_text"], record[f"{role}_lang"], format="markdown", unit="sentence", path=record[f"{role}_path"])
            for role in ("src", "tgt")
        ]
        inside = [_sentences_of(one, record[f"{role}_blocks"]) for one, role in zip(sides, ("src", "tgt"), strict=True)]
        gold: list[Pair] = []
        for mine, theirs in record["gold"]:
            pieces = [
                [number for block in blocks for number in known.get(block, ())]
                for known, blocks in zip(inside, (mine, theirs), strict=True)
            ]
            if len(mine) == len(theirs) == 1 and len(pieces[0]) == len(pieces[1]):
                gold += [((first,), (second,)) for first, second in zip(*pieces, strict=True)]
        if gold:
            yield Example("docpairs prose", record["doc"], sides[0], sides[1], gold, "sentence")


def _sentences_of(one: Side, blocks: list[dict]) -> dict[int, list[int]]:
    lines: dict[int, tuple[int, int]] = {}
    found: dict[int, list[int]] = {}
    for segment in one.segments:
        block = one.document.blocks[segment.block]
        if block.kind in ("paragraph", "list_item", "quote"):
            first, last = lines.setdefault(segment.block, one.document.lines(block.span))
            owners = [number for number, about in enumerate(blocks) if about["line_start"] <= last and about["line_end"] >= first]
            if len(owners) == 1:
                found.setdefault(owners[0], []).append(segment.id)
    return found


def edited(example: Example, number: int) -> Edited | None:
    """The example with every few gold 1-1 beads changed; ``number`` says which ones. None if it has too few beads.

    By turns, one side of a bead is taken out, or that of two neighbours is joined.
    """
    chance = random.Random(f"{example.name}/{number}")
    single = sorted(bead for bead in example.gold if len(bead[0]) == len(bead[1]) == 1)
    gone: tuple[set[int], set[int]] = set(), set()
    into: tuple[dict[int, int], dict[int, int]] = {}, {}
    left, met = [], []
    for place in range(chance.randrange(APART), len(single), APART):
        which, bead = chance.randrange(2), single[place]
        following = single[place + 1] if place + 1 < len(single) else None
        if place // APART % 2 and following is not None and _neighbours(example, bead, following):
            into[which][following[which][0]] = bead[which][0]
            met.append((bead, following))
        elif not place // APART % 2:
            gone[which].add(bead[which][0])
            left.append(bead)
    if not left:
        return None
    sides, places = zip(*(_changed(*about) for about in zip((example.source, example.target), gone, into, strict=True)), strict=True)

    def anew(*beads: Pair) -> Pair:
        found = (sorted({places[which][n] for bead in beads for n in bead[which] if n in places[which]}) for which in (0, 1))
        mine, theirs = found
        return tuple(mine), tuple(theirs)

    joined = {first: anew(first, second) for first, second in met}
    behind = {second for _, second in met}
    gold = [joined.get(bead) or anew(bead) for bead in example.gold if bead not in behind]
    document = replace(example, source=sides[0], target=sides[1], gold=gold)
    return Edited(document, [anew(bead) for bead in left], list(joined.values()))


def _neighbours(example: Example, first: Pair, second: Pair) -> bool:
    """Whether two 1-1 beads stand side by side, in one block, on both sides."""
    sides = (example.source.segments, first[0], second[0]), (example.target.segments, first[1], second[1])
    return all(
        mine[0] + 1 == theirs[0] and (example.unit == "line" or segments[mine[0]].block == segments[theirs[0]].block)
        for segments, mine, theirs in sides
    )


def _changed(one: Side, gone: set[int], into: dict[int, int]) -> tuple[Side, dict[int, int]]:
    """A side without some segments, and others behind the one before; and the new number of each that is left."""
    space = "" if one.language.split("-")[0] in ("ja", "zh", "th") else " "
    kept: list[Segment] = []
    places: dict[int, int] = {}
    for segment in one.segments:
        if segment.id in into:
            before = kept[-1]
            kept[-1] = structs.replace(before, text=before.text + space + segment.text, pieces=before.pieces + segment.pieces)
        elif segment.id not in gone:
            kept.append(segment)
        if segment.id not in gone:
            places[segment.id] = len(kept) - 1
    return Side(document=one.document, language=one.language, segments=numbered(kept)), places


def shortest(example: Example, bead: Pair) -> int:
    """Letters and digits of the shortest segment of a bead that has a choice of them."""
    sides = (example.source.segments, bead[0]), (example.target.segments, bead[1])
    return min(sum(map(str.isalnum, segments[number].text)) for segments, ids in sides for number in ids)


Table = dict[int, tuple[int, int]]
"""By class of length: how many were found, and how many there are."""


def found(documents: Sequence[Edited], run: Callable[[Example], Alignment]) -> tuple[Table, Table]:
    """Of the sentences that are alone, and of the beads that were joined (by their shorter part)."""
    classes = (*LENGTHS, sys.maxsize)
    tables = dict.fromkeys(classes, (0, 0)), dict.fromkeys(classes, (0, 0))
    for document in documents:
        beads = {(bead.source, bead.target) for bead in run(document.example).beads}
        for table, wanted in zip(tables, (document.alone, document.joined), strict=True):
            for bead in wanted:
                size = shortest(document.example, bead)
                bound = next(bound for bound in table if size < bound)
                table[bound] = table[bound][0] + (bead in beads), table[bound][1] + 1
    return tables
