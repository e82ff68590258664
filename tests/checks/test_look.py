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
        two = [match.group() in known for match in theirs]
        one = [KNOWN.get(match.group(), match.group()) in there for match in ours]
        return Cover(
            source=tuple(word(source, match, covered) for match, covered in zip(ours, one, strict=True)),
            target=tuple(word(target, match, covered) for match, covered in zip(theirs, two, strict=True)),
            cosine=sum(one + two) / max(1, len(one + two)),
        )


def word(text: str, match: re.Match[str], covered: bool) -> Word:
    """A word that the other side covers, or whose log-odds to have no counterpart are high."""
    (start, end), odds = match.span(), -4.0 if covered else 4.0
    return Word(start=start, end=end, text=text[start:end], cover=0.9 if covered else 0.0, weight=1.0, alone=odds, phrase=odds)


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
    assert rules_of(made, look) == [("name", "note", "line 1: the source says Warschau, the translation Lisbon")]
    assert ("Der Hund kommt aus Warschau.", "The dog comes from Lisbon.") in look.asked
    assert rules_of(made, None) == []


def test_a_name_inflected_or_transliterated_is_not_looked_at() -> None:
    look = Looker()
    made = builders.compare(["Der Hund kommt aus Warschau."] * 5, ["The dog comes from Warsaw."] * 5, languages=("de", "en"))
    assert rules_of(made, look) == []
    assert look.asked == []


def names(source: str, target: str, languages: tuple[str, str] = ("de", "en")) -> list[str]:
    """Messages of ``name``."""
    found = checks.run(builders.compare([source], [target], languages=languages), checks.Options(only=("name",)), look=Looker())
    return [finding.message for finding in found]


def test_a_name_that_is_gone_and_one_that_came() -> None:
    gone = "line 1: the source says Mikrod, for which the translation seems to have nothing"
    assert names("Hund Mikrod bellt", "the dog barks") == [gone]
    assert names("der hund bellt", "the dog barks, Mikrod") == [
        "line 1: the translation says Mikrod, for which the source seems to have nothing"
    ]


def test_a_city_with_another_name_is_the_same() -> None:
    assert names("Hund kommt aus Mosca", "dog comes from Moskau", ("it", "de")) == []
    assert names("Hund kommt aus Mosca", "dog comes from Paris", ("it", "de")) == ["line 1: the source says Mosca, the translation Paris"]


def test_an_abbreviation_and_what_it_stands_for() -> None:
    assert names("il cane della PZPN bellt", "the dog of the Polish Football Association barks", ("pl", "en")) == []
    assert names("il cane della PZPN bellt", "the dog of the Werth barks", ("pl", "en")) == [
        "line 1: the source says PZPN, the translation Werth"
    ]


GAP = "Der Hund bellt laut im alten Garten in Warschau.", "The dog barks in Warsaw."


def gaps(source: str, target: str, beads: int = 0) -> list[tuple[str, str, tuple[str, ...]]]:
    """Notes of ``part-omitted`` and ``part-added``, among as many good beads."""
    good = ["Der Hund schläft in Warschau."] * beads, ["The dog sleeps in Warsaw."] * beads
    made = builders.compare([source, *good[0]], [target, *good[1]], languages=("de", "en"))
    found = checks.run(made, checks.Options(only=("part-omitted", "part-added")), look=Looker())
    return [(finding.rule, finding.message, finding.evidence) for finding in found]


def test_a_phrase_without_counterpart() -> None:
    ((rule, message, evidence),) = gaps(*GAP)
    assert (rule, message) == ("part-omitted", "line 1: possible: “laut im alten Garten” of the source has no counterpart")
    assert evidence[0] == "“laut” of the source has no counterpart: log-odds 4.0"
    assert "threshold" in evidence[-1]


def test_a_phrase_too_many() -> None:
    made = gaps("Der Hund schläft in Warschau.", "The dog sleeps soundly every single night in Warsaw.")
    assert [one[:2] for one in made] == [("part-added", "line 1: possible: nothing in the source says “soundly every single night”")]


def weight(found: tuple[str, str, tuple[str, ...]]) -> float:
    """The weight of evidence that a finding tells."""
    return float(found[2][-1].split(",")[0].rpartition(" ")[2])


def test_what_the_other_side_may_have_instead_speaks_against_a_gap() -> None:
    source = "Der Hund bellt dort im Garten in Warschau."
    (plain,), (other, *_) = gaps(source, "The dog barks in Warsaw."), gaps(source, "The dog barks noisily in Warsaw.")
    assert plain[0] == other[0] == "part-omitted"
    assert weight(other) < weight(plain)
    assert len(gaps("Der Hund bellt dort in Warschau.", "The dog barks in Warsaw.")) == 1


def test_one_word_of_the_target_is_enough_but_not_a_part_of_a_longer_one() -> None:
    source = "Der Hund schläft in Warschau."
    assert [one[:2] for one in gaps(source, "The dog sleeps soundly in Warsaw.")] == [
        ("part-added", "line 1: possible: nothing in the source says “soundly”")
    ]
    assert gaps(source, "The dog sleeps in Warsaw-upon.") == []
    assert gaps(source, "The dog sleeps 17 in Warsaw.") == []


def test_a_preposition_in_front_of_what_is_lost_is_lost_with_it() -> None:
    ((_, message, _),) = gaps("Der Hund bellt laut von dort in Warschau.", "The dog barks in Warsaw.")
    assert "“laut von dort”" in message


def test_a_passage_as_long_as_it_should_be_is_not_looked_at() -> None:
    look = Looker()
    made = builders.compare(["Der Hund schläft heute in Warschau."] * 6, ["The dog sleeps today in Warsaw."] * 6, languages=("de", "en"))
    checks.run(made, checks.Options(only=("part-omitted", "part-added")), look=look)
    assert look.asked == []


def test_in_long_documents_a_gap_must_be_surer() -> None:
    weak = "Der Hund bellt im Garten der Tante in Warschau.", "The dog barks in Warsaw."
    thresholds = [float(gaps(*weak, beads=beads)[0][2][-1].rpartition(" ")[2]) for beads in (0, 3, 8)]
    assert thresholds == sorted(set(thresholds))


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
    rules_of(scored(builders.compare(["Der Hund bellt laut."] * 5, ["The dog barks loud."] * 5, languages=("de", "en")), 0.99), look)
    assert look.asked == []
