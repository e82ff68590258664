"""Fits what tells two documents that have nothing to do with each other, for the tiers in which vectors speak.

Each example, beginnings of it, and a tenth of its translation stand against the source, and against a document of another project.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from alignment_data import Example, Remembered, docpairs, page_of
from fit_alignment_scores import BELONG, beginning, chances, encoder_of, examples, logistic, stranger

from transcmp.alignment import AlignOptions
from transcmp.alignment.relation import best, distinct
from transcmp.alignment.reorder import reorder
from transcmp.alignment.texts import Texts
from transcmp.alignment.tiers import beads_of, gather, settle

SIZES = {"embedding": (1, 2, 3, 5, 10, 30, 1000), "joint": (1, 2, 3, 5, 10, 30, 90)}
"""Beads of the beginnings."""
FLOOR = 0.2
"""Score that no bead of two unrelated documents should reach."""


@dataclass(frozen=True)
class Case:
    """What an alignment of two documents says of them."""

    page: str
    related: bool
    found: np.ndarray
    most: np.ndarray
    singles: np.ndarray
    """Scores of the beads of one segment a side, before it is asked whether the documents belong together."""


def cases(tier: str) -> Iterator[Case]:
    found = examples(tier)
    if tier == "joint":  # what has another language than Icelandic as target finds strangers among the pages of documentation
        found = [turned(example) if example.group == "ParIce" else example for example in found]
    strangers = list(islice(docpairs("blocks"), 0, None, 5)) if tier == "joint" else found
    remembered: dict[str, Remembered] = {}
    for number, example in enumerate(found):
        other = stranger(example, strangers if tier == "joint" else strangers[number:] + strangers[:number])
        for source, target in beginnings(example, SIZES[tier]):
            for related, against in ((True, target), (False, other)):
                if against is not None and source.segments and target.segments:
                    cut = Texts(against.side, against.segments[: len(target.segments)])
                    yield case(tier, example, source, cut, related, remembered)
        part = excerpt(example)
        if part is not None and tier == "embedding":
            yield case(tier, example, Texts.of(example.source), part, True, remembered)


def turned(example: Example) -> Example:
    """The target as source."""
    gold = [(theirs, mine) for mine, theirs in example.gold]
    return Example(example.group, example.name, example.target, example.source, gold, example.unit)


def beginnings(example: Example, sizes: tuple[int, ...]) -> Iterator[tuple[Texts, Texts]]:
    for size in sizes:
        beads = [(mine, theirs) for mine, theirs in example.gold if mine and theirs][:size]
        if beads:
            yield (
                beginning(Texts.of(example.source), [mine for mine, _ in beads]),
                beginning(Texts.of(example.target), [theirs for _, theirs in beads]),
            )


def excerpt(example: Example) -> Texts | None:
    """The translation of a tenth of the source, from its middle; None of a short document."""
    beads = [theirs for mine, theirs in example.gold if mine and theirs]
    if len(beads) <= 30:
        return None
    target, middle = Texts.of(example.target), len(beads) // 2
    first, last = target.position(beads[middle][0]), target.position(beads[middle + max(3, len(beads) // 10) - 1][-1])
    return Texts(target.side, target.segments[first : last + 1]) if first <= last else None


def case(tier: str, example: Example, source: Texts, target: Texts, related: bool, remembered: dict[str, Remembered]) -> Case:
    known = gather(source, target, encoder_of(tier, example, remembered), AlignOptions(unit=example.unit))
    sizes = len(source.segments), len(target.segments)
    known, steps = settle(known, *sizes)
    beads, _ = reorder(known, beads_of(steps), beads_of([]), *sizes, split=example.unit == "fragment")
    new = distinct(source.texts, target.texts, beads)
    singles = beads[(beads[:, 1] == 1) & (beads[:, 3] == 1)]
    return Case(page_of(example.name), related, known.said(beads, new), best(int(new.sum())), known.probabilities(singles))


def fit(tier: str) -> tuple[np.ndarray, str]:
    """The model, intercept first, and what was measured on the halves of the pages that it was not fitted on."""
    every = list(cases(tier))
    halves = np.array([zlib.crc32(one.page.encode()) % 2 for one in every])
    lowest, before, after, unrelated = 1.0, 0, 0, 0
    for held in (0, 1):
        model = _model([one for one, half in zip(every, halves, strict=True) if half != held])
        for one in (one for one, half in zip(every, halves, strict=True) if half == held):
            share = min(1.0, float(chances(model, one.found[None, :])[0] / chances(model, one.most[None, :])[0]))
            if one.related:
                lowest = min(lowest, share)
            else:
                unrelated += 1
                before, after = (count + bool((one.singles * factor > FLOOR).any()) for count, factor in ((before, 1.0), (after, share)))
    note = f"other half: a 1-1 bead above {FLOOR} in {after} of {unrelated} unrelated pairs, before {before}; related at least {lowest:.2f}"
    print(f"{tier}, relation: {note}")
    return _model(every), note


def _model(every: list[Case]) -> np.ndarray:
    right = np.array([float(one.related) for one in every])
    weights = np.where(right > 0, BELONG / right.sum(), (1 - BELONG) / (1 - right).sum())
    return logistic(np.stack([one.found for one in every]), right, weights)
