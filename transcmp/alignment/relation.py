"""Whether two documents have anything to do with each other: what all beads of an alignment say together.

Of two documents that do not belong together a few sentences are always alike by chance, and a bead of two such sentences looks right. But
only its neighbours can say whether it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from transcmp.alignment.constants import Relation
from transcmp.alignment.kernel import Floats, Ids

_SHARES = np.arange(1, 100) / 100
"""Shares of right beads that are thought possible, each as likely as any other."""
_MOST_ODDS = np.exp(4.0)
"""What one bead can say at most: one name in common says much, too."""
_MOST_TOLD = 50.0
"""Nats beyond which more of them do not make two documents more or less related."""


def distinct(source: Sequence[str], target: Sequence[str], beads: Ids) -> NDArray[np.bool_]:
    """Which beads (rows of :data:`~transcmp.alignment.tiers.Beads`) are the first with their texts: what repeats says nothing new."""
    seen: set[tuple[str, str]] = set()
    first = np.zeros(len(beads), bool)
    for number, (row, rows, column, columns) in enumerate(beads.tolist()):
        texts = "\n".join(source[row : row + rows]), "\n".join(target[column : column + columns])
        first[number] = texts not in seen
        seen.add(texts)
    return first


def told(chances: Floats) -> float:
    """Nats by which the beads with these calibrated chances speak for two documents of which some share is translated, against none.

    The logarithm of the mean, over all shares s, of the product of 1 - s + s * odds.
    """
    odds = np.clip(chances / np.maximum(1 - chances, 1e-9), 1 / _MOST_ODDS, _MOST_ODDS)
    nats = np.log1p(_SHARES[:, None] * (odds[None, :] - 1)).sum(axis=1)
    return float(np.logaddexp.reduce(nats) - np.log(len(_SHARES)))


def features(nats: float, covered: float) -> Floats:
    """Shape (2,), in the order and scale of :class:`~transcmp.alignment.constants.Relation`."""
    return np.array([min(max(nats, -_MOST_TOLD), _MOST_TOLD) / 100, covered])


def best(beads: int) -> Floats:
    """The features of the best possible alignment of so many beads."""
    return features(told(np.ones(beads)), 1.0)


def probability(relation: Relation, found: Floats) -> float:
    """That the documents translate each other at all."""
    return float(1 / (1 + np.exp(-relation.intercept - found @ np.array([relation.nats, relation.covered]))))
