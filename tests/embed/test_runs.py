"""Sums over runs of rows, against NumPy's own."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transcmp.embed.runs import sums_of_runs


@given(st.lists(st.integers(1, 40), min_size=1, max_size=30), st.integers(0, 2**32 - 1))
def test_sums_are_those_of_reduceat(sizes: list[int], seed: int) -> None:
    rows = np.random.default_rng(seed).normal(size=(sum(sizes), 3)).astype(np.float32)
    starts = np.cumsum([0, *sizes[:-1]])
    np.testing.assert_allclose(sums_of_runs(rows, starts), np.add.reduceat(rows, starts), rtol=1e-4, atol=1e-4)


def test_no_runs_have_no_sums() -> None:
    assert sums_of_runs(np.zeros((0, 3), np.float32), np.zeros(0, np.int64)).shape == (0, 3)
