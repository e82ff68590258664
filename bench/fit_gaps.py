#!/usr/bin/env python3
"""Fit the model of words that make up a phrase lost or added (``transcmp/scoring/models/gaps-use.json``).

    python bench/training_text.py FOLDER && python bench/fit_gaps.py FOLDER [--pairs 12000] [-o FILE]

As ``fit_counterparts.py``, whose networks and labels it uses, with more text, free translations among it, and with other damage: phrases
and runs of words taken away, and, into English, words put in that fit between their neighbours by the n-gram model of ``fit_phrases.py``
(drawn by how much likelier the neighbours make them than they are by themselves). It reads no evaluation set. A second run writes the same
file.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from pathlib import Path

import numpy as np
from damage_places import KINDS, Edit, Material
from fit_counterparts import CONTEXT, EMBEDDING, MODELS, SEED, Job, Pool, bereft, fit, inside, materials_of, principal, store
from fit_phrases import MODEL, Grams, read
from fit_text import Row, read_text
from training_text import PHRASES

from transcmp.embed import choose
from transcmp.model import Language
from transcmp.scoring.counterparts import WordSide, describe
from transcmp.scoring.coverage import likeness, word_sides
from transcmp.scoring.phrases import words_of
from transcmp.scoring.quality import Origin

INTO_ENGLISH, FLUENT = 0.7, 0.75
"""Shares: of pairs into English, and of their additions that the n-gram model draws."""
COMMONEST, RAREST, DRAWN, PLACES = 150, 40_000, 4000, 3
"""Ranks of words that are drawn, how many are weighed for a place, and how many places are tried for a word."""
RARITY = 0.35
"""Of a word's own log-probability, how much is taken off: common words fit anywhere."""
BATCH = 40


class Fluent:
    """Words that fit between two others."""

    def __init__(self, single: Grams, pairs: Grams, words: list[str]) -> None:
        self.words, self.single = words, single
        self.places = {word: place for place, word in enumerate(words)}
        keys = pairs.words[0] * len(words) + pairs.words[1]
        order = np.argsort(keys, kind="stable")
        self.keys, self.chances = keys[order], pairs.chance[order]
        ranked = np.argsort(-single.chance, kind="stable")[COMMONEST:RAREST]
        self.drawn = np.array([place for place in ranked.tolist() if words[place].isalpha() and len(words[place]) > 2])

    def chance(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """Log-probability of the second behind the first."""
        wanted = first * len(self.words) + second
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[place] == wanted, self.chances[place], self.single.backoff[first] + self.single.chance[second])

    def add(self, side: WordSide, rng: random.Random, generator: np.random.Generator) -> Edit | None:
        """The likeliest of some words put between neighbours of a text."""
        best: tuple[float, Edit] | None = None
        for _ in range(PLACES if len(side.spans) > 3 else 0):
            at = rng.randrange(1, len(side.spans))
            (start, end), (begin, stop) = side.spans[at - 1], side.spans[at]
            around = [self.places.get("".join(words_of(side.text[slice(*span)])), -1) for span in ((start, end), (begin, stop))]
            if begin - end != 1 or min(around) < 0:
                continue
            left, right = (np.array(place) for place in around)
            some = generator.choice(self.drawn, DRAWN)
            fits = self.chance(left, some) + self.chance(some, right) - RARITY * self.single.chance[some] - self.chance(left, right)
            drawn = int((fits + generator.gumbel(size=len(some))).argmax())
            if best is None or fits[drawn] > best[0]:
                best = float(fits[drawn]), Edit("add-fluent-word", begin, begin, self.words[some[drawn]] + " ")
        return None if best is None else best[1]


class Damage:
    """Draws edits of translations."""

    def __init__(self, materials: dict[str, Material], fluent: Fluent) -> None:
        self.materials, self.fluent = materials, fluent
        self.rng, self.generator = random.Random(SEED), np.random.default_rng(SEED)

    def edits(self, target: WordSide, language: str) -> list[Edit]:
        """At most one that adds and one that takes away."""
        rng, material = self.rng, self.materials[language]
        added = self.fluent.add(target, rng, self.generator) if language == "en" and rng.random() < FLUENT else None
        if added is None:
            added = KINDS[rng.choice(("add-word", "add-word", "add-phrase"))](target.text, rng, material)
        lost = KINDS[rng.choice(("drop-phrase", "drop-phrase", "drop-phrase", "drop-words"))](target.text, rng, material)
        return [edit for edit in (added, lost) if edit is not None]


