"""Matching in any order: a pair is taken only if it is better, by a lead, than every other that either of the two could form."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from transcmp.alignment.kernel import Floats


def clear_winners(values: Floats, floor: float, lead: float) -> list[tuple[int, int]]:
    """Row and column of each value that is at least ``floor`` and beats all others of its row and column by ``lead``; -inf: not allowed."""
    if not values.size:
        return []
    rows, columns = np.arange(len(values)), values.argmax(axis=1)
    best = values[rows, columns]
    chosen = (best >= floor) & (best - lead >= _second(values)) & (best - lead >= _second(values.T)[columns])
    return [(int(row), int(columns[row])) for row in np.flatnonzero(chosen)]


def nearest(values: Floats) -> list[tuple[int, float] | None]:
    """The best column of each row, with its value; None where nothing is allowed."""
    if not values.size:
        return [None] * len(values)
    columns = values.argmax(axis=1)
    return [(int(column), float(values[row, column])) if np.isfinite(values[row, column]) else None for row, column in enumerate(columns)]


def _second(values: Floats) -> NDArray[np.float64]:
    """The second best of each row; -inf where there is none."""
    if values.shape[1] < 2:
        return np.full(len(values), -np.inf)
    return np.partition(values.astype(np.float64), values.shape[1] - 2, axis=1)[:, -2]
