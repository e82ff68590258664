"""Documents: the main language, the fragments', the sentences', and what is declared."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import sentences
from transcmp import readers
from transcmp.language import contradictions, declared_language, identify, languages_of, parse_language, refine
from transcmp.model import NO_LANGUAGE, UNDETERMINED, Document, Language
from transcmp.segment import segment

IT, EN, DE = parse_language("it"), parse_language("en"), parse_language("de")

ENGLISH = """# The new plan

The government announced a new plan yesterday to improve the health services of the whole country.

It is said to be the most important reform of the last twenty years, and it will cost a lot of money.

- Doctors are going to be paid better.
- Nurses ask for shorter shifts.
"""


def markdown(text: str, path: str = "article.md") -> Document:
    return readers.parse(text, path=path, format="markdown")


def languages(document: Document) -> list[str]:
    return [fragment.language for fragment in document.fragments]


@pytest.mark.parametrize("given_languages", [(), (IT, EN), (EN, IT)])
def test_the_seed(seed_document: Path, given_languages: tuple[Language, ...]) -> None:
    document = identify(readers.read(str(seed_document)), languages=given_languages)
    assert document.language == EN
    found = {(fragment.kind, fragment.language) for fragment in document.fragments}
    assert found == {("paragraph", EN), ("caption", IT)}
    first, second = languages_of(document)
    assert (first.language, first.strong, second.language, second.strong, second.fragments) == (EN, True, IT, True, 1)


@pytest.mark.parametrize(
    "left_over",
    [
        "![Il presidente ucraino con il presidente del Consiglio europeo](a.png)",
        "Il testo di questo paragrafo è rimasto in italiano per errore.",
        "## Le novità che il governo ha annunciato ieri",
        "- I medici saranno pagati meglio di prima",
        "| Questa cella non è stata tradotta | 12 |\n|---|---|\n| a | b |",
    ],
)
def test_a_left_over_fragment_is_found_without_any_option(left_over: str) -> None:
    document = identify(markdown(ENGLISH + "\n" + left_over + "\n"))
    assert document.language == EN
    shares = languages_of(document)
    assert [(share.language, share.strong) for share in shares[:2]] == [(EN, True), (IT, True)]


@pytest.mark.parametrize(
    "trap",
    [
        "![Foto: Reuters](a.png)",
        "![Volodymyr Zelensky, António Costa](a.png)",
        "![Foto di Mario Rossi](a.png)",
        "Partito Democratico, Movimento Cinque Stelle, Forza Italia",
        "## La dolce vita",
        "> «La vita è bella quando si vive con gli altri e per gli altri.»",
        "«Chi va piano va sano e va lontano»",
        "- Corriere della Sera",
        "He told *Corriere della Sera* that La Repubblica had it wrong about Palazzo Chigi.",
        "```\nil presidente del consiglio = 1\n```",
        "Lorem ipsum",
        "Déjà vu",
        "12.03.2025",
    ],
)
def test_names_credits_titles_and_quotes_invent_no_language(trap: str) -> None:
    document = identify(markdown(ENGLISH + "\n" + trap + "\n"))
    assert document.language == EN
    assert [share.language for share in languages_of(document) if share.strong] == [EN]


def test_a_run_inside_a_sentence_shows_a_second_language() -> None:
    run = "He told reporters on Monday that non ci sono più scuse per rinviare la riforma and left the room without another word."
    document = identify(markdown(f"{ENGLISH}\n{run}\n"))
    first, second = languages_of(document)
    assert (first.language, second.language, second.strong, second.words) == (EN, IT, True, 9)
    quoted = identify(
        markdown(f"{ENGLISH}\nHe said: “non ci sono più scuse per rinviare la riforma”, and left the room in a hurry then.\n")
    )
    assert [share.language for share in languages_of(quoted) if share.strong] == [EN]


def test_code_has_no_language_unless_asked() -> None:
    text = ENGLISH + "\n```\nIl testo di questo blocco è tutto in italiano\n```\n"
    assert languages(identify(markdown(text)))[-1] == NO_LANGUAGE
    assert languages(identify(markdown(text), code=True))[-1] == IT


def test_inline_code_is_not_read() -> None:
    document = identify(markdown("Usa `the command that you want to run` per questo scopo.\n"), languages=(IT, EN))
    assert languages(document) == [IT]


def test_closed_and_forced() -> None:
    document = readers.parse("gatto\ndog\n42\n\nFoto: Reuters\n", path="-", format="lines")
    found = identify(document, languages=(IT, EN), closed=True, min_confidence=0)
    assert languages(found)[:2] == [IT, EN]
    assert languages(found)[2] == NO_LANGUAGE
    assert languages(found)[-1] in (IT, EN)


def test_an_empty_document_has_no_language() -> None:
    document = identify(markdown(""))
    assert (document.language, languages_of(document), contradictions(document)) == (UNDETERMINED, (), ())


def test_two_equal_halves_have_one_main_language() -> None:
    text = "Il governo ha annunciato ieri un nuovo piano per tutto il paese.\n\nThe government announced a new plan for the country.\n"
    document = identify(markdown(text))
    assert document.language in (IT, EN)
    assert {share.language for share in languages_of(document) if share.strong} == {IT, EN}


def test_languages_are_named_as_the_caller_names_them() -> None:
    british, brazilian = parse_language("en-GB"), parse_language("pt-BR")
    text = ENGLISH + "\nO governo anunciou ontem um novo plano para melhorar os serviços de saúde.\n"
    document = identify(markdown(text), languages=(british, brazilian))
    assert document.language == british
    assert languages(document)[-1] == brazilian


@pytest.mark.parametrize(
    ("path", "text", "declared"),
    [
        ("a.en-GB.md", ENGLISH, "en-GB"),
        ("docs/en/a.md", ENGLISH, "en"),
        ("a.md", f"---\nlang: en-US\n---\n\n{ENGLISH}", "en-US"),
        ("a.md", f"---\nlanguage: English text\n---\n\n{ENGLISH}", None),
        ("a.md", ENGLISH, None),
    ],
)
def test_a_declared_language_is_read_and_kept(path: str, text: str, declared: str | None) -> None:
    document = markdown(text, path)
    assert declared_language(document) == declared
    assert identify(document).language == (declared or EN)
    assert contradictions(identify(document)) == ()


def test_a_declared_language_that_the_text_contradicts() -> None:
    document = identify(markdown(ENGLISH, "article.it.md"))
    assert (document.language, document.declared) == (EN, IT)
    (contradiction,) = contradictions(document)
    assert (contradiction.declared, contradiction.found, contradiction.whole) == (IT, EN, True)
    kinds = [document.fragments[number].kind for number in contradiction.fragments]
    assert kinds.count("paragraph") == 2


def test_a_declared_language_stands_where_the_text_is_unsure() -> None:
    assert identify(markdown("Foto: Reuters\n", "article.it.md")).language == IT


def test_markup_that_declares_a_language() -> None:
    html = """<html lang="en"><body><p>The government announced a new plan yesterday for the country.</p>
    <p>He called it <span>a reform</span> and said <q>no</q>.</p><p lang="it">Ciao</p>
    <p lang="it">Ma questo è davvero un testo italiano.</p><p lang="de">This is surely not written in German at all.</p></body></html>"""
    document = identify(readers.parse(html, path="a.html", format="html"))
    assert [str(one) for one in languages(document)] == ["en", "en", "it", "it", "en"]
    (contradiction,) = contradictions(document)
    assert (contradiction.declared, contradiction.found, contradiction.whole) == (DE, EN, False)


def test_a_lang_attribute_copied_from_a_template_is_not_trusted() -> None:
    html = """<html lang="en"><body><p>Il governo ha annunciato ieri un nuovo piano per tutto il paese.</p><p>Si dice che sia la riforma
    più importante degli ultimi vent'anni.</p><h2>Novità</h2></body></html>"""
    document = identify(readers.parse(html, path="a.html", format="html"))
    assert [str(one) for one in languages(document)] == ["it", "it", "it"]
    assert document.language == IT
    assert contradictions(document)
    html = """<div lang="en"><p>Il governo ha annunciato ieri un nuovo piano per tutto il paese.</p><p>Foto: Reuters</p></div>"""
    document = identify(readers.parse(html, path="a.html", format="html"))
    assert [str(one) for one in languages(document)] == ["it", "und"]


