#!/usr/bin/env python3
"""Fits what the aligner's scores are calibrated with, and writes it to ``transcmp/alignment/constants.toml``.

    python bench/fit_alignment.py [--write]

A score is the probability that the two sides of a bead translate each other. It is fitted on gold beads (half of the weight) and on
pairs that are wrong (the other half): shifted by a few segments, the most alike wrong one, what an aligner makes of two documents that
have nothing to do with each other, and translations replaced in place by text from elsewhere. Documents are halved by a hash of their
name: each half is fitted on the other one for the figures that are printed; the constants that are written come from both.

The rule that tells a counterpart from the mere nearest passage of a mixed document is fitted on planted fragments in the same way.
"""

from __future__ import annotations

import argparse
import re
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
from alignment_data import ROOT, Example, corpora, docpairs, mixed, parice, text_berg
from msgspec.structs import replace

from transcmp.alignment import AlignOptions
from transcmp.alignment.mixed import logit, nearest_passages
from transcmp.alignment.texts import Texts
from transcmp.alignment.tiers import Tier, gather, settle
from transcmp.embed import Encoder, choose

CONSTANTS = ROOT / "transcmp" / "align" / "constants.toml"
WEIGHTS = {"gold": 0.5, "shifted": 0.1, "rival": 0.1, "unrelated": 0.15, "replaced": 0.15}
"""Share of each kind of pair in the fit."""
RIDGE = 0.5
PAGES = 40
"""Pages of docpairs that are used, of all languages."""


@dataclass(frozen=True)
class Sample:
    """Features of some pairs of one document."""

    document: str
    kind: str
    features: np.ndarray


def examples(tier: str) -> list[Example]:
    pages = [page for page in docpairs("blocks") if len(page.gold) > 20][:: 2 if tier == "embedding" else 4]
    own = [
        example
        for example in corpora()
        if tier != "embedding" or choose("auto", example.source.language, example.target.language).name == "use"
    ]
    found = [*text_berg(), *own, *islice(pages, PAGES)]
    if tier != "embedding":
        found += parice()
    if tier == "joint":
        found = [*parice(), *(example for example in found if example.group == "corpora")]
    return found


def encoder_of(tier: str, example: Example) -> Encoder | None:
    name = {"embedding": "use", "lexical": "lexical", "joint": "e5"}[tier]
    return choose(name, example.source.language, example.target.language)


def prepared(tier: str, source: Texts, target: Texts, example: Example) -> tuple[Tier, np.ndarray]:
    """Evidence as it stands after the search, and the beads that the search found."""
    known = gather(source, target, encoder_of(tier, example), AlignOptions(unit=example.unit))
    settled, path = settle(known, len(source.segments), len(target.segments))
    beads = [(step.row - step.rows, step.rows, step.column - step.columns, step.columns) for step in path if step.rows and step.columns]
    return settled, np.array(beads, np.int64).reshape(-1, 4)


def gold_beads(example: Example, source: Texts, target: Texts) -> np.ndarray:
    places = [{segment.id: place for place, segment in enumerate(texts.segments)} for texts in (source, target)]
    beads = []
    for mine, theirs in example.gold:
        if mine and theirs and len(mine) + len(theirs) <= 8 and all(n in places[0] for n in mine) and all(n in places[1] for n in theirs):
            beads.append((places[0][mine[0]], len(mine), places[1][theirs[0]], len(theirs)))
    return np.array(beads, np.int64).reshape(-1, 4)


def shifted(beads: np.ndarray, columns: int, random: np.random.Generator) -> np.ndarray:
    moved = beads.copy()
    moved[:, 2] += random.integers(1, 4, len(beads)) * beads[:, 3] * random.choice([-1, 1], len(beads))
    return moved[(moved[:, 2] >= 0) & (moved[:, 2] + moved[:, 3] <= columns)]


