"""The tier without an encoder: cognates, a learned lexicon, lengths, priors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from msgspec import structs

from tests.alignment.sides import side
from transcmp.alignment import align, lexical, lexicon, measure, read_gold
from transcmp.alignment.constants import constants
from transcmp.alignment.kernel import Step, shapes_up_to
from transcmp.alignment.lengths import LengthModel, LengthRatio, count, usual_ratio
from transcmp.alignment.lexical import Pair, WordEvidence
from transcmp.alignment.lexicon import Ratios, cognates, learn
from transcmp.alignment.priors import Priors
from transcmp.alignment.vocabulary import Vocabulary, thin_out
from transcmp.embed.use import load

ENGLISH = ["The red house stands here.", "The green house burns.", "A red car stands there.", "A green car burns."]
GERMAN = ["Das rote Haus steht hier.", "Das grüne Haus brennt.", "Ein rotes Auto steht dort.", "Ein grünes Auto brennt."]

WEIGHTS = constants().words["lexical"]


def test_numbers_marks_and_similar_words_are_cognates() -> None:
    source = Vocabulary.of(["Napoleon met 1250 canons."])
    target = Vocabulary.of(["Napoléon rencontra 1250 canons."])
    pairs = cognates(source, target)
    found = {(source.types[a], target.types[b]) for a, b in zip(pairs.source, pairs.target, strict=True)}
    assert {("1250", "1250"), ("napol", "napol"), (".", "."), ("canon", "canon")} <= found
    assert ("met", "renco") not in found


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_cognates_are_the_same_in_blocks(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = Vocabulary.of(["Napoleon met canons and generals"]), Vocabulary.of(["Napoléon canons et généraux"])
    whole = cognates(source, target)
    monkeypatch.setattr(lexicon, "_AT_A_TIME", size)
    assert cognates(source, target).counts.tolist() == whole.counts.tolist()


def test_of_very_many_words_those_with_one_first_letter_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = Vocabulary.of(["Napoleon ecclesia"]), Vocabulary.of(["Napoléon iglesia cclesia"])

    def found() -> set[tuple[str, str]]:
        pairs = cognates(source, target)
        return {(source.types[a], target.types[b]) for a, b in zip(pairs.source, pairs.target, strict=True)}

    assert found() == {("napol", "napol"), ("eccle", "ccles")}
    monkeypatch.setattr(lexicon, "_COMPARED", 3)
    assert found() == {("napol", "napol")}


@pytest.mark.parametrize(("learned", "enough", "expected"), [(1.0, 400.0, 1.0), (3.0, 400.0, 3.0), (3.0, 4.0, 2.0), (3.0, 0.01, 1.0)])
def test_counts_of_few_beads_have_a_weight_that_those_of_many_lose(learned: float, enough: float, expected: float) -> None:
    path = [Step(row, row, 1, 1, 1.0) for row in range(1, 5)]
    weights = structs.replace(WEIGHTS, learned=learned, enough=enough)
    evidence = WordEvidence.first(Pair.of(ENGLISH, GERMAN), shapes_up_to(4), weights)
    plain = learn(evidence.pair.source, evidence.pair.target, np.array([(number, 1, number, 1) for number in range(4)]))
    counts = evidence.taught(path).lexicon.counts.sum() - evidence.lexicon.counts.sum()
    assert counts == pytest.approx(expected * plain.counts.sum(), rel=0.02)
    assert counts > 0


def test_a_lexicon_is_learned_from_beads() -> None:
    source, target = Vocabulary.of(ENGLISH), Vocabulary.of(GERMAN)
    learned = learn(source, target, np.array([(number, 1, number, 1) for number in range(4)]))
    best = {}
    for a, b, weight in zip(learned.source, learned.target, learned.counts, strict=True):
        best.setdefault(source.types[a], []).append((weight, target.types[b]))
    assert max(best["house"])[1] == "haus"
    assert max(best["burns"])[1] == "brenn"
    assert max(best["stand"])[1] == "steht"


def test_ratios_are_found_by_pair() -> None:
    source, target = Vocabulary.of(["Napoleon met 12 men"]), Vocabulary.of(["Napoléon rencontra 12 hommes"])
    ratios = Ratios.of(cognates(source, target), source, target)
    twelve = np.array([source.types.index("12")]), np.array([target.types.index("12")])
    assert ratios.between(*twelve)[0] > 1
    assert ratios.between(twelve[0], np.array([target.types.index("homme")]))[0] == 0


def test_equal_lengths_speak_for_a_pair() -> None:
    lengths = count(["word " * number for number in (3, 9, 4, 20, 7, 12)])
    model = LengthRatio.of(lengths, lengths)
    assert model.score(np.array(40.0), np.array(40.0), (1, 1)) > 0 > model.score(np.array(40.0), np.array(5.0), (1, 1))
    assert model.refitted(lengths, 2 * lengths).ratio == 2


def test_han_letters_stand_for_more() -> None:
    assert usual_ratio(["abc"], ["abc"]) == 1
    assert usual_ratio(["abc"], ["東京"]) == pytest.approx(0.4)
    assert LengthModel.of(["ab"], ["東京東京"], 0.5).source.tolist() == [0, 1]


def test_likeness_is_the_same_in_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = WordEvidence.first(Pair.of(ENGLISH, [*GERMAN, "Das Haus."]), shapes_up_to(4), WEIGHTS)
    rows, columns = np.arange(4), np.arange(4)
    whole = evidence.likeness(rows, columns, 2)
    monkeypatch.setattr(lexical, "_TILE", 3)
    assert np.array_equal(evidence.likeness(rows, columns, 2), whole)
    assert evidence.likeness(rows[:0], columns).shape == (0, 4)


def test_a_long_gap_counts_once() -> None:
    expected = Priors.expected(shapes_up_to(3), WEIGHTS)
    beads = [Step(row, row, 1, 1, 1.0) for row in range(1, 41)]
    gap = [Step(40 + row, 40, 1, 0, 0.0) for row in range(1, 31)]
    single = [Step(41, 40, 1, 0, 0.0)]
    assert expected.learned(beads + gap).skips == expected.learned(beads + single).skips
    assert len(expected.ways(3, 3)) == 1
    assert len(expected.learned(beads).ways(3, 3)) == 3


def test_very_long_runs_are_thinned_out_evenly() -> None:
    places, kept = thin_out(np.array([0, 10]), np.array([10, 2]), 5)
    assert places.tolist() == [0, 2, 4, 6, 8, 10, 11]
    assert kept.tolist() == [5, 2]


def test_words_without_letters_in_common_are_aligned_by_what_repeats() -> None:
    japanese = ["鉄道は1872年に開通した。", "東京と横浜を結んだ。", "最初の駅は新橋だった。", "運賃は37銭だった。", "1日に9往復した。"]
    english = [
        "The railway opened in 1872.",
        "It linked two cities.",
        "The first station was Shimbashi.",
        "A ticket cost 37 sen.",
        "It ran 9 times.",
    ]
    alignment = align(side(japanese, "ja"), side(english), encoder=None)
    assert [(bead.source, bead.target) for bead in alignment.beads] == [((number,), (number,)) for number in range(5)]
    assert "align:lexical" in alignment.signature


def test_thai_has_no_spaces_between_words() -> None:
    thai = [
        "รถไฟสายแรกเปิดในปี 1893",
        "เชื่อมกรุงเทพกับสมุทรปราการ",
        "ตั๋วราคา 37 สตางค์",
        "รถไฟวิ่งวันละ 9 เที่ยว",
        "สถานีแรกถูกรื้อในปี 1960",
    ]
    english = ["The first railway opened in 1893.", "It linked two towns.", "A ticket cost 37 satang.", "It ran 9 times a day."]
    english.append("The first station was torn down in 1960.")
    alignment = align(side(thai, "th"), side(english), encoder=None)
    assert [(bead.source, bead.target) for bead in alignment.beads] == [((number,), (number,)) for number in range(5)]
    vectors = align(side(thai, "th"), side([*english[:3], *english[4:]]), encoder=load())
    assert ((3,), ()) in [(bead.source, bead.target) for bead in vectors.beads]


def test_parice(shared_data: Path) -> None:
    folder = shared_data / "alignment" / "parice"
    documents = []
    for gold in sorted((folder / "gold").glob("*.txt")):
        english, icelandic = ((folder / name / gold.name).read_text(encoding="utf-8").splitlines() for name in ("eng", "isl"))
        alignment = align(side(english), side(icelandic, "is"), encoder=None)
        documents.append(([(bead.source, bead.target) for bead in alignment.beads], list(read_gold(str(gold)))))
    figures = measure(documents)
    assert figures["strict"].f1 >= 0.92
    assert figures["lax"].f1 >= 0.97
