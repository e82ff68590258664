"""Subtitles are aligned by their times where their words say nothing, whatever clock each file has."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.alignment import align
from transcmp.alignment.clock import Times, fit
from transcmp.model import Side
from transcmp.readers import parse
from transcmp.segment import segment

Cue = tuple[float, float, str]
LOST = frozenset({7, 8, 9, 21})
"""Cues that have no translation."""


def written(cues: list[Cue], rate: float = 1.0, offset: float = 0.0) -> str:
    def clock(seconds: float) -> str:
        whole = round((seconds * rate + offset) * 1000)
        return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02},{whole % 1000:03}"

    return "\n".join(f"{number}\n{clock(start)} --> {clock(end)}\n{text}\n" for number, (start, end, text) in enumerate(cues, 1))


def speech(count: int, seed: int = 0) -> list[Cue]:
    """Cues at the uneven times of real speech."""
    rng = random.Random(seed)
    time, cues = 120.0, []
    for _ in range(count):
        time += rng.uniform(0.3, 6)
        cues.append((time, time := time + rng.uniform(0.8, 2.5), rng.choice(["Yes.", "No.", "Well."])))
    return cues


def side(text: str, language: str, format: str = "srt") -> Side:
    document = parse(text, path=f"a.{format}", format=format)
    return Side(document=document, language=language, segments=segment(document))


def pairs(source: Side, target: Side) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    beads = align(source, target, encoder=None).beads
    return [(bead.source, bead.target) for bead in beads if bead.source and bead.target]


@pytest.mark.parametrize(("rate", "offset"), [(1, 0), (1, 41.7), (1, -118), (25 / 24, 3), (24000 / 1001 / 25, 60), (1.0004, 0)])
def test_times_decide_where_words_say_nothing(rate: float, offset: float) -> None:
    cues = speech(40)
    rng = random.Random(1)
    kept = [number for number in range(len(cues)) if number not in LOST]
    translated = [(cues[number][0] + rng.uniform(-0.1, 0.1), cues[number][1] + rng.uniform(-0.1, 0.1), "Ja.") for number in kept]
    expected = [((number,), (place,)) for place, number in enumerate(kept)]
    source = side(written(cues), "en")
    assert pairs(source, side(written(translated, rate, offset), "de")) == expected
    texts = "\n".join(text for _, _, text in translated)
    assert pairs(source, side(texts, "de", "lines")) != expected  # without times there is nothing to go by


def test_two_cues_that_became_one() -> None:
    cues = speech(30)
    joined = [*cues[:10], (cues[10][0], cues[11][1], "Ja. Nein."), *cues[12:]]
    found = pairs(side(written(cues), "en"), side(written(joined, offset=9), "de"))
    assert ((10, 11), (10,)) in found
    assert len(found) == 29


@given(st.integers(0, 10**6), st.sampled_from([1.0, 25 / 24, 24 / 25, 25 / 24000 * 1001, 1.001]), st.floats(-600, 600))
def test_a_clock_is_found_again(seed: int, rate: float, offset: float) -> None:
    rng = np.random.default_rng(seed)
    source = np.cumsum(rng.uniform(1, 8, 60))
    target = (source - offset) / rate
    found = fit(source, np.delete(target, [3, 30, 31]))
    assert found is not None
    assert np.abs(target * found[0] + found[1] - source).max() < 0.5


def test_times_of_unrelated_files_say_nothing() -> None:
    rng = np.random.default_rng(0)
    found = [fit(*(np.cumsum(rng.exponential(4, count) + 0.8) for _ in range(2))) for count in [*range(10, 60)] * 6]
    assert sum(line is not None for line in found) <= 1


def test_files_without_times() -> None:
    nothing = np.full((3, 2), np.nan)
    assert Times.of(nothing, nothing) is None
    assert Times.of(nothing[:0], nothing) is None
    assert fit(np.array([1.0]), np.array([1.2])) == (1.0, pytest.approx(-0.2))
