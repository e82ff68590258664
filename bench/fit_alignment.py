#!/usr/bin/env python3
"""Fits the aligner's constants and writes them, with their provenance, to ``transcmp/alignment/constants.toml``.

    python bench/fit_alignment.py [--only search,words,scores,relation,crossing,matching] [--tiers embedding,lexical,joint] [--write]

search    of the default encoder's tier: see fit_alignment_search.py
words     of the searches by words, and by words and vectors of single segments: see fit_alignment_words.py
scores    a score is the probability that the two sides of a bead translate each other. It is fitted on gold beads (.65 of the weight)
          and on pairs that are wrong (the rest): shifted by a few segments, the most alike wrong one, what an aligner makes of two
          documents that have nothing to do with each other, and translations replaced in place by text from elsewhere. Where words are
          all there is, whether two documents have anything to do with each other is asked first, and of all their beads together
relation  the same question where vectors speak: by the scores of all beads together, see fit_alignment_relation.py
crossing  what may be matched out of order: see fit_alignment_crossing.py
matching  the rule that tells a counterpart from the mere nearest passage of a mixed document: on planted fragments

Documents fall into two halves, by page and within each group; each half is measured with what the other one taught. The constants that are
written come from both.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import fit_alignment_crossing
import fit_alignment_relation
import fit_alignment_words
import numpy as np
from alignment_data import ROOT, mixed
from fit_alignment_scores import ENCODERS, chances, fit, logistic
from fit_alignment_search import LINEAR, fitted

from transcmp.alignment import AlignOptions
from transcmp.alignment.constants import constants
from transcmp.alignment.mixed import logit, nearest_passages
from transcmp.alignment.texts import Texts
from transcmp.alignment.tiers import gather
from transcmp.embed import choose

CONSTANTS = ROOT / "transcmp" / "alignment" / "constants.toml"
TIERS = ("embedding", "lexical", "joint")
RELATION = ("intercept", "nats", "covered")

Section = tuple[str, Mapping[str, float | list[float]], Sequence[str]]
"""A section of the constants: its name, its values, and where they come from."""


def put(text: str, section: Section) -> str:
    """The constants with one section written anew."""
    name, values, notes = section
    lines = [f"[{name}]", *(f"# {note}" for note in notes)]
    for key, value in values.items():
        shown = f"[{', '.join(f'{one:.3f}' for one in value)}]" if isinstance(value, list) else f"{value:.3f}"
        lines.append(f"{key} = {shown}")
    block = "\n".join(lines) + "\n"
    pattern = rf"^\[{re.escape(name)}\]\n.*?(?=^\[|\Z)"
    if not re.search(pattern, text, re.DOTALL | re.MULTILINE):
        return f"{text.rstrip()}\n\n{block}"
    return re.sub(pattern, lambda _: block + "\n", text, flags=re.DOTALL | re.MULTILINE).rstrip() + "\n"


def provenance(stage: str, *notes: str) -> list[str]:
    return [f"bench/fit_alignment.py --only {stage}, {date.today()}", *notes]


def search_sections(_: Sequence[str]) -> list[Section]:
    choice, held_out = fitted()
    notes = provenance("search", "cross-validated strict/lax: " + ", ".join(held_out[:4]), ", ".join(held_out[4:]))
    print("\n".join(f"    cross-validated: {line}" for line in held_out))
    values = {"margin": constants().embedding.margin} | {name: choice[name] for name in LINEAR}
    skips = [
        (f"embedding.skip.{unit}", {"first": choice[f"{unit}.first"], "further": choice[f"{unit}.further"]}, provenance("search"))
        for unit in ("sentence", "fragment")
    ]
    return [("embedding", values, notes), *skips]


def words_sections(tiers: Sequence[str]) -> list[Section]:
    found: list[Section] = []
    for tier in (tier for tier in tiers if tier != "embedding"):
        choice, held_out = fit_alignment_words.fitted(tier)
        print("\n".join(f"    {tier}, cross-validated: {line}" for line in held_out))
        notes = provenance("words", "cross-validated strict/lax: " + ", ".join(held_out[:4]), ", ".join(held_out[4:]))
        found.append((f"words.{tier}", {name: choice[name] for name in fit_alignment_words.WORDS}, notes))
        if tier == "joint":
            values = {name: choice[key] for name, key in fit_alignment_words.JOINT.items()}
            found.append(("joint", values, provenance("words")))
    return found


def score_sections(tiers: Sequence[str]) -> list[Section]:
    found: list[Section] = []
    for tier in tiers:
        result = fit(tier)
        notes = provenance("scores", result.note)
        model = result.calibration.tolist()
        values = {"intercept": model[0], "weights": model[1:]} | ({} if result.rival is None else {"rival": result.rival})
        found.append((f"calibration.{tier}", values, notes))
        if result.relation is not None:
            found.append((f"relation.{tier}", dict(zip(RELATION, result.relation.tolist(), strict=True)), notes[:1]))
    return found


def relation_sections(tiers: Sequence[str]) -> list[Section]:
    found: list[Section] = []
    for tier in (tier for tier in tiers if tier != "lexical"):
        model, note = fit_alignment_relation.fit(tier)
        found.append((f"relation.{tier}", dict(zip(RELATION, model.tolist(), strict=True)), provenance("relation", note)))
    return found


def crossing_sections(tiers: Sequence[str]) -> list[Section]:
    found: list[Section] = []
    for tier in tiers:
        choice, held_out = fit_alignment_crossing.fitted(tier)
        print("\n".join(f"    {tier}, crossing, cross-validated: {line}" for line in held_out))
        notes = provenance("crossing", "cross-validated strict/lax: " + ", ".join(held_out[:4]), ", ".join(held_out[4:]))
        found.append((f"crossing.{tier}", {name: choice[name] for name in ("likeness", "lead", "probability")}, notes))
        doubt = {unit: choice[f"{unit}.doubt"] for unit in ("sentence", "fragment")}
        found.append((f"crossing.{tier}.doubt", doubt, provenance("crossing")))
    return found


def matching_sections(tiers: Sequence[str]) -> list[Section]:
    found: list[Section] = []
    for tier in tiers:
        features, right, halves = passages(ENCODERS[tier])
        even, hits = np.ones(len(right)) / len(right), 0
        for held in (0, 1):
            model = logistic(features[halves != held], right[halves != held], even[halves != held])
            hits += int(((chances(model, features[halves == held]) > 0.5) == (right[halves == held] > 0)).sum())
        note = f"{len(right)} planted fragments; decided rightly on the other half {hits / len(right):.3f}"
        print(f"{tier}, mixed documents: {note}")
        names = ("intercept", "likeness", "lead", "logit", "coverage")
        values = dict(zip(names, logistic(features, right, even).tolist(), strict=True))
        found.append((f"match.{tier}", values, provenance("matching", note)))
    return found


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


def main() -> int:
    stages = {
        "search": search_sections,
        "words": words_sections,
        "scores": score_sections,
        "relation": relation_sections,
        "crossing": crossing_sections,
        "matching": matching_sections,
    }
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(stages), help="stages, in this order: later ones use what earlier ones wrote")
    parser.add_argument("--tiers", default=",".join(TIERS), help="of the last four stages, and of words")
    parser.add_argument("--write", action="store_true", help="write the constants")
    asked = parser.parse_args()
    for name in asked.only.split(","):
        for section in stages[name](asked.tiers.split(",")):
            if asked.write:
                CONSTANTS.write_text(put(CONSTANTS.read_text(encoding="utf-8"), section), encoding="utf-8")
        constants.cache_clear()
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())
