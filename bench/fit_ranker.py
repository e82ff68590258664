"""The ranker's examples as rows of tokens, and its fit: see ``fit_quality.py``."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
import numpy as np
from fit_network import Network
from fit_text import Example

from transcmp.scoring import counterparts, features
from transcmp.scoring.coverage import cover_pairs
from transcmp.scoring.fluency import Fluency
from transcmp.scoring.quality import Origin, Packed, QualityModel, Stored, StoredFluency

DROPPED = 0.3
"""Share of hidden units left out in a step of the fit."""
STEP = 16.0
"""Rows are kept as signed bytes, this many steps a standard deviation."""


@dataclass
class Rows:
    """Token rows of all pairs on one side of the language pair: those that differ between translation and copy."""

    values: np.ndarray
    """Shape (rows, columns), int8."""
    extra: np.ndarray
    """Shape (rows, last columns), float16: those that must not be rounded."""
    sign: np.ndarray
    """1 for the translation's rows, -1 for the copy's."""
    starts: np.ndarray
    """Shape (pairs + 1,)."""

    def take(self, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Rows of some pairs as float32, their signs, and the place of their pair among ``pairs``."""
        low, high = self.starts[pairs], self.starts[pairs + 1]
        sizes = high - low
        index = np.repeat(low - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) + np.arange(sizes.sum())
        rows = np.concatenate([self.values[index].astype(np.float32) / STEP, self.extra[index].astype(np.float32)], axis=1)
        return rows, self.sign[index].astype(np.float32), np.repeat(np.arange(len(pairs)), sizes)


@dataclass
class Data:
    target: Rows
    source: Rows
    figures: np.ndarray
    """Shape (pairs, figures + 1): the translation's minus the copy's; the last is the fluency."""
    kinds: np.ndarray

    def __len__(self) -> int:
        return len(self.kinds)


class Collector:
    """Gathers the rows of one side."""

    def __init__(self, exact: int) -> None:
        self.exact = exact
        self.values: list[np.ndarray] = []
        self.extra: list[np.ndarray] = []
        self.sign: list[np.ndarray] = []
        self.sizes: list[int] = []

    def add(self, good: np.ndarray, bad: np.ndarray, deviation: np.ndarray) -> None:
        rows = np.concatenate([good, bad])
        scaled = rows[:, : -self.exact] / deviation * STEP
        self.values.append(np.clip(np.rint(scaled), -127, 127).astype(np.int8))
        self.extra.append(rows[:, -self.exact :].astype(np.float16))
        self.sign.append(np.repeat(np.array([1, -1], np.int8), [len(good), len(bad)]))
        self.sizes.append(len(rows))

    def rows(self) -> Rows:
        starts = np.concatenate([[0], np.cumsum(self.sizes)])
        return Rows(np.concatenate(self.values), np.concatenate(self.extra), np.concatenate(self.sign), starts)


def changed(good: np.ndarray, bad: np.ndarray) -> tuple[slice, slice]:
    """What is left of two runs of rows without their common beginning and end."""
    shortest = min(len(good), len(bad))
    front = np.abs(good[:shortest] - bad[:shortest]).max(axis=1) > 1e-3
    first = int(front.argmax()) if front.any() else shortest
    back = (np.abs(good[len(good) - shortest :] - bad[len(bad) - shortest :]).max(axis=1) > 1e-3)[::-1]
    last = min(int(back.argmax()) if back.any() else shortest, shortest - first)
    return slice(first, len(good) - last), slice(first, len(bad) - last)


class Builder:
    """Describes examples with the encoder's tokens."""

    def __init__(self, encoder, scale: float, fluency: StoredFluency | None) -> None:
        self.encoder, self.scale = encoder, scale
        self.fluency = fluency
        self._judge: Fluency | None = None if fluency is None else fluency.unpack()
        self.deviation: tuple[np.ndarray, np.ndarray] | None = None

    def describe(self, source: str, targets: list[str], languages: tuple[str, str]) -> list[features.PairFeatures]:
        pairs = [(source, target) for target in targets]
        reading = self.encoder.read_tokens(features.distinct(pairs))
        return features.describe(pairs, reading, cover_pairs(pairs, self.encoder, reading), self.scale, *languages)

    def figures(self, described: features.PairFeatures) -> np.ndarray:
        """The figures, and the fluency behind them."""
        fluency = 0.0 if self._judge is None else float(self._judge.judge(described.words).sum())
        return np.append(described.figures, np.float32(fluency))

    def measure(self, found: Iterable[Example]) -> None:
        """Standard deviation of every column, from some examples."""
        target, source = [], []
        for text, good, languages, _ in found:
            (described,) = self.describe(text, [good], languages)
            target.append(described.target)
            source.append(described.source)
        exact = len(features.TARGET_EXTRA), len(features.SOURCE_EXTRA)
        self.deviation = tuple(  # type: ignore[assignment]
            np.maximum(np.concatenate(rows).std(axis=0)[:-count], 1e-3) for rows, count in zip((target, source), exact, strict=True)
        )

    def build(self, found: Iterable[Example]) -> Data:
        assert self.deviation is not None
        target, source = Collector(len(features.TARGET_EXTRA)), Collector(len(features.SOURCE_EXTRA))
        figures, kinds = [], []
        for text, translation, languages, copies in found:
            good, *bad = self.describe(text, [translation, *(copy for _, copy in copies)], languages)
            for (kind, _), described in zip(copies, bad, strict=True):
                ours, theirs = changed(good.target, described.target)
                target.add(good.target[ours], described.target[theirs], self.deviation[0])
                moved = np.abs(good.source - described.source).max(axis=1) > 0.15
                source.add(good.source[moved], described.source[moved], self.deviation[1])
                figures.append(self.figures(good) - self.figures(described))
                kinds.append(kind)
        return Data(target.rows(), source.rows(), np.array(figures, np.float32), np.array(kinds))


