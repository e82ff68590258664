#!/usr/bin/env python3
"""Fit what tells of names without counterpart (``transcmp/checks/names.json``).

    python bench/training_text.py FOLDER && python bench/fit_names.py FOLDER [--pairs 4500] [-o FILE]

Text: that of ``training_text.py``, in no evaluation set, and other rows than the model of words was fitted on. In translations a name is
replaced or left out (``damage_places.py``). Names whose cover that takes away are *lost* (*removed* where nothing came in its place), names
that came in are *new*. Three logistic regressions by Newton's method. A second run writes the same file.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from damage_places import KINDS, Edit, Material
from fit_counterparts import INTO_ENGLISH, literal, materials_of
from fit_text import Row, read_text

from transcmp.checks.gaps import without
from transcmp.checks.stray import MOST, Stray, Text, Weights, strays
from transcmp.embed import choose
from transcmp.evidence.cover import Cover
from transcmp.language import base
from transcmp.model import Language
from transcmp.scoring import covers

OUTPUT = Path(__file__).resolve().parent.parent / "transcmp" / "checks" / "names.json"
SEED = 7
SKIPPED = 20_000
"""Rows that the model of words may have been fitted on."""
GONE, KEPT = 0.15, 0.03
"""Cover that a name's words must lose at least to be lost, at most to be kept; between them nobody knows."""
TRIED, LEAST = 2, -4.0
"""Names of a side, and log-odds of each, for which it is tried how much nearer the texts come without."""
DECAY, STEPS, HELD = 1e-3, 30, 10
"""Of the regressions; one pair in HELD is not fitted on."""


@dataclass(frozen=True)
class Example:
    """A pair, damaged or not."""

    source: str
    target: str
    languages: tuple[str, str]
    edit: Edit | None
    brought: tuple[int, int]
    """Where the target has what came in."""


@dataclass
class Samples:
    """Rows of signs with labels, and the pair that each is of."""

    rows: list[dict[str, float]]
    labels: list[bool]
    owners: list[int]

    def add(self, owner: int, row: dict[str, float], label: bool) -> None:
        self.rows.append(row)
        self.labels.append(label)
        self.owners.append(owner)


def examples(rows: list[Row], materials: dict[str, Material]) -> Iterator[Example]:
    """Every pair, and up to two damaged copies behind it."""
    rng = random.Random(SEED)
    for language, english, other in rows:
        into = rng.random() < INTO_ENGLISH
        source, target = (other, english) if into else (english, other)
        languages = (language, "en") if into else ("en", language)
        yield Example(source, target, languages, None, (0, 0))
        for kind in ("replace-name", "drop-name"):
            edit = KINDS[kind](target, rng, materials[languages[1]])
            if edit is not None:
                damaged, brought = edit.apply(target)
                yield Example(source, damaged, languages, edit, brought)


def described(example: Example, cover: Cover) -> tuple[list[Stray], list[Stray]]:
    source, target = (base(Language(language)) for language in example.languages)
    return strays(Text(example.source, source, cover.source), Text(example.target, target, cover.target))


def with_gains(found: list[Example], covered: list[Cover], encoder) -> list[tuple[list[Stray], list[Stray]]]:
    """The names of every pair; those that most likely have no counterpart have their gain."""
    names = [described(example, cover) for example, cover in zip(found, covered, strict=True)]
    tried: list[tuple[Example, int, Stray, str]] = []
    for example, both in zip(found, names, strict=True):
        for side, own in enumerate(both):
            for one in own:
                one.signs["gain"] = 0.0
            for one in sorted(own, key=lambda one: -one.odds)[:TRIED]:
                if one.odds > LEAST:
                    text = (example.source, example.target)[side]
                    tried.append((example, side, one, without(text, one.name.start, one.name.end)))
    texts = list(dict.fromkeys([*(text for one in found for text in (one.source, one.target)), *(text for *_, text in tried)]))
    vectors: dict[str, np.ndarray] = {}
    for start in range(0, len(texts), 256):
        vectors |= dict(zip(texts[start : start + 256], encoder.encode(texts[start : start + 256]), strict=True))
    for example, side, one, text in tried:
        other = vectors[(example.target, example.source)[side]]
        gain = float(vectors[text] @ other - vectors[example.source] @ vectors[example.target])
        one.signs["gain"] = max(-MOST, min(MOST, gain))
    return names


