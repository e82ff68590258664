"""The fluency network's fit: sentences against damaged copies of them, in all languages at once. See ``fit_quality.py``."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import damage as damages
import numpy as np
from damage_lexicon import Lexicon
from fit_network import Network
from fit_text import INTO_ENGLISH, Row

from transcmp.scoring.fluency import REACH
from transcmp.scoring.quality import Packed, StoredFluency

COLUMNS, HIDDEN = 128, 128
DROPPED = 0.2
"""Share of hidden units left out in a step of the fit."""
COPIES = 3
BATCH, EPOCHS, RATE, DECAY = 256, 3, 1e-3, 0.05
KINDS = (
    "drop-content drop-function drop-conjunction drop-phrase drop-start drop-name drop-letter drop-final-mark add-word add-phrase "
    "add-mark replace-similar replace-random replace-function replace-form replace-tense replace-pronoun replace-name negate copy-source "
    "swap repeat misspell lower-first"
).split()
"""Kinds of damage that can be heard in a few words."""
OFTEN = {"swap": 3, "replace-form": 3, "replace-tense": 2, "replace-function": 2, "drop-content": 2, "add-word": 2}


@dataclass
class Windows:
    """Tokens with their neighbours, of texts and of their damaged copies: those that differ."""

    tokens: np.ndarray
    """Shape (windows, 2 * REACH + 1), int32: rows of the table."""
    sign: np.ndarray
    """1 for the text's windows, -1 for the copy's."""
    starts: np.ndarray
    """Shape (pairs + 1,)."""
    kinds: np.ndarray


def copies(rows: Iterable[Row], english: Iterable[str], lexicon: dict[str, Lexicon], kinds: list[str], seed: int) -> Iterator[list[str]]:
    """Kind, text, damaged copy; each kind about equally often, times OFTEN."""
    rng = random.Random(seed)
    used: Counter[str] = Counter()
    texts = [("en", text, "") for text in english]
    texts += [("en", one, two) if rng.random() < 1 - INTO_ENGLISH else (language, two, one) for language, one, two in rows]
    rng.shuffle(texts)
    for language, text, source in texts:
        count = 0
        for kind in sorted(kinds, key=lambda name: used[name] / OFTEN.get(name, 1) * (0.7 + 0.6 * rng.random())):
            if kind == "copy-source" and not source:
                continue
            copy = damages.damage(kind, text, rng, lexicon[language], source)
            if copy is not None:
                used[kind] += 1
                count += 1
                yield [kind, text, copy]
                if count == COPIES:
                    break


def windows_of(found: Iterable[list[str]], encoder, outside: int, chunk: int = 4_000) -> Windows:
    """The windows that differ; ``outside`` stands beyond the ends of a text."""
    tokens, sign, sizes, kinds = [], [], [0], []
    batch: list[list[str]] = []

    def take() -> None:
        ids, bounds = encoder.token_ids([text for _, *both in batch for text in both])
        edges = np.full(REACH, outside)
        for number, (kind, *_) in enumerate(batch):
            good, bad = (
                np.lib.stride_tricks.sliding_window_view(np.concatenate([edges, ids[bounds[i] : bounds[i + 1]], edges]), 2 * REACH + 1)
                for i in (2 * number, 2 * number + 1)
            )
            size = min(len(good), len(bad))
            front = (good[:size] != bad[:size]).any(axis=1)
            first = int(front.argmax()) if front.any() else size
            back = (good[len(good) - size :] != bad[len(bad) - size :]).any(axis=1)[::-1]
            last = min(int(back.argmax()) if back.any() else size, size - first)
            good, bad = good[first : len(good) - last], bad[first : len(bad) - last]
            tokens.append(np.concatenate([good, bad]).astype(np.int32))
            sign.append(np.repeat(np.array([1, -1], np.int8), [len(good), len(bad)]))
            sizes.append(len(good) + len(bad))
            kinds.append(kind)
        batch.clear()

    for one in found:
        batch.append(one)
        if len(batch) == chunk:
            take()
    take()
    return Windows(np.concatenate(tokens), np.concatenate(sign), np.cumsum(sizes), np.array(kinds))


@dataclass
class Table:
    """Every token's embedding brought down to few columns (principal components of running text)."""

    mean: np.ndarray
    projection: np.ndarray
    """Scaled to unit variance."""
    rows: np.ndarray
    """Shape (tokens + 1, columns), float16; the last is 0 and stands for what is outside."""


