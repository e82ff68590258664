#!/usr/bin/env python3
"""Fit the model of words without counterpart, lost or new (``transcmp/scoring/models/counterparts-use.json``).

    python bench/training_text.py FOLDER && python bench/fit_counterparts.py FOLDER [--pairs 5000] [-o FILE]

Text: that of ``training_text.py``, in no evaluation set. Translations are damaged at known places (``damage_places.py``). Words that an
edit brings in are new; words of the other side whose counterpart it takes away are lost, or, if it was the source that was cut, new. Both
networks are fitted word by word with logistic loss (Adam, as in ``fit_network.py``). A second run writes the same file.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import msgspec
import numpy as np
from damage_lexicon import build_lexicon
from damage_places import KINDS, Edit, Material
from fit_network import Network
from fit_text import Row, read_text

from transcmp.embed import Encoder, choose
from transcmp.model import Language
from transcmp.scoring.counterparts import Stored, WordSide, describe
from transcmp.scoring.coverage import likeness, word_sides
from transcmp.scoring.quality import Origin, Packed

MODELS = Path(__file__).resolve().parent.parent / "transcmp" / "scoring" / "models"
SEED = 5
LEXICON_TEXTS = 4000
INTO_ENGLISH = 0.65
LITERAL = 0.4
"""Share of pairs, the freest ones, that are left out: what is damaged must be the worst of a pair."""
CONTEXT, EMBEDDING, HIDDEN = 160, 80, 64
SEEN, LESS = 0.2, 0.03
"""Cover that a word must have had to be lost, and how much of it at least goes with its counterpart."""
RATE, DECAY, BATCH, EPOCHS, DROPPED, EXTRA = 2e-3, 0.02, 1024, 4, 0.2, 3.0
"""Of the fit; EXTRA is what a word without counterpart weighs."""
HELD = 12
"""One pair in so many is not fitted on."""
Fitted: TypeAlias = tuple[np.ndarray, np.ndarray]
"""A network: hidden layer, shape (columns, units), and output weights, shape (units,)."""


@dataclass
class Pool:
    """Described words with their labels: 0 fine, 1 without counterpart, -1 unknown."""

    rows: list[np.ndarray] = field(default_factory=list)
    labels: list[np.ndarray] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def add(self, rows: np.ndarray, labels: np.ndarray, kind: str) -> None:
        self.rows.append(rows.astype(np.float16))
        self.labels.append(labels.astype(np.int8))
        self.kinds.append(kind)


@dataclass(frozen=True)
class Job:
    """A translation and one edit of either side."""

    source: WordSide
    target: WordSide
    alike: np.ndarray
    edit: Edit
    of_source: bool


def literal(rows: list[Row], encoder, count: int) -> list[Row]:
    """The first rows without the freest of each language, by the encoder."""
    rows = rows[: round(count / (1 - LITERAL))]
    parts = [rows[at : at + 500] for at in range(0, len(rows), 500)]
    english, other = (np.concatenate([encoder.encode([row[side] for row in part]) for part in parts]) for side in (1, 2))
    cosines = np.einsum("ij,ij->i", english, other)
    languages = np.array([row[0] for row in rows])
    least = {language: np.quantile(cosines[languages == language], LITERAL) for language in np.unique(languages)}
    return [row for row, cosine in zip(rows, cosines, strict=True) if cosine >= least[row[0]]]


def principal(rows: np.ndarray, columns: int, scale: float) -> np.ndarray:
    """Projection to the first principal axes about the origin."""
    _, axes = np.linalg.eigh(rows.T @ rows / len(rows))
    chosen = axes[:, ::-1][:, :columns]
    return (chosen * np.sign(chosen[np.abs(chosen).argmax(axis=0), np.arange(columns)]) * scale).astype(np.float32)


def inside(side: WordSide, start: int, end: int) -> np.ndarray:
    """Which words of a side a span touches."""
    return np.array([a < end and start < b for a, b in side.spans], bool)


def bereft(before: np.ndarray, after: np.ndarray, gone: np.ndarray) -> np.ndarray | None:
    """Labels of words whose counterparts, ``gone``, were taken away; None where that left no trace. Likeness has own words as rows."""
    best, now = before.max(axis=1), after.max(axis=1, initial=0.0)
    hit = gone[before.argmax(axis=1)]
    lost = hit & (best >= SEEN) & (now < best - LESS)
    return np.where(lost, 1, np.where(hit | (best < SEEN), -1, 0)) if lost.any() else None


def edits(target: str, material: Material, rng: random.Random) -> list[Edit]:
    """Of a target: two that take something away, one or two that add."""
    found: list[Edit] = []
    for kinds, most in (
        (("drop-phrase", "drop-words", "drop-name", "replace-name", "drop-name", "replace-name"), 2),
        (("add-word", "add-phrase", "add-word"), 1 + (rng.random() < 0.3)),
    ):
        some: dict[str, Edit] = {}
        for kind in rng.sample(kinds, len(kinds)):
            edit = KINDS[kind](target, rng, material) if len(some) < most else None
            if edit is not None:
                some[kind] = edit
        found += some.values()
    return found


def collect(rows: list[Row], encoder, materials: dict[str, Material]) -> tuple[dict[str, Pool], np.ndarray, np.ndarray]:
    """Both pools, and the projections that their rows were made with."""
    rng = random.Random(SEED)
    some = word_sides(list(dict.fromkeys(text for row in rows[:1500] for text in row[1:])), encoder)
    context = principal(np.concatenate([side.unit for side in some]), CONTEXT, 6.0)
    embedded = np.concatenate([side.embedded for side in some])
    embedding = principal(embedded - embedded.mean(axis=0), EMBEDDING, 1 / (3 * float(embedded.std())))
    pools = {"source": Pool(), "target": Pool()}
    for start in range(0, len(rows), 40):
        jobs = list(_jobs(rows[start : start + 40], encoder, materials, rng, pools, (context, embedding)))
        damaged = [job.edit.apply((job.source if job.of_source else job.target).text) for job in jobs]
        texts = list(dict.fromkeys(text for text, _ in damaged))
        known = dict(zip(texts, word_sides(texts, encoder), strict=True))
        for job, (text, brought) in zip(jobs, damaged, strict=True):
            if known[text].spans:
                _label(job, known[text], brought, pools, (context, embedding))
        if start % 400 == 0:
            print(start, f"{time.process_time():.0f} s", flush=True)
    return pools, context, embedding


def _jobs(rows: list[Row], encoder, materials: dict[str, Material], rng: random.Random, pools: dict[str, Pool], axes):
    texts = list(dict.fromkeys(text for row in rows for text in row[1:]))
    sides = dict(zip(texts, word_sides(texts, encoder), strict=True))
    for language, english, other in rows:
        into = rng.random() < INTO_ENGLISH
        source, target = (sides[other], sides[english]) if into else (sides[english], sides[other])
        languages = (language, "en") if into else ("en", language)
        if not source.spans or not target.spans:
            continue
        alike = likeness(source, target)
        pools["source"].add(describe(source, target, alike, *axes), np.zeros(len(source.spans)), "undamaged")
        pools["target"].add(describe(target, source, alike.T, *axes), np.zeros(len(target.spans)), "undamaged")
        for edit in edits(target.text, materials[languages[1]], rng):
            yield Job(source, target, alike, edit, of_source=False)
        kind = rng.choice(("drop-word", "drop-word", "drop-words", "drop-phrase", "drop-name"))
        edit = KINDS[kind](source.text, rng, materials[languages[0]])
        if edit is not None:
            yield Job(source, target, alike, edit, of_source=True)


def _label(job: Job, damaged: WordSide, brought: tuple[int, int], pools: dict[str, Pool], axes) -> None:
    edit = job.edit
    if job.of_source:
        alike = likeness(damaged, job.target)
        labels = bereft(job.alike.T, alike.T, inside(job.source, edit.start, edit.end))
        if labels is not None:
            pools["target"].add(describe(job.target, damaged, alike.T, *axes), labels, f"source: {edit.kind}")
        return
    alike = likeness(job.source, damaged)
    labels = inside(damaged, *brought)
    if edit.text and labels.any():
        pools["target"].add(describe(damaged, job.source, alike.T, *axes), labels, edit.kind)
    if edit.end > edit.start:
        labels = bereft(job.alike, alike, inside(job.target, edit.start, edit.end))
        if labels is not None:
            pools["source"].add(describe(job.source, damaged, alike, *axes), labels, edit.kind)


def fit(pool: Pool) -> Fitted:
    """The network of one side; prints how well they do on unseen text."""
    rng = np.random.default_rng(SEED)
    rows, labels = np.concatenate(pool.rows), np.concatenate(pool.labels)
    owner = np.repeat(np.arange(len(pool.rows)), [len(some) for some in pool.labels])
    network = Network([(rows.shape[1], HIDDEN), (HIDDEN,)], rng)
    chosen = np.flatnonzero((labels >= 0) & (owner % HELD != 0))
    total = EPOCHS * (len(chosen) // BATCH)
    for _ in range(EPOCHS):
        rng.shuffle(chosen)
        for start in range(0, len(chosen) - BATCH + 1, BATCH):
            some = chosen[start : start + BATCH]
            batch, wanted = rows[some].astype(np.float32), labels[some] == 1
            mask = ((rng.random((len(batch), HIDDEN)) > DROPPED) / (1 - DROPPED)).astype(np.float32)
            found, hidden = network.forward(batch, mask)
            slope = (1 / (1 + np.exp(-np.clip(found, -30, 30))) - wanted) * np.where(wanted, EXTRA, 1.0) / len(batch)
            gradients = network.gradients(batch, hidden, slope.astype(np.float32), mask)
            network.step(gradients, RATE * (1 - network.steps / total), DECAY)
    report(pool, network)
    return network.weights[0], network.weights[1]


def report(pool: Pool, network: Network) -> None:
    """By kind of damage, how many texts that were not fitted on have a word above the level that one undamaged text in 50 has."""
    worst: dict[str, list[float]] = defaultdict(list)
    for rows, kind in list(zip(pool.rows, pool.kinds, strict=True))[::HELD]:
        worst[kind].append(float(network.forward(rows.astype(np.float32))[0].max()))
    level = float(np.quantile(worst["undamaged"], 0.98))
    print(f"level {level:.2f}", {kind: f"{np.mean(np.array(found) > level):.2f}" for kind, found in sorted(worst.items())}, flush=True)


def materials_of(rows: Iterable[Row]) -> dict[str, Material]:
    """What damage is made with, by language."""
    texts: dict[str, list[str]] = defaultdict(list)
    for language, english, other in rows:
        texts["en"].append(english)
        texts[language].append(other)
    return {
        language: Material(build_lexicon(language, some[: 4 * LEXICON_TEXTS]), some[:LEXICON_TEXTS]) for language, some in texts.items()
    }


def store(path: Path, encoder: Encoder, origin: Origin, axes: tuple[np.ndarray, np.ndarray], source: Fitted, target: Fitted) -> None:
    """Write the model: the axes of :func:`principal`, context and embedding, and the networks of both sides."""
    matrices = {
        "context": axes[0],
        "embedding": axes[1],
        "source": source[0],
        "source_out": source[1][:, None],
        "target": target[0],
        "target_out": target[1][:, None],
    }
    stored = Stored(
        schema="transcmp/counterparts-model/1",
        encoder=encoder.name,
        encoder_version=encoder.version,
        origin=origin,
        **{name: Packed.pack(matrix) for name, matrix in matrices.items()},
    )
    path.write_bytes(msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=5000)
    parser.add_argument("-o", "--output", type=Path, default=MODELS / "counterparts-use.json")
    chosen = parser.parse_args()
    encoder = choose("use", Language("en"), Language("de"))
    rows = read_text(chosen.folder)
    pools, context, embedding = collect(literal(rows, encoder, chosen.pairs), encoder, materials_of(rows))
    origin = Origin(
        script="bench/fit_counterparts.py",
        data="bench/training_text.py: Debian package descriptions, catalogues of Wesnoth, Freeciv and Naev; bench/damage_places.py",
        data_sha256=hashlib.sha256((chosen.folder / "pairs.tsv").read_bytes()).hexdigest(),
        date=time.strftime("%Y-%m-%d"),
        pairs=sum(kind != "undamaged" for pool in pools.values() for kind in pool.kinds),
        seed=SEED,
    )
    store(chosen.output, encoder, origin, (context, embedding), fit(pools["source"]), fit(pools["target"]))
    print(f"{chosen.output.name}: {time.process_time():.0f} s of CPU")
    return 0


if __name__ == "__main__":
    sys.exit(main())