def test_sentences_of_a_mixed_paragraph_get_their_own_language() -> None:
    text = (
        "Il governo ha annunciato ieri un nuovo piano. The minister said that it was going to cost a lot of money. "
        "Poi la conferenza stampa è finita senza domande. Sì."
    )
    document = identify(markdown(text + "\n"), languages=(IT, EN))
    refined = refine(segment(document), languages=(IT, EN), main=document.language)
    assert [str(one.language) for one in refined] == ["it", "en", "it", "it"]
    assert [replace(one, language=IT) for one in refined] == [replace(one, language=IT) for one in segment(document)]


def test_a_sentence_of_names_keeps_its_fragments_language() -> None:
    text = "The ministers arrived in Brussels this morning. Giuseppe Conte, Matteo Salvini, Luigi Di Maio. They did not speak.\n"
    document = identify(markdown(text))
    assert {one.language for one in refine(segment(document), languages=(IT, EN), main=EN)} == {EN}


@given(st.lists(sentences(), max_size=6), st.sampled_from(((), (IT, EN))))
@settings(max_examples=30)
def test_only_languages_change(paragraphs: list[str], given_languages: tuple[Language, ...]) -> None:
    document = markdown("\n\n".join(paragraphs) + "\n")
    found = identify(document, languages=given_languages)
    blank = [replace(fragment, language=UNDETERMINED, confidence=0.0) for fragment in found.fragments]
    assert blank == list(document.fragments)
    assert (found.text, found.blocks, found.path) == (document.text, document.blocks, document.path)
    assert identify(document, languages=given_languages) == found
    shares = languages_of(found)
    assert not shares or sum(share.share for share in shares) == pytest.approx(1)
    segments = segment(found)
    assert [replace(one, language=IT) for one in refine(segments, main=found.language)] == [replace(one, language=IT) for one in segments]


def test_documents_of_the_evaluation_data_have_their_language(shared_data: Path) -> None:
    for code in ("de", "fr"):
        text = (shared_data / "alignment" / "textberg-dev" / f"dev.{code}").read_text("utf-8")
        document = identify(readers.parse(text, path="-", format="lines"))
        assert document.language == code
        assert [share.language for share in languages_of(document) if share.share > 0.02] == [code]
