"""The tier of the default encoder: what it says about beads, whatever the size of the documents."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.alignment.sides import side
from tests.embed.test_vectors import reading
from transcmp.alignment import align, embedding
from transcmp.alignment.constants import constants
from transcmp.alignment.embedding import VectorEvidence, read
from transcmp.alignment.inner import Inner, _by_segment, _weighted
from transcmp.alignment.kernel import shapes_up_to
from transcmp.alignment.lengths import LengthModel
from transcmp.embed import vectors
from transcmp.embed.use import load

ROWS, COLUMNS = 40, 75
SHAPES = shapes_up_to(5)
THINGS = (("house", "sold"), ("ship", "lost"), ("letter of the old captain", "found, after many years, in a drawer"), ("horse", "fed"))


def evidence() -> VectorEvidence:
    lengths = LengthModel(np.arange(ROWS + 1) * 9.0, np.arange(COLUMNS + 1) * 8.0)
    return VectorEvidence(reading(ROWS, 1), reading(COLUMNS, 2), lengths, SHAPES, constants().embedding)


def by_hand(bead: tuple[int, int, int, int]) -> tuple[float, float]:
    """Cosine and margin of one bead, from the spans of the whole sides."""
    row, rows, column, columns = bead
    mine, theirs = (reading(size, seed).spans(5) for size, seed in ((ROWS, 1), (COLUMNS, 2)))

    def rivals(span: np.ndarray, others: np.ndarray, place: int, size: int) -> float:
        near = [span @ others[other] for other in range(len(others)) if size <= abs(other - place) <= 30]
        return float(np.mean(sorted(near)[-4:])) if near else 0.0

    one, other = mine[rows - 1][row], theirs[columns - 1][column]
    beside = rivals(one, theirs[columns - 1], column, columns) + rivals(other, mine[rows - 1], row, rows)
    return float(one @ other), float(one @ other) - beside / 2


@st.composite
def beads(draw: st.DrawFn) -> tuple[int, int, int, int]:
    rows, columns = draw(st.sampled_from(SHAPES))
    return draw(st.integers(0, ROWS - rows)), rows, draw(st.integers(0, COLUMNS - columns)), columns


@given(chosen=st.lists(beads(), min_size=1, max_size=12), chunk=st.integers(1, 5))
def test_beads_described_a_few_at_a_time_are_described_as_by_hand(chosen: list[tuple[int, int, int, int]], chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedding, "_CHUNK", chunk)
        features = evidence().describe(np.array(chosen, np.int64))
    np.testing.assert_allclose(features[:, :2], list(map(by_hand, chosen)), atol=1e-5)


@given(rows=st.integers(1, 7), columns=st.integers(1, 7))
def test_rivals_that_a_short_document_lacks_are_as_alike_as_usual(rows: int, columns: int) -> None:
    usual, lengths = 0.4, LengthModel(np.arange(rows + 1) * 9.0, np.arange(columns + 1) * 8.0)
    short = VectorEvidence(reading(rows, 1), reading(columns, 2), lengths, SHAPES, constants().embedding, rival=usual)
    cosine, margin = short.describe(np.array([(0, 1, 0, 1)], np.int64))[0, :2]
    alike = short.likeness(np.arange(rows), np.arange(columns))
    sides = ([usual] * (4 - len(some)) + sorted(some)[-4:] for some in (alike[0, 1:], alike[1:, 0]))
    assert margin == pytest.approx(cosine - np.mean([np.mean(side) for side in sides]), abs=1e-5)


def test_what_was_asked_of_a_bead_is_not_computed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, computed = evidence(), []
    compute = asked._describe
    monkeypatch.setattr(asked, "_describe", lambda beads: computed.extend(beads.tolist()) or compute(beads))
    first, more = np.array([(3, 1, 4, 2), (5, 2, 7, 1)]), np.array([(5, 2, 7, 1), (3, 1, 4, 2), (9, 1, 9, 1), (5, 2, 7, 1)])
    asked.describe(first)
    np.testing.assert_array_equal(asked.describe(more), evidence().describe(more))
    assert computed == [[3, 1, 4, 2], [5, 2, 7, 1], [9, 1, 9, 1]]


def test_a_first_path_of_small_beads_finds_large_ones() -> None:
    chunks = [[f"The {thing} of house {number} was {state}." for thing, state in THINGS] for number in range(12)]
    target = [
        " ".join(chunk) if number in (3, 8) else sentence
        for number, chunk in enumerate(chunks)
        for sentence in (chunk if number not in (3, 8) else [0])
    ]
    found = align(side([sentence for chunk in chunks for sentence in chunk]), side(target), encoder=load())
    assert [tuple(map(len, (bead.source, bead.target))) for bead in found.beads].count((4, 1)) == 2


@given(counts=st.lists(st.integers(0, 4), min_size=1, max_size=200))
def test_parts_add_up_to_segments_without_a_table_of_all(counts: list[int]) -> None:
    bounds = np.append(0, np.cumsum(counts))
    weights, values = np.arange(1, bounds[-1] + 1, dtype=np.float32), np.ones((bounds[-1], 2), np.float32)
    blocks = _by_segment(weights, bounds)
    wanted = [weights[first:last].sum() for first, last in pairwise(bounds)]
    np.testing.assert_allclose(_weighted(blocks, values), np.stack([wanted, wanted], axis=1))
    assert sum(block.size for block in blocks) <= 64 * len(weights)


@lru_cache
def read_closely() -> VectorEvidence:
    """Of real sentences, with their words and clauses."""
    texts = [f"The {thing} number {number}, which was {state}, is here." for number in range(5) for thing, state in THINGS]
    source, target = (read(load(), some, lambda _: None) for some in (texts, texts[::-1]))
    inner = Inner(source.words, target.words, 2), Inner(source.clauses, target.clauses, 1)
    return VectorEvidence(
        source.reading, target.reading, LengthModel.of(texts, texts), SHAPES, constants().embedding, inner=inner, close=True
    )


@given(first=st.integers(0, 12), last=st.integers(13, 21), left=st.integers(0, 15), right=st.integers(16, 21))
@settings(max_examples=20, deadline=None)
def test_words_and_clauses_say_the_same_in_a_tile_as_in_the_whole_table(first: int, last: int, left: int, right: int) -> None:
    close = read_closely()
    tile, whole = np.zeros((last - first, len(SHAPES), right - left)), np.zeros((21, len(SHAPES), 21))
    close._add_inside(tile, first, left)
    close._add_inside(whole, 0, 0)
    assert whole.any()
    np.testing.assert_allclose(tile, whole[first:last, :, left:right], atol=1e-5)


def test_a_long_document_is_never_composed_as_a_whole() -> None:
    """Memory: all spans of 20,000 sentences are some 300 MB a side; here a few segments are a long document."""
    texts = [
        f"The {thing} number {number} was {state}." for number in range(30) for thing in ("house", "ship") for state in ("sold", "lost")
    ]
    with pytest.MonkeyPatch.context() as patch:
        whole = align(side(texts), side(texts, "fr"), encoder=load())
        patch.setattr(vectors, "_KEPT", 0)
        patch.setattr("transcmp.alignment.monotone._SMALL", 400)
        composed: list[int] = []
        compose = vectors.Reading._spans

        def counted(self: vectors.Reading, size: int) -> list[vectors.Matrix]:
            composed.append(len(self))
            return compose(self, size)

        patch.setattr(vectors.Reading, "_spans", counted)
        assert align(side(texts), side(texts, "fr"), encoder=load()) == whole
    assert max(composed) < len(texts)
