"""What an encoder gives back: vectors of texts, of runs of texts, of words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float32]
"""One vector a row."""

_KEPT = 2000  # texts whose runs' vectors are kept: at most 2 kB for each run of an encoder of 512 dimensions
_FEW = 4
"""Texts whose mean says as much about them as about the language."""


@dataclass(frozen=True)
class Words:
    """The words of some texts, each seen in its context."""

    vectors: Matrix
    """Shape (words, dimension); a word is the sum of its pieces, not normalised."""
    weights: Matrix
    """Shape (words,): smooth inverse frequency a / (a + p) with a = 0.001 (Arora, Liang and Ma 2017), p the word's unigram probability."""
    bounds: NDArray[np.int64]
    """Shape (texts + 1,): the words of text i are ``bounds[i]:bounds[i + 1]``."""


@dataclass(frozen=True)
class TokenReading:
    """Every token of some texts, laid end to end, each text between its begin and end token."""

    vectors: Matrix
    """Shape (tokens, dimension): each in its context; a text's sum of them is what :attr:`Reading.sums` holds."""
    embedded: Matrix
    """Shape (tokens, dimension): each by itself, whatever stands beside it."""
    bounds: NDArray[np.int64]
    """Shape (texts + 1,): text i has the tokens ``bounds[i]:bounds[i + 1]``."""
    pieces: list[str]
    """The tokens as written in the vocabulary; ``▁`` is a space."""
    log_probabilities: Matrix
    """Shape (tokens,): of each piece by itself, as the vocabulary gives it."""
    word_of: NDArray[np.int64]
    """Shape (tokens,): the word that each is part of, counted through all texts; -1 for marks and the begin and end tokens."""
    word_bounds: NDArray[np.int64]
    """Shape (texts + 1,): the words of text i are ``word_bounds[i]:word_bounds[i + 1]``."""
    word_weights: Matrix
    """Shape (words,): as :attr:`Words.weights`."""
    texts: Matrix
    """Shape (texts, dimension): a unit vector a text."""


@dataclass(frozen=True)
class Clauses:
    """The clauses of some texts, cut at punctuation; a text without any is one clause."""

    vectors: Matrix
    """Shape (clauses, dimension): as if each clause were a text, but read in its context. Unit length."""
    weights: Matrix
    """Shape (clauses,): square root of its number of words."""
    bounds: NDArray[np.int64]
    """Shape (texts + 1,): the clauses of text i are ``bounds[i]:bounds[i + 1]``."""


