#!/usr/bin/env python3
"""Fit the quality and risk models on synthetic damage, and write ``transcmp/scoring/models/quality-use.json``.

    python bench/training_text.py FOLDER          once: the text, about a minute
    python bench/fit_quality.py FOLDER            about five minutes on one core

Every pair of the text gives its translation and damaged copies of it; the model learns to put the translation above its copies. The weights
of its parts and the risk model are fitted on text that it has not seen. ``--without KIND,..`` leaves kinds of damage out.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import damage as damages
import msgspec
import numpy as np

from transcmp.embed.use import load as load_encoder
from transcmp.scoring import features
from transcmp.scoring.coverage import cover_pairs
from transcmp.scoring.quality import Origin, Packed, QualityModel, Risk, Stored, risk_signs

MODEL = Path(__file__).parent.parent / "transcmp" / "score" / "models" / "quality-use.json"
WEIGHED, RISKED = 1_500, 1_500
"""Pairs of text behind those of the ranker, that the weights of its parts and the risk model are fitted on."""
INTO_ENGLISH = 0.7
EASY = {"lower-all", "lower-first", "tokenise", "drop-final-mark", "ask", "other-sentence", "shuffle", "drop-ending", "drop-phrase"}
"""Kinds that are soon learned; drawn a third as often as the others."""
COPIES = 3
HIDDEN = 64
DROPPED = 0.3
"""Share of hidden units left out in a step of the fit."""
NAMED = (
    "replace-number copy-source repeat drop-final-mark other-sentence replace-name drop-name negate drop-phrase add-phrase drop-start "
    "drop-ending lower-all tokenise ask"
).split()
"""Kinds of damage that have a rule, or one like it: what risk is about."""
BASE_RATE = 0.1
"""Share of pairs with a named error that risk supposes before it looks."""
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
    """Shape (pairs, figures): the translation's minus the copy's."""
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


def read_text(folder: Path) -> list[tuple[str, str, str]]:
    lines = (folder / "pairs.tsv").read_text("utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines]
    return [row for row in rows if len(row) == 3 and len(row[1].split()) >= 6]  # type: ignore[misc]


def lexicons(rows: list[tuple[str, str, str]], encoder) -> dict[str, damages.Lexicon]:
    by_language: dict[str, list[str]] = defaultdict(list)
    for language, english, other in rows:
        by_language["en"].append(english)
        by_language[language].append(other)
    result = {language: damages.build_lexicon(language, texts) for language, texts in by_language.items()}
    for lexicon in result.values():
        words = [word for word in lexicon.ranked[60:] if word.isalpha() and (len(word) > 2 or lexicon.base in ("ja", "zh", "ko"))][:3000]
        vectors = np.concatenate([encoder.encode(words[i : i + 500]) for i in range(0, len(words), 500)])
        for start in range(0, len(words), 500):
            alike = vectors[start : start + 500] @ vectors.T
            for word, row in zip(words[start : start + 500], alike, strict=True):
                near = [words[i] for i in np.argsort(-row)[1:20] if words[i][:4] != word[:4] or lexicon.base in ("ja", "zh", "ko")]
                if near:
                    lexicon.neighbours[word] = near[:8]
    return result


def examples(rows: list[tuple[str, str, str]], lexicon: dict[str, damages.Lexicon], kinds: list[str], seed: int):
    """Source, translation, languages and damaged copies, each kind about equally often."""
    rng = random.Random(seed)
    used: Counter[str] = Counter()
    for language, english, other in rows:
        source, target, languages = (
            (other, english, (language, "en")) if rng.random() < INTO_ENGLISH else (english, other, ("en", language))
        )
        found: list[tuple[str, str]] = []
        for kind in sorted(kinds, key=lambda name: used[name] * (3 if name in EASY else 1) * (0.7 + 0.6 * rng.random())):
            copy = damages.damage(kind, target, rng, lexicon[languages[1]], source)
            if copy is not None:
                found.append((kind, copy))
                used[kind] += 1
            if len(found) == COPIES:
                break
        if found:
            yield source, target, languages, found


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

    def __init__(self, encoder, scale: float) -> None:
        self.encoder, self.scale = encoder, scale
        self.deviation: tuple[np.ndarray, np.ndarray] | None = None

    def describe(self, source: str, targets: list[str], languages: tuple[str, str]) -> list[features.PairFeatures]:
        pairs = [(source, target) for target in targets]
        reading = self.encoder.read_tokens(features.distinct(pairs))
        return features.describe(pairs, reading, cover_pairs(pairs, self.encoder, reading), self.scale, *languages)

    def measure(self, found) -> None:
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

    def build(self, found) -> Data:
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
                figures.append(good.figures - described.figures)
                kinds.append(kind)
        return Data(target.rows(), source.rows(), np.array(figures, np.float32), np.array(kinds))


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


class Ranker:
    """The model while it is being fitted."""

    def __init__(self, data: Data, hidden: int, seed: int) -> None:
        rng = np.random.default_rng(seed)
        width = [rows.values.shape[1] + rows.extra.shape[1] for rows in (data.target, data.source)]
        self.sides = [Network([(columns, hidden), (hidden,)], rng) for columns in width]
        self.figures = Network([(data.figures.shape[1],)], rng)
        self.figures.weights[0][:] = 0

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

    def accuracy(self, data: Data) -> dict[str, float]:
        """Per cent ranked right by kind; a tie is a miss."""
        difference = np.concatenate([self.differences(data, np.arange(i, min(i + 500, len(data))))[0] for i in range(0, len(data), 500)])
        return {str(kind): 100 * float((difference[data.kinds == kind] > 0).mean()) for kind in np.unique(data.kinds)}

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
            figures={name: float(f"{value:.5g}") for name, value in zip(features.FIGURES, self.figures.weights[0], strict=True)},
        )


def unit_variance(encoder, texts: list[str]) -> float:
    """The factor that makes the variance of token vectors 1."""
    vectors = encoder.read_tokens(texts).vectors
    return float(f"{1 / np.sqrt((vectors**2).mean()):.6g}")


def described_by(model: QualityModel, encoder, source: str, targets: list[str], languages: tuple[str, str]) -> list[features.PairFeatures]:
    pairs = [(source, target) for target in targets]
    reading = encoder.read_tokens(features.distinct(pairs))
    return features.describe(pairs, reading, cover_pairs(pairs, encoder, reading), model.scale, *languages)


def weighed(stored: Stored, found, encoder, ridge: float = 1.0) -> Stored:
    """The model with the weights of its parts fitted again: of f, of g, and of every figure.

    Logistic regression on differences, by Newton's method, on text that f and g have not seen: on their own they are overconfident, and the
    figures get too little weight.
    """
    model = QualityModel(stored)
    rows = []
    for source, translation, languages, copies in found:
        parts = []
        for described in described_by(model, encoder, source, [translation, *(copy for _, copy in copies)], languages):
            fit = model.fit(described)
            parts.append([fit.target.sum(), fit.source.sum(), *described.figures])
        rows += [np.subtract(parts[0], part) for part in parts[1:]]
    columns = np.array(rows, np.float64)
    deviation = np.maximum(columns.std(axis=0), 1e-6)
    columns /= deviation
    weights = np.zeros(columns.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(np.clip(columns @ weights, -50, 50)))
        slope = -columns.T @ chance + ridge * weights
        step = np.linalg.solve((columns * (chance * (1 - chance))[:, None]).T @ columns + ridge * np.eye(len(weights)), slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    target, source, *figures = (weights / deviation).tolist()
    right = 100 * float((columns @ weights > 0).mean())
    print(f"weights of f {target:.3f}, of g {source:.3f}; {right:.1f} % of {len(columns)} unseen pairs ranked right", flush=True)
    return msgspec.structs.replace(
        stored,
        target_out=tuple(float(f"{value * target:.5g}") for value in stored.target_out),
        source_out=tuple(float(f"{value * source:.5g}") for value in stored.source_out),
        figures={name: float(f"{value:.5g}") for name, value in zip(features.FIGURES, figures, strict=True)},
    )


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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--without", default="", help="kinds of damage to leave out, by comma")
    parser.add_argument("--limit", type=int, default=5_000, help="pairs of text for the ranker")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ranker", type=Path, help="take the ranker of this model, and fit risk alone")
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()

    text = read_text(options.folder)
    limits = [options.limit, options.limit + WEIGHED, options.limit + WEIGHED + RISKED]
    rows, for_weights, for_risk = text[: limits[0]], text[limits[0] : limits[1]], text[limits[1] : limits[2]]
    encoder = load_encoder()
    lexicon = lexicons(rows, encoder)
    kinds = [kind for kind in damages.KINDS if kind not in options.without.split(",")]
    if options.ranker:
        stored = msgspec.json.decode(options.ranker.read_bytes(), type=Stored)
    else:
        stored = fit_ranker(rows, lexicon, encoder, kinds, options)
    stored = weighed(stored, examples(for_weights, lexicon, kinds, options.seed + 1), encoder)
    kept_apart = list(examples(for_risk, lexicon, NAMED, options.seed + 2))
    half = len(kept_apart) // 2
    model = QualityModel(stored)
    first, second = signs_of(model, encoder, kept_apart[:half]), signs_of(model, encoder, kept_apart[half:])
    print("fitted on half of the text kept apart, on the other", judge_risk(fit_risk(first), second))
    both = Signs(first.names, np.concatenate([first.values, second.values]), np.concatenate([first.damaged, second.damaged]))
    stored = msgspec.structs.replace(stored, risk=fit_risk(both))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n")
    print(f"{options.out.name}: {options.out.stat().st_size} bytes; {QualityModel(stored).signature}")
    return 0


def fit_ranker(rows, lexicon: dict[str, damages.Lexicon], encoder, kinds: list[str], options: argparse.Namespace) -> Stored:
    builder = Builder(encoder, unit_variance(encoder, [text for row in rows[:1500] for text in row[1:]]))
    builder.measure(list(examples(rows[:400], lexicon, kinds, 0)))
    started = time.time()
    train = builder.build(examples(rows, lexicon, kinds, options.seed))
    print(
        f"{len(train)} damaged pairs, {len(train.target.sign)} and {len(train.source.sign)} rows, {time.time() - started:.0f} s", flush=True
    )
    ranker = Ranker(train, HIDDEN, options.seed)
    ranker.fit(train, epochs=options.epochs, rate=1e-3, decay=0.05, batch=256, seed=options.seed)
    origin = Origin(
        script="bench/fit_quality.py",
        data="bench/training_text.py: Debian package descriptions, catalogues of Wesnoth, Freeciv, Naev",
        data_sha256=hashlib.sha256((options.folder / "pairs.tsv").read_bytes()).hexdigest(),
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        pairs=len(train),
        seed=options.seed,
        note=f"without {options.without}" if options.without else "",
    )
    return ranker.stored(builder, origin)


if __name__ == "__main__":
    raise SystemExit(main())
