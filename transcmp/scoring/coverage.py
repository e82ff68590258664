"""Adequacy: how much of each side the other one covers, and which words it does not.

A word is the sum of its pieces' context vectors (see :mod:`transcmp.embed`); its cover is its best cosine with any word of the other side.
Adequacy of a side is the mean cover of its words, weighted by smooth inverse frequency (Arora, Liang and Ma 2017), as in BERTScore (Zhang
et al. 2020) across languages. A name or number counts as covered when the other side spells it alike, transliterated or inflected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from transcmp.evidence.cover import Cover, Word
from transcmp.evidence.words import fold, resemblance
from transcmp.scoring.features import distinct

if TYPE_CHECKING:
    from transcmp.embed.vectors import TokenReading

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


def joint(source: float | None, target: float | None) -> float | None:
    """One figure for both directions, the harmonic mean: a translation must neither omit nor add. None if either is."""
    if source is None or target is None:
        return None
    return 2 * source * target / (source + target) if source + target > 0 else 0.0


@dataclass(frozen=True)
class _Side:
    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]
    spans: list[tuple[int, int]]
    text: str


def cover_pairs(pairs: Sequence[tuple[str, str]], encoder: TokenEncoder, reading: TokenReading | None = None) -> list[Cover]:
    """The words of each pair with their covers; a text without words has none.

    ``reading`` holds the tokens of :func:`transcmp.scoring.features.distinct` texts of the pairs, if they have been read already.
    """
    texts = distinct(pairs)
    tokens = encoder.read_tokens(texts) if reading is None else reading
    vectors = np.zeros((len(tokens.word_weights), tokens.vectors.shape[1]), np.float32)
    inside = tokens.word_of >= 0
    np.add.at(vectors, tokens.word_of[inside], tokens.vectors[inside])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    sides = {}
    for number, text in enumerate(texts):
        low, high = tokens.word_bounds[number], tokens.word_bounds[number + 1]
        sides[text] = _Side(vectors[low:high], tokens.word_weights[low:high], encoder.word_spans(text), text)
    return [_cover(sides[source], sides[target]) for source, target in pairs]


def _cover(source: _Side, target: _Side) -> Cover:
    if not len(source.vectors) or not len(target.vectors):
        covers = np.zeros(len(source.vectors)), np.zeros(len(target.vectors))
    else:
        alike = np.maximum(source.vectors @ target.vectors.T, _FLOOR)
        for row, column, same in _spellings(source, target):
            alike[row, column] = float(same)
        covers = alike.max(1), alike.max(0)
    return Cover(source=_words(source, covers[0]), target=_words(target, covers[1]))


def _words(side: _Side, covers: NDArray[np.float64]) -> tuple[Word, ...]:
    return tuple(
        Word(start=start, end=end, text=side.text[start:end], cover=min(1.0, float(cover)), weight=float(weight))
        for (start, end), cover, weight in zip(side.spans, covers, side.weights, strict=True)
    )


def _spellings(source: _Side, target: _Side) -> Iterator[tuple[int, int, bool]]:
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
