"""Several translations of one source, compared."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from transcmp.errors import UsageError
from transcmp.model import Language
from transcmp.scoring import buckets, contrast, significance, surface
from transcmp.scoring.systems import CompareOptions, compare_systems, worse_than_baseline
from transcmp.systems import System, SystemsCompared, Texts

SOURCES = (
    "Die Fähre fährt um 9 Uhr ab.",
    "Karten kosten 12 Euro.",
    "Herr Meier wohnt in Kassel, wo es im Winter selten schneit, im Sommer aber oft regnet.",
    "Hunde an die Leine!",
    "Nein.",
    "Die Karte zeigt die Fähre.",
)
REFERENCE = (
    "The ferry leaves at 9 o'clock.",
    "Tickets cost 12 euros.",
    "Mr Meier lives in Kassel, where it rarely snows in winter but often rains in summer.",
    "Dogs on a lead!",
    "No.",
    "The map shows the ferry.",
)
GOOD = (
    "The ferry leaves at 9 o'clock.",
    "Tickets cost 12 euros.",
    "Mr Meier lives in Kassel, where it seldom snows in winter but often rains in summer.",
    "Keep dogs on a lead!",
    "No.",
    "The map shows the ferry.",
)
BAD = (
    "The ship is at 9.",
    "Cards cost 12.",
    "Meier lives in Kassel, where is in winter rarely snow.",
    "Dogs!",
    "No.",
    "The card shows a ship.",
)
WORSE = ("Ship.", "Cards.", "He lives where it snows.", "Cats!", "Yes.", "A card.")


def texts(*systems: tuple[str, ...], references: tuple[tuple[str, ...], ...] = (REFERENCE,), sources: tuple[str, ...] = SOURCES) -> Texts:
    return Texts(
        sources=sources,
        systems=tuple(System(name=f"s{number}", texts=system) for number, system in enumerate(systems)),
        references=references,
        source_language=Language("de"),
        target_language=Language("en"),
        kinds=("paragraph", "paragraph", "list-item", "paragraph", "paragraph", "list-item") if len(sources) == 6 else (),
    )


FAST = CompareOptions(samples=200, bucket_samples=50)


@pytest.fixture(scope="module")
def compared() -> SystemsCompared:
    return compare_systems(texts(GOOD, BAD, WORSE), options=FAST)


def test_figures_are_those_of_the_surface_metrics(compared: SystemsCompared) -> None:
    for system, lines in zip(compared.systems, (GOOD, BAD, WORSE), strict=True):
        for result, measured in zip(system.metrics, surface.measure(lines, [REFERENCE]), strict=True):
            assert (result.name, result.score, result.signature) == (measured.metric, measured.score, measured.signature)


def test_p_values_are_those_of_the_paired_test_and_corrected(compared: SystemsCompared) -> None:
    base, other = (surface.measure(lines, [REFERENCE], metrics=["chrF2"])[0] for lines in (GOOD, WORSE))
    tested = significance.compare(base, other, samples=200)
    first, second, third = ({result.name: result for result in system.metrics}["chrF2"] for system in compared.systems)
    assert (first.p_value, first.p_holm, first.difference) == (None, None, None)
    assert first.interval is not None
    assert third.p_value == tested.p_value
    assert third.difference == tested.difference
    assert second.p_value is not None
    assert second.p_holm is not None
    assert third.p_value is not None
    assert second.p_holm >= second.p_value
    assert min(second.p_holm, third.p_holm or 1) == min(1, 2 * min(second.p_value, third.p_value))


def test_the_baseline_can_be_any_system() -> None:
    compared = compare_systems(texts(GOOD, BAD, WORSE), options=CompareOptions(metrics=("TER",), baseline="s1", samples=50))
    good, bad, worse = (system.metrics[0] for system in compared.systems)
    assert compared.baseline == "s1"
    assert bad.difference is None
    assert good.difference is not None
    assert worse.difference is not None
    assert good.difference < 0 < worse.difference
    assert not good.higher_is_better


def test_which_is_worse(compared: SystemsCompared) -> None:
    assert worse_than_baseline(compared, "chrf2", 0.2) == ("s1", "s2")
    assert worse_than_baseline(compared, "ter", 0.2) == ("s1", "s2")
    assert worse_than_baseline(compared, "chrF2", 0.0) == ()
    with pytest.raises(UsageError, match="computed: BLEU"):
        worse_than_baseline(compared, "quality", 0.05)


def test_buckets_partition_the_rows(compared: SystemsCompared) -> None:
    for by in {bucket.by for bucket in compared.buckets}:
        assert sum(bucket.rows for bucket in compared.buckets if bucket.by == by) == len(SOURCES)
    labels = {(bucket.by, bucket.label): bucket for bucket in compared.buckets}
    assert labels["number", "with a number"].rows == 2
    assert labels["kind", "list-item"].rows == 2
    assert labels["length", "1-5 words"].rows == 4
    assert not any(bucket.by == "document" for bucket in compared.buckets)
    part = surface.measure([BAD[0], BAD[1]], [[REFERENCE[0], REFERENCE[1]]], metrics=["BLEU"])[0].score
    scores = {(score.system, score.metric): score.score for score in labels["number", "with a number"].scores}
    assert scores["s1", "BLEU"] == pytest.approx(part)


def test_length_of_scripts_without_spaces() -> None:
    sample = texts(("a",), sources=("フェリーは九時半に出発します。",), references=())
    assert buckets.by_length(sample) == ["6-10 words"]


def test_ngrams_that_one_gets_right() -> None:
    (found,) = contrast.ngrams(texts(GOOD, BAD), [(0, 1)], 10)
    assert ("ferry",) in [entry.words for entry in found.better_in_first]
    assert all(entry.first > entry.second and entry.ratio > 0.5 for entry in found.better_in_first)
    assert all(entry.second > entry.first for entry in found.better_in_second)


def test_ngrams_are_clipped_to_the_reference() -> None:
    sample = texts(("the the the the",), ("the",), references=(("the cat",),), sources=("die",))
    (found,) = contrast.ngrams(sample, [(0, 1)], 10)
    assert found.better_in_first == ()


def test_rows_that_differ_most_come_first(compared: SystemsCompared) -> None:
    rows = [row for row in compared.sentences if (row.first, row.second) == ("s0", "s2")]
    assert [abs(row.difference) for row in rows] == sorted((abs(row.difference) for row in rows), reverse=True)
    for row in rows:
        assert row.metric == "chrF2"
        assert row.difference == pytest.approx(row.scores[1] - row.scores[0])
        assert "".join("".join(edit.first) for edit in row.diff) == "".join(surface.tokenised([GOOD[row.row]], "en")[0])
    assert 4 not in [row.row for row in compared.sentences if (row.first, row.second) == ("s0", "s1")]


def test_word_diff() -> None:
    steps = contrast.word_diff("The ferry leaves at nine.", "The boat leaves at nine.", "en")
    assert [(edit.same, edit.first, edit.second) for edit in steps][:3] == [
        (True, ("The",), ("The",)),
        (False, ("ferry",), ("boat",)),
        (True, ("leaves", "at", "nine", "."), ("leaves", "at", "nine", ".")),
    ]


def test_agreement(compared: SystemsCompared) -> None:
    agreement = compared.agreement
    assert agreement is not None
    assert len(agreement.rows) == len(SOURCES)
    assert np.allclose(agreement.pairs, np.transpose(agreement.pairs))
    assert agreement.pairs[0][1] > agreement.pairs[0][2]
    assert [agreement.rows[row] for row in agreement.least] == sorted(agreement.rows)
    assert contrast.agreement(texts(GOOD)) is None
    same = contrast.agreement(texts(GOOD, GOOD))
    assert same is not None
    assert set(same.rows) == {1.0}


def test_identical_translations_have_p_1_and_are_named() -> None:
    compared = compare_systems(texts(GOOD, GOOD), options=FAST)
    assert {result.p_value for result in compared.systems[1].metrics} == {1.0}
    assert compared.notes == ("s0 and s1 are identical",)
    assert compared.sentences == ()


def test_one_row_gives_scores_but_no_test() -> None:
    compared = compare_systems(texts(GOOD[:1], BAD[:1], references=(REFERENCE[:1],), sources=SOURCES[:1]), options=FAST)
    assert compared.notes == ("one row only: no interval and no test",)
    for result in compared.systems[1].metrics:
        assert (result.p_value, result.p_holm, result.interval) == (None, None, None)
        assert result.difference is not None


def test_without_references_and_encoder_texts_are_still_contrasted() -> None:
    compared = compare_systems(texts(GOOD, WORSE, references=()), options=FAST)
    assert compared.systems[0].metrics == ()
    assert compared.agreement is not None
    assert any("neither references" in note for note in compared.notes)
    assert ("the",) in [tuple(word.lower() for word in entry.words) for entry in compared.ngrams[0].better_in_first]


@pytest.mark.parametrize(
    ("sample", "message"),
    [
        (texts(GOOD, GOOD[:2]), "s1 has 2 lines, the source 6"),
        (texts(GOOD, ("", "", "", "", "", " ")), "s1 is empty"),
        (texts(GOOD, references=(REFERENCE[:3],)), "the reference 3"),
        (texts(), "no translation"),
    ],
)
def test_bad_input(sample: Texts, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        compare_systems(sample, options=FAST)


def test_an_unknown_baseline_lists_the_names() -> None:
    with pytest.raises(UsageError, match="one of s0, s1"):
        compare_systems(texts(GOOD, BAD), options=CompareOptions(baseline="x"))


def test_missing_rows_are_noted() -> None:
    compared = compare_systems(texts(GOOD, ("", *GOOD[1:])), options=FAST)
    assert "s1 has nothing for 1 of 6 rows" in compared.notes


@pytest.mark.parametrize(
    "case", json.loads((Path(__file__).parent / "cases" / "surface.json").read_text("utf-8")), ids=lambda case: case["title"]
)
def test_any_language_and_number_of_references(case: dict) -> None:
    try:
        surface.tokenizer_for(case["language"])
    except Exception:
        pytest.skip("the tokenizer is not installed")
    count = len(case["hypotheses"])
    sample = Texts(
        sources=tuple(f"{number}" for number in range(count)),
        systems=(System(name="hyp", texts=tuple(case["hypotheses"])), System(name="ref", texts=tuple(case["references"][0]))),
        references=tuple(tuple(reference) for reference in case["references"]),
        source_language=Language("und"),
        target_language=Language(case["language"]),
    )
    compared = compare_systems(sample, options=FAST)
    for result, measured in zip(
        compared.systems[0].metrics, surface.measure(case["hypotheses"], case["references"], language=case["language"]), strict=True
    ):
        assert result.score == measured.score
    assert all(result.p_value is None or 0 < result.p_value <= 1 for result in compared.systems[1].metrics)


def test_a_row_without_a_translation_has_the_worst_scores_that_need_no_reference() -> None:
    from transcmp.embed import choose

    encoder = choose("use", Language("de"), Language("en"))
    scores = compare_systems(texts(GOOD, (*GOOD[:-1], "")), encoder=encoder).row_scores
    assert {name: scores[name][1][-1] for name in ("adequacy", "quality", "risk")} == {"adequacy": 0.0, "quality": 0.0, "risk": 1.0}
    assert scores["risk"][0][-1] < 1.0
