"""A small network and its steps, in NumPy."""

from __future__ import annotations

import numpy as np


class Network:
    """One hidden layer, its gradients, and Adam (Kingma and Ba 2015) with decoupled weight decay."""

    def __init__(self, shapes: list[tuple[int, ...]], rng: np.random.Generator) -> None:
        self.weights = [
            (rng.normal(0, 1 / np.sqrt(shape[0]), shape) if len(shape) == 2 else rng.normal(0, 0.1, shape)).astype(np.float32)
            for shape in shapes
        ]
        self.moments = [(np.zeros_like(weight), np.zeros_like(weight)) for weight in self.weights]
        self.steps = 0

    def forward(self, rows: np.ndarray, mask: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        hidden = np.maximum(rows @ self.weights[0], 0)
        if mask is not None:
            hidden *= mask
        return hidden @ self.weights[1], hidden

    def gradients(self, rows: np.ndarray, hidden: np.ndarray, slope: np.ndarray, mask: np.ndarray) -> list[np.ndarray]:
        inner = (slope[:, None] * self.weights[1]) * (hidden > 0) * mask
        return [rows.T @ inner, hidden.T @ slope]

    def step(self, gradients: list[np.ndarray], rate: float, decay: float) -> None:
        self.steps += 1
        for weight, (first, second), gradient in zip(self.weights, self.moments, gradients, strict=True):
            first *= 0.9
            first += 0.1 * gradient
            second *= 0.999
            second += 0.001 * gradient * gradient
            mean, square = first / (1 - 0.9**self.steps), second / (1 - 0.999**self.steps)
            weight -= rate * (mean / (np.sqrt(square) + 1e-8) + decay * weight)