@dataclass(frozen=True)
class Reading:
    """Consecutive texts, read once by an encoder whose vectors compose."""

    sums: Matrix
    """Shape (texts, dimension): sum of each text's token features, before the head."""
    begins: Matrix
    """Shape (texts, dimension): of its begin token alone; a run of texts has that of its first text only."""
    ends: Matrix
    """Shape (texts, dimension): of its end token alone; a run of texts has that of its last text only."""
    sizes: NDArray[np.float32]
    """Shape (texts,): tokens, begin and end included."""
    head: Callable[[Matrix, NDArray[np.float32]], Matrix]
    """From sums and token counts to unit vectors."""
    words: Words | None = None
    """Only if asked for."""
    clauses: Clauses | None = None
    """Only if asked for."""
    within: tuple[Reading, int] | None = None
    """What these texts are a part of, and the first one's place in it."""
    _runs: list[Matrix] = field(default_factory=list, init=False, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.sums)

    def part(self, first: int, last: int) -> Reading:
        """The texts ``first:last`` alone, without words and clauses."""
        whole, offset = (self, 0) if self.within is None else self.within
        within = (whole, offset + first) if len(whole) <= _KEPT else None
        return Reading(
            self.sums[first:last], self.begins[first:last], self.ends[first:last], self.sizes[first:last], self.head, within=within
        )

    def merged(self, size: int) -> Reading:
        """Each ``size`` consecutive texts as one; the last may be made of fewer."""
        starts = np.arange(0, len(self), size)
        if not len(starts):
            return self
        lasts = np.append(starts[1:], len(self)) - 1
        bare = self.sums - self.begins - self.ends
        begins, ends = self.begins[starts], self.ends[lasts]
        sizes = np.add.reduceat(self.sizes - 2, starts) + 2
        return Reading(np.add.reduceat(bare, starts) + begins + ends, begins, ends, sizes.astype(np.float32), self.head)

    def spans(self, size: int) -> list[Matrix]:
        """Unit vectors of all runs of 1, 2, .. ``size`` texts.

        Item k - 1 has shape (max(0, texts - k + 1), dimension); its row i is the run that begins with text i. Those of a text of common
        length are kept, for a search asks for them again and again; a part's are rows of the whole's.
        """
        if self.within is not None:
            whole, offset = self.within
            return [run[offset : offset + max(0, len(self) - more)] for more, run in enumerate(whole.spans(size))]
        if len(self) > _KEPT:
            return self._spans(size)
        self._runs.extend(self._spans(size, len(self._runs)))
        return self._runs[:size]

    def _spans(self, size: int, shorter: int = 0) -> list[Matrix]:
        """Without those of up to ``shorter`` texts."""
        sums, sizes, runs = self.sums, self.sizes, []
        for length in range(1, size + 1):
            if length > 1:
                last = length - 1
                sums = sums[:-1] + self.sums[last:] - self.begins[last:] - self.ends[last - 1 : -1]
                sizes = sizes[:-1] + self.sizes[last:] - 2
            if length > shorter:
                runs.append(self.head(sums, sizes))
        return runs

    def runs(self, firsts: NDArray[np.int64], size: int) -> Matrix:
        """Unit vectors of some runs of ``size`` texts, by their first text; shape (runs, dimension).

        The same as rows of :meth:`spans`, for who needs few of them.
        """
        if self.within is not None:
            whole, offset = self.within
            return whole.runs(firsts + offset, size)
        if len(self._runs) >= size:
            return self._runs[size - 1][firsts]
        sums, sizes = self.sums[firsts], self.sizes[firsts]
        for last in range(1, size):
            sums = sums + self.sums[firsts + last] - self.begins[firsts + last] - self.ends[firsts + last - 1]
            sizes = sizes + self.sizes[firsts + last] - 2
        return self.head(sums, sizes)

    @property
    def vectors(self) -> Matrix:
        """Shape (texts, dimension): a unit vector a text."""
        return self.spans(1)[0]


def joined(readings: Iterable[Reading]) -> Reading:
    """Several readings of consecutive texts, at least one, as one, without words and clauses."""
    sums, begins, ends, sizes = (Growing() for _ in range(4))
    for reading in readings:
        sums.add(reading.sums)
        begins.add(reading.begins)
        ends.add(reading.ends)
        sizes.add(reading.sizes)
    return Reading(sums.rows, begins.rows, ends.rows, sizes.rows, reading.head)


class Growing:
    """Arrays that come one after the other, end to end; none is in memory twice once the next one has come."""

    rows: NDArray[Any]
    """All so far; nobody may hold a view of it while more are added."""

    def add(self, more: NDArray[Any]) -> None:
        """Put behind what there is."""
        if not hasattr(self, "rows"):
            self.rows = more.copy()
            return
        first = len(self.rows)
        self.rows.resize((first + len(more), *more.shape[1:]), refcheck=False)
        self.rows[first:] = more


def averaged(vectors: Matrix, weights: NDArray[np.float32], read: NDArray[np.bool_]) -> Reading:
    """A reading from vectors that do not compose: a run's vector is the weighted mean of its texts', once the mean of all is taken off.

    For encoders whose vectors of one language all point roughly the same way; a side is centred by itself. Of few texts only a part of
    their mean is taken off, or nothing of them would be left. Texts that are not ``read``, shape (texts,), have no vector and are like
    nothing.
    """
    nothing = np.zeros_like(vectors)
    known = int(read.sum())
    mean = vectors[read].sum(axis=0, keepdims=True) / np.float32(known + _FEW)
    centred = np.where(read[:, None], vectors - mean, np.float32(0))
    return Reading(centred * weights[:, None], nothing, nothing, weights, _direction)


def _direction(sums: Matrix, sizes: NDArray[np.float32]) -> Matrix:  # noqa: ARG001 - one of the heads
    units: Matrix = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return units
