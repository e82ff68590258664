"""What nobody means to align, and what must then hold."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.alignment.sides import side
from transcmp.alignment import align
from transcmp.alignment import monotone as windows
from transcmp.alignment.kernel import Ids, Step, search
from transcmp.embed.use import load
from transcmp.model import Alignment

ENGLISH = [f"The {colour} {thing} number {n} is {state}." for n, (colour, thing, state) in enumerate(
    (c, t, s) for c in ("red", "blue", "old", "small") for t in ("house", "ship", "horse", "letter", "river") for s in ("lost", "sold")
)]  # fmt: skip
FRENCH = [f"{thing} {colour} numéro {n} est {state}." for n, (colour, thing, state) in enumerate(
    (c, t, s) for c in ("rouge", "bleu", "ancien", "petit") for t in ("La maison", "Le bateau", "Le cheval", "La lettre", "Le fleuve")
    for s in ("perdu", "vendu")
)]  # fmt: skip
PROSE = [
    "The ferry leaves the harbour at seven in the morning.",
    "Two engineers repaired the bridge after the storm.",
    "My grandmother keeps bees behind the old church.",
    "Our team lost the final by a single point.",
]
TALK = ["What?", "He never called back, did he?", "I told you so.", "Shut the door!", "Mum, where are my shoes?", "Quick, they are coming."]


def run(source: list[str], target: list[str], lexical: bool = False) -> Alignment:
    return align(side(source), side(target, "fr"), encoder=None if lexical else load())


def pairs(alignment: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in alignment.beads]


def test_unrelated_documents_score_near_nothing() -> None:
    alignment = run(ENGLISH[:20], [f"{text} {text.lower()}" for text in TALK] * 3)
    assert alignment.score < 0.1
    assert all(bead.score < 0.2 for bead in alignment.beads if len(bead.source) == len(bead.target) == 1)


@pytest.mark.parametrize("lexical", [False, True])
def test_a_document_against_itself(lexical: bool) -> None:
    alignment = run(ENGLISH, ENGLISH, lexical)
    assert pairs(alignment) == [((number,), (number,)) for number in range(len(ENGLISH))]
    assert alignment.score > (0.8 if lexical else 0.9)  # one sentence is much like another here, and words say less of that


@pytest.mark.parametrize("lexical", [False, True])
def test_a_document_against_itself_where_each_sentence_has_words_of_its_own(lexical: bool) -> None:
    alignment = run([*PROSE, *TALK], [*PROSE, *TALK], lexical)
    assert pairs(alignment) == [((number,), (number,)) for number in range(len(PROSE) + len(TALK))]
    assert alignment.score > 0.9


@pytest.mark.parametrize("lexical", [False, True])
def test_the_same_sentence_again_and_again(lexical: bool) -> None:
    alignment = run(["That is good."] * 60, ["C'est bien."] * 60, lexical)
    assert sum(len(bead.source) for bead in alignment.beads) == 60


def test_one_line_against_many() -> None:
    alignment = run([ENGLISH[3]], FRENCH, lexical=True)
    assert sum(bool(bead.source) for bead in alignment.beads) == 1


def test_reversed_order_is_many_moves() -> None:
    talk = [TALK[1], ENGLISH[0], TALK[4], ENGLISH[19], TALK[5]]
    alignment = run(talk, talk[::-1])
    assert sorted(pairs(alignment)) == [((number,), (4 - number,)) for number in range(5)]
    assert sum(bead.moved for bead in alignment.beads) == 4


def test_two_documents_in_reverse_order_of_each_other() -> None:
    alignment = run(ENGLISH, FRENCH[::-1], lexical=True)
    last = len(ENGLISH) - 1
    right = sum(pair == ((number,), (last - number,)) for number, pair in enumerate(pairs(alignment)))
    assert right >= 0.9 * len(ENGLISH)
    assert sum(bead.moved for bead in alignment.beads) >= right - 1


def test_a_very_long_sentence() -> None:
    alignment = run(["The dog runs. " * 4000, ENGLISH[1]], ["Le chien court. " * 4000, FRENCH[1]])
    assert pairs(alignment) == [((0,), (0,)), ((1,), (1,))]


@pytest.mark.parametrize("lexical", [False, True])
def test_windows_lose_nothing(lexical: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    target = FRENCH[:12] + FRENCH[19:]
    whole = run(ENGLISH, target, lexical)
    monkeypatch.setattr(windows, "_SMALL", 200)
    assert pairs(run(ENGLISH, target, lexical)) == pairs(whole)


MANY = 800
RANDOM = Random(3)


def gibberish(letters: str) -> list[str]:
    return [" ".join("".join(RANDOM.choices(letters, k=6)) for _ in range(7)) for _ in range(MANY)]


SHIPS, BATEAUX = [f"The ship number {n} is lost." for n in range(MANY)], [f"Le bateau numéro {n} est perdu." for n in range(10_000)]
HARD = {
    "identical lines": (["That is good."] * MANY, ["C'est bien."] * MANY),
    "one template": (SHIPS, BATEAUX[:MANY]),
    "reversed order": (SHIPS, BATEAUX[:MANY][::-1]),
    "no anchor": (gibberish("abdefilo"), gibberish("бгджзнпш")),
    "one against many": (ENGLISH[:1], BATEAUX),
}


@pytest.mark.parametrize("name", HARD)
def test_what_repeats_or_has_no_anchor_takes_linear_work(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = HARD[name]
    cells = []

    def counted(tables: Ids, *others: Any) -> list[Step]:
        cells.append(int((tables[:, 1] - tables[:, 0] + 1).sum()))
        return search(tables, *others)

    monkeypatch.setattr(windows, "search", counted)
    alignment = run(source, target, lexical=True)
    assert sum(len(bead.source) for bead in alignment.beads) == len(source)
    assert sum(len(bead.target) for bead in alignment.beads) == len(target)
    assert sum(cells) <= 300_000 + 400 * (len(source) + len(target))  # the whole table: 640,000 at each of three searches


def test_ten_thousand_identical_lines_are_paired_one_to_one() -> None:
    alignment = run(["The same line of text."] * 10_000, ["Dieselbe Zeile Text."] * 10_000, lexical=True)
    assert all(len(bead.source) == len(bead.target) == 1 for bead in alignment.beads)


def test_a_sentence_of_a_megabyte_ends_and_spoils_nothing() -> None:
    long = "The dog runs. " * 75_000
    alignment = run([long, *PROSE], [long.replace("dog", "chien"), *PROSE], lexical=True)
    assert pairs(alignment) == [((number,), (number,)) for number in range(len(PROSE) + 1)]


def test_all_of_a_document_in_one_segment_has_its_counterpart() -> None:
    alignment = run([" ".join(ENGLISH)], [" ".join(FRENCH)], lexical=True)
    assert pairs(alignment) == [((0,), (0,))]
