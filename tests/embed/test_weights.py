"""Weights: verified, kept for the next run, never required to be kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from transcmp.embed import weights
from transcmp.errors import EncoderError


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRANSCMP_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_the_second_reading_maps_what_the_first_kept(cache: Path) -> None:
    first, rest = weights.read_weights()
    assert [path.name for path in cache.iterdir()] == [f"use-{weights.WEIGHTS_SHA256[:16]}"]
    second, rest_again = weights.read_weights()
    assert isinstance(second, np.memmap)
    np.testing.assert_array_equal(first[::1000], second[::1000])
    assert rest.keys() == rest_again.keys()


def test_runs_side_by_side_all_get_whole_weights(cache: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        tables = [table for table, _ in pool.map(lambda _: weights.read_weights(), range(3))]
    assert len({int(table[::5000].sum(dtype=np.int64)) for table in tables}) == 1
    assert [path.name for path in cache.iterdir()] == [f"use-{weights.WEIGHTS_SHA256[:16]}"]


def test_a_damaged_cache_is_made_again(cache: Path) -> None:
    weights.read_weights()
    kept = next(cache.iterdir())
    (kept / "rest.npz").write_bytes(b"no archive")
    weights.read_weights()
    assert (kept / "rest.npz").stat().st_size > 1_000_000


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a directory")
    monkeypatch.setenv("TRANSCMP_CACHE_DIR", str(tmp_path / "file"))
    table, rest = weights.read_weights()
    assert table.shape == (128010, 512)
    assert "cnn_W" in rest


def test_other_weights_are_refused(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "WEIGHTS_SHA256", "0" * 64)
    monkeypatch.setattr(weights, "MODEL_SHA256", "0" * 64)
    with pytest.raises(EncoderError, match=r"weights\.npz"):
        weights.read_weights()
    with pytest.raises(EncoderError, match=r"sp\.model"):
        weights.read_model()
    assert not cache.exists()
