"""The default encoder: Universal Sentence Encoder Multilingual, as a deep averaging network whose vectors compose.

Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval". Each token's features (its embedding and three n-gram
convolutions over its neighbours) are summed over the text and divided by the square root of its length, then pass a small head. The sum is
linear, so the vector of a run of sentences is the head applied to the sum of theirs, less the begin and end tokens between them: every span
that an aligner asks for costs one pass of the head and no second reading. Against the run read as one text the cosine is .99 for two
sentences, .975 for four.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from transcmp.embed.coverage import USE_LANGUAGES, covers
from transcmp.embed.runs import sums_of_runs
from transcmp.embed.tokens import Ids, Tokeniser, Tokens
from transcmp.embed.vectors import Clauses, Matrix, Reading, TokenReading, Words
from transcmp.embed.weights import CHUNKS, WEIGHTS_SHA256, Weights, read_model, read_weights
from transcmp.model import Language

DIMENSION = 512
_NGRAM = 256
_ORDERS = ((2, 0), (3, 1), (5, 2))
"""Of each convolution: its order and how many tokens it looks back."""
_LOOK_BACK, _LOOK_AHEAD = 2, 2
_HALO = 4
"""Two layers of the widest convolution see this many tokens to each side."""
_BATCH = 512
"""Tokens a pass: enough to amortise reading the weights, few enough to stay in the CPU's cache."""
_LONGEST = 2048
"""A text of more tokens is read in stretches that overlap by the halo; the result is the same."""
_MOST = 16_384
"""Tokens of a text that are read: the mean of so many says what the mean of more would say."""


@lru_cache(maxsize=1)
def load(argument: str = "") -> Use:
    """The one instance of the encoder; raises EncoderError if its weights are absent or not the tested ones."""
    if argument:
        from transcmp.errors import UsageError

        raise UsageError(message="the encoder 'use' takes no argument")
    return Use()


class Use:
    """See the module. Safe to share between threads: nothing changes after loading."""

    name = "use"
    version = WEIGHTS_SHA256[:8]
    dimension = DIMENSION

    def __init__(self) -> None:
        self._tokeniser = Tokeniser(read_model())
        self._table, weights = read_weights()
        self.vocabulary = len(self._table)
        self._network = _Network(weights)

    def covers(self, language: Language) -> bool:
        """Whether the language is one of the sixteen that it was trained on (simplified and traditional Chinese count as two)."""
        return covers(USE_LANGUAGES, language)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Shape (texts, 512), float32; rows have unit length."""
        return self.read(texts).vectors

    def read(self, texts: Sequence[str], *, words: bool = False) -> Reading:
        """Read consecutive texts once. Time grows with their length; memory with their number (and that of words, if asked for).

        For a text of more than 16,384 tokens (some 60 kB) stretches of it stand, evenly spread.
        """
        finer = _Finer(self._tokeniser.encode(texts, _MOST)) if words else None
        ids, bounds = self._tokeniser.ids(texts, _MOST) if finer is None else (finer.tokens.ids, finer.tokens.bounds)
        edges = bounds[:-1], bounds[1:] - 1
        cuts = np.unique(np.concatenate([*edges, edges[0] + 1] + ([] if finer is None else [finer.cuts])))
        sums, begins, ends = (np.zeros((len(texts), DIMENSION), np.float32) for _ in range(3))
        for part in _stretches(bounds):
            features = self._network.features(self.embedded(ids[part.low : part.high]), part.starts, part.ends)
            starts = np.union1d(cuts[slice(*np.searchsorted(cuts, (part.core_low, part.core_high)))], [part.core_low])
            core = sums_of_runs(features[part.core_low - part.low : part.core_high - part.low], starts - part.core_low)
            core = self._network.project(core, np.diff(np.append(starts, part.core_high)))
            first, last = (int(bound) for bound in np.searchsorted(bounds, (part.core_low, part.core_high - 1), "right"))
            inside = np.maximum(bounds[first - 1 : last], part.core_low)
            sums[first - 1 : last] += sums_of_runs(core, np.searchsorted(starts, inside))
            for rows, edge in zip((begins, ends), edges, strict=True):
                here = slice(*np.searchsorted(edge, (part.core_low, part.core_high)))
                rows[here] = core[np.searchsorted(starts, edge[here])]
            if finer is not None:
                finer.add(core, starts)
        reading = Reading(sums, begins, ends, np.diff(bounds).astype(np.float32), self._network.head)
        return reading if finer is None else replace(reading, words=finer.words(), clauses=finer.clauses(reading))

    def read_tokens(self, texts: Sequence[str]) -> TokenReading:
        """Every token of some texts by itself, begin and end included: for who looks inside a sentence, as scores do."""
        tokens = self._tokeniser.encode(texts)
        embedded = self.embedded(tokens.ids)
        vectors = np.empty((len(tokens.ids), DIMENSION), np.float32)
        for part in _stretches(tokens.bounds):
            found = self._network.features(embedded[part.low : part.high], part.starts, part.ends)
            vectors[part.core_low : part.core_high] = self._network.project(found[part.core_low - part.low : part.core_high - part.low])
        sums = sums_of_runs(vectors, tokens.bounds[:-1])
        whole = self._network.head(sums, np.diff(tokens.bounds).astype(np.float32))
        return tokens.reading(vectors, embedded, whole, *self._tokeniser.describe(tokens.ids))

    def word_spans(self, text: str) -> list[tuple[int, int]]:
        """Start and end, in code points, of each word that :meth:`read_tokens` finds in a text, in the same order."""
        return self._tokeniser.word_spans(text)

    def token_ids(self, texts: Sequence[str]) -> tuple[Ids, Ids]:
        """The tokens of some texts laid end to end, begin and end included, and bounds of shape (texts + 1,)."""
        return self._tokeniser.ids(texts)

    def embedded(self, ids: Ids) -> Matrix:
        """Shape (tokens, 512): the embedding of each token by itself."""
        chunk = ids % CHUNKS
        embedded = self._table[ids].astype(np.float32)
        embedded *= self._network.scale[chunk, None]
        embedded += self._network.low[chunk, None]
        return embedded


@dataclass(frozen=True)
class _Stretch:
    """Token positions that are read in one pass. Only the core's features are used; the halo gives it its neighbours."""

    low: int
    high: int
    core_low: int
    core_high: int
    starts: Ids
    """Where each text in it begins, from ``low``."""
    ends: Ids


