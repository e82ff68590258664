"""Signs of names without counterpart, and what they weigh."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.checks.stray import MOST, Stray, Text, candidates, load, strays
from transcmp.evidence.cover import Word


def text(prose: str, language: str, alone: dict[str, float]) -> Text:
    """Every word judged: -4 unless said otherwise."""
    words, end = [], 0
    for word in prose.split():
        start = prose.index(word, end)
        end = start + len(word)
        words.append(Word(start=start, end=end, text=word, cover=0.5, weight=0.99, alone=alone.get(word, -4.0)))
    return Text(prose, language, tuple(words))


def by_name(found: list[Stray]) -> dict[str, Stray]:
    return {one.name.text: one for one in found}


def test_a_name_in_the_place_of_another_weighs_more_than_one_that_is_kept() -> None:
    kept = strays(text("le ministre Dupont parle", "fr", {}), text("the minister Dupont speaks", "en", {}))
    source, target = text("le ministre Dupont parle", "fr", {"Dupont": 3.0}), text("the minister Oliver speaks", "en", {"Oliver": 3.0})
    changed = strays(source, target)
    weights = load()
    assert changed[0][0].weigh(weights.lost) > 0 > kept[0][0].weigh(weights.lost)
    assert changed[1][0].weigh(weights.new) > 0 > kept[1][0].weigh(weights.new)


def test_every_sign_has_a_weight() -> None:
    both = strays(text("Anna sieht Rom", "de", {}), text("Anna sees Rome", "en", {}))
    weights = load()
    for table in (weights.lost, weights.removed, weights.new):
        assert {*both[0][0].signs, "gain"} == set(table)


@pytest.mark.parametrize(
    ("prose", "language", "found"),
    [
        ("Der Hund sieht Anna", "de", ["Der", "Hund", "Anna"]),
        ("the dog sees Anna on Monday", "en", ["Anna"]),
        ("собака видит Москву", "ru", ["Москву"]),
        ("犬がいる", "ja", []),
    ],
)
def test_words_that_may_be_names(prose: str, language: str, found: list[str]) -> None:
    assert [one.text for one in candidates(prose, language)] == found


def test_names_beside_each_other_and_written_alike() -> None:
    source = text("la ministra Ivanova Petrova parla", "it", {})
    names = by_name(strays(source, text("Minister Иванова speaks", "ru", {}))[0])
    assert names["Ivanova"].signs["alike"] == 1.0
    assert names["Petrova"].signs["beside a name"] == 1.0
    assert names["Petrova"].signs["alike beside"] == 1.0


@given(st.floats(-1, 1))
def test_a_gain_counts_up_to_a_limit(gain: float) -> None:
    (one,) = strays(text("vede Anna", "it", {}), text("sees Rome", "en", {}))[0]
    weights = load().lost
    assert one.weigh(weights, -MOST) <= one.weigh(weights, gain) <= one.weigh(weights, MOST)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_described(one: str, other: str) -> None:
    for side in strays(text(one, "de", {}), text(other, "en", {})):
        for stray in side:
            assert stray.weigh(load().new) == stray.weigh(load().new)  # a number
