"""The quality model: a sum over tokens of how well each fits, and a few figures about the pair.

    quality = sum over target tokens of f(row) + h(window) + sum over source tokens of g(row) + weights . figures

f, g and h (:mod:`transcmp.scoring.fluency`) have one hidden layer. The model is fitted on pairs of one source's translation and a damaged
copy of it, so that the undamaged one has the higher figure (logistic loss on the difference, as in RankNet, Burges et al. 2005): whatever
both copies share cancels out. The weights of the figures, and of f, g and h among them, are fitted on text that none of these has seen. It
is for ranking translations of one source; between different sources the figure says little: risk is for that.
"""

from __future__ import annotations

import base64
import hashlib
import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

from transcmp.scoring.features import DOUBTS, FIGURES, PairFeatures
from transcmp.scoring.fluency import Fluency

Array = NDArray[np.float32]


class Packed(msgspec.Struct, frozen=True):
    """A matrix, each column as signed bytes times a factor."""

    shape: tuple[int, int]
    factors: tuple[float, ...]
    """One a column."""
    values: str
    """Bytes, row by row, in base64."""

    def unpack(self) -> Array:
        """The matrix, float32."""
        rows = np.frombuffer(base64.b64decode(self.values), np.int8).reshape(self.shape)
        result: Array = rows.astype(np.float32) * np.array(self.factors, np.float32)
        return result

    @classmethod
    def pack(cls, matrix: Array) -> Packed:
        """The nearest packed matrix; the error is at most 1/254 of a column's largest value."""
        factors = [float(f"{value:.6g}") for value in np.maximum(np.abs(matrix).max(axis=0), 1e-12) / 127]
        values = np.clip(np.rint(matrix / np.array(factors, np.float32)), -127, 127).astype(np.int8)
        rows, columns = matrix.shape
        return cls((rows, columns), tuple(factors), base64.b64encode(values.tobytes()).decode())


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a model comes from."""

    script: str
    data: str
    data_sha256: str
    date: str
    pairs: int
    """Damaged pairs it was fitted on."""
    seed: int
    note: str = ""


class StoredFluency(msgspec.Struct, frozen=True):
    """See :class:`transcmp.scoring.fluency.Fluency`."""

    mean: tuple[float, ...]
    """Of embeddings; shape (dimension,)."""
    projection: Packed
    """Shape (dimension, columns)."""
    hidden: Packed
    out: tuple[float, ...]

    def unpack(self) -> Fluency:
        """The judge."""
        mean, out = (np.array(values, np.float32) for values in (self.mean, self.out))
        return Fluency(mean, self.projection.unpack(), self.hidden.unpack(), out)


PAIR_SIGNS = ("cosine", "source cover", "target cover", "shorter", "longer", "number lost", "number new")
"""Figures that tell whether two texts belong together at all."""


class Logistic(msgspec.Struct, frozen=True, kw_only=True):
    """A logistic model of a probability."""

    bias: float
    weights: dict[str, float]

    def chance(self, signs: dict[str, float]) -> float:
        """The probability, 0..1; a sign without a weight does not count."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in signs.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A model file, ``models/*.json``."""

    schema: str
    encoder: str
    """Name of the encoder whose tokens it reads."""
    encoder_version: str
    origin: Origin
    scale: float
    target: Packed
    target_out: tuple[float, ...]
    source: Packed
    source_out: tuple[float, ...]
    figures: dict[str, float]
    fluency: StoredFluency | None = None
    """None: h is 0."""
    risk: Logistic | None = None
    """That a named error is present."""
    pair: Logistic | None = None
    """That the two texts translate each other."""
    beside: float = 0.0
    """Weight of the default encoder's quality where that encoder covers both languages: see :mod:`transcmp.scoring.judges`."""


@dataclass(frozen=True)
class Fit:
    """How well a pair fits, token by token."""

    quality: float
    target: Array
    """Shape (target tokens,): what each adds."""
    source: Array
    """Shape (source tokens,)."""
    fluency: Array
    """Shape (target tokens,)."""


class QualityModel:
    """A model, ready for use."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self.scale = stored.scale
        self.layers = (
            (stored.target.unpack(), np.array(stored.target_out, np.float32)),
            (stored.source.unpack(), np.array(stored.source_out, np.float32)),
        )
        """Of f and of g: the hidden layer, shape (columns, units), and the output's weights."""
        self.fluency = None if stored.fluency is None else stored.fluency.unpack()
        self._figures = np.array([stored.figures.get(name, 0.0) for name in FIGURES], np.float32)

    @cached_property
    def signature(self) -> str:
        """Date of the fit, and a digest of the whole model."""
        digest = hashlib.sha256(msgspec.json.encode(self.stored)).hexdigest()
        return f"quality:{self.stored.origin.date}.{digest[:8]}"

    def fit(self, features: PairFeatures) -> Fit:
        """Score one pair."""
        target, source = (
            np.maximum(rows @ hidden, 0) @ out for rows, (hidden, out) in zip((features.target, features.source), self.layers, strict=True)
        )
        fluency = np.zeros(len(target), np.float32) if self.fluency is None else self.fluency.judge(features.words)
        total = target.sum() + source.sum() + fluency.sum() + features.figures @ self._figures
        return Fit(float(total), target, source, fluency)

    def risk(self, fit: Fit, features: PairFeatures) -> float | None:
        """Probability, 0..1, that a named error is present; None where the model was stored without."""
        return None if self.stored.risk is None else self.stored.risk.chance(risk_signs(fit, features))

    def chance(self, features: PairFeatures) -> float | None:
        """Probability, 0..1, that the two texts translate each other, where half of all pairs do; None if stored without."""
        return None if self.stored.pair is None else self.stored.pair.chance(pair_signs(features))


def pair_signs(features: PairFeatures) -> dict[str, float]:
    """The figures of PAIR_SIGNS."""
    figures = dict(zip(FIGURES, features.figures.tolist(), strict=True))
    return {name: figures[name] for name in PAIR_SIGNS}


def risk_signs(fit: Fit, features: PairFeatures) -> dict[str, float]:
    """What the risk model looks at: the worst tokens of both sides, the means, the figures, and the doubts."""
    signs = {}
    for name, rows in (("target", fit.target), ("source", fit.source), ("fluency", fit.fluency)):
        ordered = np.sort(rows)
        signs[f"worst {name}"] = float(ordered[0])
        signs[f"next {name}"] = float(ordered[min(2, len(ordered) - 1)])
        signs[f"mean {name}"] = float(rows.mean())
    signs.update(zip(FIGURES, features.figures.tolist(), strict=True))
    signs.update(zip(DOUBTS, features.doubts.tolist(), strict=True))
    return signs


@lru_cache(maxsize=4)
def load(encoder: str) -> QualityModel | None:
    """The shipped model for an encoder, by its name; None where there is none."""
    resource = files("transcmp.scoring").joinpath("models", f"quality-{encoder}.json")
    if not resource.is_file():
        return None
    return QualityModel(msgspec.json.decode(resource.read_bytes(), type=Stored))
