"""Vectors of runs of texts, from what is kept of each text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.embed import vectors
from transcmp.embed.vectors import Matrix, Reading


def reading(texts: int, seed: int = 0) -> Reading:
    """Of made-up texts; the head keeps the direction."""
    random = np.random.default_rng(seed)
    sums, begins, ends = random.normal(size=(3, texts, 8)).astype(np.float32)
    return Reading(sums, begins, ends, random.integers(3, 30, texts).astype(np.float32), _unit)


def _unit(sums: Matrix, sizes: Matrix) -> Matrix:
    mean: Matrix = sums / np.sqrt(sizes)[:, None]
    units: Matrix = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return units


@given(texts=st.integers(1, 12), size=st.integers(1, 8), kept=st.booleans(), data=st.data())
def test_some_runs_are_rows_of_all_runs(texts: int, size: int, kept: bool, data: st.DataObject) -> None:
    size = min(size, texts)
    firsts = np.array(data.draw(st.lists(st.integers(0, texts - size), max_size=20)), np.int64)
    whole = reading(texts)
    if kept:
        whole.spans(8)
    np.testing.assert_array_equal(whole.runs(firsts, size), reading(texts).spans(size)[size - 1][firsts])


@pytest.mark.parametrize("most", [0, 100])
def test_runs_of_a_part(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_KEPT", most)
    part = reading(9).part(2, 8)
    np.testing.assert_array_equal(part.runs(np.array([3, 0]), 3), part.spans(3)[2][[3, 0]])