class Ranker:
    """The model while it is being fitted."""

    def __init__(self, data: Data, hidden: int, seed: int) -> None:
        rng = np.random.default_rng(seed)
        width = [rows.values.shape[1] + rows.extra.shape[1] for rows in (data.target, data.source)]
        self.sides = [Network([(columns, hidden), (hidden,)], rng) for columns in width]
        self.figures = Network([(data.figures.shape[1],)], rng)
        self.figures.weights[0][:] = 0
        self.figures.weights[0][-1] = 0.5

    def differences(self, data: Data, pairs: np.ndarray, drop: np.random.Generator | None = None) -> tuple[np.ndarray, list]:
        """With ``drop``, hidden units are left out at random (Srivastava et al. 2014), the same ones in all rows of a pair."""
        total = data.figures[pairs] @ self.figures.weights[0]
        kept = []
        for network, rows in zip(self.sides, (data.target, data.source), strict=True):
            values, sign, place = rows.take(pairs)
            mask = None
            if drop is not None:
                alive = drop.random((len(pairs), len(network.weights[1])), dtype=np.float32) >= DROPPED
                mask = (alive.astype(np.float32) / np.float32(1 - DROPPED))[place]
            out, hidden = network.forward(values, mask)
            total = total + np.bincount(place, out * sign, len(pairs))
            kept.append((values, sign, place, hidden, mask))
        return total, kept

    def fit(self, data: Data, *, epochs: int, rate: float, decay: float, batch: int, seed: int, after=None) -> None:
        rng = np.random.default_rng(seed)
        total, done = epochs * (len(data) // batch), 0
        for epoch in range(epochs):
            order, loss, started = rng.permutation(len(data)), 0.0, time.time()
            for start in range(0, len(data) - batch + 1, batch):
                pairs = order[start : start + batch]
                difference, kept = self.differences(data, pairs, rng)
                loss += float(np.logaddexp(0, -difference).mean())
                slope = (-1 / (1 + np.exp(np.clip(difference, -50, 50))) / batch).astype(np.float32)
                now = rate * (1 - done / total) + rate / 100
                for network, (values, sign, place, hidden, mask) in zip(self.sides, kept, strict=True):
                    network.step(network.gradients(values, hidden, slope[place] * sign, mask), now, decay)
                self.figures.step([data.figures[pairs].T @ slope], now * 3, 0)
                done += 1
            print(
                f"epoch {epoch + 1}: loss {loss / (len(data) // batch):.4f}, {time.time() - started:.0f} s",
                after(self) if after else "",
                flush=True,
            )

    def parts(self, data: Data) -> np.ndarray:
        """What f, g, every figure and the fluency give the translation more than the copy; shape (pairs, figures + 3)."""
        columns = []
        for network, rows in zip(self.sides, (data.target, data.source), strict=True):
            found = []
            for start in range(0, len(data), 500):
                pairs = np.arange(start, min(start + 500, len(data)))
                values, sign, place = rows.take(pairs)
                found.append(np.bincount(place, network.forward(values)[0] * sign, len(pairs)))
            columns.append(np.concatenate(found))
        return np.column_stack([*columns, data.figures])

    def stored(self, builder: Builder, origin: Origin) -> Stored:
        hidden = []
        assert builder.deviation is not None
        for network, deviation in zip(self.sides, builder.deviation, strict=True):
            weights = network.weights[0].copy()
            weights[: len(deviation)] /= deviation[:, None]
            hidden.append(Packed.pack(weights))
        return Stored(
            schema="transcmp/quality-model/1",
            encoder=builder.encoder.name,
            encoder_version=builder.encoder.version,
            origin=origin,
            scale=builder.scale,
            target=hidden[0],
            target_out=tuple(float(f"{value:.5g}") for value in self.sides[0].weights[1]),
            source=hidden[1],
            source_out=tuple(float(f"{value:.5g}") for value in self.sides[1].weights[1]),
            figures={name: float(f"{value:.5g}") for name, value in zip(features.FIGURES, self.figures.weights[0][:-1], strict=True)},
            fluency=scaled(builder.fluency, float(self.figures.weights[0][-1])),
        )


def scaled(fluency: StoredFluency | None, factor: float) -> StoredFluency | None:
    """The same with its output times a factor."""
    if fluency is None:
        return None
    return msgspec.structs.replace(fluency, out=tuple(float(f"{value * factor:.5g}") for value in fluency.out))


def unit_variance(encoder, texts: list[str]) -> float:
    """The factor that makes the variance of token vectors 1."""
    vectors = encoder.read_tokens(texts).vectors
    return float(f"{1 / np.sqrt((vectors**2).mean()):.6g}")


def described_by(model: QualityModel, encoder, source: str, targets: list[str], languages: tuple[str, str]) -> list[features.PairFeatures]:
    pairs = [(source, target) for target in targets]
    reading = encoder.read_tokens(features.distinct(pairs))
    covered = cover_pairs(pairs, encoder, reading, counterparts.load(encoder.name))
    return features.describe(pairs, reading, covered, model.scale, *languages)