def _stretches(bounds: Ids) -> Iterator[_Stretch]:
    first, count = 0, len(bounds) - 1
    while first < count:
        last = max(first + 1, int(np.searchsorted(bounds, bounds[first] + _BATCH, "right")) - 1)
        low, high = int(bounds[first]), int(bounds[last])
        if high - low <= _LONGEST:
            yield _Stretch(low, high, low, high, bounds[first:last] - low, bounds[first + 1 : last + 1] - low)
        else:
            for core in range(low, high, _LONGEST):
                core_end = min(core + _LONGEST, high)
                left, right = max(low, core - _HALO), min(high, core_end + _HALO)
                yield _Stretch(left, right, core, core_end, np.zeros(1, np.int64), np.full(1, right - left))
        first = last


class _Finer:
    """Sums tokens into words and clauses."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.cuts = np.concatenate([np.flatnonzero(np.diff(tokens.word_of)) + 1, tokens.clause_starts])
        """Tokens at which a word or a clause begins, or a word has ended: those between two of them need not be told apart."""
        self._words = np.zeros((len(tokens.word_weights), DIMENSION), np.float32)
        self._clauses = np.zeros((len(tokens.clause_starts), DIMENSION), np.float32)

    def add(self, vectors: Matrix, starts: Ids) -> None:
        """``vectors`` are those of consecutive runs of tokens, from each of the ``starts`` to the next; none has a cut inside."""
        words = self.tokens.word_of[starts]
        rows = np.flatnonzero(words >= 0)
        if len(rows):
            begins = np.flatnonzero(np.diff(words[rows], prepend=-1))
            self._words[words[rows[begins]]] += sums_of_runs(vectors[rows], begins)
        first, last = np.searchsorted(self.tokens.clause_starts, (starts[0], starts[-1]), "right")
        edges = np.maximum(self.tokens.clause_starts[first - 1 : last], starts[0])
        self._clauses[first - 1 : last] += sums_of_runs(vectors, np.searchsorted(starts, edges))

    def words(self) -> Words:
        return Words(self._words, self.tokens.word_weights, self.tokens.word_bounds)

    def clauses(self, reading: Reading) -> Clauses:
        """Each clause gets its text's begin and end token, as if it were a text."""
        starts, bounds = self.tokens.clause_starts, self.tokens.clause_bounds
        text = np.repeat(np.arange(len(reading)), np.diff(bounds))
        missing = np.ones(len(starts)), np.ones(len(starts))
        missing[0][bounds[:-1]] = 0
        missing[1][bounds[1:] - 1] = 0
        sums = self._clauses + missing[0][:, None] * reading.begins[text] + missing[1][:, None] * reading.ends[text]
        sizes = np.diff(np.append(starts, len(self.tokens.ids))) + missing[0] + missing[1]
        vectors = reading.head(sums.astype(np.float32), sizes.astype(np.float32))
        return Clauses(vectors, np.sqrt(np.maximum(self.tokens.clause_words, 1)).astype(np.float32), bounds)


