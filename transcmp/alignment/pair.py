"""From two sides to an alignment: the steps, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from transcmp._version import __version__
from transcmp.alignment.anchors import Anchors
from transcmp.alignment.backwards import backwards
from transcmp.alignment.crossing import nearest
from transcmp.alignment.kernel import Step
from transcmp.alignment.mixed import matches, nearest_passages
from transcmp.alignment.relation import distinct
from transcmp.alignment.reorder import free, in_and_out_of_order, reorder
from transcmp.alignment.result import assemble
from transcmp.alignment.sure import sure
from transcmp.alignment.texts import Texts
from transcmp.alignment.tiers import Beads, Tier, beads_of, gather, settle
from transcmp.embed import Encoder, SpanEncoder
from transcmp.errors import UsageError
from transcmp.model import Alignment, Bead, Closest, Document, Segment, Side

if TYPE_CHECKING:
    from transcmp.alignment import AlignOptions, Pair, Report

_NONE_KNOWN = Anchors([], [])
_CERTAIN = 100.0
"""Gain of a bead that is given: the lexicon learns from it."""
_DOUBTED = 0.5
"""Probability that two documents translate each other below which it is asked whether one is in reverse order."""


@dataclass(frozen=True)
class Task:
    """Two sides with the evidence about them."""

    source: Texts
    target: Texts
    tier: Tier
    given: Sequence[Step]
    """Beads that are known to be right, in order."""
    sure: Sequence[Step]
    """Beads that words alone are sure of, in order."""

    def beads(self, pairs: Beads, moved: NDArray[np.bool_]) -> list[Bead]:
        """The beads at these positions, scored."""
        scores = self.tier.probabilities(pairs)
        return [
            Bead(
                source=self.source.ids(int(row), int(rows)),
                target=self.target.ids(int(column), int(columns)),
                score=round(float(score), 4),
                moved=bool(out_of_order),
            )
            for (row, rows, column, columns), score, out_of_order in zip(pairs, scores, moved, strict=True)
        ]


def align(
    source: Side,
    target: Side,
    *,
    encoder: Encoder | None,
    options: AlignOptions,
    anchors: Sequence[Pair] = (),
    progress: Report | None = None,
) -> Alignment:
    """See :func:`transcmp.alignment.align`."""
    known = Anchors.of(anchors, source, target)
    task = _prepare(source, target, encoder, options, progress, known)
    given = _reserved(source, target, encoder, options, known)
    if task is None:
        return assemble(source, target, given, {}, _signature(encoder, options))
    sizes = len(task.source.segments), len(task.target.segments)
    fixed = sorted([*task.given, *task.sure], key=lambda step: step.row)
    tier, steps = settle(task.tier, *sizes, fixed, progress)
    every, moved = reorder(tier, beads_of(steps), beads_of(fixed), *sizes, split=options.unit == "fragment")
    tier = tier.weighed(every, distinct(task.source.texts, task.target.texts, every))
    if tier.name == "lexical" and tier.related < _DOUBTED and not fixed:
        other, turned = _backwards(task, options)
        if other.related > 1 - _DOUBTED:
            tier, (every, moved) = other, in_and_out_of_order(turned[:0], turned)
    task = replace(task, tier=tier)
    beads = task.beads(every, moved) + given
    return assemble(source, target, beads, _closest(task, every), _signature(encoder, options, unsure=bool(task.sure)))


def _backwards(task: Task, options: AlignOptions) -> tuple[Tier, Beads]:
    """What there is to go by, and the beads, if one side is in the reverse order of the other."""
    path = backwards(task.source, task.target, options)
    beads = beads_of(path)
    return task.tier.judging(path).weighed(beads, distinct(task.source.texts, task.target.texts, beads)), beads


def _reserved(source: Side, target: Side, encoder: Encoder | None, options: AlignOptions, known: Anchors) -> list[Bead]:
    """The beads that are given and stand apart from the search, scored like all others."""
    apart = [pair for pair in known.apart if pair[0] and pair[1]]
    task = _prepare(source, target, encoder, options) if apart else None
    beads = []
    for mine, theirs in apart:
        score = 0.0
        if task is not None and any(task.source.has(number) for number in mine) and any(task.target.has(number) for number in theirs):
            ends = task.source.position(mine[0]), len(mine), task.target.position(theirs[0]), len(theirs)
            score = round(float(task.tier.probabilities(np.array([ends], np.int64))[0]), 4)
        beads.append(Bead(source=mine, target=theirs, score=score, moved=_crosses((mine, theirs), known.in_order)))
    return beads


def _crosses(pair: Pair, others: Sequence[Pair]) -> bool:
    return any((mine[0] < pair[0][0]) != (theirs[0] < pair[1][0]) for mine, theirs in others)


def match(source: Side, target: Side, *, encoder: Encoder | None, options: AlignOptions, progress: Report | None = None) -> Alignment:
    """See :func:`transcmp.alignment.match`."""
    task = _prepare(source, target, encoder, options, progress, whole=False)
    if task is None:
        return assemble(source, target, (), {}, _signature(encoder, options))
    passages, best, second = nearest_passages(task.tier, len(task.source.segments))
    pairs = matches(task.tier, passages, best, second, _alike(task, passages, source.document))
    none_moved = np.zeros(len(passages), bool)
    near = {bead.source[0]: Closest(target=bead.target, score=bead.score) for bead in task.beads(passages, none_moved)}
    return assemble(source, target, task.beads(pairs, none_moved[: len(pairs)]), near, _signature(encoder, options))


def _alike(task: Task, passages: Beads, document: Document) -> NDArray[np.bool_]:
    """Shape (passages,): whether both sides are headings, or neither, and no two cells of one column.

    A heading sums a paragraph up and is not its translation; what stands above or below in a table says it of something else.
    """
    sides = (task.source.segments, task.target.segments)
    mine, theirs = (np.array([segment.kind == "heading" for segment in side]) for side in sides)
    columns = [[_column(document, segment) for segment in side] for side in sides]
    apart = [columns[0][row] is None or columns[0][row] != columns[1][place] for row, place in passages[:, [0, 2]].tolist()]
    alike: NDArray[np.bool_] = (mine[passages[:, 0]] == theirs[passages[:, 2]]) & np.array(apart, bool)
    return alike


def _column(document: Document, segment: Segment) -> tuple[int, str] | None:
    """Block and column of a table's cell; None for all else."""
    if segment.kind != "table-cell":
        return None
    fragment = document.fragments[segment.fragment]
    return fragment.block, fragment.info.partition(",")[2]


