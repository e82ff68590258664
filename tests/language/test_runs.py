"""Runs of words of another language inside a text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import texts
from transcmp.language import embedded_runs, parse_language
from transcmp.model import NO_LANGUAGE, UNDETERMINED

IT, EN = parse_language("it"), parse_language("en")

MIXED = "Il presidente ucraino Volodymyr Zelensky (left) with the President"


@pytest.mark.parametrize("languages", [(), ("it", "en")])
@pytest.mark.parametrize(
    ("main", "text", "run", "language"),
    [
        ("en", MIXED, "Il presidente ucraino Volodymyr Zelensky", "it"),
        ("it", MIXED, "left) with the President", "en"),
        (
            "en",
            "He told reporters that non ci sono più scuse per rinviare la riforma and left the room.",
            "non ci sono più scuse per rinviare la riforma",
            "it",
        ),
        (
            "it",
            "Questa è la prima frase. This sentence was not translated at all. E questa è l'ultima.",
            "This sentence was not translated at all",
            "en",
        ),
        ("it", "The minister said that it would cost a lot.", "The minister said that it would cost a lot", "en"),
    ],
)
def test_runs_are_found_with_their_span(main: str, text: str, run: str, language: str, languages: tuple[str, ...]) -> None:
    (found,) = embedded_runs(text, main=parse_language(main), languages=[parse_language(tag) for tag in languages])
    assert (text[found.start : found.end], found.language) == (run, language)
    assert found.words == len(run.split())
    assert found.confidence >= 0.95


def test_a_run_in_another_script() -> None:
    text = "Привет, this is a long English sentence внутри русского текста"
    (found,) = embedded_runs(text, main=parse_language("ru"), languages=[EN])
    assert text[found.start : found.end] == "this is a long English sentence"


@pytest.mark.parametrize(
    ("main", "text"),
    [
        ("en", "The minister met Federico Fellini and Giuseppe Verdi at the Teatro alla Scala in Milan."),
        ("en", "The paper Corriere della Sera said that La Repubblica was wrong about the Movimento Cinque Stelle."),
        ("en", "The status quo ante bellum is, per se, an ad hoc solution."),
        ("en", "Use the FastAPI dependency injection system to declare path operations."),
        ("it", "Usa il sistema di Dependency Injection di FastAPI per dichiarare le path operation."),
        ("it", "I metodi POST, GET, PUT, DELETE e PATCH sono ammessi."),
        ("ru", "Метод использует POST GET PUT DELETE PATCH HEAD и сразу отвечает."),
        ("it", "Tre parole: open the door."),
        ("en", ""),
        ("en", "one two"),
        ("en", "12 34 56 78 90 12"),
    ],
)
def test_names_terms_and_loan_words_are_no_runs(main: str, text: str) -> None:
    assert embedded_runs(text, main=parse_language(main), languages=[IT, EN]) == ()


def test_nothing_is_foreign_where_the_main_language_is_unknown() -> None:
    assert embedded_runs(MIXED, main=UNDETERMINED) == embedded_runs(MIXED, main=NO_LANGUAGE) == ()
    assert embedded_runs(MIXED, main=IT, languages=[IT]) == ()


@given(
    st.lists(st.one_of(texts(max_size=15), st.sampled_from(MIXED.split())), max_size=15), st.sampled_from((IT, EN, parse_language("ja")))
)
@settings(max_examples=60)
def test_runs_lie_in_the_text_in_order(parts: list[str], main: str) -> None:
    text = " ".join(parts)
    runs = embedded_runs(text, main=parse_language(main))
    assert all(0 <= run.start < run.end <= len(text) and run.words >= 4 and run.language != main for run in runs)
    assert all(one.end <= other.start for one, other in pairwise(runs))
