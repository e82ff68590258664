"""What the quality model sees of a pair."""

from __future__ import annotations

import numpy as np
import pytest

from transcmp.embed import use
from transcmp.scoring import counterparts, features
from transcmp.scoring.counterparts import Counterparts
from transcmp.scoring.coverage import cover_pairs
from transcmp.scoring.features import FIGURES, RULES, SOURCE_EXTRA, TARGET_EXTRA, PairFeatures

PAIR = ("Der Hund schläft im Garten.", "The dog sleeps in the garden.")


def describe(*pairs: tuple[str, str], languages: tuple[str, str] = ("de", "en"), model: Counterparts | None = None) -> list[PairFeatures]:
    encoder = use.load()
    reading = encoder.read_tokens(features.distinct(pairs))
    return features.describe(pairs, reading, cover_pairs(pairs, encoder, reading, model), 1.0, *languages)


def flagged(source: str, target: str, column: str) -> bool:
    (found,) = describe((source, target))
    return bool(found.target[:, TARGET_EXTRA.index(column) - len(TARGET_EXTRA)].any())


def rules(source: str, target: str, languages: tuple[str, str] = ("de", "en")) -> dict[str, float]:
    return {name: float(value) for name, value in zip(RULES, features.rules(source, target, *languages), strict=True) if value}


def test_a_pair_is_described_alike_alone_and_among_others() -> None:
    alone = describe(PAIR)[0]
    among = describe(("Nein.", "No."), PAIR, PAIR)
    for part in ("target", "source", "figures"):
        for other in among[1:]:
            np.testing.assert_allclose(getattr(alone, part), getattr(other, part), atol=1e-4)


def test_only_rows_near_a_change_differ() -> None:
    first, second = describe(PAIR, (PAIR[0], "The dog sleeps in the garden"))
    same = np.abs(first.target[:2] - second.target[:2])
    assert same.max() < 1e-4  # the encoder sees four tokens to each side
    assert len(first.target) == len(second.target) + 1


def test_shapes() -> None:
    (found,) = describe(PAIR)
    assert found.target.shape[1] == 3 * 512 + len(TARGET_EXTRA)
    assert found.source.shape[1] == 3 * 512 + len(SOURCE_EXTRA)
    assert found.figures.shape == (len(FIGURES),)
    assert np.isfinite(found.target).all()


@pytest.mark.parametrize("pair", [("", ""), ("a", ""), ("", "a"), ("…", "!"), ("\ud800", "x")])
def test_nothing_to_describe_is_no_error(pair: tuple[str, str]) -> None:
    (found,) = describe(pair)
    assert np.isfinite(found.target).all()
    assert np.isfinite(found.figures).all()


def test_copies_and_repetitions_are_marked() -> None:
    assert flagged("Der hund schläft.", "The hund sleeps.", "copied lower")
    assert not flagged("Der Hund schläft.", "The Hund sleeps.", "copied lower")
    assert flagged("Der Hund schläft.", "The Hund sleeps.", "copied")
    assert flagged("Der Hund schläft.", "The dog dog sleeps.", "repeated")
    assert not flagged("Sehr sehr gut.", "Very very good.", "repeated")
    assert not flagged(*PAIR, "repeated")


def test_rules_are_silent_where_nothing_is_amiss() -> None:
    found = rules("Im Jahr 2021 kostete es 1.000,5 Euro.", "In 2021 it cost 1,000.5 euros.")
    assert set(found) <= {"shorter", "longer"}


@pytest.mark.parametrize(
    ("target", "names"),
    [
        ("In 2020 it cost 12 euros.", {"number lost", "number new"}),
        ("In 2021 it cost 12 euros", {"final mark"}),
        ("In 2021 it cost 12 euros?", {"final mark", "question", "mark new"}),
        ("in 2021 it cost 12 euros.", {"first letter"}),
        ("In 2021 it cost 12 euros .", {"spaced mark"}),
        ("In 2021,, it cost 12 euros.", {"doubled mark", "comma new"}),
    ],
)
def test_each_rule_sees_its_fault(target: str, names: set[str]) -> None:
    assert set(rules("Im Jahr 2021 kostete es 12 Euro.", target)) - {"shorter", "longer"} == names


def test_a_copy_is_foreign_where_it_reads_as_the_source() -> None:
    found = describe(
        ("Die Regierung lobt Donald.", "The Regierung praises Donald."), ("Die Regierung lobt Donald.", "The government praises Donald.")
    )
    foreign = [float(item.figures[FIGURES.index("copied foreign")]) for item in found]
    assert foreign[0] > 0
    assert foreign[1] == 0


@pytest.mark.parametrize("target", ["In 2021 it cost? 12 euros.", "In 2021_ it cost 12 euros.", "In 2021. it cost 12 euros."])
def test_marks_in_the_wrong_place_are_seen(target: str) -> None:
    assert {"broken sentence", "mark new"} & set(rules("Im Jahr 2021 kostete es 12 Euro.", target))


def test_french_spaces_are_lawful() -> None:
    assert "spaced mark" not in rules("Where is it?", "Où est-ce ?", ("en", "fr"))


def test_full_width_marks_are_the_same_marks() -> None:
    assert not {"final mark", "question"} & set(rules("Is it 3?", "3ですか？", ("en", "ja")))


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Der Laden ist offen.", "The shop is not open.", (1, 1)),
        ("Der Laden ist nicht offen.", "The shop is open.", (1, 1)),
        ("Der Laden ist nicht offen.", "The shop is not open.", (0, 0)),
        ("Der Laden ist nicht möglich.", "The shop is impossible.", (1, 0)),
    ],
)
def test_a_denial_on_one_side_is_a_doubt(source: str, target: str, expected: tuple[int, int]) -> None:
    (found,) = describe((source, target))
    assert tuple(found.doubts[2:]) == expected


def test_without_known_languages_nothing_is_denied() -> None:
    (found,) = describe(("Der Laden ist nicht offen.", "The shop is open."), languages=("de", "cs"))
    assert tuple(found.doubts[2:]) == (0, 0)


def test_words_without_counterpart_are_doubts_where_a_model_judges_them() -> None:
    pairs = [
        ("Anna wohnt in Kassel.", "Anna lives in Kassel."),
        ("Anna wohnt in Kassel.", "Anna lives in Hamburg with her three brothers."),
    ]
    (plain, _), (good, bad) = describe(*pairs), describe(*pairs, model=counterparts.load("use"))
    assert tuple(plain.doubts[:2]) == (0, 0)
    assert good.doubts[0] < bad.doubts[0]
    assert good.doubts[1] < bad.doubts[1]