def rivals(tier: Tier, beads: np.ndarray, columns: int) -> np.ndarray:
    """For each 1-1 bead the most alike wrong target."""
    single = beads[(beads[:, 1] == 1) & (beads[:, 3] == 1)]
    values = tier.evidence.likeness(single[:, 0], np.arange(columns)).copy()
    values[np.arange(len(single)), single[:, 2]] = -np.inf
    wrong = single.copy()
    wrong[:, 2] = values.argmax(axis=1)
    return wrong


def with_replacements(texts: Texts, other: Texts, places: np.ndarray, random: np.random.Generator) -> Texts:
    segments = list(texts.segments)
    for place in places:
        segments[place] = replace(segments[place], text=other.segments[random.integers(len(other.segments))].text)
    return Texts(texts.side, tuple(segments))


def stranger(example: Example, others: list[Example]) -> Texts | None:
    """Text in the target's language that has nothing to do with the example: pages of one project share whole sentences."""
    for other in others:
        for one in (other.target, other.source):
            if other.group != example.group and one.language == example.target.language:
                return Texts.of(one)
    return None


def samples(tier: str, found: list[Example]) -> Iterator[Sample]:
    random = np.random.default_rng(7)
    for number, example in enumerate(found):
        source, target = Texts.of(example.source), Texts.of(example.target)
        settled, _ = prepared(tier, source, target, example)
        gold = gold_beads(example, source, target)
        if not len(gold):
            continue
        yield Sample(example.name, "gold", settled.evidence.describe(gold))
        yield Sample(example.name, "shifted", settled.evidence.describe(shifted(gold, len(target.segments), random)))
        yield Sample(example.name, "rival", settled.evidence.describe(rivals(settled, gold, len(target.segments))))
        other = stranger(example, found[number:] + found[:number])
        if other is not None:
            chosen = gold[(gold[:, 3] == 1) & (random.random(len(gold)) < 0.2)]
            replaced, _ = prepared(tier, source, with_replacements(target, other, chosen[:, 2], random), example)
            yield Sample(example.name, "replaced", replaced.evidence.describe(chosen))
            apart, beads = prepared(tier, source, other, example)
            yield Sample(example.name, "unrelated", apart.evidence.describe(beads))


