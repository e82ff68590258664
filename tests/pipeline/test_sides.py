"""Whose text is source, and whose is target."""

from __future__ import annotations

import warnings

import pytest

from transcmp import language, readers
from transcmp.errors import LanguageError, TranscmpWarning
from transcmp.pipeline.options import Options
from transcmp.pipeline.sides import from_strings, mixed, pair

ENGLISH = "The council met on Tuesday evening to discuss the new bridge over the river."
ITALIAN = "Il consiglio si è riunito martedì sera per discutere del nuovo ponte sul fiume."
GERMAN = "Der Gemeinderat hat am Dienstagabend über die neue Brücke über den Fluss beraten."


def _document(*paragraphs: str):
    return readers.parse("\n\n".join(paragraphs) + "\n", path="a.md", format="markdown")


def test_languages_are_told_from_the_texts() -> None:
    both = pair(_document(ITALIAN), _document(ENGLISH), Options())
    assert (both.source.language, both.target.language, both.mixed) == ("it", "en", False)


MOSTLY_LEFT = (ITALIAN, f"{ITALIAN} I lavori cominceranno in primavera.", "Il ponte costerà tre milioni di euro.", ENGLISH)


@pytest.mark.parametrize(
    ("translation", "name", "expected"),
    [
        ((ITALIAN, ITALIAN), "a.md", "it"),
        ((ITALIAN, ITALIAN), "a.en.md", "en"),
        ((ITALIAN, ITALIAN), "a.it.md", "it"),
        (MOSTLY_LEFT, "a.md", "en"),
        (MOSTLY_LEFT, "a.de.md", "de"),
    ],
)
def test_a_translation_that_is_mostly_left_is_in_the_language_it_is_to_be_in(translation, name: str, expected: str) -> None:
    target = readers.parse("\n\n".join(translation) + "\n", path=name, format="markdown")
    assert pair(_document(ITALIAN, ITALIAN), target, Options()).target.language == expected


def test_short_fragments_are_judged_when_both_languages_are_known() -> None:
    alone = _document(ENGLISH, "![La sala grande](a.png)")
    assert [item.language for item in language.identify(alone).fragments] == ["en", "und"]
    for options in (Options(), Options(source_language="it"), Options(target_language="en")):
        both = pair(_document(ITALIAN), alone, options)
        assert [item.language for item in both.target.document.fragments] == ["en", "it"]


def test_what_the_source_itself_quotes_is_no_language_of_the_translation() -> None:
    document = _document(*MOSTLY_LEFT)
    assert pair(document, document, Options()).target.language == "it"


def test_given_languages_stand_and_a_swap_is_said() -> None:
    options = Options(source_language="EN", target_language="it")
    with pytest.warns(TranscmpWarning, match="swapped"):
        both = pair(_document(ITALIAN), _document(ENGLISH), options)
    assert (both.source.language, both.target.language) == ("en", "it")


def test_the_right_order_says_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pair(_document(ITALIAN), _document(ENGLISH), Options(source_language="it", target_language="en"))


def test_an_ill_formed_language_is_refused() -> None:
    with pytest.raises(LanguageError):
        pair(_document(ITALIAN), _document(ENGLISH), Options(source_language="not a tag"))


@pytest.mark.parametrize(("source", "target"), [(None, None), ("it", None), (None, "en"), ("it", "en")])
def test_a_mixed_document_has_its_minority_as_source(source: str | None, target: str | None) -> None:
    options = Options(source_language=source, target_language=target)
    document = _document(ENGLISH, ITALIAN, "The works will begin in spring and last for two years.", ENGLISH)
    both = mixed(document, options)
    assert both.mixed
    assert [item.text for item in both.source.segments] == [ITALIAN]
    assert [item.id for item in both.target.segments] == [0, 1, 2]
    assert (both.source.language, both.target.language) == ("it", "en")


def test_a_fragment_wholly_in_the_source_language_is_one_segment() -> None:
    whole = f"{ITALIAN} I lavori cominceranno in primavera e dureranno due anni."
    both = mixed(_document(ENGLISH, whole, ENGLISH, ENGLISH), Options())
    assert [item.text for item in both.source.segments] == [whole]


def test_a_sentence_of_the_source_language_inside_a_paragraph_is_found() -> None:
    paragraph = f"{ENGLISH} {ITALIAN} The works will begin in spring."
    both = mixed(_document(ENGLISH, paragraph, ENGLISH), Options(source_language="it", target_language="en"))
    assert [item.text for item in both.source.segments] == [ITALIAN]
    assert len(both.target.segments) == 4


def test_one_language_only_leaves_the_source_side_empty() -> None:
    both = mixed(_document(ENGLISH, "The works will begin in spring."), Options())
    assert both.source.segments == ()
    assert both.source.language == "und"


def test_a_third_language_is_not_the_source() -> None:
    both = mixed(_document(ENGLISH, GERMAN, ITALIAN, ENGLISH), Options(source_language="it", target_language="en"))
    assert [item.text for item in both.source.segments] == [ITALIAN]


def test_strings_are_fragments_whatever_they_hold() -> None:
    document = from_strings(["a\nb", "", "c"], "<strings>")
    assert [item.text for item in document.fragments] == ["a\nb", "", "c"]
    assert all(item.render(document.text) == item.text for item in document.fragments)
