"""Guesses for single texts: the default detector, its rules, and what it does with bad input."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import sentences, texts
from transcmp.errors import UsageError
from transcmp.language import Guess, detect_texts, detectors, parse_language
from transcmp.model import NO_LANGUAGE, UNDETERMINED, Language

IT, EN = parse_language("it"), parse_language("en")


def _cases() -> list[tuple[str, str, str]]:
    lines = (Path(__file__).parent / "cases.tsv").read_text("utf-8").splitlines()
    return [(fields[0], fields[1], fields[2]) for line in lines if not line.startswith("#") and (fields := line.split("\t"))]


@pytest.mark.parametrize(("expected", "answer", "text"), _cases())
def test_cases(expected: str, answer: str, text: str) -> None:
    (guess,) = detect_texts([text], languages=[parse_language(tag) for tag in expected.split(",") if tag])
    assert guess.language == answer, guess


def test_an_unsure_guess_says_what_it_would_have_been() -> None:
    (guess,) = detect_texts(["Foto: Reuters"], languages=[IT, EN])
    assert guess.language == UNDETERMINED
    assert guess.best not in (UNDETERMINED, NO_LANGUAGE)
    assert 0 < guess.confidence < 0.7


def test_the_threshold_is_the_callers() -> None:
    text = "menu"
    (low,) = detect_texts([text], languages=[IT, EN], min_confidence=0.1)
    (high,) = detect_texts([text], languages=[IT, EN], min_confidence=0.999)
    assert low.language in (IT, EN)
    assert (high.language, high.best, high.confidence) == (UNDETERMINED, low.best, low.confidence)


@pytest.mark.parametrize(
    "text", ["FastAPI", "https://example.org/a", "Das ist gut", "日本語", "Привет", "x", "\ud800a", "a\0b", "नमस्ते", "ʻ", "ªº"]
)
def test_closed_and_forced_whatever_has_a_letter_gets_one_of_the_languages(text: str) -> None:
    (guess,) = detect_texts([text], languages=[IT, EN], closed=True, min_confidence=0)
    assert guess.language in (IT, EN)
    assert 0 < guess.confidence <= 1


def test_closed_leaves_no_third_language() -> None:
    guesses = detect_texts(["Das ist ein deutscher Satz über das Wetter."], languages=[IT, EN], closed=True)
    assert guesses[0].language in (IT, EN, UNDETERMINED)


def test_answers_do_not_depend_on_the_other_texts_of_a_call() -> None:
    some = ["gatto", "The cat sat on the mat", "Foto: Reuters", "42", "東京", "Mae'r llywodraeth wedi cyhoeddi cynllun"]
    together = detect_texts(some, languages=[IT, EN])
    assert together == [detect_texts([text], languages=[IT, EN])[0] for text in some]
    assert together[::-1] == detect_texts(some[::-1], languages=[IT, EN])


def test_no_texts_no_guesses() -> None:
    assert detect_texts([]) == []


def test_an_unknown_detector_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="langdetect"):
        detect_texts(["text"], detector="langdetet")


BAD = [
    "",
    " \t\r\n",
    "\0",
    "\0\0abc\0",
    "\ud800",
    "ciao \udfff mondo",
    "\ufeff",
    "a" * 100_000,
    "x/" * 50_000,
    "a.b" * 30_000,
    "._@" * 30_000,
    "{" * 50_000,
    "<a " * 30_000,
    "&a" * 40_000,
    "日" * 100_000,
    "\u0301" * 1000,
    "مرحبا hello שלום " * 500,
    "1" * 100_000,
    "\u202e\u2066abc\u2069",
    "A" * 5000 + "ß" * 5000,
    "'" * 1000 + "a'" * 1000,
    "\U0001d400\U0001d401\U0001d402",
    "\U0010ffff",
]


@pytest.mark.parametrize("detector", ["default", "langdetect", pytest.param("lingua", marks=pytest.mark.slow)])
def test_bad_input_is_answered(detector: str) -> None:
    if detector == "lingua":
        pytest.importorskip("lingua")
    for languages in ((), (IT, EN)):
        for closed in (False, True):
            for least in (0.0, 0.7):
                guesses = detect_texts(BAD, languages=languages, closed=closed, detector=detector, min_confidence=least)
                assert len(guesses) == len(BAD)
                assert all(_is_sound(guess) for guess in guesses)


def _is_sound(guess: Guess) -> bool:
    return (
        math.isfinite(guess.confidence) and 0 <= guess.confidence <= 1 and bool(guess.language) and parse_language(guess.best) == guess.best
    )


@given(st.lists(texts(), max_size=6), st.sampled_from(([], [IT, EN], [parse_language("ru"), parse_language("zh-Hant")])), st.booleans())
def test_any_text_has_a_sound_guess(some: list[str], languages: list[Language], closed: bool) -> None:
    guesses = detect_texts(some, languages=languages, closed=closed)
    assert len(guesses) == len(some)
    assert all(_is_sound(guess) for guess in guesses)
    assert all(guess.language == NO_LANGUAGE or guess.confidence >= 0.7 or guess.language == UNDETERMINED for guess in guesses)
    if closed and languages:
        assert all(guess.language in (*languages, UNDETERMINED, NO_LANGUAGE) for guess in guesses)


@given(sentences(max_words=6))
@settings(max_examples=40)
def test_case_and_surrounding_space_change_no_answer(sentence: str) -> None:
    plain, spaced = detect_texts([sentence, f"  {sentence}\n"], languages=[IT, EN])
    assert (plain.language, plain.best) == (spaced.language, spaced.best)


def test_lingua_answers() -> None:
    pytest.importorskip("lingua")
    guesses = detect_texts(
        ["il presidente ucraino arriva", "the president arrives today"], languages=[IT, EN], closed=True, detector="lingua"
    )
    assert [guess.language for guess in guesses] == [IT, EN]


def test_langdetect_answers_the_same_each_time_and_in_capitals() -> None:
    some = ["il presidente ucraino arriva a Bruxelles", "THE PRESIDENT ARRIVES TODAY IN BRUSSELS", "menu", "Prosciutto"]
    runs = [detect_texts(some, languages=[IT, EN], closed=True, detector="langdetect") for _ in range(5)]
    assert all(run == runs[0] for run in runs)
    assert [guess.language for guess in runs[0][:2]] == [IT, EN]


def test_registry_lists_the_detectors_without_importing_them() -> None:
    assert list(detectors)[:3] == ["default", "langdetect", "lingua"]


def test_names_of_another_language_do_not_decide() -> None:
    (guess,) = detect_texts(["Bar Centrale has the best focaccia in town."], languages=[Language("it"), Language("en")])
    assert guess.language == "en"
