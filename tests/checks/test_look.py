"""The rules that look closely where cheaper evidence leaves doubt: they ask for doubtful beads only, and for each of them once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from tests import builders
from transcmp import checks
from transcmp.evidence.cover import Cover, Word
from transcmp.model import Comparison

KNOWN = {
    "der": "the",
    "hund": "dog",
    "bellt": "barks",
    "warschau": "warsaw",
    "schläft": "sleeps",
    "in": "in",
    "kommt": "comes",
    "aus": "from",
}
"""What the encoder of these tests can translate."""


class Looker:
    """Covers a word by its translation; counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[Cover]:
        self.asked += pairs
        return [self.seen(*pair) for pair in pairs]

    def seen(self, source: str, target: str) -> Cover:
        ours, theirs = (list(re.finditer(r"\w+", text.lower())) for text in (source, target))
        known = {KNOWN.get(match.group(), match.group()) for match in ours}
        there = {match.group() for match in theirs}
        return Cover(
            source=tuple(word(match, KNOWN.get(match.group(), match.group()) in there) for match in ours),
            target=tuple(word(match, match.group() in known) for match in theirs),
        )


def word(match: re.Match[str], covered: bool) -> Word:
    return Word(start=match.start(), end=match.end(), text=match.group(), cover=0.9 if covered else 0.0, weight=1.0)


def scored(made: Comparison, score: float) -> Comparison:
    beads = tuple(replace(bead, score=score) for bead in made.alignment.beads)
    return replace(made, alignment=replace(made.alignment, beads=beads))


def rules_of(made: Comparison, look: Looker | None) -> list[tuple[str, str, str]]:
    return [(finding.rule, finding.severity, finding.message) for finding in checks.run(made, look=look)]


def test_a_name_that_neither_spelling_nor_encoder_finds() -> None:
    made = builders.compare(
        ["Der Hund kommt aus Warschau.", "Der Hund bellt."], ["The dog comes from Lisbon.", "The dog barks."], languages=("de", "en")
    )
    look = Looker()
    assert rules_of(made, look) == [("name", "note", "line 1: the translation says Lisbon, for which the source seems to have nothing")]
    assert look.asked == [("Der Hund kommt aus Warschau.", "The dog comes from Lisbon.")]
    assert rules_of(made, None) == []


def test_a_name_inflected_or_transliterated_is_not_looked_at() -> None:
    look = Looker()
    assert rules_of(builders.compare(["Der Hund kommt aus Warschau."], ["The dog comes from Warsaw."], languages=("de", "en")), look) == []
    assert look.asked == []


def test_sides_that_do_not_match() -> None:
    made = builders.compare(["Der Hund bellt laut im Garten."], ["My aunt sells cheap cars on Monday."], languages=("de", "en"))
    assert [rule for rule, _, _ in rules_of(scored(made, 0.3), Looker())] == ["mistranslated"]
    assert rules_of(scored(made, 0.3), None) == []
    assert [rule for rule, _, _ in rules_of(scored(made, 0.001), None)] == ["mistranslated"]


def test_a_bead_of_low_score_whose_words_match_is_no_finding() -> None:
    made = builders.compare(["Der Hund schläft in Warschau."], ["The dog sleeps in Warsaw."], languages=("de", "en"))
    look = Looker()
    assert rules_of(scored(made, 0.3), look) == []
    assert len(look.asked) == 1


class Dim(Looker):
    """An encoder that sees little of these languages: every word is covered by a share."""

    def __init__(self, shares: dict[str, float]) -> None:
        super().__init__()
        self.shares = shares

    def seen(self, source: str, target: str) -> Cover:  # noqa: ARG002 - what covers is given
        words = tuple(Word(start=0, end=1, text="x", cover=self.shares.get(source, 0.35), weight=1.0) for _ in source.split())
        return Cover(source=words, target=words)


def test_how_much_of_good_translations_an_encoder_sees_is_the_measure() -> None:
    sure = [f"Der Hund schläft heute in Haus {number}." for number in range(8)]
    source = [*sure, "Er kam dann doch noch.", "Danach war alles ganz anders."]
    target = [
        *(f"The dog sleeps today in house {number}." for number in range(8)),
        "He did turn up later.",
        "Please call me tomorrow morning.",
    ]
    made = builders.compare(source, target, languages=("de", "en"))
    beads = tuple(replace(bead, score=0.2 if number >= 8 else 0.99) for number, bead in enumerate(made.alignment.beads))
    made = replace(made, alignment=replace(made.alignment, beads=beads))
    found = checks.run(made, look=Dim({source[8]: 0.25, source[9]: 0.1}))
    assert [(finding.rule, finding.severity, finding.bead) for finding in found if finding.rule == "mistranslated"] == [
        ("mistranslated", "note", 9)
    ]


def test_nothing_is_looked_at_without_doubt() -> None:
    look = Looker()
    rules_of(scored(builders.compare(["Der Hund bellt."] * 3, ["The dog barks."] * 3, languages=("de", "en")), 0.99), look)
    assert look.asked == []
