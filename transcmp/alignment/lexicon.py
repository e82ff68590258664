"""Which words translate which: cognates at first, then what the alignment itself teaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from transcmp.alignment.vocabulary import Ids, Vocabulary, add_up, expand
from transcmp.evidence.words import is_number, is_word, trigrams

Counts: TypeAlias = NDArray[np.float64]
Beads: TypeAlias = NDArray[np.int64]
"""Shape (beads, 4): first source segment, their number, first target segment, their number."""

_COVERAGE = 0.8
"""Share of a word's occurrences that the lexicon may claim to explain."""
_SAME_MARK, _SAME_SHORT_WORD, _SAME_NUMBER, _LEAST_DICE = 0.3, 0.2, 1.0, 0.5
_SHORTEST = 4
"""Letters of a word from which on its spelling says something."""
_COMPARED, _AT_A_TIME = 1_000_000_000, 2_000_000
"""Pairs of words whose spelling is compared: in all, before first letters must be equal, and at a time."""
_ROUNDS = 6
_LONGEST = 120
"""Types a side beyond which a bead teaches nothing."""
_ENTRIES = 3_000_000
"""Pairs of types in beads that are learned from; of more, every second bead or every third is taken. A bound on memory."""
_DISTANCE = 2.0
_DISCOUNT = 0.3
_TINY = 1e-300


@dataclass(frozen=True)
class Lexicon:
    """Expected numbers of times that two types translate each other, one entry a pair."""

    source: Ids
    target: Ids
    counts: Counts

    def __add__(self, other: Lexicon) -> Lexicon:
        """One entry a pair, sorted by source, then by target."""
        source, target = np.concatenate([self.source, other.source]), np.concatenate([self.target, other.target])
        width = int(target.max(initial=0)) + 1
        keys, inverse = np.unique(source * width + target, return_inverse=True)
        counts = add_up(inverse, np.concatenate([self.counts, other.counts]), len(keys))
        return Lexicon(keys // width, keys % width, counts)

    def times(self, factor: float) -> Lexicon:
        """The same pairs with so many times their counts."""
        return Lexicon(self.source, self.target, factor * self.counts)

    def reversed(self) -> Lexicon:
        """From target to source."""
        return Lexicon(self.target, self.source, self.counts)


@dataclass(frozen=True)
class Ratios:
    """How much likelier a target type is beside a source type than anywhere, by source type (compressed rows)."""

    starts: Ids
    """Shape (source types + 1,): entries of source type s are ``starts[s]:starts[s + 1]``."""
    source: Ids
    target: Ids
    """Ascending for each source type."""
    ratio: NDArray[np.float32]
    covered: NDArray[np.float32]
    """Shape (target types,): share of a target type's occurrences that the lexicon explains, 0 to 0.8."""
    information: NDArray[np.float32]
    """Shape (target types,): nats, by the type's frequency."""

    @classmethod
    def of(cls, lexicon: Lexicon, source: Vocabulary, target: Vocabulary) -> Ratios:
        """C / (N(s) u(t)): the expected count over what chance would give."""
        explained = add_up(lexicon.target, lexicon.counts, len(target.types))
        explaining = np.maximum(source.frequency, add_up(lexicon.source, lexicon.counts, len(source.types)))
        unigram = target.frequency / target.frequency.sum()
        order = np.lexsort((lexicon.target, lexicon.source))
        mine, theirs = lexicon.source[order], lexicon.target[order]
        ratio = lexicon.counts[order] / (explaining[mine] * unigram[theirs])
        starts = np.searchsorted(mine, np.arange(len(source.types) + 1))
        covered = _COVERAGE * explained / np.maximum(target.frequency, explained)
        return cls(starts, mine, theirs, ratio.astype(np.float32), covered.astype(np.float32), -np.log(unigram).astype(np.float32))

    @cached_property
    def _keys(self) -> Ids:
        """A number a pair of types, ascending."""
        return self.source * len(self.covered) + self.target

    def between(self, source: Ids, target: Ids) -> NDArray[np.float32]:
        """The ratio of each pair of types; 0 for those that the lexicon does not have."""
        keys, wanted = self._keys, source * len(self.covered) + target
        places = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
        if not len(keys):
            return np.zeros(len(wanted), np.float32)
        found: NDArray[np.float32] = np.where(keys[places] == wanted, self.ratio[places], np.float32(0))
        return found


def cognates(source: Vocabulary, target: Vocabulary) -> Lexicon:
    """Pairs that look alike: equal numbers and marks, equal short words, longer words with half of their trigrams in common."""
    same = _same(source, target)
    alike = _alike(source, target)
    mine, theirs = np.concatenate([same[0], alike[0]]), np.concatenate([same[1], alike[1]])
    counts = 2 * np.concatenate([same[2], alike[2]]) * np.minimum(source.frequency[mine], target.frequency[theirs])
    return Lexicon(mine, theirs, counts)


def _same(source: Vocabulary, target: Vocabulary) -> tuple[Ids, Ids, Counts]:
    places = {name: number for number, name in enumerate(target.types)}
    found = []
    for number, name in enumerate(source.types):
        other = places.get(name)
        if other is not None and not name.isspace():
            if is_number(name):
                found.append((number, other, _SAME_NUMBER))
            elif not is_word(name):
                found.append((number, other, _SAME_MARK))
            elif len(name) < _SHORTEST:
                found.append((number, other, _SAME_SHORT_WORD))
    table = np.array(found, np.float64).reshape(-1, 3)
    return table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]


