"""The fitted constants, from ``constants.toml`` beside this file."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import msgspec
from msgspec import Struct


class Embedding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How vectors become gains; in units of cosine."""

    margin: float
    """Share of a cosine's background that is taken off it."""
    length: float
    """Cost of one standard deviation in length."""
    many: float
    """Cost of a bead with two or more segments on both sides."""
    open_skip: float
    """Cost of the first segment without counterpart in a run."""
    extend_skip: float
    """Cost of each further one."""


class Calibration(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A logistic regression from a bead's evidence to the probability that its sides translate each other (Platt 1999)."""

    intercept: float
    cosine: float
    """Of the composed vectors of both sides."""
    margin: float
    """The cosine less those of rivals nearby."""
    length: float
    """Deviation from the expected length, in standard deviations."""


class Crossing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When two segments that are left over may be matched out of order."""

    cosine: float
    """At least so alike."""
    lead: float
    """And by so much more than any other pair with one of the two."""
    probability: float
    """And with at least this calibrated probability."""


class Constants(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of them."""

    embedding: Embedding
    calibration: dict[str, Calibration]
    """By tier."""
    crossing: Crossing


@lru_cache(maxsize=1)
def constants() -> Constants:
    """The constants this version works with."""
    return msgspec.toml.decode(files("transcmp.align").joinpath("constants.toml").read_bytes(), type=Constants)
