"""Matching a mixed document: each source segment with the target passage that it translates to, wherever that stands, or with none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from transcmp.alignment.kernel import Floats
from transcmp.alignment.tiers import Beads, Tier

_LONGEST = 6
"""Target segments that one source segment, often a whole paragraph, may be translated to."""
_MOST = 8.0
"""Log-odds beyond which a probability says no more."""


def logit(chances: Floats) -> Floats:
    """Log-odds."""
    odds: Floats = np.log(np.maximum(chances, 1e-9) / np.maximum(1 - chances, 1e-9))
    return odds


def nearest_passages(tier: Tier, rows: int) -> tuple[Beads, Floats, Floats]:
    """For each source segment the most alike passage inside one block, how alike it is, and how alike the best one beside it.

    Shapes (rows, 4), (rows,) and (rows,). A passage of the other rank is one that shares no segment with the first.
    """
    everything = np.arange(rows)
    starts, lengths, values = [], [], []
    for length in range(1, min(_LONGEST, len(tier.structure.target.kinds)) + 1):
        places = tier.structure.whole(length)
        if len(places):
            starts.append(places)
            lengths.append(np.full(len(places), length))
            values.append(tier.evidence.likeness(everything, places, length))
    table = np.concatenate(values, axis=1)
    start, sizes = np.concatenate(starts), np.concatenate(lengths)
    best = table.argmax(axis=1)
    apart = (start[None, :] >= (start + sizes)[best][:, None]) | ((start + sizes)[None, :] <= start[best][:, None])
    second = np.where(apart, table, -np.inf).max(axis=1)
    passages = np.stack([everything, np.ones(rows, np.int64), start[best], sizes[best]], axis=1)
    return passages, table[everything, best], second


def matches(tier: Tier, passages: Beads, best: Floats, second: Floats, alike: NDArray[np.bool_]) -> Beads:
    """Those passages of ``alike`` kind that are more probably right than not, each used once."""
    weights = tier.constants.match[tier.name]
    odds = np.clip(logit(tier.probabilities(passages)), -_MOST, _MOST)
    lead = np.minimum(best - second, 1.0)  # a document of one passage has no second
    sure = weights.intercept + weights.likeness * best + weights.lead * lead + weights.logit * odds
    sure = (sure + weights.coverage * tier.evidence.coverage(passages) > 0) & alike
    taken: set[int] = set()
    chosen = []
    for row in np.argsort(-best, kind="stable"):
        segments = range(passages[row, 2], passages[row, 2] + passages[row, 3])
        if sure[row] and taken.isdisjoint(segments):
            taken.update(segments)
            chosen.append(row)
    return passages[np.sort(np.array(chosen, np.int64))]