class _Network:
    """The forward pass, on the tokens of several texts laid end to end."""

    def __init__(self, weights: Weights) -> None:
        names = [str(order) for order, _ in _ORDERS]
        self.scale, self.low = weights["scale"], weights["lo"]
        self._epsilon = float(weights["eps"])
        self._inner = np.concatenate([weights[f"proj{name}"] for name in names], axis=1)
        self._inner_bias = np.concatenate([weights[f"proj_b{name}"] for name in names])
        self._inner_gain = np.concatenate([weights[f"ln_g{name}"] for name in names])
        self._inner_shift = np.concatenate([weights[f"ln_b{name}"] for name in names])
        self._layers = [tuple((weights[f"w{layer}_{name}"], weights[f"b{layer}_{name}"]) for layer in (1, 2)) for name in names]
        self._outer_gain, self._outer_shift = weights["ln_g"], weights["ln_b"]
        self._outer, self._outer_bias = weights["cnn_W"], weights["cnn_b"]
        self._dense = [weights[name] for name in ("d0", "p1", "d1", "d2", "p3", "d3")]

    def features(self, embedded: Matrix, starts: Ids, ends: Ids) -> Matrix:
        """Shape (tokens, 1280): the embedding and three convolutions of each token, normalised."""
        count = len(embedded)
        features = np.empty((count, DIMENSION + _NGRAM * len(_ORDERS)), np.float32)
        features[:, :DIMENSION] = embedded
        inner = embedded @ self._inner
        inner += self._inner_bias
        _normalise(inner, self._inner_gain, self._inner_shift, self._epsilon)
        windows = _windows(starts, ends, count)
        scratch = np.zeros((count + 1, _NGRAM), np.float32)  # its last row stands for what lies outside the text
        for branch, (order, back) in enumerate(_ORDERS):
            window = windows[:, _LOOK_BACK - back : _LOOK_BACK - back + order]
            layer_input = inner[:, branch * _NGRAM : (branch + 1) * _NGRAM]
            for matrix, bias in self._layers[branch]:
                scratch[:count] = layer_input
                output = scratch[window].reshape(count, order * _NGRAM) @ matrix
                output += bias
                np.maximum(output, 0, out=output)
                output += layer_input
                layer_input = output
            start = DIMENSION + branch * _NGRAM
            features[:, start : start + _NGRAM] = layer_input
        _normalise(features, self._outer_gain, self._outer_shift, self._epsilon)
        return features

    def project(self, features: Matrix, counts: Ids | None = None) -> Matrix:
        """Shape (rows, 512). Linear but for a bias a token: rows that are sums of tokens say of how many."""
        projected: Matrix = features @ self._outer
        projected += self._outer_bias if counts is None else counts[:, None].astype(np.float32) * self._outer_bias
        return projected

    def head(self, sums: Matrix, sizes: NDArray[np.float32]) -> Matrix:
        """From sums of projected tokens and their number to unit vectors."""
        first, skip_first, second, third, skip_third, last = self._dense
        mean = sums / np.sqrt(np.maximum(sizes, 1))[:, None]
        hidden = np.maximum(mean @ first, 0) @ second
        hidden += mean @ skip_first
        np.maximum(hidden, 0, out=hidden)
        vectors: Matrix = np.maximum(hidden @ third, 0) @ last
        vectors += hidden @ skip_third
        np.tanh(vectors, out=vectors)
        vectors /= np.sqrt(np.maximum(np.einsum("ij,ij->i", vectors, vectors), self._epsilon))[:, None]
        return vectors


def _normalise(rows: Matrix, gain: Matrix, bias: Matrix, epsilon: float) -> None:
    """Layer normalisation (Ba, Kiros and Hinton 2016), in place."""
    rows -= rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
    rows *= np.reciprocal(np.sqrt(variance + epsilon))[:, None]
    rows *= gain
    rows += bias


def _windows(starts: Ids, ends: Ids, count: int) -> Ids:
    """Shape (tokens, 5): positions two before to two behind each token; ``count`` for those outside its text."""
    positions = np.arange(count)[:, None] + np.arange(-_LOOK_BACK, _LOOK_AHEAD + 1)
    lengths = ends - starts
    inside = (positions >= np.repeat(starts, lengths)[:, None]) & (positions < np.repeat(ends, lengths)[:, None])
    return np.where(inside, positions, count)
