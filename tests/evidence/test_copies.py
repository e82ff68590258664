"""What is a copy of its source, by itself and in its document."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from transcmp.evidence.copies import blank, copied_beads, copied_pairs, find_copies, words_of
from transcmp.model import Alignment, Bead, Language, Side
from transcmp.readers import parse
from transcmp.segment import segment

DE, EN = Language("de"), Language("en")
PAIRS = {
    "a sentence left": ("Wir haben Äpfel gekauft, weil sie billig waren.", "Wir haben Äpfel gekauft, weil sie billig waren.", True),
    "a caption left, other case": ("Ein alter Leuchtturm vor grauem Himmel", "Ein Alter Leuchtturm vor grauem Himmel", True),
    "translated": ("Wir haben Äpfel gekauft, weil sie billig waren.", "We bought apples because they were cheap.", False),
    "a name alone": ("Anna Schmidt", "Anna Schmidt", False),
    "an English term in the source": ("Continuous Integration Server", "Continuous Integration Server", False),
    "a figure": ("1.000", "1,000", False),
    "nothing": ("Ein Satz.", "", False),
    "most words left": (
        "Wir haben gestern dreißig Äpfel gekauft, weil sie billig waren.",
        "Wir haben yesterday dreißig Äpfel gekauft, weil sie billig waren.",
        True,
    ),
    "source language, but other words": ("Das Haus steht am Ende der Straße.", "Ein Hund läuft durch den dunklen Wald.", False),
}


@pytest.mark.parametrize("name", PAIRS)
def test_pairs(name: str) -> None:
    source, target, expected = PAIRS[name]
    assert copied_pairs([(source, target)], DE, EN) == [expected]


@pytest.mark.parametrize("languages", [("de", "de"), ("de", "de-AT"), ("und", "en"), ("de", "und")])
def test_without_two_languages_nothing_is_a_copy(languages: tuple[str, str]) -> None:
    source, target, _ = PAIRS["a sentence left"]
    assert copied_pairs([(source, target)], Language(languages[0]), Language(languages[1])) == [False]


def aligned(source: str, target: str) -> Alignment:
    """Both texts in Markdown, fragment by fragment."""
    sides = [
        Side(document=document, language=language, segments=segment(document, unit="fragment"))
        for document, language in ((parse(source, format="markdown"), DE), (parse(target, format="markdown"), EN))
    ]
    beads = tuple(Bead(source=(number,), target=(number,), score=1.0) for number in range(len(sides[0].segments)))
    return Alignment(source=sides[0], target=sides[1], beads=beads, score=1.0, signature="")


def test_terms_that_the_translation_uses_elsewhere_are_its_own() -> None:
    heading = "# Mensch ärgere dich nicht"
    left = aligned(f"{heading}\n\nEin Spiel für vier.\n", f"{heading}\n\nA game for four.\n")
    kept = aligned(f"{heading}\n\nEin Spiel für vier.\n", f"{heading}\n\nMensch ärgere dich nicht is a game for four.\n")
    assert copied_beads(left, find_copies(left)) == {0}
    assert copied_beads(kept, find_copies(kept)) == frozenset()


def test_one_copied_segment_does_not_make_a_bead_of_two_a_copy() -> None:
    alignment = aligned("Ein alter Leuchtturm vor grauem Himmel\n", "Ein alter Leuchtturm vor grauem Himmel\n\nIt is old.\n")
    joined = replace(alignment, beads=(Bead(source=(0,), target=(0, 1), score=1.0),))
    assert [copy.segment for copy in find_copies(joined)] == [0]
    assert copied_beads(joined, find_copies(joined)) == frozenset()


def test_blanking_keeps_offsets_and_line_ends() -> None:
    assert blank("ab\ncd", [(1, 4), (4, 9)]) == "a \n  "


def test_words_are_lower_case_and_han_characters_stand_alone() -> None:
    assert words_of("L’Été 3 東京abc") == ["l’été", "東", "京", "abc"]
