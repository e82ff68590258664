from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.pipeline.test_gradual import agree
from tests.tui import made
from transcmp import pipeline
from transcmp.decisions import save_alignment
from transcmp.model import Bead, Comparison
from transcmp.pipeline import Options
from transcmp.pipeline.gradual import How
from transcmp.pipeline.repair import arranged, realign, reassess

SOURCE = ["Il mercato apre alle sette.", "Vende frutta e verdura.", "Il sabato arriva il pescivendolo.", "Chiude dopo pranzo."]
TARGET = ["The market opens at seven.", "It sells fruit and vegetables.", "On Saturdays the fishmonger comes.", "It closes after lunch."]
OPTIONS = Options(encoder="use")


@pytest.fixture
def comparison() -> Comparison:
    sides = made.side(made.document(SOURCE, "a.md", "it")), made.side(made.document(TARGET, "b.md", "en"))
    return made.comparison(*sides, [Bead(source=(number,), target=(number,), score=0.9) for number in range(4)])


def ids(comparison: Comparison) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in comparison.alignment.beads]


def test_beads_come_into_the_order_of_an_alignment(comparison: Comparison) -> None:
    beads = comparison.alignment.beads
    given = [Bead(source=(), target=(1,), score=0.0), beads[3], Bead(source=(1,), target=(), score=0.0), beads[2], beads[0]]
    made_up = arranged(comparison, given)
    assert ids(made_up) == [((0,), (0,)), ((), (1,)), ((1,), ()), ((2,), (2,)), ((3,), (3,))]
    assert made_up.alignment.score == comparison.alignment.score
    assert made_up.coverage.source < 1


def test_a_bead_that_a_person_made_is_scored(comparison: Comparison) -> None:
    beads = comparison.alignment.beads
    given = [beads[0], Bead(source=(1, 2), target=(1, 2), score=0.0), beads[3]]
    *_, (scored, _) = reassess(comparison, given, options=OPTIONS, how=How())
    assert ids(scored) == [((0,), (0,)), ((1, 2), (1, 2)), ((3,), (3,))]
    assert scored.alignment.beads[1].score > 0.5
    assert scored.alignment.beads[0].score == 0.9


def test_locked_beads_stay_when_the_rest_is_aligned_anew(comparison: Comparison) -> None:
    locked = [
        Bead(source=(0, 1), target=(0,), score=0.0),
        Bead(source=(2,), target=(), score=0.0),
        Bead(source=(), target=(2,), score=0.0),
    ]
    *_, (made_up, _) = realign(comparison, locked, options=OPTIONS, how=How())
    assert ((0, 1), (0,)) in ids(made_up)
    assert ((2,), ()) in ids(made_up)
    assert ((), (2,)) in ids(made_up)
    assert ((3,), (3,)) in ids(made_up)
    assert sorted(number for bead in made_up.alignment.beads for number in bead.target) == [0, 1, 2, 3]


def test_without_locks_it_is_a_new_alignment(comparison: Comparison) -> None:
    wrong = arranged(comparison, [Bead(source=(0,), target=(1,), score=0.1), Bead(source=(1,), target=(0,), score=0.1)])
    *_, (made_up, _) = realign(wrong, (), options=OPTIONS, how=How())
    assert ids(made_up) == ids(comparison)


def test_only_new_beads_are_scored_anew(comparison: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    from transcmp import scoring

    *_, (known, _) = reassess(comparison, comparison.alignment.beads, options=OPTIONS, how=How())
    real = scoring.judge_pairs
    scored: list[tuple[str, str]] = []

    def spy(pairs: Sequence[tuple[str, str]], **named: Any) -> Any:
        scored.extend(pairs)
        return real(pairs, **named)

    monkeypatch.setattr(scoring, "judge_pairs", spy)
    beads = [known.alignment.beads[0], Bead(source=(1, 2), target=(1, 2), score=0.0), known.alignment.beads[3]]
    *_, (repaired, stage) = reassess(known, beads, options=OPTIONS, how=How())
    assert stage == "whole"
    assert [source for source, _ in scored] == ["Vende frutta e verdura. Il sabato arriva il pescivendolo."]
    monkeypatch.undo()
    bare = replace(repaired, bead_scores=(), uncovered=())
    *_, (again, _) = reassess(bare, repaired.alignment.beads, options=OPTIONS, how=How())
    assert agree(again, repaired)


def test_a_kept_bead_that_nobody_has_scored_gets_a_score(comparison: Comparison, tmp_path: Path) -> None:
    for name, lines in (("a.txt", SOURCE), ("b.txt", TARGET)):
        (tmp_path / name).write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    paths = str(tmp_path / "a.txt"), str(tmp_path / "b.txt")
    options = Options(encoder="use", folder=str(tmp_path / ".transcmp"), source_language="it", target_language="en")
    first = pipeline.align(*paths, options=options)
    beads = [first.beads[0], Bead(source=(1, 2), target=(1, 2), score=0.0), first.beads[3]]
    save_alignment(tmp_path / ".transcmp", replace(first, beads=tuple(beads)), pinned=[1])
    kept = pipeline.align(*paths, options=options)
    assert [(bead.source, bead.target) for bead in kept.beads] == [((0,), (0,)), ((1, 2), (1, 2)), ((3,), (3,))]
    assert kept.beads[1].score > 0.5
    assert kept.beads[0].score == first.beads[0].score
