from __future__ import annotations

from tests.tui import made
from transcmp import pipeline
from transcmp.model import Comparison


def words(comparison: Comparison) -> list[tuple[str, str]]:
    sides = {"source": comparison.alignment.source, "target": comparison.alignment.target}
    return [(item.side, sides[item.side].segments[item.segment].text[item.start : item.end]) for item in comparison.uncovered]


def assessed(source: list[str], target: list[str]) -> Comparison:
    options = pipeline.Options(source_language="it", target_language="en", encoder="use")
    return pipeline.assess(made.document(source, "a.md", "it"), made.document(target, "b.md", "en"), options=options)


def test_what_the_translation_leaves_out_is_named() -> None:
    comparison = assessed(
        ["Il mercato vende frutta e verdura, e il vulcano islandese erutta ogni notte.", "Chiude alle sette."],
        ["The market sells fruit and vegetables.", "It closes at seven."],
    )
    assert {("source", "vulcano"), ("source", "islandese")} & set(words(comparison))
    assert comparison.intervals.keys() >= {"alignment", "adequacy"}
    for low, high in comparison.intervals.values():
        assert low <= high


def test_a_bead_of_several_segments_keeps_the_places() -> None:
    comparison = assessed(["Il mercato vende frutta. Vende anche biciclette."], ["The market sells fruit."])
    for item in comparison.uncovered:
        side = comparison.alignment.source if item.side == "source" else comparison.alignment.target
        assert side.segments[item.segment].text[item.start : item.end].strip()
