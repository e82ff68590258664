"""Fits what the aligner's scores are calibrated with: samples of right and of wrong pairs, and logistic regressions over their features."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from alignment_data import Example, Remembered, corpora, docpairs, folds, parice, text_berg
from msgspec.structs import replace

from transcmp.alignment import AlignOptions
from transcmp.alignment.texts import Texts
from transcmp.alignment.tiers import Tier, gather, relation_features, settle
from transcmp.embed import Encoder, choose

WEIGHTS = {"gold": 0.65, "shifted": 0.07, "rival": 0.07, "unrelated": 0.105, "replaced": 0.105}
"""Share of each kind of pair in the fit. Most beads that an aligner makes are right; with wrong pairs as half of all, scores say too little
of them (bench/quality.py)."""
RELATED = {"gold": 0.65, "shifted": 0.105, "rival": 0.105, "unrelated": 0.0, "replaced": 0.14}
"""The same where unrelated documents are told apart as wholes."""
SIZES = (3, 10, 1000)
"""Beads of the documents, and of beginnings of them, on which is learned what unrelated documents look like."""
BELONG = 0.95
"""Share of related documents among those that are aligned: who aligns two of them mostly knows that they belong together."""
RIDGE = 0.5
PAGES = 40
"""Pages of docpairs that are used, of all languages."""
ENCODERS = {"embedding": "use", "lexical": "lexical", "joint": "e5"}
COSINE = {"embedding": 0, "joint": 3}
"""Place of a bead's cosine among its features; its margin over rivals is the next one."""


@dataclass(frozen=True)
class Sample:
    """Features of some pairs of one document."""

    document: str
    kind: str
    features: np.ndarray
    related: np.ndarray
    """Features of the two documents as wholes; empty for tiers that do not look at them."""


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


def encoder_of(tier: str, example: Example, remembered: dict[str, Remembered]) -> Encoder | None:
    found = choose(ENCODERS[tier], example.source.language, example.target.language)
    return remembered.setdefault(tier, Remembered(found)) if tier == "joint" and found is not None else found


_KNOWN: dict[str, Remembered] = {}


def prepared(tier: str, source: Texts, target: Texts, example: Example) -> tuple[Tier, np.ndarray]:
    """Evidence as it stands after the search, and the beads that the search found."""
    known = gather(source, target, encoder_of(tier, example, _KNOWN), AlignOptions(unit=example.unit))
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
            if _project(other) != _project(example) and one.language == example.target.language:
                return Texts.of(one)
    return None


def _project(example: Example) -> str:
    return example.name.split(".")[0] if example.group.startswith("docpairs") else example.group


def truly_wrong(beads: np.ndarray, gold: np.ndarray, source: Texts, target: Texts) -> np.ndarray:
    """Those beads that pair a text with something else than what gold pairs it with: pages repeat headings, list items and code."""
    right = {_texts_of(bead, source, target) for bead in gold}
    kept = [number for number, bead in enumerate(beads) if _texts_of(bead, source, target) not in right]
    return beads[np.array(kept, np.int64)]


def _texts_of(bead: np.ndarray, source: Texts, target: Texts) -> tuple[str, str]:
    row, rows, column, columns = bead.tolist()
    spans = source.segments[row : row + rows], target.segments[column : column + columns]
    mine, theirs = (" ".join(segment.text for segment in span).casefold() for span in spans)
    return mine, theirs


def samples(tier: str, found: list[Example]) -> Iterator[Sample]:
    random = np.random.default_rng(7)
    for number, example in enumerate(found):
        source, target = Texts.of(example.source), Texts.of(example.target)
        settled, _ = prepared(tier, source, target, example)
        gold = gold_beads(example, source, target)
        if not len(gold):
            continue
        for kind, beads in (
            ("gold", gold),
            ("shifted", truly_wrong(shifted(gold, len(target.segments), random), gold, source, target)),
            ("rival", truly_wrong(rivals(settled, gold, len(target.segments)), gold, source, target)),
        ):
            yield Sample(example.name, kind, settled.evidence.describe(beads), relation_features(settled.evidence))
        other = stranger(example, found[number:] + found[:number])
        if other is not None:
            chosen = gold[(gold[:, 3] == 1) & (random.random(len(gold)) < 0.2)]
            replaced, _ = prepared(tier, source, with_replacements(target, other, chosen[:, 2], random), example)
            yield Sample(example.name, "replaced", replaced.evidence.describe(chosen), relation_features(replaced.evidence))
            apart, beads = prepared(tier, source, other, example)
            yield Sample(example.name, "unrelated", apart.evidence.describe(beads), relation_features(apart.evidence))