def table_of(texts: list[str], encoder, size: int) -> Table:
    """Of an encoder with ``size`` tokens."""
    ids, _ = encoder.token_ids(texts)
    ids = np.random.default_rng(0).choice(ids, 20_000)
    sample = encoder.embedded(ids)
    mean = sample.mean(axis=0)
    _, _, directions = np.linalg.svd(sample - mean, full_matrices=False)
    projection = directions[:COLUMNS].T
    projection /= ((sample - mean) @ projection).std()
    rows = np.zeros((size + 1, COLUMNS), np.float16)
    for start in range(0, size, 8192):
        part = np.arange(start, min(size, start + 8192))
        rows[part] = (encoder.embedded(part) - mean) @ projection
    return Table(mean, projection.astype(np.float32), rows)


def take(windows: Windows, table: Table, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows of some pairs as float32 with a one behind them, their signs, the place of their pair among ``pairs``."""
    low, high = windows.starts[pairs], windows.starts[pairs + 1]
    sizes = high - low
    index = np.repeat(low - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) + np.arange(sizes.sum())
    width = windows.tokens.shape[1] * COLUMNS
    rows = np.ones((len(index), width + 1), np.float32)
    rows[:, :width] = table.rows[windows.tokens[index]].reshape(len(index), width)
    return rows, windows.sign[index].astype(np.float32), np.repeat(np.arange(len(pairs)), sizes)


def fit(windows: Windows, table: Table, seed: int, epochs: int = EPOCHS) -> Network:
    """Logistic loss on the difference between text and copy."""
    rng = np.random.default_rng(seed)
    network = Network([((2 * REACH + 1) * COLUMNS + 1, HIDDEN), (HIDDEN,)], rng)
    pairs = len(windows.kinds)
    total, done = epochs * (pairs // BATCH), 0
    for epoch in range(epochs):
        order, loss, started = rng.permutation(pairs), 0.0, time.process_time()
        for start in range(0, pairs - BATCH + 1, BATCH):
            rows, sign, place = take(windows, table, order[start : start + BATCH])
            alive = (rng.random((BATCH, HIDDEN), dtype=np.float32) >= DROPPED).astype(np.float32) / np.float32(1 - DROPPED)
            mask = alive[place]
            out, hidden = network.forward(rows, mask)
            difference = np.bincount(place, out * sign, BATCH)
            loss += float(np.logaddexp(0, -difference).mean())
            slope = (-1 / (1 + np.exp(np.clip(difference, -50, 50))) / BATCH).astype(np.float32)
            network.step(network.gradients(rows, hidden, slope[place] * sign, mask), RATE * (1 - done / total) + RATE / 100, DECAY)
            done += 1
        print(f"fluency, epoch {epoch + 1}: loss {loss / (pairs // BATCH):.4f}, {time.process_time() - started:.0f} s CPU", flush=True)
    return network


def differences(windows: Windows, table: Table, network: Network) -> np.ndarray:
    """What the network gives the text more than the copy; shape (pairs,)."""
    result = np.zeros(len(windows.kinds), np.float32)
    for start in range(0, len(result), 1_000):
        pairs = np.arange(start, min(len(result), start + 1_000))
        rows, sign, place = take(windows, table, pairs)
        result[pairs] = np.bincount(place, network.forward(rows)[0] * sign, len(pairs))
    return result


def without(windows: Windows, kinds: list[str]) -> Windows:
    """The windows of all other kinds of damage."""
    keep = ~np.isin(windows.kinds, kinds)
    sizes = np.diff(windows.starts)
    inside = np.repeat(keep, sizes)
    starts = np.concatenate([[0], np.cumsum(sizes[keep])])
    return Windows(windows.tokens[inside], windows.sign[inside], starts, windows.kinds[keep])


def stored(table: Table, network: Network) -> StoredFluency:
    return StoredFluency(
        tuple(float(f"{value:.5g}") for value in table.mean),
        Packed.pack(table.projection),
        Packed.pack(network.weights[0]),
        tuple(float(f"{value:.5g}") for value in network.weights[1]),
    )


def fit_fluency(
    rows: list[Row], english: list[str], lexicon: dict[str, Lexicon], encoder, kinds: list[str], seed: int
) -> tuple[StoredFluency, int]:
    """The network, and how many damaged texts it was fitted on."""
    table = table_of([text for row in rows[:3_000] for text in row[1:]] + english[:3_000], encoder, encoder.vocabulary)
    windows = windows_of(copies(rows, english, lexicon, kinds, seed), encoder, encoder.vocabulary)
    print(f"fluency: {len(windows.kinds)} damaged texts, {len(windows.sign)} windows", flush=True)
    return stored(table, fit(windows, table, seed)), len(windows.kinds)
