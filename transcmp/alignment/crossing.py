"""Matching in any order: a pair is taken only if it is better, by a lead, than every other that either of the two could form."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from transcmp.alignment.kernel import Floats, Ids

_TILE = 2048
"""Rows and columns of values that are held at a time."""


def clear_winners(values: Floats, floor: float, lead: float) -> list[tuple[int, int]]:
    """Row and column of each value that is at least ``floor`` and beats all others of its row and column by ``lead``; -inf: not allowed."""
    if not values.size:
        return []
    rows, columns = np.arange(len(values)), values.argmax(axis=1)
    best = values[rows, columns]
    chosen = (best >= floor) & (best - lead >= _second(values)) & (best - lead >= _second(values.T)[columns])
    return [(int(row), int(columns[row])) for row in np.flatnonzero(chosen)]


def nearest(values: Callable[[Ids, Ids], Floats], rows: Ids, columns: int) -> list[int | None]:
    """The best of all ``columns`` for each of some rows; None where there is none.

    ``values`` gives those of some rows and columns; it is asked for few at a time, which bounds the memory.
    """
    best, place = np.full(len(rows), -np.inf), np.full(len(rows), -1)
    for left in range(0, columns, _TILE):
        wanted = np.arange(left, min(left + _TILE, columns))
        for first in range(0, len(rows), _TILE):
            part = slice(first, first + _TILE)
            found = values(rows[part], wanted)
            highest = found.argmax(axis=1)
            value = found[np.arange(len(found)), highest]
            better = value > best[part]
            best[part] = np.where(better, value, best[part])
            place[part] = np.where(better, wanted[highest], place[part])
    return [int(column) if column >= 0 else None for column in place]


def _second(values: Floats) -> NDArray[np.float64]:
    """The second best of each row; -inf where there is none."""
    if values.shape[1] < 2:
        return np.full(len(values), -np.inf)
    return np.partition(values.astype(np.float64), values.shape[1] - 2, axis=1)[:, -2]
