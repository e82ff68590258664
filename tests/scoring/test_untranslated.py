"""What is still in the source's language is not praised for being like its source."""

from __future__ import annotations

import json

import pytest

from transcmp import pipeline
from transcmp.embed import choose
from transcmp.model import Comparison, Language, Scores
from transcmp.pipeline import Options
from transcmp.readers import parse
from transcmp.report import Style
from transcmp.report import scores as reports
from transcmp.scoring import score_pairs

SOURCE = """# Das Haus am Meer

Das Haus steht am Ende der Straße, und hinter ihm beginnt der Wald.

![Ein alter Leuchtturm vor grauem Himmel](turm.png)

Wir haben gestern dreißig Äpfel gekauft, weil sie billig waren.
"""
TRANSLATED = """# The House by the Sea

The house stands at the end of the street, and behind it the forest begins.

![An old lighthouse under a grey sky](turm.png)

Yesterday we bought thirty apples because they were cheap.
"""
CAPTION_LEFT = TRANSLATED.replace("An old lighthouse under a grey sky", "Ein alter Leuchtturm vor grauem Himmel")
UNTRANSLATED = Scores(adequacy=0.0, risk=1.0, lack="untranslated")


def compare(target: str, encoder: str = "auto") -> Comparison:
    documents = parse(SOURCE, path="a.de.md", format="markdown"), parse(target, path="a.en.md", format="markdown")
    return pipeline.score(*documents, options=Options(source_language="de", target_language="en", encoder=encoder))


def values(scores: Scores) -> tuple[float | None, float | None, float | None, str | None]:
    return scores.adequacy, scores.quality, scores.risk, scores.lack


def test_a_caption_left_covers_nothing_and_stays_where_it_belongs() -> None:
    good, left = compare(TRANSLATED), compare(CAPTION_LEFT)
    assert [values(scores) == values(UNTRANSLATED) for scores in left.bead_scores] == [False, False, True, False]
    assert (left.bead_scores[2].alignment or 0.0) > 0.9
    assert not any(scores.lack for scores in good.bead_scores)
    assert (left.scores.adequacy or 0.0) < (good.scores.adequacy or 0.0)
    assert (left.scores.risk or 0.0) > (good.scores.risk or 0.0)
    assert left.scores.quality is not None
    assert left.scores.lack is None


def test_of_a_document_left_as_it_is_no_quality_is_known() -> None:
    scores = compare(SOURCE).scores
    assert values(scores) == values(UNTRANSLATED)


def test_without_an_encoder_the_reason_is_told() -> None:
    compared = compare(CAPTION_LEFT, encoder="lexical")
    assert values(compared.scores) == (None, None, None, "no-encoder")
    assert {scores.lack for scores in compared.bead_scores} == {"no-encoder"}


def test_pairs_without_a_document() -> None:
    encoder = choose("use", Language("de"), Language("en"))
    text = "Das Haus steht am Ende der Straße."
    left, empty, good = score_pairs(
        [(text, text), (text, ""), (text, "The house stands at the end of the street.")],
        encoder=encoder,
        source_language="de",
        target_language="en",
    )
    assert values(left) == values(UNTRANSLATED)
    assert values(empty) == (None, None, None, "one-sided")
    assert good.lack is None
    (told,) = score_pairs([(text, text)], encoder=encoder, source_language="de", target_language="en", copies=[False])
    assert told.quality is not None, "who knows the document has the last word"


@pytest.fixture(scope="module")
def report() -> reports.ScoreReport:
    return reports.ScoreReport(comparison=compare(CAPTION_LEFT))


def test_the_text_says_so_and_gives_intervals(report: reports.ScoreReport) -> None:
    lines = "".join(reports.text(report, Style())).splitlines()
    assert lines[3].split()[2:] == ["1-1", lines[3].split()[3], "0.000", "-", "1.000", "still", "in", "the", "source", "language"]
    low, high = report.comparison.intervals["adequacy"]
    assert any(line.startswith("adequacy") and line.endswith(f"{low:.3f} to {high:.3f}") for line in lines)


def test_json_says_so_and_names_encoder_and_model(report: reports.ScoreReport) -> None:
    told = json.loads("".join(reports.json(report, Style())))
    assert [bead["lack"] for bead in told["beads"]] == [None, None, "untranslated", None]
    assert told["lack"] is None
    assert set(told["intervals"]) == {"alignment", "adequacy", "quality", "risk"}
    assert "|encoder:use@" in told["signature"]
    assert "|quality:" in told["signature"]
    assert "|bs:1000|seed:12345|align:" in told["signature"]


def test_lines_of_pairs_have_a_reason_where_a_number_is_missing() -> None:
    lines = [
        json.loads(line) for line in reports.pairs([UNTRANSLATED, Scores(alignment=1.0, adequacy=0.5, quality=2.0, risk=0.1)], Style())
    ]
    assert [line.get("lack") for line in lines] == ["untranslated", None]
