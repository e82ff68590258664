"""A good, a literal and a careless translation of one text: which score puts them in that order, and which does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcmp import pipeline
from transcmp.embed import choose
from transcmp.model import Language
from transcmp.pipeline import references
from transcmp.scoring.systems import CompareOptions, compare_systems
from transcmp.systems import System, SystemsCompared, Texts

FOLDER = Path(__file__).parents[2] / "corpora" / "compare-de-en"
NAMES = ("good", "literal", "careless")


@pytest.fixture(scope="module")
def compared() -> SystemsCompared:
    options = pipeline.Options(source_language="de", target_language="en")
    source = pipeline.read(str(FOLDER / "bahn.de.md"), options=options)
    paths = [FOLDER / f"{name}.en.md" for name in (*NAMES, "reference")]
    alignments = [pipeline.align(source, pipeline.read(str(path), options=options), options=options) for path in paths]
    cut = references.rows(alignments)
    columns = [tuple(references.text(alignment, row.targets[column]) for row in cut) for column, alignment in enumerate(alignments)]
    segments = alignments[0].source.segments
    texts = Texts(
        sources=tuple(" ".join(segments[number].text for number in row.source) for row in cut),
        systems=tuple(System(name=name, texts=column) for name, column in zip(NAMES, columns, strict=False)),
        references=(columns[-1],),
        source_language=Language("de"),
        target_language=Language("en"),
        kinds=tuple(segments[row.source[0]].kind for row in cut),
    )
    encoder = choose("use", Language("de"), Language("en"))
    return compare_systems(texts, encoder=encoder, options=CompareOptions(samples=300, bucket_samples=100))


def figures(compared: SystemsCompared, metric: str) -> list[float]:
    values = [{result.name: result.score for result in system.metrics}[metric] for system in compared.systems]
    assert all(value is not None for value in values)
    return [value for value in values if value is not None]


@pytest.mark.parametrize("metric", ["BLEU", "chrF2", "chrF2++"])
def test_reference_metrics_give_the_expected_order(compared: SystemsCompared, metric: str) -> None:
    good, literal, careless = figures(compared, metric)
    assert good > 1.3 * literal
    assert literal > careless


def test_edits_give_the_expected_order(compared: SystemsCompared) -> None:
    good, literal, careless = figures(compared, "TER")
    assert good < 0.7 * literal
    assert literal < careless


def test_quality_without_references_puts_the_careless_one_last(compared: SystemsCompared) -> None:
    good, literal, careless = figures(compared, "quality")
    assert min(good, literal) > careless + 10


@pytest.mark.xfail(reason="word for word covers the source best, and a light model hears foreign word order too faintly", strict=True)
@pytest.mark.parametrize("score", ["quality", "adequacy"])
def test_scores_without_references_put_the_good_one_before_the_literal_one(compared: SystemsCompared, score: str) -> None:
    good, literal, _ = figures(compared, score)
    assert good > literal


def test_risk_of_the_good_one_is_no_higher_than_of_the_literal_one(compared: SystemsCompared) -> None:
    good, literal, _ = figures(compared, "risk")
    assert good < literal


def test_adequacy_sees_what_the_careless_one_leaves_out(compared: SystemsCompared) -> None:
    good, literal, careless = figures(compared, "adequacy")
    assert min(good, literal) > careless


def test_risk_is_highest_for_the_careless_one(compared: SystemsCompared) -> None:
    good, literal, careless = figures(compared, "risk")
    assert careless > 2 * max(good, literal)


def test_the_differences_from_the_good_one_are_real(compared: SystemsCompared) -> None:
    for system in compared.systems[1:]:
        chrf = next(result for result in system.metrics if result.name == "chrF2")
        assert chrf.p_holm is not None
        assert chrf.p_holm < 0.05


def test_good_and_reference_agree_where_others_do_not(compared: SystemsCompared) -> None:
    assert compared.agreement is not None
    assert compared.agreement.pairs[0][1] < 0.9
    assert any(entry.words == ("rack", "railway") for pair in compared.ngrams for entry in pair.better_in_first)
