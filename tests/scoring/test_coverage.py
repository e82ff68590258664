"""Adequacy and uncovered words."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.embed.vectors import TokenReading
from transcmp.evidence.cover import Cover, Word, adequacy, uncovered
from transcmp.scoring.coverage import cover_pairs, joint


class Letters:
    """A stand-in encoder: a word is one token whose vector counts its letters, so that words with the same letters mean the same."""

    name = "letters"
    version = "1"

    def read_tokens(self, texts: Sequence[str]) -> TokenReading:
        found = [[text[start:end] for start, end in self.word_spans(text)] for text in texts]
        words = [word for row in found for word in row]
        vectors = np.array([[word.count(chr(97 + i)) for i in range(26)] for word in words], np.float32).reshape(-1, 26)
        bounds = np.cumsum([0, *map(len, found)])
        return TokenReading(
            vectors=vectors,
            embedded=vectors,
            bounds=bounds,
            pieces=words,
            log_probabilities=np.full(len(words), -10, np.float32),
            word_of=np.arange(len(words)),
            word_bounds=bounds,
            word_weights=np.array([len(word) / 10 for word in words], np.float32),
            texts=np.zeros((len(texts), 26), np.float32),
        )

    def word_spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"\w+", text)]


def cover(source: str, target: str) -> Cover:
    return cover_pairs([(source, target)], Letters())[0]


def test_spans_point_at_the_words() -> None:
    source = "listen to the teacher"
    found = cover(source, "silent: the cheater")
    assert [source[word.start : word.end] for word in found.source] == ["listen", "to", "the", "teacher"] == [w.text for w in found.source]
    assert [round(word.cover, 3) for word in found.source] == [1, pytest.approx(0.408, abs=0.01), 1, 1]


def test_what_is_missing_is_uncovered_on_its_own_side_only() -> None:
    found = cover("silver zzzzzz moon", "livers moon")
    assert [word.text for word in uncovered(found.source, 0.1)] == ["zzzzzz"]
    assert uncovered(found.target, 0.1) == ()
    assert found.target_adequacy == pytest.approx(1)
    assert found.source_adequacy is not None
    assert found.source_adequacy < 0.7


def test_names_are_matched_by_spelling() -> None:
    found = cover("Zyx Xavier 42", "Qqq Xaviera 42")
    assert [word.cover for word in found.source][1:] == [1, 1]
    assert found.source[0].cover < 0.5


def test_sides_without_words() -> None:
    found = cover("", "...")
    assert (found.source, found.target, found.source_adequacy, found.target_adequacy) == ((), (), None, None)
    found = cover("word", "")
    assert found.source[0].cover == 0
    assert joint(found.source_adequacy, found.target_adequacy) is None


def test_an_unimportant_word_is_not_listed() -> None:
    words = [Word(start=0, end=3, text="the", cover=0.0, weight=0.1), Word(start=4, end=8, text="moon", cover=0.1, weight=0.9)]
    assert [word.text for word in uncovered(words, 0.12)] == ["moon"]


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 1)), min_size=1, max_size=8))
def test_adequacy_stays_between_the_worst_and_the_best_word(values: list[tuple[float, float]]) -> None:
    words = [Word(start=i, end=i + 1, text="x", cover=cover, weight=weight) for i, (cover, weight) in enumerate(values)]
    result = adequacy(words)
    assert result is not None
    assert min(word.cover for word in words) - 1e-9 <= result <= max(word.cover for word in words) + 1e-9


@given(st.floats(0, 1), st.floats(0, 1))
def test_joint_is_symmetric_and_no_better_than_the_mean(one: float, two: float) -> None:
    result = joint(one, two)
    assert result is not None
    assert result == joint(two, one)
    assert result <= (one + two) / 2 + 1e-9
