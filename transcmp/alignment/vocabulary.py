"""The words of one side as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from transcmp.evidence.words import stem, tokens

Ids: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class Vocabulary:
    """The tokens of consecutive texts, by type. A type is a stem, a number or a mark."""

    types: list[str]
    """Shape (types,)."""
    forms: list[str]
    """The most frequent full form of each type."""
    frequency: NDArray[np.float64]
    """How often each type occurs."""
    tokens: Ids
    """The type of each token, text after text."""
    bounds: Ids
    """Shape (texts + 1,): text i has the tokens ``bounds[i]:bounds[i + 1]``, at least one."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> Vocabulary:
        """A text without any token gets one that nothing else has."""
        found = [tokens(text) or [" "] for text in texts]
        counts = Counter(chain.from_iterable(found))
        numbers: dict[str, int] = {}
        number_of = {token: numbers.setdefault(stem(token), len(numbers)) for token in counts}
        forms: dict[int, str] = {}
        for token, count in counts.items():
            number = number_of[token]
            if number not in forms or count > counts[forms[number]]:
                forms[number] = token
        bounds = np.append(0, np.cumsum(np.fromiter(map(len, found), np.int64, len(found))))
        ids = np.fromiter(map(number_of.__getitem__, chain.from_iterable(found)), np.int64, int(bounds[-1]))
        frequency = np.bincount(ids, minlength=len(numbers)).astype(np.float64)
        return cls(list(numbers), [forms[number] for number in range(len(numbers))], frequency, ids, bounds)

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def shares(self) -> NDArray[np.float64]:
        """Of each text, among the tokens of all."""
        shares: NDArray[np.float64] = np.diff(self.bounds) / self.frequency.sum()
        return shares

    def part(self, texts: slice) -> Vocabulary:
        """Consecutive texts alone, with the types and frequencies of all."""
        bounds = self.bounds[texts.start : texts.stop + 1]
        return Vocabulary(self.types, self.forms, self.frequency, self.tokens[bounds[0] : bounds[-1]], bounds - bounds[0])

    def merged(self, size: int) -> Vocabulary:
        """Each ``size`` consecutive texts as one; the last may be made of fewer."""
        return Vocabulary(self.types, self.forms, self.frequency, self.tokens, np.append(self.bounds[:-1:size], self.bounds[-1]))

    def picked(self, texts: Ids, length: int = 1) -> Vocabulary:
        """Runs of ``length`` texts that begin with these, each as one, with the types and frequencies of all."""
        counts = self.bounds[texts + length] - self.bounds[texts]
        places, _ = expand(self.bounds[texts], counts)
        return Vocabulary(self.types, self.forms, self.frequency, self.tokens[places], np.append(0, np.cumsum(counts)))

    def rows(self, first: int, last: int) -> tuple[Ids, Ids]:
        """Types of the tokens of the texts ``first:last``, and for each the text it stands in, counted from ``first``."""
        low, high = self.bounds[first], self.bounds[last]
        return self.tokens[low:high], np.repeat(np.arange(last - first), np.diff(self.bounds[first : last + 1]))


def expand(starts: Ids, counts: Ids) -> tuple[Ids, Ids]:
    """All positions of some runs, laid end to end, and for each the run it belongs to."""
    owner = np.repeat(np.arange(len(counts)), counts)
    ends = np.cumsum(counts)
    return np.arange(len(owner)) - np.repeat(ends - counts, counts) + np.repeat(starts, counts), owner


def thin_out(starts: Ids, counts: Ids, most: int) -> tuple[Ids, Ids]:
    """Positions of some runs, laid end to end, of each at most ``most``, evenly; and how many of each."""
    kept = np.minimum(counts, most)
    places, owner = expand(starts, kept)
    if counts.max(initial=0) > most:
        places = (starts[owner] + (places - starts[owner]) * (counts / np.maximum(kept, 1))[owner]).astype(np.int64)
    return places, kept


def add_up(places: Ids, values: NDArray[np.floating[Any]], size: int) -> NDArray[np.float64]:
    """Sum of the values at each place, shape (size,)."""
    return np.asarray(np.bincount(places, values, size), np.float64)
