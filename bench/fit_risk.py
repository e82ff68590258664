"""The fits of risk, and of the probability that two texts belong together: see ``fit_quality.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from fit_ranker import described_by
from fit_text import Example

from transcmp.scoring.features import PairFeatures
from transcmp.scoring.quality import Logistic, QualityModel, pair_signs, risk_signs

BASE_RATE = 0.1
"""Share of pairs with a named error that risk supposes before it looks."""


@dataclass
class Signs:
    """What a logistic model is fitted on."""

    names: list[str]
    values: np.ndarray
    """Shape (texts, signs)."""
    labels: np.ndarray
    """Shape (texts,), 0 or 1."""


def signs_of(model: QualityModel, encoder, found: list[Example]) -> Signs:
    """Translations (0) and their damaged copies (1)."""
    return _signs(model, encoder, found, lambda described: risk_signs(model.fit(described), described), copy=1)


def pair_signs_of(model: QualityModel, encoder, found: list[Example]) -> Signs:
    """Translations (1), and copies that are texts which belong to another source (0)."""
    return _signs(model, encoder, found, pair_signs, copy=0)


def _signs(model: QualityModel, encoder, found: list[Example], look: Callable[[PairFeatures], dict[str, float]], copy: int) -> Signs:
    rows = [
        look(described)
        for source, translation, languages, copies in found
        for described in described_by(model, encoder, source, [translation, copies[0][1]], languages)
    ]
    names = list(rows[0])
    return Signs(names, np.array([[row[name] for name in names] for row in rows]), np.array([1.0 - copy, copy] * len(found)))


def fit_logistic(signs: Signs, rate: float = BASE_RATE, ridge: float = 1.0) -> Logistic:
    """Logistic regression by Newton's method, the classes weighted to the base rate."""
    mean, deviation = signs.values.mean(axis=0), np.maximum(signs.values.std(axis=0), 1e-6)
    columns = np.concatenate([np.ones((len(signs.values), 1)), (signs.values - mean) / deviation], axis=1)
    share = signs.labels.mean()
    weights = np.where(signs.labels == 1, rate / share, (1 - rate) / (1 - share))
    found = np.zeros(columns.shape[1])
    penalty = np.diag([0.0, *[ridge] * len(signs.names)])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(columns @ found, -50, 50)))
        slope = columns.T @ (weights * (chance - signs.labels)) + penalty @ found
        curve = (columns * (weights * chance * (1 - chance))[:, None]).T @ columns + penalty
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-8:
            break
    slopes = found[1:] / deviation
    rounded = {name: float(f"{value:.5g}") for name, value in zip(signs.names, slopes, strict=True)}
    return Logistic(bias=float(f"{found[0] - slopes @ mean:.5g}"), weights=rounded)


def chances(model: Logistic, signs: Signs) -> np.ndarray:
    total = model.bias + signs.values @ np.array([model.weights[name] for name in signs.names])
    return 1 / (1 + np.exp(-np.clip(total, -50, 50)))


def judge(model: Logistic, signs: Signs, rate: float = BASE_RATE) -> str:
    """Area under the ROC curve and expected calibration error (Guo et al. 2017, ten bins) at the base rate."""
    chance = chances(model, signs)
    good, bad = chance[signs.labels == 0], chance[signs.labels == 1]
    area = float((bad[:, None] > good[None, :]).mean() + (bad[:, None] == good[None, :]).mean() / 2)
    weights = np.where(signs.labels == 1, rate / signs.labels.mean(), (1 - rate) / (1 - signs.labels.mean()))
    bins = np.minimum((chance * 10).astype(int), 9)
    error = sum(abs(float((weights * (signs.labels - chance))[bins == number].sum())) for number in range(10)) / float(weights.sum())
    return f"area {area:.3f}, calibration error {error:.3f}"