def collect(rows: list[Row], encoder, damage: Damage) -> tuple[dict[str, Pool], np.ndarray, np.ndarray]:
    """Both pools, and the projections that their rows were made with."""
    some = word_sides(list(dict.fromkeys(text for row in rows[:1500] for text in row[1:])), encoder)
    context = principal(np.concatenate([side.unit for side in some]), CONTEXT, 6.0)
    embedded = np.concatenate([side.embedded for side in some])
    embedding = principal(embedded - embedded.mean(axis=0), EMBEDDING, 1 / (3 * float(embedded.std())))
    pools = {"source": Pool(), "target": Pool()}
    for start in range(0, len(rows), BATCH):
        jobs = list(_jobs(rows[start : start + BATCH], encoder, damage, pools, (context, embedding)))
        damaged = [job.edit.apply(job.target.text) for job in jobs]
        texts = list(dict.fromkeys(text for text, _ in damaged))
        known = dict(zip(texts, word_sides(texts, encoder), strict=True))
        for job, (text, brought) in zip(jobs, damaged, strict=True):
            if known[text].spans:
                _label(job, known[text], brought, pools, (context, embedding))
        if start % (50 * BATCH) == 0:
            print(start, f"{time.process_time():.0f} s", flush=True)
    return pools, context, embedding


def _jobs(rows: list[Row], encoder, damage: Damage, pools: dict[str, Pool], axes):
    texts = list(dict.fromkeys(text for row in rows for text in row[1:]))
    sides = dict(zip(texts, word_sides(texts, encoder), strict=True))
    for language, english, other in rows:
        into = damage.rng.random() < INTO_ENGLISH
        source, target = (sides[other], sides[english]) if into else (sides[english], sides[other])
        if not source.spans or not target.spans:
            continue
        alike = likeness(source, target)
        pools["source"].add(describe(source, target, alike, *axes), np.zeros(len(source.spans)), "undamaged")
        pools["target"].add(describe(target, source, alike.T, *axes), np.zeros(len(target.spans)), "undamaged")
        for edit in damage.edits(target, "en" if into else language):
            yield Job(source, target, alike, edit, of_source=False)


def _label(job: Job, damaged: WordSide, brought: tuple[int, int], pools: dict[str, Pool], axes) -> None:
    alike, edit = likeness(job.source, damaged), job.edit
    if edit.text:
        labels = inside(damaged, *brought)
        if labels.any():
            pools["target"].add(describe(damaged, job.source, alike.T, *axes), labels, edit.kind)
        return
    lost = bereft(job.alike, alike, inside(job.target, edit.start, edit.end))
    if lost is not None:
        pools["source"].add(describe(job.source, damaged, alike, *axes), lost, edit.kind)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=12_000)
    parser.add_argument("-o", "--output", type=Path, default=MODELS / "gaps-use.json")
    chosen = parser.parse_args()
    encoder = choose("use", Language("en"), Language("de"))
    rows = read_text(chosen.folder)
    words, single, pairs, _ = read((chosen.folder / "catalogues" / PHRASES / MODEL).read_bytes())
    pools, context, embedding = collect(rows[: chosen.pairs], encoder, Damage(materials_of(rows), Fluent(single, pairs, words)))
    count = sum(kind != "undamaged" for pool in pools.values() for kind in pool.kinds)
    origin = Origin(
        script="bench/fit_gaps.py",
        data="bench/training_text.py: Debian package descriptions, catalogues of Wesnoth, Freeciv and Naev, CMU Sphinx's n-gram model",
        data_sha256=hashlib.sha256((chosen.folder / "pairs.tsv").read_bytes()).hexdigest(),
        date=time.strftime("%Y-%m-%d"),
        pairs=count,
        seed=SEED,
    )
    store(chosen.output, encoder, origin, (context, embedding), fit(pools.pop("source")), fit(pools.pop("target")))
    print(f"{chosen.output.name}: {time.process_time():.0f} s of CPU")
    return 0


if __name__ == "__main__":
    sys.exit(main())
