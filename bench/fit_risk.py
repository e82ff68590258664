"""The risk model's fit: see ``fit_quality.py``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from fit_ranker import described_by

from transcmp.scoring.quality import QualityModel, Risk, risk_signs

BASE_RATE = 0.1
"""Share of pairs with a named error that risk supposes before it looks."""


@dataclass
class Signs:
    """What the risk model is fitted on."""

    names: list[str]
    values: np.ndarray
    """Shape (texts, signs)."""
    damaged: np.ndarray
    """Shape (texts,), 0 or 1."""


def signs_of(model: QualityModel, encoder, found) -> Signs:
    rows, damaged = [], []
    for source, translation, languages, copies in found:
        for label, described in enumerate(described_by(model, encoder, source, [translation, copies[0][1]], languages)):
            rows.append(risk_signs(model.fit(described), described))
            damaged.append(label)
    names = list(rows[0])
    return Signs(names, np.array([[row[name] for name in names] for row in rows]), np.array(damaged, dtype=float))


def fit_risk(signs: Signs, ridge: float = 1.0) -> Risk:
    """Logistic regression by Newton's method, the classes weighted to the base rate."""
    mean, deviation = signs.values.mean(axis=0), np.maximum(signs.values.std(axis=0), 1e-6)
    columns = np.concatenate([np.ones((len(signs.values), 1)), (signs.values - mean) / deviation], axis=1)
    share = signs.damaged.mean()
    weights = np.where(signs.damaged == 1, BASE_RATE / share, (1 - BASE_RATE) / (1 - share))
    found = np.zeros(columns.shape[1])
    penalty = np.diag([0.0, *[ridge] * len(signs.names)])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(columns @ found, -50, 50)))
        slope = columns.T @ (weights * (chance - signs.damaged)) + penalty @ found
        curve = (columns * (weights * chance * (1 - chance))[:, None]).T @ columns + penalty
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-8:
            break
    slopes = found[1:] / deviation
    rounded = {name: float(f"{value:.5g}") for name, value in zip(signs.names, slopes, strict=True)}
    return Risk(bias=float(f"{found[0] - slopes @ mean:.5g}"), weights=rounded)


def chances(risk: Risk, signs: Signs) -> np.ndarray:
    total = risk.bias + signs.values @ np.array([risk.weights[name] for name in signs.names])
    return 1 / (1 + np.exp(-np.clip(total, -50, 50)))


def judge_risk(risk: Risk, signs: Signs) -> str:
    """Area under the ROC curve and expected calibration error (Guo et al. 2017, ten bins) at the base rate."""
    chance = chances(risk, signs)
    good, bad = chance[signs.damaged == 0], chance[signs.damaged == 1]
    area = float((bad[:, None] > good[None, :]).mean() + (bad[:, None] == good[None, :]).mean() / 2)
    weights = np.where(signs.damaged == 1, BASE_RATE / signs.damaged.mean(), (1 - BASE_RATE) / (1 - signs.damaged.mean()))
    bins = np.minimum((chance * 10).astype(int), 9)
    error = sum(abs(float((weights * (signs.damaged - chance))[bins == number].sum())) for number in range(10)) / float(weights.sum())
    return f"risk: area {area:.3f}, calibration error {error:.3f}"
