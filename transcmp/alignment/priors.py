"""How frequent beads and gaps are, and what that costs in nats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

import numpy as np

from transcmp.alignment.constants import Words
from transcmp.alignment.kernel import Skips, Step

Shape: TypeAlias = tuple[int, int]

_INITIAL: Mapping[Shape, float] = {
    (1, 1): 0.89, (1, 2): 0.045, (2, 1): 0.045, (2, 2): 0.011, (1, 3): 0.005, (3, 1): 0.005,
    (2, 3): 0.002, (3, 2): 0.002, (1, 4): 0.001, (4, 1): 0.001, (3, 3): 0.0005,
}  # fmt: skip
"""How often beads of each shape are expected (after Gale and Church 1993, table 5); larger ones are rarer still."""
_OBSERVATIONS = 20.0
"""Beads that the expectation is worth."""
_WITHIN_GAP = float(np.log(2))
"""Cost of each further segment of a long gap: a coin's."""
_NEVER = 1e6


@dataclass(frozen=True)
class Priors:
    """How frequent beads are."""

    shapes: Mapping[Shape, float]
    """Probability of each shape."""
    skips: tuple[float, float]
    """Probability of a source and of a target segment without counterpart."""
    weights: Words
    gaps: bool
    """Whether long gaps are expected. Not at first: while words say little, one would swallow whatever is difficult."""

    @classmethod
    def expected(cls, shapes: Sequence[Shape], weights: Words) -> Priors:
        """Before any alignment is known."""
        chances = {shape: _INITIAL.get(shape, 0.0004 * 0.25 ** (sum(shape) - 5)) for shape in shapes}
        return cls(chances, (weights.skip, weights.skip), weights, False)

    def learned(self, path: Sequence[Step]) -> Priors:
        """From an alignment. A run of segments without counterpart counts once, or one long gap would make skips cheap everywhere."""
        found = Counter((step.rows, step.columns) for step in path if step.rows and step.columns)
        runs = Counter(kind for kind, _ in groupby((step.rows, step.columns) for step in path) if 0 in kind)
        counts = runs[1, 0], runs[0, 1]
        total = sum(found.values()) + sum(counts) + _OBSERVATIONS
        shapes = {shape: (found[shape] + _OBSERVATIONS * chance) / total for shape, chance in self.shapes.items()}
        first, second = ((count + _OBSERVATIONS * chance) / total for count, chance in zip(counts, self.skips, strict=True))
        return Priors(shapes, (first, second), self.weights, True)

    def ways(self, rows: int, columns: int) -> list[Skips]:
        """Skip segments one by one, or, where gaps are expected, a long run of one side: dear to begin and cheap to go on."""
        source, target = (-float(np.log(chance)) for chance in self.skips)
        ways = [_way(rows, columns, (source, source), (target, target))]
        if self.gaps:
            ways.append(_way(rows, columns, (self.weights.gap * source, _WITHIN_GAP), (_NEVER, _NEVER)))
            ways.append(_way(rows, columns, (_NEVER, _NEVER), (self.weights.gap * target, _WITHIN_GAP)))
        return ways


def _way(rows: int, columns: int, source: tuple[float, float], target: tuple[float, float]) -> Skips:
    return Skips(*(np.full(rows, cost) for cost in source), *(np.full(columns, cost) for cost in target))
