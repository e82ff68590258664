"""What the quality model sees of a pair: a row a token on both sides, and a few figures about the pair.

A token is described by its own vector in context, the other side as it sees it (the mean of that side's token vectors weighted by likeness:
attention), and the product of both. What a token shares with no token of the other side, or what fits its neighbours badly, is thus
visible where it happens; the model only adds up.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from transcmp.evidence.negation import LANGUAGES, find_negations, may_deny
from transcmp.evidence.numbers import Number, find_numbers
from transcmp.model import Language
from transcmp.scoring.phrases import SIGNS, signs

if TYPE_CHECKING:
    from transcmp.embed.vectors import TokenReading
    from transcmp.evidence.cover import Cover, Word

Array = NDArray[np.float32]

SHARPNESS = 15.0
"""Factor of the cosine inside the softmax; fixed, not fitted."""
TARGET_EXTRA = ("likeness", "rarity", "word", "copied", "copied lower", "repeated", "repeated after one", "one")
"""The last columns of a target token."""
SOURCE_EXTRA = ("likeness", "rarity", "word", "one")
"""The last columns of a source token."""
RULES = (
    "number lost",
    "number new",
    "final mark",
    "question",
    "first letter",
    "spaced mark",
    "doubled mark",
    "broken sentence",
    "mark new",
    "mark lost",
    "comma new",
    "shorter",
    "longer",
)
"""Figures that the texts alone decide; 0 where nothing is amiss."""
FIGURES = (
    *RULES,
    "source cover",
    "target cover",
    "source uncovered",
    "target uncovered",
    "plain target cover",
    "cosine",
    "rarity",
    "copied",
    "copied lower",
    "repeated",
    "repeated after one",
    "copied foreign",
    *SIGNS,
)
"""All figures about a pair, the target's wording (:mod:`transcmp.scoring.phrases`) last. The covers are those of
:mod:`transcmp.scoring.coverage`; *uncovered* sums what is missing over words, *rarity* is the mean log-probability of target tokens, the
five behind it count tokens; *copied foreign* those of copied words that read as the source's language rather than the target's."""

DOUBTS = ("word lost", "word new", "denial", "sure denial")
"""What risk looks at besides: the log-odds of the likeliest word of the source, and of the target, to have no counterpart
(:mod:`transcmp.scoring.counterparts`; 0 where no model has judged); whether one side alone has a word that denies, and whether the other
then has nothing that may. They help to tell good from bad, and not to rank: the ranker sees the words themselves."""

_FINAL = {
    **dict.fromkeys(".。．", "."),
    **dict.fromkeys("!！", "!"),
    **dict.fromkeys("?？", "?"),
    **dict.fromkeys(":：", ":"),
    **dict.fromkeys("…", "…"),
}
_CLOSERS = " \t\n\"'”’»«“„)]）」』"
_SPACED = re.compile(r"\s[.,;:!?)](?=\s|$)|\(\s")
_DOUBLED = re.compile(r"([,;:!?])\1|[_*~^#]|\w[,;:!?\"]\w")
_BROKEN = re.compile(r"[.!?]\s+[^\W\d_A-ZÀ-ÞА-ЯЁ]|\w[!?@_^~-]\s")
_MARKS = str.maketrans(
    dict.fromkeys("“”„«»‹›「」『』", '"')
    | dict.fromkeys("’‘`´", "'")
    | dict.fromkeys("–—―", "-")
    | {"：": ":", "；": ";", "！": "!", "？": "?"}
)
_COUNTED = "!?;:\"'@~^_*#-()"
_SPACES_LAWFULLY = frozenset({"fr"})


@dataclass(frozen=True)
class PairFeatures:
    """One pair, described."""

    target: Array
    """Shape (target tokens, target columns)."""
    source: Array
    """Shape (source tokens, source columns)."""
    words: Array
    """Shape (target tokens, dimension): the target's tokens by themselves, for :mod:`transcmp.scoring.fluency`."""
    figures: Array
    """Shape (len(FIGURES),)."""
    doubts: Array
    """Shape (len(DOUBTS),)."""


@dataclass(frozen=True)
class _Side:
    text: Array
    embedded: Array
    vectors: Array
    unit: Array
    rarity: Array
    word: Array
    words: list[tuple[int, int, str]]
    """Of each word its first token, the one behind its last, and how it is written."""


@dataclass(frozen=True)
class _Texts:
    """What the texts of a pair alone say."""

    rules: Array
    """The figures of RULES."""
    wording: Array
    """Those of SIGNS."""
    denials: tuple[float, float]
    """The last of DOUBTS."""


