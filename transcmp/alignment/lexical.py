"""Evidence without a model: lengths, and words whose translations are learned from the pair itself.

Every score is a log-likelihood ratio in nats, of "these two spans translate each other" against "they have nothing to do with each other",
so lengths, words and priors simply add.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from transcmp.alignment.constants import Words
from transcmp.alignment.explain import explain_pairs, explain_table, spans
from transcmp.alignment.grid import place
from transcmp.alignment.kernel import Floats, Skips, Step
from transcmp.alignment.lengths import LengthRatio, Lengths
from transcmp.alignment.lengths import count as count_letters
from transcmp.alignment.lexicon import Beads, Lexicon, Ratios, cognates, learn
from transcmp.alignment.priors import Priors, Shape
from transcmp.alignment.vocabulary import Ids, Vocabulary

_MUCH = 0.5
"""Share of a side's tokens from which on a span is not well judged by that side's own usual words."""
_CHUNK = 512
_TILE = 256
"""Segments of a side that are compared at a time: a bound on memory."""
_PRIOR_BEADS = 3
"""Beads without evidence that are added to a path before its mean is taken."""
_LEAST_MERGED = -2.0
"""The longer the spans, the more words of which nothing is known: they must not make gaps cheaper than any bead."""
_MOST_NATS, _MOST_LENGTH, _MOST_USUAL = (-1.0, 1.5), (-3.0, 2.0), 0.2
"""Beyond them a feature says no more."""


@dataclass(frozen=True)
class Standing:
    """What the final path says about two documents as wholes, each bead judged by what the others taught."""

    usual: float
    """Nats a token from words that its beads reach on average; drawn towards 0 where there are few."""
    nats: float
    """Sum of nats from words, of equal beads once: how much likelier they are if the documents translate each other than if not."""
    covered: float
    """Share of the letters of both sides that stand in beads, 0..1."""


@dataclass(frozen=True)
class Pair:
    """What the two sides are made of."""

    source: Vocabulary
    target: Vocabulary
    source_lengths: Lengths
    """Shape (segments,): letters and digits."""
    target_lengths: Lengths

    def part(self, rows: slice, columns: slice) -> Pair:
        """The segments ``rows`` and ``columns`` alone."""
        return Pair(self.source.part(rows), self.target.part(columns), self.source_lengths[rows], self.target_lengths[columns])

    def merged(self, size: int) -> Pair:
        """Each ``size`` consecutive segments of both sides as one."""
        lengths = (np.add.reduceat(side, np.arange(0, len(side), size)) for side in (self.source_lengths, self.target_lengths))
        return Pair(self.source.merged(size), self.target.merged(size), *lengths)

    @classmethod
    def of(cls, source: Sequence[str], target: Sequence[str]) -> Pair:
        """Read from the texts of both sides."""
        return cls(Vocabulary.of(source), Vocabulary.of(target), count_letters(source), count_letters(target))


@dataclass(frozen=True)
class WordEvidence:
    """Gains of beads from words and lengths."""

    pair: Pair
    lexicon: Lexicon
    length_ratio: LengthRatio
    priors: Priors
    shapes: Sequence[Shape]
    weights: Words
    halves: tuple[WordEvidence, WordEvidence] | None = None
    """Taught by the beads of even and of odd source segments alone: a bead is judged by what the others taught, for a lexicon always
    explains the text that it was learned from."""
    standing: Standing | None = None
    """None before there is a final path."""
    least: float = -np.inf
    """Nats that words can speak against a bead at most."""

    @classmethod
    def first(cls, pair: Pair, shapes: Sequence[Shape], weights: Words, letters: float | None = None) -> WordEvidence:
        """Before any alignment: words that look alike, and lengths; ``letters`` of the target for one of the source, if that is known."""
        ratio = LengthRatio.of(pair.source_lengths, pair.target_lengths, letters)
        return cls(pair, cognates(pair.source, pair.target), ratio, Priors.expected(shapes, weights), shapes, weights)

    def judging(self, path: Sequence[Step]) -> WordEvidence:
        """Taught by the final path, with halves."""
        even, odd = ([step for step in path if (step.row - step.rows) % 2 == side] for side in (0, 1))
        taught = replace(self.taught(path), halves=(self.taught(even), self.taught(odd)))
        beads = [(step.row - step.rows, step.rows, step.column - step.columns, step.columns) for step in path if step.rows and step.columns]
        return taught.weighed(np.array(beads, np.int64).reshape(-1, 4))

    def weighed(self, beads: Beads) -> WordEvidence:
        """With what these beads, the final ones, say of the two documents."""
        nats = self._told(beads)[:, 0]
        sides = (self.pair.source, self.pair.source_lengths, beads[:, :2]), (self.pair.target, self.pair.target_lengths, beads[:, 2:])
        tokens, letters = np.zeros(len(beads)), 0.0
        for words, lengths, spans_of in sides:
            ends = spans_of.sum(axis=1)
            tokens += words.bounds[ends] - words.bounds[spans_of[:, 0]]
            sums = np.append(0, np.cumsum(lengths))
            letters += float((sums[ends] - sums[spans_of[:, 0]]).sum())
        whole = float(self.pair.source_lengths.sum() + self.pair.target_lengths.sum())
        told = float((nats * tokens)[self._distinct(beads)].sum())
        return replace(self, standing=Standing(float(nats.sum() / (len(beads) + _PRIOR_BEADS)), told, letters / whole))

    def _distinct(self, beads: Beads) -> list[int]:
        """One of each set of beads with the same words: what is repeated tells nothing new."""
        source, target = self.pair.source, self.pair.target
        first: dict[tuple[bytes, bytes], int] = {}
        for number, (row, rows, column, columns) in enumerate(beads.tolist()):
            mine = source.tokens[source.bounds[row] : source.bounds[row + rows]]
            theirs = target.tokens[target.bounds[column] : target.bounds[column + columns]]
            first.setdefault((mine.tobytes(), theirs.tobytes()), number)
        return list(first.values())

    def taught(self, path: Sequence[Step]) -> WordEvidence:
        """With a lexicon, lengths and priors learned from an alignment; ``self`` is the first evidence, and stays part of the new one."""
        believed = [step for step in path if step.rows and step.columns and step.gain >= 0]
        beads = np.array([(step.row - step.rows, step.rows, step.column - step.columns, step.columns) for step in believed], np.int64)
        beads = beads.reshape(-1, 4)
        source, target = np.append(0, np.cumsum(self.pair.source_lengths)), np.append(0, np.cumsum(self.pair.target_lengths))
        ratio = self.length_ratio.refitted(
            source[beads[:, 0] + beads[:, 1]] - source[beads[:, 0]], target[beads[:, 2] + beads[:, 3]] - target[beads[:, 2]]
        )
        # what few beads teach is discounted much; of a long document counts are what they seem, and more of them would only be too sure
        extra = (self.weights.learned - 1) * self.weights.enough / (self.weights.enough + len(beads))
        lexicon = self.lexicon + learn(self.pair.source, self.pair.target, beads).times(1 + extra)
        return WordEvidence(self.pair, lexicon, ratio, self.priors.learned(path), self.shapes, self.weights)

    def part(self, rows: slice, columns: slice) -> WordEvidence:
        """The segments ``rows`` and ``columns`` alone."""
        part = WordEvidence(
            self.pair.part(rows, columns), self.lexicon, self.length_ratio, self.priors, self.shapes, self.weights, least=self.least
        )
        part.__dict__["_ratios"] = self._ratios  # they depend on the lexicon only
        return part

    def merged(self, size: int, shapes: Sequence[Shape]) -> WordEvidence:
        """The same about each ``size`` segments as one."""
        pair = self.pair.merged(size)
        ratio = LengthRatio.of(pair.source_lengths, pair.target_lengths)
        return WordEvidence(pair, self.lexicon, ratio, Priors.expected(shapes, self.weights), shapes, self.weights, least=_LEAST_MERGED)

    def skips(self) -> list[Skips]:
        """What unaligned segments cost."""
        return self.priors.ways(len(self.pair.source), len(self.pair.target))

    @cached_property
    def _ratios(self) -> tuple[Ratios, Ratios]:
        source, target = self.pair.source, self.pair.target
        return Ratios.of(self.lexicon, source, target), Ratios.of(self.lexicon.reversed(), target, source)

    def gains(self, first: int, last: int, left: int, right: int) -> Floats:
        """Shape (rows, shapes, columns), for the beads that end at node rows ``first:last`` and node columns ``left:right``."""
        size = max(max(shape) for shape in self.shapes)
        rows, columns = slice(max(0, first - size), last - 1), slice(max(0, left - size), right - 1)
        gains = np.full((last - first, len(self.shapes), right - left), -np.inf, np.float32)
        if rows.stop <= rows.start or columns.stop <= columns.start:
            return gains
        forward = explain_table(self._ratios[0], self.pair.source, self.pair.target, rows, columns, size)
        backward = explain_table(self._ratios[1], self.pair.target, self.pair.source, columns, rows, size)
        source, target = _sums(self.pair.source_lengths[rows], size), _sums(self.pair.target_lengths[columns], size)
        shares = _sums(self.pair.source.shares()[rows], size), _sums(self.pair.target.shares()[columns], size)
        for number, shape in enumerate(self.shapes):
            mine, theirs = source[shape[0] - 1][:, None], target[shape[1] - 1][None, :]
            if mine.size and theirs.size:
                words = _runs(forward[shape[0] - 1].T, shape[1]).T + _runs(backward[shape[1] - 1].T, shape[0])
                if max(shares[0][shape[0] - 1].max(), shares[1][shape[1] - 1].max()) > _MUCH:
                    words *= np.where(words < 0, _judged(shares[0][shape[0] - 1], shares[1][shape[1] - 1]), 1.0)
                np.maximum(words, self.least, out=words)
                table = self.weights.weight / 2 * words + self.length_ratio.score(mine, theirs, shape) + np.log(self.priors.shapes[shape])
                place(gains[:, number], table, rows.start + shape[0] - first, columns.start + shape[1] - left)
        return gains

    def likeness(self, rows: Ids, columns: Ids, length: int = 1) -> Floats:
        """Of single source segments and runs of target segments: nats a token that one side's words gain from the other's."""
        likeness = np.zeros((len(rows), len(columns)), np.float32)
        for first in range(0, len(rows), _TILE):
            for left in range(0, len(columns), _TILE):
                part = slice(first, first + _TILE), slice(left, left + _TILE)
                likeness[part] = self._likeness(self.pair.source.picked(rows[part[0]]), self.pair.target.picked(columns[part[1]], length))
        return likeness

    def _likeness(self, source: Vocabulary, target: Vocabulary) -> Floats:
        everything = slice(0, len(source)), slice(0, len(target))
        forward = explain_table(self._ratios[0], source, target, everything[0], everything[1], 1)[0]
        backward = explain_table(self._ratios[1], target, source, everything[1], everything[0], 1)[0]
        tokens = np.diff(source.bounds)[:, None] + np.diff(target.bounds)[None, :]
        likeness: Floats = (forward + backward.T) / tokens
        return likeness

    def coverage(self, beads: Beads) -> Floats:
        """Share of the information in both sides of each bead that the other explains, shape (beads,)."""
        return self._told(beads)[:, 1]

    def describe(self, beads: Beads) -> Floats:
        """Features of beads for calibration, shape (beads, 3).

        Nats a token from words, nats from length; nats a token that the beads of this document usually reach, 0 before there is a path.
        ``beads`` has a row a bead: first source segment, their number, first target segment, their number.
        """
        features = np.zeros((len(beads), 3))
        features[:, 0] = np.clip(self._told(beads)[:, 0], *_MOST_NATS)
        source, target = np.append(0, np.cumsum(self.pair.source_lengths)), np.append(0, np.cumsum(self.pair.target_lengths))
        lengths = source[beads[:, 0] + beads[:, 1]] - source[beads[:, 0]], target[beads[:, 2] + beads[:, 3]] - target[beads[:, 2]]
        for shape in {(int(rows), int(columns)) for rows, columns in beads[:, [1, 3]]}:
            chosen = (beads[:, 1] == shape[0]) & (beads[:, 3] == shape[1])
            features[chosen, 1] = self.length_ratio.score(lengths[0][chosen], lengths[1][chosen], shape)
        np.clip(features[:, 1], *_MOST_LENGTH, out=features[:, 1])
        features[:, 2] = 0 if self.standing is None else min(self.standing.usual, _MOST_USUAL)
        return features

    def _told(self, beads: Beads) -> Floats:
        """Nats a token, and share of information explained, by what the beads of the other half taught; shape (beads, 2)."""
        told = np.zeros((len(beads), 2))
        for first in range(0, len(beads), _CHUNK):
            part = slice(first, first + _CHUNK)
            if self.halves is None:
                told[part] = self._explained(beads[part])
            else:
                even, odd = (half._explained(beads[part]) for half in self.halves)
                told[part] = np.where(beads[part, :1] % 2 == 0, odd, even)
        return told

    def _explained(self, beads: Beads) -> Floats:
        """Nats a token, and share of information explained, by this lexicon; shape (beads, 2)."""
        mine, theirs = spans(self.pair.source, beads[:, 0], beads[:, 1]), spans(self.pair.target, beads[:, 2], beads[:, 3])
        forward, backward = explain_pairs(self._ratios[0], mine, theirs), explain_pairs(self._ratios[1], theirs, mine)
        return np.stack([(forward[0] + backward[0]) / (mine[1] + theirs[1]), (forward[1] + backward[1]) / 2], axis=1)


def _judged(source: Floats, target: Floats) -> Floats:
    """How far words can speak against spans with these shares of their sides' tokens, 0..1; shape (source spans, target spans).

    What is usual is counted in the documents themselves: a span that is most of one is always as usual as can be.
    """
    share = np.maximum(source[:, None], target[None, :])
    judged: Floats = np.minimum(1.0, (1 - share) / (1 - _MUCH)) ** 2
    return judged


def _runs(values: Floats, length: int) -> Floats:
    """Sums over each run of rows."""
    padded = np.zeros((len(values) + 1, values.shape[1]), np.float64)
    np.cumsum(values, axis=0, out=padded[1:])
    sums: Floats = padded[length:] - padded[:-length]
    return sums


def _sums(lengths: Lengths, longest: int) -> list[Floats]:
    """Lengths of all runs of 1, 2, .. segments."""
    return [_runs(lengths[:, None], length)[:, 0] for length in range(1, longest + 1)]