def _alike(source: Vocabulary, target: Vocabulary) -> tuple[Ids, Ids, Counts]:
    """Dice coefficients of trigrams. Of very many words only those with the same first letter are compared.

    The work grows with the square of their number.
    """
    mine, theirs = _long_words(source), _long_words(target)
    groups = [(mine, theirs)]
    if len(mine) * len(theirs) > _COMPARED:
        first, second = (np.array([ord(words.forms[number][0]) for number in long]) for words, long in ((source, mine), (target, theirs)))
        groups = [(mine[first == letter], theirs[second == letter]) for letter in np.intersect1d(first, second)]
    found = [(mine[:0], theirs[:0], np.zeros(0)), *(_alike_among(source, target, *group) for group in groups)]
    rows, columns, likeness = (np.concatenate(part) for part in zip(*found, strict=True))
    return rows, columns, likeness


def _long_words(vocabulary: Vocabulary) -> Ids:
    """The types that are words of enough letters."""
    return np.array([number for number, form in enumerate(vocabulary.forms) if len(form) >= _SHORTEST and is_word(form)], np.int64)


def _alike_among(source: Vocabulary, target: Vocabulary, mine: Ids, theirs: Ids) -> tuple[Ids, Ids, Counts]:
    """Of these types alone, over an inverted index of the target's trigrams."""
    numbers: dict[str, int] = {}
    my_owner, my_trigrams = _spelling(source, mine, numbers)
    their_owner, their_trigrams = _spelling(target, theirs, numbers)
    order = np.argsort(their_trigrams, kind="stable")
    their_owner, listed = their_owner[order], their_trigrams[order]
    starts = np.searchsorted(listed, np.arange(len(numbers) + 1))
    my_sizes, their_sizes = np.bincount(my_owner, minlength=len(mine)), np.bincount(their_owner, minlength=len(theirs))
    found = []
    block = max(1, _AT_A_TIME // max(1, len(theirs)))
    for first in range(0, len(mine), block):
        chosen = slice(*np.searchsorted(my_owner, (first, first + block)))
        wanted = my_trigrams[chosen]
        places, owner = expand(starts[wanted], starts[wanted + 1] - starts[wanted])
        shared = np.bincount((my_owner[chosen][owner] - first) * len(theirs) + their_owner[places])
        cells = np.flatnonzero(shared)
        rows, columns = cells // len(theirs) + first, cells % len(theirs)
        dice = 2 * shared[cells] / (my_sizes[rows] + their_sizes[columns])
        keep = dice >= _LEAST_DICE
        found.append((mine[rows[keep]], theirs[columns[keep]], dice[keep]))
    rows, columns, likeness = (np.concatenate(part) for part in zip((mine[:0], theirs[:0], np.zeros(0)), *found, strict=True))
    return rows, columns, likeness


def _spelling(vocabulary: Vocabulary, words: Ids, numbers: dict[str, int]) -> tuple[Ids, Ids]:
    """Place and number of each trigram of some types."""
    owner, found = [], []
    for place, word in enumerate(words.tolist()):
        for trigram in trigrams(vocabulary.forms[word]):
            owner.append(place)
            found.append(numbers.setdefault(trigram, len(numbers)))
    return np.array(owner, np.int64), np.array(found, np.int64)


def learn(source: Vocabulary, target: Vocabulary, beads: Beads) -> Lexicon:
    """Expected translation counts by IBM Model 1 (Brown et al. 1993), both ways, from beads that are believed.

    Without a null word; words at about the same place in a bead are preferred. A count is the smaller one of both directions, discounted.
    """
    mine, theirs = _Occurrences.of(source, beads[:, 0], beads[:, 1]), _Occurrences.of(target, beads[:, 2], beads[:, 3])
    usable = (mine.sizes <= _LONGEST) & (theirs.sizes <= _LONGEST)
    step = max(1, -(-int((mine.sizes * theirs.sizes)[usable].sum()) // _ENTRIES))
    chosen = np.flatnonzero(usable)[::step]
    # every pair of a source and a target type of a bead
    cells, owner = expand(np.zeros(len(chosen), np.int64), mine.sizes[chosen] * theirs.sizes[chosen])
    bead = chosen[owner]
    my_place, their_place = mine.starts[bead] + cells // theirs.sizes[bead], theirs.starts[bead] + cells % theirs.sizes[bead]
    pairs, pair = np.unique(mine.types[my_place] * len(target.types) + theirs.types[their_place], return_inverse=True)
    closeness = np.exp(-_DISTANCE * np.abs(mine.positions[my_place] - theirs.positions[their_place]))
    sources, targets = pairs // len(target.types), pairs % len(target.types)
    forward = _expect(pair, sources, closeness * mine.counts[my_place], their_place, theirs.counts)
    backward = _expect(pair, targets, closeness * theirs.counts[their_place], my_place, mine.counts)
    total = np.minimum(forward, backward) - _DISCOUNT
    keep = (total > 0) & (np.bincount(pair, minlength=len(pairs)) >= 2)
    return Lexicon(sources[keep], targets[keep], total[keep])


@dataclass(frozen=True)
class _Occurrences:
    """The types of each bead on one side."""

    types: Ids
    """Distinct types, bead after bead."""
    counts: Counts
    """How often each stands in its bead."""
    positions: Counts
    """Its mean place in the bead, 0..1."""
    starts: Ids
    """Shape (beads,): first entry of each bead."""
    sizes: Ids
    """Shape (beads,): how many entries."""

    @classmethod
    def of(cls, vocabulary: Vocabulary, firsts: Ids, lengths: Ids) -> _Occurrences:
        low, high = vocabulary.bounds[firsts], vocabulary.bounds[firsts + lengths]
        places, bead = expand(low, high - low)
        relative = (places - low[bead] + 0.5) / (high - low)[bead]
        keys, inverse = np.unique(bead * len(vocabulary.types) + vocabulary.tokens[places], return_inverse=True)
        counts = np.bincount(inverse, minlength=len(keys)).astype(np.float64)
        positions = add_up(inverse, relative, len(keys)) / counts
        starts = np.searchsorted(keys, np.arange(len(firsts) + 1) * len(vocabulary.types))
        return cls(keys % len(vocabulary.types), counts, positions, starts[:-1], np.diff(starts))


def _expect(pair: Ids, origin: Ids, weight: Counts, generated: Ids, multiplicity: Counts) -> Counts:
    """Expected counts by pair, after some rounds of expectation maximisation.

    For each entry: its pair, its weight, and which occurrence it explains. ``origin`` is the explaining type of each pair, ``multiplicity``
    says how often each occurrence stands in its bead.
    """
    probability = np.ones(len(origin))
    by_pair = np.zeros(len(origin))
    for _ in range(_ROUNDS):
        expected = probability[pair] * weight
        explained = add_up(generated, expected, len(multiplicity))
        expected *= (multiplicity / np.maximum(explained, _TINY))[generated]
        by_pair = add_up(pair, expected, len(origin))
        probability = by_pair / np.maximum(add_up(origin, by_pair, len(origin)), _TINY)[origin]
    return by_pair