def labelled(found: list[Example], covered: list[Cover], names: list[tuple[list[Stray], list[Stray]]]) -> dict[str, Samples]:
    samples = {name: Samples([], [], []) for name in ("lost", "removed", "new")}
    before: dict[int, float] = {}
    for owner, (example, cover, (ours, theirs)) in enumerate(zip(found, covered, names, strict=True)):
        if example.edit is None:
            before = {word.start: word.cover for word in cover.source}
        kinds = ["lost"] if example.edit is not None and example.edit.text else ["lost", "removed"]
        for one in ours:
            inside = [word for word in cover.source if word.start < one.name.end and one.name.start < word.end]
            fall = max((before[word.start] - word.cover for word in inside if word.start in before), default=0.0)
            if fall > GONE or fall < KEPT:
                for kind in kinds:
                    samples[kind].add(owner, one.signs, fall > GONE)
        if example.edit is None or example.edit.text:
            start, end = example.brought
            for one in theirs:
                samples["new"].add(owner, one.signs, example.edit is not None and one.name.start < end and start < one.name.end)
    return samples


def fit(name: str, samples: Samples) -> dict[str, float]:
    """Weights by sign; prints the area under ROC on pairs that were not fitted on."""
    signs = [sign for sign in samples.rows[0] if sign != "one"]
    values = np.array([[row[sign] for sign in signs] for row in samples.rows])
    wanted, held = np.array(samples.labels, float), np.array(samples.owners) % HELD == 0
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    rows = np.column_stack([np.ones(len(values)), (values - mean) / spread])
    weights, some, labels = np.zeros(rows.shape[1]), rows[~held], wanted[~held]
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-some @ weights))
        slope = some.T @ (chance - labels) / len(some) + DECAY * weights
        bend = (some * (chance * (1 - chance))[:, None]).T @ some / len(some) + DECAY * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    judged, right = rows[held] @ weights, wanted[held] == 1
    area = float(np.mean(judged[right][:, None] > judged[~right][None, :]))
    print(f"{name}: {len(rows)} names, {int(wanted.sum())} without counterpart; of unseen pairs, area under ROC {area:.4f}", flush=True)
    plain = weights[1:] / spread
    return {"one": round(float(weights[0] - plain @ mean), 4)} | {
        sign: round(float(weight), 4) for sign, weight in zip(signs, plain, strict=True)
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=4500)
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    chosen = parser.parse_args()
    encoder = choose("use", Language("en"), Language("de"))
    rows = read_text(chosen.folder)
    found = list(examples(literal(rows[SKIPPED:], encoder, chosen.pairs), materials_of(rows)))
    covered = list(covers([(one.source, one.target) for one in found], encoder=encoder))
    samples = labelled(found, covered, with_gains(found, covered, encoder))
    stored = Weights(
        schema="transcmp/name-signs/1",
        origin={
            "script": "bench/fit_names.py",
            "data": "bench/training_text.py: Debian package descriptions, catalogues of Wesnoth, Freeciv and Naev; bench/damage_places.py",
            "data_sha256": hashlib.sha256((chosen.folder / "pairs.tsv").read_bytes()).hexdigest(),
            "date": time.strftime("%Y-%m-%d"),
            "pairs": str(len(found)),
        },
        **{name: fit(name, some) for name, some in samples.items()},
    )
    chosen.output.write_bytes(msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n")
    print(f"{chosen.output.name}: {time.process_time():.0f} s of CPU")
    return 0


if __name__ == "__main__":
    sys.exit(main())