def stacked(chosen: list[Sample]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, whether right, and weights."""
    totals = {kind: sum(len(sample.features) for sample in chosen if sample.kind == kind) for kind in WEIGHTS}
    features = np.concatenate([sample.features for sample in chosen])
    right = np.concatenate([np.full(len(sample.features), float(sample.kind == "gold")) for sample in chosen])
    weights = np.concatenate([np.full(len(sample.features), WEIGHTS[sample.kind] / max(1, totals[sample.kind])) for sample in chosen])
    return features, right, weights / weights.sum()


def logistic(features: np.ndarray, right: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted logistic regression by Newton's method, with a small ridge on standardised features; intercept first."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    inputs = np.column_stack([np.ones(len(features)), (features - mean) / spread])
    ridge = np.diag([0.0, *np.full(features.shape[1], RIDGE / 1000)])
    found = np.zeros(inputs.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-inputs @ found))
        slope = inputs.T @ (weights * (right - chance)) - ridge @ found
        found = found + np.linalg.solve(
            (inputs * (weights * chance * (1 - chance))[:, None]).T @ inputs + ridge + 1e-9 * np.eye(len(found)), slope
        )
    scaled = found[1:] / spread
    return np.append(found[0] - scaled @ mean, scaled)


def chances(model: np.ndarray, features: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(model[0] + features @ model[1:])))


def calibration_error(chance: np.ndarray, right: np.ndarray, weights: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error (Guo et al. 2017)."""
    place = np.minimum((chance * bins).astype(int), bins - 1)
    return float(sum(abs((weights * (right - chance))[place == number].sum()) for number in range(bins)) / weights.sum())


def half(name: str) -> int:
    """Pages that are the same in several languages fall into one half."""
    return zlib.crc32(name.split(".")[2].encode() if name.count(".") >= 2 else name.encode()) % 2


def report(tier: str, every: list[Sample]) -> np.ndarray:
    errors, parts = [], {kind: [] for kind in WEIGHTS}
    for held in (0, 1):
        model = logistic(*stacked([sample for sample in every if half(sample.document) != held]))
        kept = [sample for sample in every if half(sample.document) == held]
        features, right, weights = stacked(kept)
        errors.append(calibration_error(chances(model, features), right, weights))
        for sample in kept:
            parts[sample.kind].append(chances(model, sample.features))
    print(f"{tier}: calibration error on the other half {errors[0]:.3f}, {errors[1]:.3f}")
    for kind, values in parts.items():
        joined = np.concatenate(values) if values else np.zeros(1)
        low, high = np.quantile(joined, (0.05, 0.95))
        print(f"    {kind:9} {len(joined):6}  mean {joined.mean():.3f}  5% {low:.3f}  95% {high:.3f}")
    return logistic(*stacked(every))


def passages(encoder: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features of the nearest passages of planted fragments, whether each is the counterpart, and the half of its document."""
    rows, right, halves = [], [], []
    for number, (source, target, wanted) in enumerate((*mixed("clean"), *mixed("blocks"))):
        mine, theirs = Texts.of(source), Texts.of(target)
        tier = gather(mine, theirs, choose(encoder, source.language, target.language), AlignOptions(), whole=False)
        found, best, second = nearest_passages(tier, len(mine.segments))
        odds = np.clip(logit(tier.probabilities(found)), -8, 8)
        rows.append(np.column_stack([best, np.minimum(best - second, 1.0), odds, tier.evidence.coverage(found)]))
        right += [float(theirs.segments[place].block == block) for place, block in zip(found[:, 2], wanted, strict=True)]
        halves += [number % 2] * len(wanted)
    return np.concatenate(rows), np.array(right), np.array(halves)


def report_matching(tier: str) -> np.ndarray:
    features, right, halves = passages({"embedding": "use", "lexical": "lexical", "joint": "e5"}[tier])
    even = np.ones(len(right)) / len(right)
    hits = 0
    for held in (0, 1):
        model = logistic(features[halves != held], right[halves != held], even[halves != held])
        hits += int(((chances(model, features[halves == held]) > 0.5) == (right[halves == held] > 0)).sum())
    print(f"{tier}, mixed documents: {hits / len(right):.3f} of {len(right)} decided rightly on the other half")
    return logistic(features, right, even)


def written_matching(text: str, tier: str, model: np.ndarray) -> str:
    names = ("intercept", "likeness", "lead", "logit", "coverage")
    block = f"[match.{tier}]\n" + "".join(f"{name} = {value:.3f}\n" for name, value in zip(names, model, strict=True))
    return re.sub(rf"\[match\.{tier}\].*?(?=\n\[|\Z)", block, text, flags=re.DOTALL)


def written(text: str, tier: str, model: np.ndarray, pairs: int, documents: int) -> str:
    numbers = ", ".join(f"{weight:.3f}" for weight in model[1:])
    note = f"# fitted {date.today()} on {pairs} pairs of {documents} documents"
    block = f"[calibration.{tier}]\n{note}\nintercept = {model[0]:.3f}\nweights = [{numbers}]\n"
    return re.sub(rf"\[calibration\.{tier}\].*?\n\n", block + "\n", text, flags=re.DOTALL)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the constants")
    parser.add_argument("--matching", action="store_true", help="the rule for mixed documents instead of the scores")
    parser.add_argument("--tier", action="append", choices=["embedding", "lexical", "joint"])
    asked = parser.parse_args()
    for tier in asked.tier or ["embedding", "lexical", "joint"]:
        if asked.matching:
            model = report_matching(tier)
            if asked.write:
                CONSTANTS.write_text(written_matching(CONSTANTS.read_text(encoding="utf-8"), tier, model), encoding="utf-8")
            continue
        every = list(samples(tier, examples(tier)))
        model = report(tier, every)
        print("   ", np.round(model, 3).tolist())
        if asked.write:
            pairs, documents = sum(len(sample.features) for sample in every), len({sample.document for sample in every})
            CONSTANTS.write_text(written(CONSTANTS.read_text(encoding="utf-8"), tier, model, pairs, documents), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())
