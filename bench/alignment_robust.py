#!/usr/bin/env python3
"""How much the aligner's figures hang on its constants: each constant of the search is made a fifth smaller, and a fifth larger.

    python bench/alignment_robust.py [--tiers embedding,lexical,joint] [--by 0.2]

On the documents that the constants were chosen on. For each tier the strict F1 by group with the constants as they are; then, for each
changed constant, the mean over the groups, and the group that it harms most. A constant that is 0 stays 0. Crossing is
left out: of a section that moved, either copy may be the one in order, and a small change decides which (docpairs drift).
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import fit_alignment_search
import fit_alignment_words
import numpy as np
from fit_alignment_search import FOLDS, Choice, Trial

from transcmp.alignment import measure


def by_group(trial: Trial, choice: Choice) -> dict[str, float]:
    """Strict F1."""
    documents: dict[str, list] = {}
    for (group, _), found in trial.found(choice, range(FOLDS)).items():
        documents.setdefault(group, []).extend(found)
    return {group: measure(found)["strict"].f1 for group, found in documents.items()}


def table(tier: str, by: float) -> None:
    trial, choice = fit_alignment_search.trial() if tier == "embedding" else fit_alignment_words.trial(tier)
    before = by_group(trial, choice)
    print(f"{tier}: {', '.join(f'{group} {value:.3f}' for group, value in before.items())}", flush=True)
    for name, value in choice.items():
        for factor in (1 - by, 1 + by) if value else ():
            after = by_group(trial, {**choice, name: value * factor})
            group = min(before, key=lambda group: after[group] - before[group])
            mean = np.mean([after[one] - before[one] for one in before])
            print(f"  {name:18} x {factor:.1f}  mean {mean:+.4f}  worst {after[group] - before[group]:+.4f} {group}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tiers", default="embedding,lexical,joint")
    parser.add_argument("--by", type=float, default=0.2, help="share of each constant that is taken off it, and added to it")
    asked = parser.parse_args()
    for tier in asked.tiers.split(","):
        table(tier, asked.by)
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())