def distinct(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """All texts of the pairs, each once, in the order in which they come."""
    return list(dict.fromkeys(text for pair in pairs for text in pair))


def describe(
    pairs: Sequence[tuple[str, str]],
    reading: TokenReading,
    covers: Sequence[Cover],
    scale: float,
    source_language: str = "und",
    target_language: str = "und",
) -> list[PairFeatures]:
    """Describe pairs of source and target text.

    ``reading`` holds the tokens of :func:`distinct` texts of the pairs, in that order; ``covers`` the pairs' words.
    ``scale`` brings vectors to unit variance.
    """
    place = {text: number for number, text in enumerate(distinct(pairs))}
    sides = [_side(reading, number, scale) for number in range(len(place))]
    return [
        _describe(
            sides[place[source]],
            sides[place[target]],
            cover,
            _Texts(
                rules(source, target, source_language, target_language),
                signs(target, target_language),
                _denials(source, target, source_language, target_language),
            ),
            (source_language, target_language),
        )
        for (source, target), cover in zip(pairs, covers, strict=True)
    ]


def _side(reading: TokenReading, number: int, scale: float) -> _Side:
    low, high = int(reading.bounds[number]), int(reading.bounds[number + 1])
    vectors = reading.vectors[low:high]
    words = reading.word_of[low:high]
    pieces = reading.pieces[low:high]
    written: list[tuple[int, int, str]] = []
    last = -1
    for token, (word, piece) in enumerate(zip(words.tolist(), pieces, strict=True)):
        if word < 0:
            continue
        if word == last:
            start, _, text = written[-1]
            written[-1] = (start, token + 1, text + piece.strip("▁"))
        else:
            written.append((token, token + 1, piece.strip("▁")))
        last = word
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    rarity = reading.log_probabilities[low:high] / np.float32(5)
    inside = (words >= 0).astype(np.float32)
    return _Side(reading.texts[number], reading.embedded[low:high], vectors * np.float32(scale), unit, rarity, inside, written)


def _describe(source: _Side, target: _Side, cover: Cover, texts: _Texts, languages: tuple[str, str]) -> PairFeatures:
    likeness = target.unit @ source.unit.T
    seen_by_target, best_target = _attend(likeness, source.vectors)
    seen_by_source, best_source = _attend(likeness.T, target.vectors)
    repetitions = _repetitions(source, target)
    ones = np.ones(len(target.vectors), np.float32)
    extra = np.stack([best_target * 3, target.rarity, target.word, *repetitions, ones], axis=1)
    target_rows = np.concatenate([target.vectors, seen_by_target, target.vectors * seen_by_target, extra], axis=1)
    ones = np.ones(len(source.vectors), np.float32)
    extra = np.stack([best_source * 3, source.rarity, source.word, ones], axis=1)
    source_rows = np.concatenate([source.vectors, seen_by_source, source.vectors * seen_by_source, extra], axis=1)
    figures = np.concatenate([texts.rules, _figures(source, target, cover, repetitions, languages), texts.wording])
    doubts = np.array([_alone(cover.source), _alone(cover.target), *texts.denials], np.float32)
    return PairFeatures(target_rows, source_rows, target.embedded, figures, doubts)


def _figures(source: _Side, target: _Side, cover: Cover, repetitions: Array, languages: tuple[str, str]) -> Array:
    """Those of FIGURES that are neither in RULES nor in SIGNS."""
    return np.array(
        [
            cover.source_adequacy or 0.0,
            cover.target_adequacy or 0.0,
            sum((1 - word.cover) * word.weight for word in cover.source),
            sum((1 - word.cover) * word.weight for word in cover.target),
            sum(word.cover for word in cover.target) / max(1, len(cover.target)),
            float(source.text @ target.text),
            float(target.rarity.mean()),
            *repetitions.sum(axis=1).tolist(),
            sum(end - start for start, end, word in target.words if repetitions[0, start] and _is_foreign(word, *languages)),
        ],
        np.float32,
    )


def _alone(words: Sequence[Word]) -> float:
    """The highest log-odds that a word has no counterpart."""
    return max((word.alone for word in words if word.alone is not None), default=0.0)


def _denials(source: str, target: str, source_language: str, target_language: str) -> tuple[float, float]:
    """Whether one side alone denies, and whether so with nothing on the other side that may deny; 0 for a language that is not known."""
    ours, theirs = bool(find_negations(source, source_language)), bool(find_negations(target, target_language))
    if ours == theirs or not {source_language.partition("-")[0], target_language.partition("-")[0]} <= LANGUAGES:
        return 0.0, 0.0
    silent = not (may_deny(target, target_language) if ours else may_deny(source, source_language))
    return 1.0, float(silent)


def _attend(likeness: Array, others: Array) -> tuple[Array, Array]:
    """For each row the likeness-weighted mean of the other side's vectors, and the highest likeness."""
    best = likeness.max(axis=1)
    weights = np.exp(SHARPNESS * (likeness - best[:, None]))
    weights /= weights.sum(axis=1, keepdims=True)
    seen: Array = weights @ others
    return seen, best


def _repetitions(source: _Side, target: _Side) -> Array:
    """Per target token, whether its word stands in the source letter for letter; whether so in lower case; repeats the word before; or
    the one before that (a repetition that the source has as well is none). Shape (4, target tokens)."""
    flags = np.zeros((4, len(target.vectors)), np.float32)
    known = {word for _, _, word in source.words if len(word) > 2}
    lawful = {one.lower() for (_, _, one), (_, _, two) in zip(source.words, source.words[1:], strict=False) if one.lower() == two.lower()}
    for number, (start, end, word) in enumerate(target.words):
        copied = word in known and not word.isdigit()
        flags[0, start:end] = copied
        flags[1, start:end] = copied and word.islower()
        if number and not lawful:
            flags[2, start:end] = word.lower() == target.words[number - 1][2].lower()
        if number > 1 and len(word) > 3:
            flags[3, start:end] = word.lower() == target.words[number - 2][2].lower()
    return flags


def rules(source: str, target: str, source_language: str, target_language: str) -> Array:
    """The figures of RULES, shape (len(RULES),)."""
    figures = dict.fromkeys(RULES, 0.0)
    figures["number lost"], figures["number new"] = _numbers(source, target, source_language, target_language)
    ours, theirs = _final(source), _final(target)
    figures["final mark"] = float(ours != theirs)
    figures["question"] = float((ours == "?") != (theirs == "?"))
    figures["first letter"] = float(source[:1].isupper() and target[:1].islower())
    if target_language.partition("-")[0] not in _SPACES_LAWFULLY:
        figures["spaced mark"] = min(3.0, max(0.0, len(_SPACED.findall(target)) - len(_SPACED.findall(source))))
    figures["doubled mark"] = min(3.0, max(0.0, len(_DOUBLED.findall(target)) - len(_DOUBLED.findall(source))))
    figures["broken sentence"] = min(3.0, max(0.0, len(_BROKEN.findall(target)) - len(_BROKEN.findall(source))))
    ours_marked, theirs_marked = source.translate(_MARKS), target.translate(_MARKS)
    surplus = [theirs_marked.count(mark) - ours_marked.count(mark) for mark in _COUNTED]
    figures["mark new"] = min(5.0, sum(count for count in surplus if count > 0))
    figures["mark lost"] = min(5.0, -sum(count for count in surplus if count < 0))
    commas = sum(target.count(mark) for mark in ",，、") - sum(source.count(mark) for mark in ",，、")
    figures["comma new"] = min(3.0, max(0.0, commas))
    ratio = math.log((_width(target) + 3) / (_width(source) + 3))
    figures["shorter"], figures["longer"] = max(0.0, -ratio), max(0.0, ratio)
    return np.fromiter(figures.values(), np.float32, len(RULES))


def _numbers(source: str, target: str, source_language: str, target_language: str) -> tuple[float, float]:
    """How many figures of either side agree with no number of the other, at most 3."""
    ours, theirs = _found(source, source_language), _found(target, target_language)
    lost = sum(number.figure and not any(number.agrees(other) for other in theirs) for number in ours)
    new = sum(number.figure and not any(number.agrees(other) for other in ours) for number in theirs)
    return float(min(lost, 3)), float(min(new, 3))


@lru_cache(maxsize=8192)
def _is_foreign(word: str, source_language: str, target_language: str) -> bool:
    """Whether a word reads as the source's language rather than the target's."""
    from transcmp.language import detect_texts

    if source_language.partition("-")[0] in ("und", target_language.partition("-")[0]) or target_language == "und":
        return False
    (guess,) = detect_texts([word], languages=(Language(source_language), Language(target_language)), closed=True)
    return guess.language == source_language


@lru_cache(maxsize=4096)
def _found(text: str, language: str) -> tuple[Number, ...]:
    return find_numbers(text, language)


def _final(text: str) -> str:
    stripped = text.rstrip(_CLOSERS)
    return _FINAL.get(stripped[-1:], "")


def _width(text: str) -> float:
    """Length in Latin letters: one of Han, kana or Hangul says about as much as two and a half."""
    wide = sum(character >= "\u1100" for character in text)
    return len(text) + 1.5 * wide
