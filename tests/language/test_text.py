"""What of a text speaks for a language."""

from __future__ import annotations

import time

import pytest
from hypothesis import given

from tests.strategies import texts
from transcmp.language.text import clean, is_quoted, is_running, readable, without_names, without_titles
from transcmp.model import Mark, Passage, Piece, Span


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Vedi https://example.org/a_b, poi e/o km/h.", "Vedi poi e/o km/h."),
        ("请访问https://example.org/z?q=1查看", "请访问 查看"),
        ("in ./a/b.py c'è foo_bar() e foo.bar()", "in c'è e"),
        ("Mr. Smith e.g. this. Then that.", "Mr. Smith e.g. this. Then that."),
        ("Fine.Inizio senza spazio", "Fine.Inizio senza spazio"),
        ("write to a.b@example.it now", "write to now"),
        ("%(name)s is 100 % sure, %d files", "is 100 % sure, files"),
        ("<b>ciao</b> {name} &nbsp; ${x}", "ciao"),
        ("apri index.html e Node.js", "apri e"),
        ("a\0b\ud800c", "a b c"),
        ("L'articolo 3.5, 1/2 e 16:30", "L'articolo 3.5, 1/2 e 16:30"),
    ],
)
def test_clean(text: str, left: str) -> None:
    assert " ".join(clean(text).split()).replace(" ,", ",") == left.replace(" ,", ",")


@given(texts(max_size=100))
def test_clean_only_takes_away(text: str) -> None:
    left = clean(text)
    assert len(left) <= len(text) + text.count("{") + text.count("<")
    characters = iter(text)
    assert all(character in characters for character in left.replace(" ", ""))
    assert "\0" not in left


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    assert len(clean("parola " * 10_000)) <= 4000
    assert clean("1" * 10_000 + " parola").strip() == "parola"


def test_names_by_their_shape() -> None:
    assert without_names("FastAPI und GitHub sind gut").split() == ["und", "sind", "gut"]
    assert without_names("Le URLs e il HTTP").split() == ["Le", "e", "il"]
    assert without_names("IL PRESIDENTE") == "IL PRESIDENTE"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bar Centrale has the best focaccia", "has the best focaccia"),
        ("they read the Guida alla Riviera di Levante again", "they read the again"),
        ("vede l'Osteria del Gallo da lontano", "vede l' da lontano"),
        ("Weekend in Liguria", "Weekend in Liguria"),
        ("Only one name is here", "Only one name is here"),
    ],
)
def test_titles_and_names_go_where_enough_remains(text: str, left: str) -> None:
    assert " ".join(without_titles(text).split()) == left


def test_readable_leaves_out_code() -> None:
    text = "Usa transcmp check per questo"
    code = Mark(kind="code", start=4, end=18, value="transcmp check", span=Span(4, 20))
    assert readable(Passage(text=text, pieces=(Piece(0, len(text)),), marks=(code,))).split() == ["Usa", "per", "questo"]


@pytest.mark.parametrize(
    ("text", "running"),
    [
        ("Il presidente è arrivato ieri", True),
        ("IL PRESIDENTE È QUI", True),
        ("Partito Democratico, Movimento Cinque Stelle", False),
        ("Foto di Mario Rossi", False),
        ("tre sole parole", False),
        ("東京タワーは高いですね", True),
        ("東京", False),
        ("الرئيس وصل إلى بروكسل", True),
        ("", False),
    ],
)
def test_running_text(text: str, running: bool) -> None:
    assert is_running(text) is running


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("«Il nome della rosa»", True),
        ("“Hello there,”", True),
        ("‘it’s here’", True),
        ("“a” he said “b”", False),
        ("L'inizio e la fine'", False),
        ("plain", False),
    ],
)
def test_quoted_text(text: str, quoted: bool) -> None:
    assert is_quoted(text) is quoted


@pytest.mark.parametrize("part", ["a.", "aa.", "-.", "a-", "x", "é.", "1.1", "aa.aa-", "a/", "a@", "%(", "&a"])
def test_hostile_runs_without_a_space_are_cleaned_in_linear_time(part: str) -> None:
    text = (part * 4000)[:4000]
    start = time.process_time()
    for _ in range(10):
        clean(text)
    assert time.process_time() - start < 0.5
