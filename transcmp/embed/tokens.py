"""Pieces of the default encoder's vocabulary, and the words that they make up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from transcmp.embed.vectors import Matrix, TokenReading

Ids: TypeAlias = NDArray[np.int64]

_SIF = 1e-3
"""Arora, Liang and Ma (2017), "A Simple but Tough-to-Beat Baseline for Sentence Embeddings": weight a / (a + p)."""
_RAREST = -14.0
"""Log-probability of the rarest word; also of a piece to which the model gives none."""

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Thai, Lao, Burmese, Khmer, kana, Han: written without spaces, so every piece is a word."""
_CONTENT, _OPENS, _ALONE, _PAUSES, _RESUMES, _BREAKS = 1, 2, 4, 8, 16, 32
"""A piece has a letter or digit; begins with a space; is a word of its own; ends with a mark after which a clause may end; begins with one
before which it may; ends with one that ends it whatever follows."""
_UNSEEN = -1
"""A piece that has not been met yet."""
_PAUSE, _RESUME, _BREAK = ",;:()«»–—-", "(«–—-", "、，；：（）"
_STRETCH = 512
"""Tokens of a very long text that are read without a gap."""
_LEAST_WORDS = 3
"""In a clause; what has fewer stays with its neighbour."""


@dataclass(frozen=True)
class Tokens:
    """Some texts as vocabulary ids, laid end to end, each between its begin and end token."""

    ids: Ids
    bounds: Ids
    """Shape (texts + 1,): text i has the tokens ``bounds[i]:bounds[i + 1]``."""
    word_of: Ids
    """Shape (tokens,): the word that each is part of; -1 for what has neither letter nor digit."""
    word_bounds: Ids
    """Shape (texts + 1,): text i has the words ``word_bounds[i]:word_bounds[i + 1]``."""
    word_weights: NDArray[np.float32]
    """Shape (words,): smooth inverse frequency, 0..1; rare words weigh more."""
    clause_starts: Ids
    """The token with which each clause begins."""
    clause_bounds: Ids
    """Shape (texts + 1,): text i has the clauses ``clause_bounds[i]:clause_bounds[i + 1]``, at least one."""
    clause_words: Ids
    """Shape (clauses,): words in each."""

    def reading(
        self, vectors: Matrix, embedded: Matrix, texts: Matrix, pieces: list[str], log_probabilities: NDArray[np.float32]
    ) -> TokenReading:
        """These tokens with what an encoder and :meth:`Tokeniser.describe` say of them; shapes as in :class:`TokenReading`."""
        return TokenReading(
            vectors=vectors,
            embedded=embedded,
            bounds=self.bounds,
            pieces=pieces,
            log_probabilities=log_probabilities,
            word_of=self.word_of,
            word_bounds=self.word_bounds,
            word_weights=self.word_weights,
            texts=texts,
        )


