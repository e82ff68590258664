"""The tiers: what there is to go by, from which the rest of the aligner does not know.

``embedding`` has an encoder whose vectors compose; ``lexical`` has none; ``joint`` has words and vectors of single segments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from transcmp.alignment.constants import Constants, Joint, constants
from transcmp.alignment.embedding import VectorEvidence, read
from transcmp.alignment.inner import Inner
from transcmp.alignment.kernel import Floats, Skips, Step, shapes_up_to
from transcmp.alignment.lengths import LengthModel, count, usual_ratio
from transcmp.alignment.lexical import Pair, Standing, WordEvidence
from transcmp.alignment.monotone import Evidence, in_order
from transcmp.alignment.relation import best, features, probability, told
from transcmp.alignment.structure import Structure
from transcmp.alignment.texts import Texts, layouts
from transcmp.embed import Encoder, SpanEncoder
from transcmp.embed.vectors import Reading, averaged

if TYPE_CHECKING:
    from transcmp.alignment import AlignOptions, Report

_ROUNDS = 2
"""How often the lexicon is learned anew; further rounds change nothing."""
_STRETCH = 64
"""Texts that are encoded between two reports of progress."""

Beads = NDArray[np.int64]
"""Shape (beads, 4): first source segment, their number, first target segment, their number."""
_NO_BEADS: Beads = np.zeros((0, 4), np.int64)


class Judge(Evidence, Protocol):
    """Evidence that can also be asked about beads out of order."""

    def likeness(self, rows: NDArray[np.int64], columns: NDArray[np.int64], length: int = 1) -> Floats:
        """How alike single source segments and runs of ``length`` target segments are, by the first of the run; shape (rows, columns)."""
        ...

    def describe(self, beads: Beads) -> Floats:
        """Features of beads for calibration, shape (beads, features)."""
        ...

    def coverage(self, beads: Beads) -> Floats:
        """How well the sides of beads cover each other word by word, shape (beads,)."""
        ...


@dataclass(frozen=True)
class Tier:
    """Evidence of one tier, with the structure of both sides and the constants that belong to it."""

    name: str
    evidence: Judge
    structure: Structure
    constants: Constants
    related: float = 1.0
    """Probability that the documents translate each other at all."""

    @property
    def shapes(self) -> Sequence[tuple[int, int]]:
        """Those of the evidence."""
        return self.evidence.shapes

    def gains(self, first: int, last: int, left: int, right: int) -> Floats:
        """As :meth:`Evidence.gains`."""
        gains: Floats = self.evidence.gains(first, last, left, right) + self.structure.gains(first, last, left, right, self.shapes)
        return gains

    def skips(self) -> Sequence[Skips]:
        """Those of the evidence."""
        return self.evidence.skips()

    def part(self, rows: slice, columns: slice) -> Tier:
        """The segments ``rows`` and ``columns`` alone."""
        return replace(self, evidence=self.evidence.part(rows, columns), structure=self.structure.part(rows, columns))

    def merged(self, size: int, shapes: Sequence[tuple[int, int]]) -> Tier:
        """The same about each ``size`` segments as one."""
        return replace(self, evidence=self.evidence.merged(size, shapes), structure=self.structure.merged(size))

    def probabilities(self, beads: Beads) -> Floats:
        """Calibrated: that the sides of each bead translate each other. Shape (beads,)."""
        evidence = self.evidence
        chances = self.constants.calibration[self.name].probabilities(evidence.describe(beads))
        if isinstance(evidence, JointEvidence) and (unread := evidence.unread(beads)).any():
            chances[unread] = self.constants.calibration["lexical"].probabilities(evidence.words.describe(beads[unread]))
        return self.related * chances

    def judging(self, path: Sequence[Step]) -> Tier:
        """Ready to judge beads, after the final path in order."""
        evidence = self.evidence
        return replace(self, evidence=evidence.judging(path)) if isinstance(evidence, WordEvidence | JointEvidence) else self

    def weighed(self, beads: Beads, distinct: NDArray[np.bool_]) -> Tier:
        """With what all beads, those out of order too, say about the two documents as wholes; ``distinct`` are those that repeat none."""
        evidence, relation = self.evidence, self.constants.relation[self.name]
        if isinstance(evidence, WordEvidence):
            weighed = evidence.weighed(beads)
            return replace(self, evidence=weighed, related=probability(relation, relation_features(weighed)))
        tier = replace(self, evidence=evidence.weighed(beads)) if isinstance(evidence, JointEvidence) else self
        related, most = (probability(relation, found) for found in (tier.said(beads, distinct), best(int(distinct.sum()))))
        return replace(tier, related=min(1.0, related / most))  # two or three right beads are all that a short document can have

    def said(self, beads: Beads, distinct: NDArray[np.bool_]) -> Floats:
        """What all beads say about two documents as wholes, by their scores; shape (2,), see :mod:`transcmp.alignment.relation`."""
        vectors = self.evidence.vectors if isinstance(self.evidence, JointEvidence) else self.evidence
        covered = vectors.covered(beads) if isinstance(vectors, VectorEvidence) else 0.0
        return features(told(self.probabilities(beads[distinct])), covered)


def relation_features(evidence: Judge) -> Floats:
    """What a final path says about two documents as wholes by its words alone; shape (2,), see :mod:`transcmp.alignment.relation`.

    Shape (0,) for evidence that does not know.
    """
    standing = evidence.standing if isinstance(evidence, WordEvidence | JointEvidence) else None
    return np.zeros(0) if standing is None else features(standing.nats, standing.covered)


def gather(
    source: Texts,
    target: Texts,
    encoder: Encoder | None,
    options: AlignOptions,
    progress: Report | None = None,
    *,
    whole: bool = True,
    sure: Beads = _NO_BEADS,
) -> Tier:
    """What there is to go by at first sight; ``whole`` says whether each side as a whole is thought to be the other's translation.

    An encoder whose vectors do not compose reads nothing of what is ``sure``.
    """
    known, shapes = constants(), shapes_up_to(options.max_bead)
    unit: Literal["sentence", "fragment"] = "fragment" if options.unit == "fragment" else "sentence"
    mine, theirs = source.texts, target.texts
    letters = None if whole else usual_ratio(mine, theirs)
    if isinstance(encoder, SpanEncoder):
        done = _counted(progress, len(mine) + len(theirs))
        first, second = read(encoder, mine, done), read(encoder, theirs, done)
        inner = Inner(first.words, second.words, 2), Inner(first.clauses, second.clauses, 1)
        vectors = VectorEvidence(
            first.reading,
            second.reading,
            LengthModel.of(mine, theirs, letters),
            shapes,
            known.embedding,
            unit,
            inner,
            rival=known.calibration["embedding"].rival,
        )
        return Tier("embedding", vectors, layouts(source, target, known.structure["embedding"]), known)
    name = "lexical" if encoder is None else "joint"
    words = WordEvidence.first(Pair.of(mine, theirs), [shape for shape in shapes if _plain(shape)], known.words[name], letters)
    if encoder is None:
        return Tier(name, words, layouts(source, target, known.structure[name]), known)
    reads = _outside(sure[:, 0], sure[:, 1], len(mine)), _outside(sure[:, 2], sure[:, 3], len(theirs))
    done = _counted(progress, int(reads[0].sum() + reads[1].sum()))
    left, right = (_averaged(encoder, texts, read, done) for texts, read in zip((mine, theirs), reads, strict=True))
    rival = known.calibration[name].rival
    vectors = VectorEvidence(left, right, LengthModel.of(mine, theirs, letters), words.shapes, known.embedding, unit, rival=rival)
    return Tier(name, JointEvidence(words, vectors, known.joint, *reads), layouts(source, target, known.structure[name]), known)


def beads_of(steps: Sequence[Step]) -> Beads:
    """The beads of a path that have both sides."""
    beads = [(step.row - step.rows, step.rows, step.column - step.columns, step.columns) for step in steps if step.rows and step.columns]
    return np.array(beads, np.int64).reshape(-1, 4)


def _outside(firsts: NDArray[np.int64], counts: NDArray[np.int64], segments: int) -> NDArray[np.bool_]:
    """Shape (segments,): which lie in none of the runs."""
    changes = np.zeros(segments + 1, np.int64)
    np.add.at(changes, firsts, 1)
    np.add.at(changes, firsts + counts, -1)
    outside: NDArray[np.bool_] = np.cumsum(changes[:-1]) == 0
    return outside


def _averaged(encoder: Encoder, texts: Sequence[str], read: NDArray[np.bool_], done: Callable[[int], None]) -> Reading:
    """The texts to be ``read``, a stretch at a time, each one once; ``done`` is told how many more are read."""
    chosen = np.flatnonzero(read).tolist()
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts[place] for place in chosen))}
    distinct, stretches = list(numbers), [encoder.encode([])]
    for first in range(0, len(distinct), _STRETCH):
        stretches.append(encoder.encode(distinct[first : first + _STRETCH]))
        done(len(stretches[-1]))
    done(len(chosen) - len(distinct))
    found = np.concatenate(stretches)
    vectors = np.zeros((len(texts), found.shape[1]), np.float32)
    vectors[chosen] = found[[numbers[texts[place]] for place in chosen]]
    return averaged(vectors, count(texts).astype(np.float32), read)


def _counted(progress: Report | None, total: int, step: str = "reading") -> Callable[[int], None]:
    """Tells how many of all are done."""
    done = 0

    def count_up(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(step, done, total)

    return count_up


def _plain(shape: tuple[int, int]) -> bool:
    """Without vectors of spans, beads of many segments on both sides are guesswork."""
    return min(shape) == 1 or sum(shape) <= 6


def settle(tier: Tier, rows: int, columns: int, fixed: Sequence[Step] = (), progress: Report | None = None) -> tuple[Tier, list[Step]]:
    """The best path in order with the ``fixed`` beads, and the tier with what it taught; ``progress`` is told of each search."""
    evidence = tier.evidence
    done = _counted(progress, 1 + (1 if isinstance(evidence, VectorEvidence) else _ROUNDS), "aligning")
    first = replace(tier, evidence=evidence.simple()) if isinstance(evidence, VectorEvidence) else tier
    path = in_order(first, rows, columns, fixed)
    done(1)
    if isinstance(evidence, WordEvidence | JointEvidence):
        for _ in range(_ROUNDS):
            tier = replace(tier, evidence=evidence.taught(path))
            path = in_order(tier, rows, columns, fixed, path)
            done(1)
        tier = replace(tier, evidence=evidence).judging(path)
    if isinstance(evidence, VectorEvidence):
        path = in_order(replace(tier, evidence=evidence.closer()), rows, columns, fixed, path, whole=False)
        done(1)
    return tier, path


@dataclass(frozen=True)
class JointEvidence:
    """Words and lengths, and vectors of single segments, added in nats."""

    words: WordEvidence
    vectors: VectorEvidence
    weights: Joint
    source_read: NDArray[np.bool_]
    """Shape (source segments,): those that the encoder has read."""
    target_read: NDArray[np.bool_]
    """Shape (target segments,)."""

    @property
    def shapes(self) -> Sequence[tuple[int, int]]:
        """Those of both."""
        return self.words.shapes

    def gains(self, first: int, last: int, left: int, right: int) -> Floats:
        """As :meth:`Evidence.gains`."""
        # a bead of many segments is as good as its parts: the harmonic mean of both counts, 1 for 1-1
        sizes = np.array([2 * rows * columns / (rows + columns) for rows, columns in self.shapes])
        margins = self.vectors.margins(first, last, left, right, self.weights.idle) - self.weights.neutral
        gains: Floats = self.words.gains(first, last, left, right) + self.weights.weight * sizes[:, None] * margins
        return gains

    def skips(self) -> list[Skips]:
        """Those of words."""
        return self.words.skips()

    def part(self, rows: slice, columns: slice) -> JointEvidence:
        """The segments ``rows`` and ``columns`` alone."""
        return replace(
            self,
            words=self.words.part(rows, columns),
            vectors=self.vectors.part(rows, columns),
            source_read=self.source_read[rows],
            target_read=self.target_read[columns],
        )

    def merged(self, size: int, shapes: Sequence[tuple[int, int]]) -> JointEvidence:
        """The same about each ``size`` segments as one."""
        return replace(
            self,
            words=self.words.merged(size, shapes),
            vectors=self.vectors.merged(size, shapes),
            source_read=self.source_read[::size],
            target_read=self.target_read[::size],
        )

    def judging(self, path: Sequence[Step]) -> JointEvidence:
        """Taught, and ready to judge beads: see :meth:`WordEvidence.judging`."""
        return replace(self, words=self.words.judging(path))

    def weighed(self, beads: Beads) -> JointEvidence:
        """With what the final beads say of the two documents."""
        return replace(self, words=self.words.weighed(beads))

    @property
    def standing(self) -> Standing | None:
        """Of words."""
        return self.words.standing

    def unread(self, beads: Beads) -> NDArray[np.bool_]:
        """Shape (beads,): of which the encoder has not read a side's first segment, so that words alone can judge them."""
        unread: NDArray[np.bool_] = ~(self.source_read[beads[:, 0]] & self.target_read[beads[:, 2]])
        return unread

    def taught(self, path: Sequence[Step]) -> JointEvidence:
        """With a lexicon learned from a path."""
        return replace(self, words=self.words.taught(path))

    def likeness(self, rows: NDArray[np.int64], columns: NDArray[np.int64], length: int = 1) -> Floats:
        """Cosines."""
        return self.vectors.likeness(rows, columns, length)

    def coverage(self, beads: Beads) -> Floats:
        """Of words."""
        return self.words.coverage(beads)

    def describe(self, beads: Beads) -> Floats:
        """The features of words, then those of vectors."""
        return np.concatenate([self.words.describe(beads), self.vectors.describe(beads)], axis=1)
