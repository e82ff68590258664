"""An encoder that remembers: of texts that it has read, nothing is computed again. For who compares the same texts after every edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from transcmp.embed import SpanEncoder
from transcmp.embed.vectors import Clauses, Matrix, Reading, Words
from transcmp.model import Language

_KEPT = 512
"""Texts that are kept, some 2 kB for each of their words; with one more all are forgotten."""


class Remembering:
    """A :class:`~transcmp.embed.SpanEncoder` in front of another one, which it passes for."""

    def __init__(self, encoder: SpanEncoder) -> None:
        self.name = encoder.name
        self.version = encoder.version
        self._encoder = encoder
        self._known: dict[str, Reading] = {}
        """Each text alone, with its words and clauses."""

    def covers(self, language: Language) -> bool:
        """As the other one says."""
        return self._encoder.covers(language)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Shape (texts, dimension); not remembered."""
        return self._encoder.encode(texts)

    def read(self, texts: Sequence[str], *, words: bool = False) -> Reading:
        """The texts as the other one reads them; those read with words are remembered."""
        if not words or not texts:
            return self._encoder.read(texts, words=words)
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known.update(zip(fresh, _apart(self._encoder.read(fresh, words=True)), strict=True))
        reading = _end_to_end([self._known[text] for text in texts])
        if len(self._known) > _KEPT:
            self._known.clear()
        return reading


def _apart(reading: Reading) -> Iterator[Reading]:
    """Each text of a reading with words and clauses by itself, as copies: none holds the whole in memory."""
    words, clauses = reading.words, reading.clauses
    if words is None or clauses is None:
        raise TypeError("the encoder reads no words")
    for at in range(len(reading)):
        sums, begins, ends, sizes = (rows[at : at + 1].copy() for rows in (reading.sums, reading.begins, reading.ends, reading.sizes))
        own, parts = (
            (rows.vectors[low:high].copy(), rows.weights[low:high].copy(), np.array([0, high - low]))
            for rows in (words, clauses)
            for low, high in (rows.bounds[at : at + 2],)
        )
        yield Reading(sums, begins, ends, sizes, reading.head, words=Words(*own), clauses=Clauses(*parts))


def _end_to_end(readings: Sequence[Reading]) -> Reading:
    """Readings of single texts, at least one, as one."""
    sums, begins, ends, sizes = (
        np.concatenate(rows) for rows in zip(*((one.sums, one.begins, one.ends, one.sizes) for one in readings), strict=True)
    )
    words, clauses = (
        (np.concatenate([one.vectors for one in some]), np.concatenate([one.weights for one in some]), _bounds(some))
        for some in ([one.words for one in readings if one.words], [one.clauses for one in readings if one.clauses])
    )
    return Reading(sums, begins, ends, sizes, readings[0].head, words=Words(*words), clauses=Clauses(*clauses))


def _bounds(parts: Sequence[Words] | Sequence[Clauses]) -> NDArray[np.int64]:
    return np.cumsum([0, *(len(one.weights) for one in parts)])
