"""Significance tests agree with sacreBLEU's, with brute force, and with what must hold."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.errors import UsageError
from transcmp.scoring import significance, surface
from transcmp.scoring.significance import Mean

WORDS = [
    "the",
    "ferry",
    "leaves",
    "at",
    "half",
    "past",
    "nine",
    "tickets",
    "cost",
    "twelve",
    "euros",
    "dogs",
    "must",
    "be",
    "kept",
    "on",
    "board",
]


def systems(count: int = 40) -> tuple[list[str], list[str], list[str]]:
    """A reference and two translations of it: one drops a word in six sentences of ten, one swaps words in half of them."""
    rng = random.Random(5)
    reference = [" ".join(rng.choices(WORDS, k=rng.randint(4, 14))) + "." for _ in range(count)]
    first, second = [], []
    for text in reference:
        words = text.split()
        shorter, swapped = list(words), list(words)
        if rng.random() < 0.6:
            shorter.pop(rng.randrange(len(shorter)))
        if rng.random() < 0.5:
            place = rng.randrange(len(swapped) - 1)
            swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        first.append(" ".join(shorter))
        second.append(" ".join(swapped))
    return reference, first, second


@pytest.mark.parametrize("test", ["bs", "ar"])
def test_same_figures_as_sacrebleu(test: significance.TestName) -> None:
    from sacrebleu.metrics import BLEU, CHRF, TER
    from sacrebleu.significance import PairedTest

    reference, first, second = systems()
    samples = 200
    metrics = {"BLEU": BLEU(references=[reference]), "chrF2": CHRF(references=[reference]), "TER": TER(references=[reference])}
    _, theirs = PairedTest([("a", first), ("b", second)], metrics, references=None, test_type=test, n_samples=samples)()
    base = {measured.metric: measured for measured in surface.measure(first, [reference], metrics=list(metrics))}
    for measured in surface.measure(second, [reference], metrics=list(metrics)):
        tested = significance.compare(base[measured.metric], measured, test=test, samples=samples)
        expected = theirs[measured.metric][1]
        assert measured.score == expected.score
        assert tested.p_value == pytest.approx(expected.p_value, abs=1e-12)
        if test == "bs":
            assert tested.interval is not None
            assert tested.interval.mean == pytest.approx(expected.mean, rel=1e-6)
            assert tested.interval.half == pytest.approx(expected.ci, rel=1e-4)


def test_blocks_do_not_change_the_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    values = Mean.of(np.random.default_rng(1).random(37).tolist())
    other = Mean.of(np.random.default_rng(2).random(37).tolist())
    blocked = [significance.compare(values, other, test=test, samples=500) for test in ("bs", "ar")]
    monkeypatch.setattr(significance, "_BLOCK", 100_000)
    assert blocked == [significance.compare(values, other, test=test, samples=500) for test in ("bs", "ar")]


def test_randomisation_comes_near_the_exact_permutation_test() -> None:
    first, second = [0.2, 0.9, 0.4, 0.3, 0.5, 0.1, 0.6], [0.5, 0.8, 0.7, 0.6, 0.9, 0.45, 0.65]
    deltas = np.array(second) - np.array(first)
    observed = abs(deltas.mean())
    exact = np.mean([abs((deltas * signs).mean()) > observed + 1e-12 for signs in product((-1, 1), repeat=len(deltas))])
    tested = significance.compare(Mean.of(first), Mean.of(second), test="ar", samples=20_000)
    assert tested.p_value == pytest.approx(exact, abs=0.01)
    assert tested.difference == pytest.approx(deltas.mean())


def test_identical_translations_do_not_differ() -> None:
    reference, first, _ = systems()
    (measured,) = surface.measure(first, [reference], metrics=["BLEU"])
    for test in ("bs", "ar"):
        assert significance.compare(measured, measured, test=test, samples=100).p_value == 1.0


@pytest.mark.parametrize("test", ["bs", "ar"])
def test_another_translation_with_the_same_score_does_not_differ(test: significance.TestName) -> None:
    reference = ["The dog.", "It rains."]  # too short for a 4-gram: every BLEU is 0
    one, two = (surface.measure(lines, [reference], metrics=["BLEU"])[0] for lines in (["The cat.", "Snow."], ["Dog.", "It pours."]))
    assert one.score == two.score == 0
    assert not np.array_equal(one.statistics, two.statistics)
    assert significance.compare(one, two, test=test, samples=100).p_value == 1.0


@pytest.mark.parametrize("test", ["bs", "ar"])
def test_a_clear_difference_is_found(test: significance.TestName) -> None:
    rng = np.random.default_rng(3)
    base = rng.random(200)
    tested = significance.compare(Mean.of(base), Mean.of(base + 0.1 + rng.normal(0, 0.1, 200)), test=test, samples=500)
    assert tested.p_value is not None
    assert tested.p_value < 0.01


@pytest.mark.parametrize(("test", "share"), [("ar", 0.05), ("bs", 0.10)])
def test_noise_is_called_real_as_rarely_as_documented(test: significance.TestName, share: float) -> None:
    # sacreBLEU's bootstrap compares |difference| with the upper tail only, which doubles the rate: see the module's docstring
    rng = np.random.default_rng(3)
    found, trials = 0, 200
    for _ in range(trials):
        base = rng.random(60)
        tested = significance.compare(Mean.of(base), Mean.of(base + rng.normal(0, 0.1, 60)), test=test, samples=199)
        found += tested.p_value is not None and tested.p_value <= 0.05
    spread = 3 * (trials * share * (1 - share)) ** 0.5
    assert abs(found - trials * share) <= spread


def test_one_sentence_allows_no_test() -> None:
    one = Mean.of([0.5])
    assert significance.compare(one, Mean.of([0.7])).p_value is None
    assert significance.bootstrap(one) is None


def test_other_numbers_of_sentences_are_an_error() -> None:
    with pytest.raises(UsageError, match="3 and 2"):
        significance.compare(Mean.of([1, 2, 3]), Mean.of([1, 2]))
    with pytest.raises(UsageError, match="samples"):
        significance.compare(Mean.of([1, 2]), Mean.of([1, 2]), samples=0)


def test_the_seed_decides_and_is_in_the_signature() -> None:
    first, second = Mean.of(np.linspace(0, 1, 30)), Mean.of(np.linspace(0.1, 0.9, 30) ** 2)
    tested = [significance.compare(first, second, seed=seed) for seed in (1, 1, 2)]
    assert tested[0] == tested[1]
    assert tested[0].interval != tested[2].interval
    assert tested[2].signature == "bs:1000|seed:2"


def test_interval_covers_the_mean_and_shrinks_with_more_sentences() -> None:
    few, many = (significance.bootstrap(Mean.of(np.random.default_rng(4).random(size))) for size in (20, 2000))
    assert few is not None
    assert many is not None
    assert many.low < 0.5 < many.high
    assert many.half < few.half / 5


def test_holm_by_hand() -> None:
    assert holm_rounded([0.01, 0.04, 0.03, 0.005]) == [0.03, 0.06, 0.06, 0.02]
    assert significance.holm([0.02, None, 0.5]) == (0.04, None, 0.5)
    assert significance.holm([]) == ()


def holm_rounded(values: list[float]) -> list[float]:
    return [round(value, 10) for value in significance.holm(values) if value is not None]


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_corrects_upwards_and_keeps_the_order(values: list[float]) -> None:
    adjusted = significance.holm(values)
    pairs = [(value, new) for value, new in zip(values, adjusted, strict=True) if new is not None]
    assert all(value <= new <= 1 for value, new in pairs)
    assert [new for _, new in sorted(pairs)] == sorted(new for _, new in pairs)
    if values:
        assert min(new for _, new in pairs) == min(1.0, min(values) * len(values))
