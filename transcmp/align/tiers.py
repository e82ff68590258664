"""The tiers: what there is to go by, from which the rest of the aligner does not know.

``embedding`` has an encoder whose vectors compose; ``lexical`` has none; ``joint`` has words and vectors of single segments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from transcmp.align.constants import Constants, Joint, constants
from transcmp.align.embedding import VectorEvidence
from transcmp.align.kernel import Floats, Skips, Step, shapes_up_to
from transcmp.align.lengths import LengthModel, count
from transcmp.align.lexical import Pair, WordEvidence
from transcmp.align.monotone import Evidence, in_order
from transcmp.embed import Encoder, SpanEncoder
from transcmp.embed.vectors import averaged

_ROUNDS = 2
"""How often the lexicon is learned anew; further rounds change nothing."""

Beads = NDArray[np.int64]
"""Shape (beads, 4): first source segment, their number, first target segment, their number."""


class Judge(Evidence, Protocol):
    """Evidence that can also be asked about beads out of order."""

    def likeness(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Floats:
        """How alike single segments are, shape (rows, columns)."""
        ...

    def describe(self, beads: Beads) -> Floats:
        """Features of beads for calibration, shape (beads, features)."""
        ...


@dataclass(frozen=True)
class Tier:
    """Evidence with the constants that belong to it."""

    name: str
    evidence: Judge
    constants: Constants

    def probabilities(self, beads: Beads) -> Floats:
        """Calibrated: that the sides of each bead translate each other. Shape (beads,)."""
        weights = self.constants.calibration[self.name]
        logits = weights.intercept + self.evidence.describe(beads) @ np.array(weights.weights)
        chances: Floats = 1 / (1 + np.exp(-logits))
        return chances


def gather(source: Sequence[str], target: Sequence[str], encoder: Encoder | None, max_bead: int) -> Tier:
    """What there is to go by at first sight."""
    shapes = shapes_up_to(max_bead)
    if isinstance(encoder, SpanEncoder):
        lengths = LengthModel.of(source, target)
        vectors = VectorEvidence(encoder.read(source), encoder.read(target), lengths, shapes, constants())
        return Tier("embedding", vectors, constants())
    words = WordEvidence.first(Pair.of(source, target), [shape for shape in shapes if _plain(shape)])
    if encoder is None:
        return Tier("lexical", words, constants())
    readings = (averaged(encoder.encode(side), count(side).astype(np.float32)) for side in (source, target))
    lengths = LengthModel.of(source, target)
    return Tier(
        "joint", JointEvidence(words, VectorEvidence(*readings, lengths, words.shapes, constants()), constants().joint), constants()
    )


def _plain(shape: tuple[int, int]) -> bool:
    """Without vectors of spans, beads of many segments on both sides are guesswork."""
    return min(shape) == 1 or sum(shape) <= 6


def settle(tier: Tier, rows: int, columns: int) -> tuple[Tier, list[Step]]:
    """The best path in order, and the tier with what it taught."""
    evidence = tier.evidence
    path = in_order(evidence, rows, columns)
    if not isinstance(evidence, WordEvidence | JointEvidence):
        return tier, path
    taught = evidence
    for _ in range(_ROUNDS):
        taught = evidence.taught(path)
        path = in_order(taught, rows, columns, path)
    return Tier(tier.name, taught, tier.constants), path


@dataclass(frozen=True)
class JointEvidence:
    """Words and lengths, and vectors of single segments, added in nats."""

    words: WordEvidence
    vectors: VectorEvidence
    weights: Joint

    @property
    def shapes(self) -> Sequence[tuple[int, int]]:
        """Those of both."""
        return self.words.shapes

    def gains(self, first: int, last: int, left: int, right: int) -> Floats:
        """As :meth:`Evidence.gains`."""
        # a bead of many segments is as good as its parts: the harmonic mean of both counts, 1 for 1-1
        sizes = np.array([2 * rows * columns / (rows + columns) for rows, columns in self.shapes])
        margins = self.vectors.margins(first, last, left, right) - self.weights.neutral
        gains: Floats = self.words.gains(first, last, left, right) + self.weights.weight * sizes[:, None] * margins
        return gains

    def skips(self) -> list[Skips]:
        """Those of words."""
        return self.words.skips()

    def merged(self, size: int, shapes: Sequence[tuple[int, int]]) -> JointEvidence:
        """The same about each ``size`` segments as one."""
        return JointEvidence(self.words.merged(size, shapes), self.vectors.merged(size, shapes), self.weights)

    def taught(self, path: Sequence[Step]) -> JointEvidence:
        """With a lexicon learned from a path."""
        return JointEvidence(self.words.taught(path), self.vectors, self.weights)

    def likeness(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Floats:
        """Cosines."""
        return self.vectors.likeness(rows, columns)

    def describe(self, beads: Beads) -> Floats:
        """The features of words, then those of vectors."""
        return np.concatenate([self.words.describe(beads), self.vectors.describe(beads)], axis=1)