def _prepare(
    source: Side,
    target: Side,
    encoder: Encoder | None,
    options: AlignOptions,
    progress: Report | None = None,
    known: Anchors = _NONE_KNOWN,
    *,
    whole: bool = True,
) -> Task | None:
    if options.max_bead < 2:
        raise UsageError(message=f"a bead has at least 2 segments, not {options.max_bead}")
    mine, theirs = Texts.of(source, known.reserved(0)), Texts.of(target, known.reserved(1))
    if not mine.segments or not theirs.segments:
        return None
    given = [
        Step(mine.position(pair[0][0]) + len(pair[0]), theirs.position(pair[1][0]) + len(pair[1]), len(pair[0]), len(pair[1]), _CERTAIN)
        for pair in known.in_order
    ]
    known_by_words = sure(mine, theirs, encoder, options, given) if whole else []
    tier = gather(mine, theirs, encoder, options, progress, whole=whole, sure=beads_of(known_by_words))
    return Task(mine, theirs, tier, given, known_by_words)


def _closest(task: Task, taken: Beads) -> dict[int, Closest]:
    """For each source segment that no bead has, the target segment that comes nearest; by source segment id."""
    rows = free(taken[:, 0], taken[:, 1], len(task.source.segments))
    best = nearest(task.tier.evidence.likeness, rows, len(task.target.segments))
    pairs = [(row, 1, found, 1) for row, found in zip(rows, best, strict=True) if found is not None]
    beads = task.beads(np.array(pairs, np.int64).reshape(-1, 4), np.zeros(len(pairs), bool))
    return {bead.source[0]: Closest(target=bead.target, score=bead.score) for bead in beads}


def _signature(encoder: Encoder | None, options: AlignOptions, *, unsure: bool = False) -> str:
    kind = "embedding" if isinstance(encoder, SpanEncoder) else "joint"
    tier = "lexical" if encoder is None else f"{kind}|encoder:{encoder.name}-{encoder.version}"
    tier += "|read:unsure" if unsure else ""
    return f"transcmp:{__version__}|align:{tier}|unit:{options.unit}|max-bead:{options.max_bead}"
