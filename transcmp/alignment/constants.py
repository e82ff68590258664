"""The fitted constants, from ``constants.toml`` beside this file."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray


class Embedding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How vectors become gains; in units of cosine."""

    margin: float
    """Share of a cosine's background that is taken off it."""
    length: float
    """Cost of one standard deviation in length."""
    many: float
    """Cost of a bead with two or more segments on both sides."""
    worst_words: float
    """Gain of a bead by the coverage of its worst covered segment, word by word."""
    worst_clauses: float
    """The same, clause by clause."""
    leaking_words: float
    """Cost of words that do better just outside the bead."""
    leaking_clauses: float
    """The same of clauses."""
    idle: float
    """Cost of a bead by how much more alike its sides would be without one of its outer segments."""
    skip: dict[Literal["sentence", "fragment"], Skip]
    """By unit: a sentence seldom lacks a counterpart, a block of a page often does."""


class Structure(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What structure costs, in the tier's unit."""

    kind: float
    """Each further kind of block in a bead."""
    block: float
    """Each block boundary that one side of a bead crosses and the other does not."""
    anchor: float
    """Gain of a heading with the same anchor on both sides."""


class Skip(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What it costs to leave segments without counterpart, in units of cosine."""

    first: float
    """The first of a run."""
    further: float
    """Each further one."""


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the words of a pair become gains, in nats, and what goes with them."""

    weight: float
    """Of what words say: they repeat part of what lengths say."""
    learned: float
    """Of counts that a few beads taught, where cognates have 1; those of very many have 1, too."""
    enough: float
    """So many beads have half of that advantage."""
    skip: float
    """Probability, before anything is learned, of a source segment without counterpart, and of a target segment."""
    gap: float
    """Cost of a long gap, in single skips, before its length counts."""


class Joint(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How margins of vectors join the words, in nats."""

    weight: float
    """Nats a unit of margin, for a bead of two segments."""
    neutral: float
    """Margin that speaks neither for nor against."""
    idle: float
    """Margin that a bead loses by how much more alike its sides would be without one of its outer segments."""


class Calibration(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A logistic regression from a bead's evidence to the probability that its sides translate each other (Platt 1999)."""

    intercept: float
    weights: tuple[float, ...]
    """One a feature, in the order in which the tier's evidence describes a bead."""
    rival: float = 0.0
    """Usual cosine of a span with its best rivals: stands for those that a short document does not have."""

    def probabilities(self, features: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
        """Of beads with these ``features``, shape (beads, features); shape (beads,)."""
        chances: NDArray[np.floating[Any]] = 1 / (1 + np.exp(-(self.intercept + features @ np.array(self.weights))))
        return chances


class Relation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A logistic regression from a path to the probability that two documents translate each other at all."""

    intercept: float
    nats: float
    """A hundred nats that all its words tell, or all its beads, at most 50 in size."""
    covered: float
    """The share of both sides that it covers."""


class Crossing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When two segments that are left over may be matched out of order."""

    likeness: float
    """At least so alike (cosine, or nats a token)."""
    lead: float
    """And by so much more than any other pair with one of the two."""
    probability: float
    """And with at least this calibrated probability."""
    doubt: dict[Literal["sentence", "fragment"], float]
    """By unit: beads in order with a smaller probability may be taken apart for it."""


class Match(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A logistic regression that says whether the most alike passage of a mixed document is the right one, or none is."""

    intercept: float
    likeness: float
    """Of the passage (cosine, or nats a token)."""
    lead: float
    """Over the best passage beside it."""
    logit: float
    """Log-odds of the calibrated probability, at most 8 in size."""
    coverage: float
    """Word by word."""


class Constants(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of them."""

    embedding: Embedding
    words: dict[str, Words]
    """By tier: where vectors speak too, words need not say everything."""
    joint: Joint
    structure: dict[str, Structure]
    """By tier."""
    calibration: dict[str, Calibration]
    """By tier."""
    relation: dict[str, Relation]
    """By tier; words are asked themselves, where vectors speak too the scores of beads are."""
    crossing: dict[str, Crossing]
    """By tier."""
    match: dict[str, Match]
    """By tier."""


@lru_cache(maxsize=1)
def constants() -> Constants:
    """The constants this version works with."""
    return msgspec.toml.decode(files("transcmp.alignment").joinpath("constants.toml").read_bytes(), type=Constants)
