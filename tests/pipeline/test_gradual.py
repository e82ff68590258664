from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from transcmp import pipeline
from transcmp.model import Comparison, Scores
from transcmp.pipeline import Options
from transcmp.pipeline.gradual import How, Part, assess

CORPORA = Path(__file__).parents[2] / "corpora"
PAIR = [str(CORPORA / "news-it-en" / name) for name in ("article.it.md", "article.en.md")]
OPTIONS = Options(encoder="use")


def agree(one: Comparison, other: Comparison) -> bool:
    """Whether two comparisons are equal, scores up to the last digits: how many beads are read at once changes those."""

    def figures(scores: Scores) -> list[float]:
        return [-1.0 if value is None else value for value in (scores.alignment, scores.adequacy, scores.quality, scores.risk)]

    pairs = zip((*one.bead_scores, one.scores), (*other.bead_scores, other.scores), strict=True)
    close = all(figures(first) == pytest.approx(figures(second), abs=1e-4) for first, second in pairs)
    words = [[(word.side, word.segment, word.start, word.end) for word in item.uncovered] for item in (one, other)]
    bare = [replace(item, bead_scores=(), scores=Scores(), intervals={}, uncovered=()) for item in (one, other)]
    return close and words[0] == words[1] and bare[0] == bare[1]


def scored(comparison: Comparison) -> list[int]:
    return [number for number, scores in enumerate(comparison.bead_scores) if scores.adequacy is not None]


@pytest.fixture(scope="module")
def parts() -> list[Part]:
    return list(assess(*PAIR, options=OPTIONS, how=How(at=lambda: 60)))


def test_the_end_is_what_is_made_at_once(parts: list[Part]) -> None:
    assert agree(parts[-1].comparison, pipeline.assess(*PAIR, options=OPTIONS))


def test_texts_come_first_then_beads_then_findings_then_scores(parts: list[Part]) -> None:
    assert [part.stage for part in parts] == ["texts", *["beads"] * (len(parts) - 2), "whole"]
    texts, beads, findings, *growing = (part.comparison for part in parts)
    assert "mulino natante" in texts.alignment.source.segments[2].text
    assert {bead.score for bead in texts.alignment.beads} == {0.0}
    assert beads.alignment.score > 0.9
    assert beads.findings == ()
    assert findings.findings
    assert scored(findings) == []
    assert len(growing) >= 3
    assert all(set(scored(one)) <= set(scored(two)) for one, two in pairwise(growing))


def test_scores_begin_where_the_reader_is(parts: list[Part]) -> None:
    first = next(found for part in parts if (found := scored(part.comparison)))
    assert first[0] == 60
    assert len(first) < 40


def test_the_reader_may_go_elsewhere_meanwhile() -> None:
    places = [60]
    seen: list[list[int]] = []
    for part in assess(*PAIR, options=OPTIONS, how=How(at=lambda: places[-1])):
        if found := scored(part.comparison):
            seen.append(found)
            places.append(10)
    assert 10 not in seen[0]
    assert 10 in seen[1]


@pytest.mark.parametrize(
    "path", ["mixed-en-it/report.md", "messages-en-es/larder.es.po", "subtitles-en-nl/ijshuis.en.srt"], ids=os.path.basename
)
def test_one_document_alone(path: str) -> None:
    name = str(CORPORA / path)
    parts = list(assess(name, options=OPTIONS, how=How()))
    assert agree(parts[-1].comparison, pipeline.assess(name, options=OPTIONS))
    assert (parts[0].stage == "texts") == (not name.endswith(".po"))


def test_what_progress_raises_ends_the_work() -> None:
    def report(step: str, _done: int, _total: int) -> None:
        if step == "scoring":
            raise KeyboardInterrupt

    found: list[Part] = []
    with pytest.raises(KeyboardInterrupt):
        found.extend(assess(*PAIR, options=OPTIONS, how=How(progress=report)))
    assert found[-1].comparison.findings