def relations(found: list[Example]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Features of documents as wholes, and of beginnings of them, with their translation and with a stranger; 1 or 0; their names."""
    rows, right, names = [], [], []
    for number, example in enumerate(found):
        whole = Texts.of(example.source), Texts.of(example.target)
        other = stranger(example, found[number:] + found[:number])
        for size in SIZES:
            beads = [(mine, theirs) for mine, theirs in example.gold if mine and theirs][:size]
            source, target = beginning(whole[0], [mine for mine, _ in beads]), beginning(whole[1], [theirs for _, theirs in beads])
            for related, texts in ((1.0, target), (0.0, other)):
                if texts is not None and source.segments and texts.segments:
                    cut = Texts(texts.side, texts.segments[: len(target.segments)])
                    settled, _ = prepared("lexical", source, cut, example)
                    rows.append(relation_features(settled.evidence))
                    right.append(related)
                    names.append(example.name)
    return np.stack(rows), np.array(right), names


def beginning(texts: Texts, spans: list[tuple[int, ...]]) -> Texts:
    """The segments up to the last of some spans of segment ids."""
    return Texts(texts.side, texts.segments[: texts.position(max(span[-1] for span in spans)) + 1])


def stacked(chosen: list[Sample], shares: dict[str, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, whether right, and weights."""
    totals = {kind: sum(len(sample.features) for sample in chosen if sample.kind == kind) for kind in shares}
    features = np.concatenate([sample.features for sample in chosen])
    right = np.concatenate([np.full(len(sample.features), float(sample.kind == "gold")) for sample in chosen])
    weights = np.concatenate([np.full(len(sample.features), shares[sample.kind] / max(1, totals[sample.kind])) for sample in chosen])
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


@dataclass(frozen=True)
class Fit:
    """Models, intercept first, and what was measured on the halves that they were not fitted on."""

    calibration: np.ndarray
    relation: np.ndarray | None
    rival: float | None
    """Mean cosine of gold beads' rivals; None where words are all there is."""
    note: str


def fit(tier: str) -> Fit:
    """Samples, models and figures of a tier."""
    found = examples(tier)
    every = list(samples(tier, found))
    fold_of = folds(found)
    shares = RELATED if tier == "lexical" else WEIGHTS
    about = relations(found) if tier == "lexical" else None
    errors, parts = [], {kind: [] for kind in WEIGHTS}
    for held in (0, 1):
        model = logistic(*stacked([sample for sample in every if fold_of[sample.document] != held], shares))
        relation = None if about is None else _relation(about, [fold_of[name] != held for name in about[2]])
        kept = [sample for sample in every if fold_of[sample.document] == held]
        chance = [
            chances(model, sample.features) * (1.0 if relation is None else chances(relation, sample.related[None, :])) for sample in kept
        ]
        _, right, weights = stacked(kept, WEIGHTS)
        errors.append(calibration_error(np.concatenate(chance), right, weights))
        for sample, values in zip(kept, chance, strict=True):
            parts[sample.kind].append(values)
        if relation is not None and about is not None:
            mine = np.array([fold_of[name] == held for name in about[2]])
            wrong = (chances(relation, about[0][mine]) > 0.5) != (about[1][mine] > 0)
            print(f"    unrelated documents told apart: {wrong.sum()} of {mine.sum()} wrong")
    note = f"calibration error on the other half {errors[0]:.3f}, {errors[1]:.3f}"
    print(f"{tier}: {note}")
    for kind, values in parts.items():
        joined = np.concatenate(values) if values else np.zeros(1)
        low, high = np.quantile(joined, (0.05, 0.95))
        print(f"    {kind:9} {len(joined):6}  mean {joined.mean():.3f}  5% {low:.3f}  95% {high:.3f}")
    pairs = sum(len(sample.features) for sample in every)
    whole = None if about is None else _relation(about, [True] * len(about[2]))
    rival = _rival(np.concatenate([sample.features for sample in every if sample.kind == "gold"]), tier)
    return Fit(logistic(*stacked(every, shares)), whole, rival, f"{pairs} pairs of {len(fold_of)} documents; {note}")


def _rival(gold: np.ndarray, tier: str) -> float | None:
    place = COSINE.get(tier)
    return None if place is None else float((gold[:, place] - gold[:, place + 1]).mean())


def _relation(about: tuple[np.ndarray, np.ndarray, list[str]], chosen: list[bool]) -> np.ndarray:
    features, right = about[0][chosen], about[1][chosen]
    return logistic(features, right, np.where(right > 0, BELONG / right.sum(), (1 - BELONG) / (1 - right).sum()))
