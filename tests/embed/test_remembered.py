"""An encoder that remembers gives what the one behind it gives, and asks it once for each text."""

from __future__ import annotations

import numpy as np
import pytest

from transcmp.embed import SpanEncoder, remembered
from transcmp.embed.remembered import Remembering
from transcmp.embed.use import load

TEXTS = ["The cat sleeps, as ever, on the stove.", "Nobody knew.", "Es regnet.", "Nobody knew.", "x"]


class Counting:
    """Tells what it is asked to read."""

    name, version = "counting", "1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getattr__(self, name: str):
        return getattr(load(), name)

    def read(self, texts, *, words=False):
        self.asked += texts
        return load().read(texts, words=words)


def same(one, other) -> bool:
    return all(np.allclose(getattr(one, name), getattr(other, name), atol=1e-5) for name in ("vectors", "weights", "bounds"))


def test_it_passes_for_the_encoder() -> None:
    encoder = Remembering(load())
    assert isinstance(encoder, SpanEncoder)
    assert (encoder.name, encoder.version, encoder.covers("de"), encoder.covers("eu")) == ("use", load().version, True, False)
    assert np.allclose(encoder.encode(TEXTS), load().encode(TEXTS))


@pytest.mark.parametrize("first", [[], TEXTS[:1], TEXTS[1:3], TEXTS])
def test_what_it_remembers_is_what_would_be_read(first: list[str]) -> None:
    encoder, plain = Remembering(load()), load().read(TEXTS, words=True)
    encoder.read(first, words=True)
    reading = encoder.read(TEXTS, words=True)
    for name in ("sums", "begins", "ends", "sizes"):
        assert np.allclose(getattr(reading, name), getattr(plain, name), atol=1e-5)
    assert same(reading.words, plain.words)
    assert same(reading.clauses, plain.clauses)
    assert all(np.allclose(one, other, atol=1e-5) for one, other in zip(reading.spans(3), plain.spans(3), strict=True))


def test_no_text_is_read_twice_until_there_are_too_many(monkeypatch) -> None:
    behind = Counting()
    encoder = Remembering(behind)
    encoder.read(TEXTS, words=True)
    encoder.read([*TEXTS, "new"], words=True)
    assert behind.asked == [*dict.fromkeys(TEXTS), "new"]
    assert encoder.read(TEXTS).words is None
    behind.asked.clear()
    monkeypatch.setattr(remembered, "_KEPT", 3)
    encoder.read(["newer"], words=True)
    encoder.read(["newer"], words=True)
    assert behind.asked == ["newer", "newer"]
