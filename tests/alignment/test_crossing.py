"""What comes nearest, looked for a tile at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.alignment import crossing
from transcmp.alignment.crossing import nearest


@given(height=st.integers(0, 9), width=st.integers(0, 9), tile=st.integers(1, 10), seed=st.integers(0, 99))
def test_the_nearest_of_all_tiles_is_the_nearest_of_the_whole_table(height: int, width: int, tile: int, seed: int) -> None:
    table = np.random.default_rng(seed).integers(0, 4, (height, width)).astype(float)
    table[table == 0] = -np.inf
    asked = []

    def values(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        asked.append(max(len(rows), len(columns)))
        return table[np.ix_(rows, columns)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crossing, "_TILE", tile)
        found = nearest(values, np.arange(height), width)
    assert found == [int(row.argmax()) if width and np.isfinite(row.max()) else None for row in table]
    assert max(asked, default=0) <= tile
