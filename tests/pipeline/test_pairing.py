from __future__ import annotations

from msgspec.structs import replace

from tests.tui import made
from transcmp.model import Bead, Comparison, Mark, Span
from transcmp.pipeline.pairing import Pairing, paired


def pair(source: str, target: str, marks: tuple[tuple[Mark, ...], tuple[Mark, ...]] = ((), ())) -> Comparison:
    sides = [
        made.side(made.document([text], f"a.{language}", language), marks={0: own})
        for text, language, own in zip((source, target), ("it", "en"), marks, strict=True)
    ]
    return made.comparison(sides[0], sides[1], [Bead(source=(0,), target=(0,), score=0.9)])


def words(comparison: Comparison) -> list[tuple[str, str, str]]:
    alignment = comparison.alignment

    def text(pairing: Pairing) -> tuple[str, str, str]:
        spots = ((alignment.source, pairing.source), (alignment.target, pairing.target))
        source, target = (side.segments[spot.segment].text[spot.start : spot.end] for side, spot in spots)
        return pairing.kind, source, target

    return [text(pairing) for pairing in paired(comparison, 0)]


def test_numbers_that_agree_in_a_reading() -> None:
    found = words(pair("Costa 1.200,5 euro e apre alle 7.", "It costs 1,200.5 euros and opens at 8."))
    assert ("number", "1.200,5", "1,200.5") in found
    assert not any(source == "7" for _, source, _ in found)


def test_names_in_their_letters() -> None:
    assert words(pair("Il sindaco Carla Bassi e Varese", "The mayor Carla Bassi and Varese")) == [
        ("name", "Carla", "Carla"),
        ("name", "Bassi", "Bassi"),
        ("name", "Varese", "Varese"),
    ]


def test_each_stretch_is_in_one_pair() -> None:
    assert words(pair("da 3 a 3", "from 3 to 4")) == [("number", "3", "3")]


def test_code_and_links_by_value_and_links_by_order() -> None:
    def mark(kind: str, start: int, end: int, value: str) -> Mark:
        return Mark(kind=kind, start=start, end=end, value=value, span=Span(start, end))  # type: ignore[arg-type]

    comparison = pair(
        "usa run 3 qui",
        "use run 3 here",
        ((mark("code", 4, 9, "run 3"), mark("link", 10, 13, "/it/")), (mark("code", 4, 9, "run 3"), mark("link", 10, 14, "/en/"))),
    )
    assert words(comparison) == [("code", "run 3", "run 3"), ("link", "qui", "here")]


def test_a_bead_with_one_side_has_no_pairs() -> None:
    comparison = pair("alle 7", "at 7")
    alone = replace(comparison.alignment, beads=(Bead(source=(0,), target=(), score=0.0), Bead(source=(), target=(0,), score=0.0)))
    assert paired(replace(comparison, alignment=alone), 0) == ()
