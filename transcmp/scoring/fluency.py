"""Does the translation read like its language? A sum over tokens of how well each stands between its neighbours.

A token is seen with two neighbours to each side, in their order (the encoder's own context vectors hardly tell order), each by its
embedding, brought down to fewer columns; one hidden layer judges the five. It is fitted on sentences against damaged copies of them, as
in Collobert and Weston (2008), in every language that the training text has: the embeddings are of all languages alike.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

REACH = 2
"""Neighbours to each side."""


def windows(columns: Array) -> Array:
    """Each row with its neighbours, in order, and a one behind them; outside the text they are 0.

    Shape (tokens, columns) to (tokens, (2 * REACH + 1) * columns + 1).
    """
    count, width = columns.shape
    size = 2 * REACH + 1
    padded = np.zeros((count + 2 * REACH, width), np.float32)
    padded[REACH : REACH + count] = columns
    result = np.ones((count, size * width + 1), np.float32)
    for place in range(size):
        result[:, place * width : (place + 1) * width] = padded[place : place + count]
    return result


class Fluency:
    """The judge, ready for use."""

    def __init__(self, mean: Array, projection: Array, hidden: Array, out: Array) -> None:
        self._shift = mean @ projection
        self._projection, self._hidden, self._out = projection, hidden, out

    def judge(self, embedded: Array) -> Array:
        """What each token of a text adds. ``embedded`` has shape (tokens, dimension), the result (tokens,)."""
        rows = windows(embedded @ self._projection - self._shift)
        judged: Array = np.maximum(rows @ self._hidden, 0) @ self._out
        return judged