class Tokeniser:
    """A sentencepiece unigram model (Kudo 2018)."""

    def __init__(self, model: bytes) -> None:
        from sentencepiece import SentencePieceProcessor

        self._pieces: Any = SentencePieceProcessor(model_proto=model)
        size = self._pieces.get_piece_size()
        self._flags, self._scores = np.full(size, _UNSEEN, np.int8), np.full(size, _RAREST)

    def ids(self, texts: Sequence[str], most: int | None = None) -> tuple[Ids, Ids]:
        """The tokens of some texts laid end to end, begin and end included, and bounds of shape (texts + 1,).

        For a text of more than ``most`` tokens stretches of it stand, evenly spread.
        """
        try:
            rows: list[list[int]] = self._pieces.encode(list(texts), add_bos=True, add_eos=True)
        except (TypeError, UnicodeEncodeError):  # a lone surrogate somewhere; the binding's exception depends on its version
            rows = self._pieces.encode([_encodable(text) for text in texts], add_bos=True, add_eos=True)
        if most is not None:
            rows = [row if len(row) <= most else _spread(row, most) for row in rows]
        bounds = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, rows), np.int64, len(rows)), out=bounds[1:])
        return np.fromiter(chain.from_iterable(rows), np.int64, int(bounds[-1])), bounds

    def encode(self, texts: Sequence[str], most: int | None = None) -> Tokens:
        """The tokens, words and clauses of all texts; ``most`` as for :meth:`ids`."""
        ids, bounds = self.ids(texts, most)
        self._look_up(ids)
        flags, scores = self._flags[ids], self._scores[ids]
        begins, content = _cut(flags)
        count = np.cumsum(begins)
        word_of = np.where(content, count - 1, -1)
        log_probability = np.bincount(word_of[content], scores[content], int(count[-1]) if len(count) else 0)
        word_bounds = np.concatenate(([0], count))[bounds]
        weights = _SIF / (_SIF + np.exp(np.maximum(log_probability, _RAREST)))
        clauses = _clauses(flags, begins, bounds)
        return Tokens(ids, bounds, word_of, word_bounds, weights.astype(np.float32), *clauses)

    def describe(self, ids: Ids) -> tuple[list[str], NDArray[np.float32]]:
        """Each token as written in the vocabulary, and its log-probability."""
        self._look_up(ids)
        return self._pieces.id_to_piece(ids.tolist()), self._scores[ids].astype(np.float32)

    def word_spans(self, text: str) -> list[tuple[int, int]]:
        """Start and end, in code points, of each word of :meth:`encode`, in the same order."""
        mapping = self._pieces.encode(_encodable(text), return_type="offset_mapping")
        ids = np.asarray(mapping["ids"], np.int64)
        self._look_up(ids)
        begins, content = _cut(self._flags[ids])
        spans: list[tuple[int, int]] = []
        for position in np.flatnonzero(content):
            start, end = mapping["offsets"][position]
            found = [match.start() for match in _LETTER_OR_DIGIT.finditer(text, start, end)]
            start, end = (found[0], found[-1] + 1) if found else (start, end)  # pieces bring a space in front, a mark behind
            if begins[position]:
                spans.append((start, end))
            else:
                spans[-1] = (spans[-1][0], end)
        return spans

    def _look_up(self, ids: Ids) -> None:
        """Fill in what is not yet known of these pieces; threads that do the same write the same."""
        missing = np.unique(ids[self._flags[ids] == _UNSEEN])
        numbers = missing.tolist()
        scores = np.array(self._pieces.get_score(numbers), np.float64)
        self._scores[missing] = np.where(scores == 0, _RAREST, scores)
        special = np.array(self._pieces.is_control(numbers), bool) | np.array(self._pieces.is_unknown(numbers), bool)
        self._flags[missing] = np.where(special, 0, [_kinds(piece) for piece in self._pieces.id_to_piece(numbers)])


def _spread(row: list[int], most: int) -> list[int]:
    """Stretches of some tokens, evenly spread, the first and the last among them; ``most`` tokens or a few less, at least one stretch."""
    starts = np.linspace(0, len(row) - _STRETCH, max(1, most // _STRETCH)).astype(np.int64)
    return [token for start in starts.tolist() for token in row[start : start + _STRETCH]]


def _kinds(piece: str) -> int:
    """What is to be known of a piece that stands for text."""
    bare = piece.lstrip("▁")
    return (
        _CONTENT * bool(_LETTER_OR_DIGIT.search(piece))
        | _OPENS * piece.startswith("▁")
        | _ALONE * bool(_UNSPACED.search(piece))
        | _PAUSES * (piece[-1] in _PAUSE)
        | _RESUMES * (bare != piece and bare[:1] in _RESUME and bare != "")
        | _BREAKS * (piece[-1] in _BREAK)
    )


def _cut(flags: NDArray[np.int8]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each piece: whether a word begins with it, and whether it belongs to a word at all."""
    content = (flags & _CONTENT) > 0
    alone = (flags & _ALONE) > 0
    joined = np.zeros(len(flags), bool)
    joined[1:] = content[:-1] & ~alone[:-1]
    return content & (((flags & _OPENS) > 0) | alone | ~joined), content


def _clauses(flags: NDArray[np.int8], begins: NDArray[np.bool_], bounds: Ids) -> tuple[Ids, Ids, Ids]:
    """First token of each clause, clauses before each text, and words of each clause."""
    pauses = ((flags[:-1] & _PAUSES) > 0) & ((flags[1:] & _OPENS) > 0)
    cuts = np.flatnonzero(pauses | ((flags[1:] & _RESUMES) > 0) | ((flags[:-1] & _BREAKS) > 0)) + 1
    before = np.concatenate([[0], np.cumsum(begins)])
    starts: list[int] = []
    counts = [0]
    of_text = np.searchsorted(cuts, bounds)
    for text, (first, last) in enumerate(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)):
        kept = [first]
        for cut in cuts[of_text[text] : of_text[text + 1]].tolist():
            if before[cut] - before[kept[-1]] >= _LEAST_WORDS <= before[last] - before[cut]:
                kept.append(cut)
        starts += kept
        counts.append(len(starts))
    edges = np.array([*starts, int(bounds[-1])], np.int64)
    return edges[:-1], np.array(counts, np.int64), np.diff(before[edges])


def _encodable(text: str) -> str:
    """A lone surrogate, which no encoding of Unicode has, becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
