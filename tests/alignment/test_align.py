"""Two sides in, beads out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.alignment.sides import side
from transcmp.alignment import AlignOptions, align, evaluate, match, read_gold
from transcmp.embed import Encoder
from transcmp.embed.use import load
from transcmp.embed.vectors import Matrix
from transcmp.errors import UsageError
from transcmp.model import Alignment, Language

ENGLISH = [
    "The ferry leaves the harbour at seven in the morning.",
    "Two engineers repaired the bridge after the storm.",
    "She plays the violin in a small orchestra.",
    "The price of bread has doubled since January.",
    "Nobody had ever climbed the northern face of the mountain.",
    "My grandmother keeps bees behind the old church.",
    "The museum is closed on Mondays and public holidays.",
    "Our team lost the final by a single point.",
]
ITALIAN = [
    "Il traghetto lascia il porto alle sette del mattino.",
    "Due ingegneri hanno riparato il ponte dopo la tempesta.",
    "Lei suona il violino in una piccola orchestra.",
    "Il prezzo del pane è raddoppiato da gennaio.",
    "Nessuno aveva mai scalato la parete nord della montagna.",
    "Mia nonna alleva api dietro la vecchia chiesa.",
    "Il museo è chiuso il lunedì e nei giorni festivi.",
    "La nostra squadra ha perso la finale per un solo punto.",
]


def pairs(alignment: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in alignment.beads]


def run(source: list[str], target: list[str], **options: int) -> Alignment:
    return align(side(source), side(target, "it"), encoder=load(), options=AlignOptions(**options))  # type: ignore[arg-type]


def test_one_to_one() -> None:
    alignment = run(ENGLISH, ITALIAN)
    assert pairs(alignment) == [((number,), (number,)) for number in range(8)]
    assert all(bead.score > 0.9 and not bead.moved for bead in alignment.beads)
    assert alignment.score > 0.9
    assert "align:embedding|encoder:use-" in alignment.signature


def test_an_omitted_and_an_added_sentence() -> None:
    alignment = run(ENGLISH[:5] + ENGLISH[6:], ITALIAN[:2] + ITALIAN[3:])
    assert pairs(alignment) == [
        *[((number,), (number,)) for number in range(2)],
        ((2,), ()),
        *[((number,), (number - 1,)) for number in (3, 4)],
        ((), (4,)),
        *[((number,), (number,)) for number in (5, 6)],
    ]


@pytest.mark.parametrize("place", [1, 3, 5, 7])
@pytest.mark.parametrize(
    "stray", ["Non posso biasimarli.", "Era già tardi.", "Nessuno disse niente.", "Prezzi inclusi.", "Si paga alla cassa."]
)
def test_a_short_sentence_too_many_is_not_swallowed_by_its_neighbour(stray: str, place: int) -> None:
    assert ((), (place,)) in pairs(run(ENGLISH, [*ITALIAN[:place], stray, *ITALIAN[place:]]))


def test_a_sentence_in_two() -> None:
    target = [*ITALIAN[:3], "Il prezzo del pane è raddoppiato", "da gennaio.", *ITALIAN[4:]]
    assert ((3,), (3, 4)) in pairs(run(ENGLISH, target))


def test_a_moved_sentence() -> None:
    target = [ITALIAN[6], *ITALIAN[:6], ITALIAN[7]]
    alignment = run(ENGLISH, target)
    moved = [(bead.source, bead.target) for bead in alignment.beads if bead.moved]
    assert moved == [((6,), (0,))]
    assert len(alignment.beads) == 8


def test_a_mixed_document() -> None:
    alignment = match(side([ENGLISH[3], "Completely different things happened elsewhere."]), side(ITALIAN, "it"), encoder=load())
    assert ((0,), (3,)) in pairs(alignment)
    lonely = next(bead for bead in alignment.beads if bead.source == (1,))
    assert lonely.target == ()
    assert lonely.closest is not None
    assert lonely.closest.score < 0.5


def test_beads_without_source_stand_behind_their_neighbour() -> None:
    alignment = run([], ["uno", "due"])
    assert pairs(alignment) == [((), (0,)), ((), (1,))]
    assert alignment.score == 0
    assert pairs(run(["one"], [])) == [((0,), ())]
    assert run([], []).score == 1


def test_empty_lines_keep_their_numbers_and_have_no_counterpart() -> None:
    alignment = run([ENGLISH[0], "", ENGLISH[1]], ["", ITALIAN[0], " ", ITALIAN[1]])
    assert pairs(alignment) == [((), (0,)), ((0,), (1,)), ((), (2,)), ((1,), ()), ((2,), (3,))]


def test_a_bead_has_at_least_two_segments() -> None:
    with pytest.raises(UsageError):
        run(ENGLISH, ITALIAN, max_bead=1)


words = st.sampled_from([*ENGLISH, *ITALIAN, "x", "", "12", "…"])


@given(st.lists(words, max_size=9), st.lists(words, max_size=9), st.booleans(), st.booleans())
@settings(max_examples=40, deadline=None)
def test_every_segment_is_in_exactly_one_bead(source: list[str], target: list[str], mixed: bool, lexical: bool) -> None:
    alignment = (match if mixed else align)(side(source), side(target, "it"), encoder=None if lexical else load())
    assert sorted(number for bead in alignment.beads for number in bead.source) == list(range(len(source)))
    assert sorted(number for bead in alignment.beads for number in bead.target) == list(range(len(target)))
    assert all(0 <= bead.score <= 1 for bead in alignment.beads)
    first = [bead.source[0] for bead in alignment.beads if bead.source]
    assert first == sorted(first)


def test_text_berg(shared_data: Path) -> None:
    folder = shared_data / "alignment" / "textberg-dev"
    german, french = ((folder / name).read_text(encoding="utf-8").splitlines() for name in ("dev.de", "dev.fr"))
    alignment = align(side(german, "de"), side(french, "fr"), encoder=load())
    figures = evaluate(alignment.beads, read_gold(str(folder / "dev.defr")))
    assert figures["strict"].f1 >= 0.86
    assert figures["lax"].f1 >= 0.985


def test_anchors_are_obeyed() -> None:
    alignment = align(
        side(ENGLISH),
        side(ITALIAN, "it"),
        encoder=load(),
        anchors=[((2,), (3,)), ((5,), ()), ((), (6,)), ((7,), (0,)), ((4,), (4,))],
    )
    found = pairs(alignment)
    assert {((2,), (3,)), ((5,), ()), ((), (6,)), ((7,), (0,)), ((4,), (4,))} <= set(found)
    assert [bead.source for bead in alignment.beads if bead.moved and bead.target == (0,)] == [(7,)]


@pytest.mark.parametrize("anchor", [((9,), (0,)), ((0,), (-1,)), ((), ()), ((1,), (0,))])
def test_impossible_anchors_are_refused(anchor: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    with pytest.raises(UsageError):
        align(side(ENGLISH), side(ITALIAN, "it"), encoder=None, anchors=[((1,), (1,)), anchor])


@pytest.mark.parametrize("lexical", [False, True])
def test_right_anchors_change_nothing(lexical: bool) -> None:
    encoder = None if lexical else load()
    free = align(side(ENGLISH), side(ITALIAN, "it"), encoder=encoder)
    held = align(side(ENGLISH), side(ITALIAN, "it"), encoder=encoder, anchors=[((0,), (0,)), ((3,), (3,)), ((7,), (7,))])
    assert pairs(free) == pairs(held)


class Plain:
    """An encoder whose vectors do not compose."""

    name, version = "plain", "1"

    def covers(self, language: Language) -> bool:
        return bool(language)

    def encode(self, texts: Sequence[str]) -> Matrix:
        return load().encode(texts)


def test_a_text_that_stands_often_is_encoded_once() -> None:
    given: list[str] = []

    class Counting(Plain):
        def encode(self, texts: Sequence[str]) -> Matrix:
            given.extend(texts)
            return super().encode(texts)

    once = align(side(ENGLISH), side(ITALIAN, "it"), encoder=Plain())
    often = align(side(["Yes.", *ENGLISH, "Yes."]), side(["Sì.", *ITALIAN, "Sì."], "it"), encoder=Counting())
    assert sorted(given) == sorted({"Yes.", "Sì.", *ENGLISH, *ITALIAN})
    assert [bead.target for bead in often.beads[1:-1]] == [tuple(number + 1 for number in bead.target) for bead in once.beads]


@pytest.mark.parametrize("encoder", [None, load(), Plain()], ids=["lexical", "embedding", "joint"])
def test_progress_is_told_in_every_tier(encoder: Encoder | None) -> None:
    told: list[tuple[str, int, int]] = []
    alignment = align(side(ENGLISH * 9), side(ITALIAN * 9, "it"), encoder=encoder, progress=lambda *news: told.append(news))
    assert len(alignment.beads) == 72
    assert ("reading", 144, 144) in told or encoder is None
    assert told[-1][0] == "aligning"
    assert told[-1][1] == told[-1][2]
    assert all(0 < done <= total for _, done, total in told)
