"""How likely a name has no counterpart: signs of every name of a pair, and what they weigh.

What ``name`` adds up where the documents say nothing about a name: log-odds by the model of words, spelling, the names beside it and on the
other side, and how much nearer both texts come without it. The weights are those of three logistic regressions (``names.json``, fitted by
``bench/fit_names.py``): of a name that the translation took away or replaced, of one that it left out, of one that it brought in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from math import log

import msgspec
from msgspec import Struct

from transcmp.evidence.cover import Word
from transcmp.evidence.dates import calendar_words
from transcmp.evidence.names import Name, common_start, find_names, is_place, same_place
from transcmp.evidence.typography import quote_pairs
from transcmp.evidence.words import fold, resemblance

LEAST = 3
"""Letters of a name."""
NOUNS = frozenset({"de", "lb"})
"""Languages in which a capital makes no name."""
MOST = 0.06
"""Gain in cosine that counts at most: of a short text every word moves the vector."""
ALIKE = 0.5
"""Dice coefficient of trigrams from which two words may be one name, inflected or transliterated."""
_LOWEST = -4.0
"""Log-odds below which it does not matter how low they are."""
_NOBODY = -6.0
"""Log-odds that stand for a side without words that could have no counterpart."""
_START, _MANY = 6, 8
"""First letters, and names of a side, that are counted at most."""
_CONTENT = 0.5
"""Weight of a word that is looked at."""
_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_NOUN = re.compile(r"(?<!\w)[^\W\da-zß-öø-ÿ_][^\W\d_]{2,}(?!\w)")
_BETWEEN = re.compile(r"[\s.-]+")
_RAREST = 12.0
"""Natural logarithm of how much rarer than a frequent word a word can be."""


class Text(Struct, frozen=True):
    """One side of a pair."""

    prose: str
    language: str
    """Primary subtag."""
    words: tuple[Word, ...]
    """As a close look found them."""


class Stray(Struct, frozen=True):
    """A name with what tells whether it has a counterpart."""

    name: Name
    odds: float
    """Log-odds of its likeliest word."""
    signs: dict[str, float]

    def weigh(self, weights: dict[str, float], gain: float = 0.0) -> float:
        """Log-odds by all signs; ``gain`` is how much nearer the texts come without it (cosine)."""
        return sum(weights[sign] * value for sign, value in self.signs.items()) + weights["gain"] * max(-MOST, min(MOST, gain))


class Weights(Struct, frozen=True, kw_only=True):
    """``names.json``: weights by sign."""

    schema: str
    origin: dict[str, str]
    """Script, data, date."""
    lost: dict[str, float]
    """Of a name of the source whose place in the translation is empty, or another's."""
    removed: dict[str, float]
    """Of one whose place is empty."""
    new: dict[str, float]
    """Of a name of the translation that nothing in the source stands for."""


@cache
def load() -> Weights:
    """The shipped weights."""
    return msgspec.json.decode(files("transcmp.checks").joinpath("names.json").read_bytes(), type=Weights)


def candidates(prose: str, language: str) -> list[Name]:
    """Words that may be names, in order: in German every word with a capital; no months and days."""
    found = list(find_names(prose, language))
    if language in NOUNS:
        known = {one.start for one in found}
        first = re.match(r"\W*", prose)
        begin = first.end() if first is not None else 0
        found += (
            Name(match.start(), match.end(), match.group(), identifier=False, initial=match.start() == begin)
            for match in _NOUN.finditer(prose)
            if match.start() not in known
        )
        found.sort(key=lambda one: one.start)
    calendar = calendar_words(language)
    return [one for one in found if len(one.text) >= LEAST and one.text.lower() not in calendar]


def apart(prose: str) -> list[tuple[int, int]]:
    """Where short quotations and brackets stand: titles are translated, brackets explain."""
    quoted = [(one.start, one.end) for one in quote_pairs(prose) if one.end - one.start < len(prose) / 2]
    return quoted + [match.span() for match in _BRACKETS.finditer(prose)]


def is_inside(name: Name, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a name begins in one of some stretches."""
    return any(start <= name.start < end for start, end in spans)


def strays(source: Text, target: Text) -> tuple[list[Stray], list[Stray]]:
    """The names of both sides that somebody has judged, with all signs but ``gain``."""
    both = list(_own_signs(source, target)), list(_own_signs(target, source))
    worst = [max((odds for _, odds in _judged(side.words)), default=_NOBODY) for side in (source, target)]
    for own, other, strange in ((both[0], both[1], worst[1]), (both[1], both[0], worst[0])):
        rival = max((one.odds for one in other if one.signs["alike"] < ALIKE and not one.signs["same place"]), default=_NOBODY)
        highest = max((one.odds for one in own), default=0.0)
        for one in own:
            one.signs.update(
                {
                    "names": min(len(own), _MANY) / _MANY,
                    "other names": min(len(other), _MANY) / _MANY,
                    "likeliest": float(one.odds == highest),
                    "other word": strange,
                    "other name": rival,
                }
            )
    return both


def _judged(words: Sequence[Word]) -> Iterator[tuple[Word, float]]:
    """The words of meaning, with their log-odds."""
    return ((word, word.alone) for word in words if word.weight >= _CONTENT and word.alone is not None)


def _own_signs(own: Text, other: Text) -> Iterator[Stray]:
    """The names of a side with the signs that need no other name of the other side."""
    theirs = [fold(match.group()) for match in _WORD.finditer(other.prose)]
    aside = apart(own.prose)
    found: list[tuple[Name, float, float]] = []
    for name in candidates(own.prose, own.language):
        inside = [odds for word, odds in _judged(own.words) if word.start < name.end and name.start < word.end]
        if inside:
            key = fold(name.text)
            found.append((name, max(inside), max((resemblance(key, word) for word in theirs), default=0.0)))
    for place, (name, odds, alike) in enumerate(found):
        beside = [one for one in found[max(0, place - 1) : place + 2] if one[0] is not name and _touch(own.prose, name, one[0])]
        key = fold(name.text)
        start = max((common_start(key, word) for word in theirs), default=0)
        noun = own.language in NOUNS and not name.identifier
        rare = max(_rarity(word) for word, _ in _judged(own.words) if word.start < name.end and name.start < word.end)
        signs = {
            "one": 1.0,
            "odds": max(odds, _LOWEST),
            "odds above 0": max(odds, 0.0),
            "alike": alike,
            "start": min(start, _START) / _START,
            "share of start": start / max(1, len(key)),
            "initial": float(name.initial),
            "noun": float(noun),
            "identifier": float(name.identifier),
            "rare": rare,
            "rare and initial": rare * name.initial,
            "rare and noun": rare * noun,
            "capitals": float(name.text.isupper()),
            "place": float(is_place(name.text, own.language)),
            "same place": float(same_place(name.text, own.language, other.prose, other.language)),
            "apart": float(is_inside(name, aside)),
            "beside a name": float(bool(beside)),
            "odds and alike": odds * alike,
            "odds and initial": odds * name.initial,
            "odds and noun": odds * noun,
            "odds beside": max((one[1] for one in beside), default=odds),
            "alike beside": max((one[2] for one in beside), default=alike),
        }
        yield Stray(name, odds, signs)


def _rarity(word: Word) -> float:
    """0..1: of the logarithm of how rare a word is, by its weight (smooth inverse frequency)."""
    return min(_RAREST, log(word.weight / max(1.0 - word.weight, 1e-9))) / _RAREST


def _touch(text: str, one: Name, other: Name) -> bool:
    return _BETWEEN.fullmatch(text, min(one.end, other.end), max(one.start, other.start)) is not None
