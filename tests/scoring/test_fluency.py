"""The judge of fluency: a token is seen between its neighbours, in their order."""

from __future__ import annotations

import numpy as np
import pytest

from transcmp.embed import choose
from transcmp.model import Language
from transcmp.scoring import quality
from transcmp.scoring.fluency import REACH, Fluency, windows


def test_a_window_has_its_neighbours_in_order_and_nothing_outside_the_text() -> None:
    columns = np.arange(1, 7, dtype=np.float32).reshape(3, 2)
    rows = windows(columns)
    assert rows.shape == (3, (2 * REACH + 1) * 2 + 1)
    assert rows[1].tolist() == [0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 1]
    assert rows[0].tolist() == [0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 1]


def test_no_tokens() -> None:
    judge = Fluency(np.zeros(4, np.float32), np.eye(4, 2, dtype=np.float32), np.ones((11, 3), np.float32), np.ones(3, np.float32))
    assert judge.judge(np.zeros((0, 4), np.float32)).shape == (0,)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("The dog sleeps in the garden.", "The dog in sleeps the garden."),
        ("She has been waiting for two hours.", "She has been wait for two hours."),
        ("Der Hund schläft im Garten.", "Der Hund im schläft Garten."),
        ("El perro duerme en el jardín.", "El perro en duerme el jardín."),
        ("Il cane dorme nel giardino.", "Il cane nel dorme giardino."),
    ],
)
def test_damaged_text_reads_worse(right: str, wrong: str) -> None:
    encoder = choose("use", Language("de"), Language("en"))
    model = quality.load("use")
    assert model is not None
    assert model.fluency is not None
    reading = encoder.read_tokens([right, wrong])  # type: ignore[union-attr]
    sums = [
        model.fluency.judge(reading.embedded[low:high]).sum() for low, high in zip(reading.bounds[:-1], reading.bounds[1:], strict=True)
    ]
    assert sums[0] > sums[1]
