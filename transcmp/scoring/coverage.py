"""Adequacy: how much of each side the other one covers, and which words it does not.

A word is the sum of its pieces' context vectors (see :mod:`transcmp.embed`); its cover is its best cosine with any word of the other side.
Adequacy of a side is the mean cover of its words, weighted by smooth inverse frequency (Arora, Liang and Ma 2017), as in BERTScore (Zhang
et al. 2020) across languages. A name or number counts as covered when the other side spells it alike, transliterated or inflected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from transcmp.evidence.cover import Cover, Word
from transcmp.evidence.words import fold, resemblance
from transcmp.scoring.counterparts import WordSide
from transcmp.scoring.features import distinct

if TYPE_CHECKING:
    from transcmp.embed.vectors import TokenReading
    from transcmp.scoring.counterparts import Counterparts

_UNCOVERED = {"use": 0.14, "e5": 0.31}
"""Cover below which a word is called uncovered, by encoder: one in twenty content words of good translations (``bench/uncovered.py``)."""
_FLOOR = 0.01
"""Least likeness that vectors give; 0 is left to figures that differ, which are certain."""
_ALIKE = 0.6
"""Dice coefficient of trigrams from which two spellings are of one name."""
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_NAME = re.compile(r"[^\W\d_a-zß-öø-ÿа-яёα-ω]|\d")


@runtime_checkable
class TokenEncoder(Protocol):
    """An encoder that tells tokens and words apart."""

    name: str
    version: str

    def read_tokens(self, texts: Sequence[str]) -> TokenReading:
        """Every token of some texts: see :class:`transcmp.embed.vectors.TokenReading`."""

    def word_spans(self, text: str) -> list[tuple[int, int]]:
        """Start and end, in code points, of every word of a text, in the order of :meth:`read_tokens`."""


def uncovered_below(encoder: str) -> float:
    """The cover below which a word is called uncovered, by the name of the encoder."""
    return _UNCOVERED.get(encoder, _UNCOVERED["use"])


def joint(source: float | None, target: float | None) -> float | None:
    """One figure for both directions, the harmonic mean: a translation must neither omit nor add. None if either is."""
    if source is None or target is None:
        return None
    return 2 * source * target / (source + target) if source + target > 0 else 0.0


def cover_pairs(
    pairs: Sequence[tuple[str, str]],
    encoder: TokenEncoder,
    reading: TokenReading | None = None,
    model: Counterparts | None = None,
    phrases: Counterparts | None = None,
) -> list[Cover]:
    """The words of each pair with their covers; a text without words has none.

    ``model`` judges which of them have no counterpart, ``phrases`` which are part of a phrase without one.

    ``reading`` holds the tokens of :func:`transcmp.scoring.features.distinct` texts of the pairs, if they have been read already.
    """
    texts = distinct(pairs)
    sides = dict(zip(texts, word_sides(texts, encoder, reading), strict=True))
    return [_cover(sides[source], sides[target], model, phrases) for source, target in pairs]


def word_sides(texts: Sequence[str], encoder: TokenEncoder, reading: TokenReading | None = None) -> list[WordSide]:
    """The words of some texts, which ``reading`` holds if they have been read already."""
    tokens = encoder.read_tokens(texts) if reading is None else reading
    inside = tokens.word_of >= 0
    starts = np.flatnonzero(np.diff(tokens.word_of[inside], prepend=-1))  # a word's tokens stand together
    if len(starts):
        vectors, embedded = (np.add.reduceat(rows[inside], starts) for rows in (tokens.vectors, tokens.embedded))
    else:
        vectors, embedded = tokens.vectors[:0], tokens.embedded[:0]
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    sizes = np.diff(np.append(starts, np.count_nonzero(inside)))
    embedded = np.divide(embedded, sizes[:, None], dtype=np.float32)
    bounds = zip(tokens.word_bounds[:-1], tokens.word_bounds[1:], strict=True)
    return [
        WordSide(vectors[low:high], embedded[low:high], tokens.word_weights[low:high], encoder.word_spans(text), text, whole)
        for text, (low, high), whole in zip(texts, bounds, tokens.texts, strict=True)
    ]


def likeness(source: WordSide, target: WordSide) -> NDArray[np.float32]:
    """How alike each word of the source is to each of the target, shape (source words, target words)."""
    alike: NDArray[np.float32] = np.maximum(source.unit @ target.unit.T, _FLOOR)
    for row, column, same in _spellings(source, target):
        alike[row, column] = float(same)
    return alike


def _cover(source: WordSide, target: WordSide, model: Counterparts | None, phrases: Counterparts | None) -> Cover:
    alike = likeness(source, target)
    judged = [(None, None) if one is None or not alike.size else one.judge(source, target, alike) for one in (model, phrases)]
    (lost, new), (less, more) = judged
    covers = alike.max(axis=1, initial=0.0), alike.max(axis=0, initial=0.0)
    cosine = None if model is None else float(source.whole @ target.whole)
    return Cover(source=_words(source, covers[0], lost, less), target=_words(target, covers[1], new, more), cosine=cosine)


def _words(
    side: WordSide, covers: NDArray[np.float32], odds: NDArray[np.float32] | None, phrases: NDArray[np.float32] | None
) -> tuple[Word, ...]:
    return tuple(
        Word(
            start=start,
            end=end,
            text=side.text[start:end],
            cover=min(1.0, float(cover)),
            weight=float(weight),
            alone=odd,
            phrase=phrase,
        )
        for (start, end), cover, weight, odd, phrase in zip(
            side.spans, covers, side.weights, _said(side, odds), _said(side, phrases), strict=True
        )
    )


def _said(side: WordSide, odds: NDArray[np.float32] | None) -> list[float | None]:
    return [None] * len(side.spans) if odds is None else [round(float(odd), 3) for odd in odds]


def _spellings(source: WordSide, target: WordSide) -> Iterator[tuple[int, int, bool]]:
    """Places of two names or figures whose spelling decides: alike, or two figures that differ (vectors of figures are all alike)."""
    one, two = (
        [(place, fold(side.text[slice(*span)])) for place, span in enumerate(side.spans) if _is_name(side.text, span)]
        for side in (source, target)
    )
    for place, left in one:
        for other, right in two:
            if left[:1].isdigit() and right[:1].isdigit():
                yield place, other, re.sub(r"\D", "", left) == re.sub(r"\D", "", right)
            elif left == right or (min(len(left), len(right)) > 2 and resemblance(left, right) >= _ALIKE):
                yield place, other, True


def _is_name(text: str, span: tuple[int, int]) -> bool:
    return bool(_NAME.match(text, *span))
