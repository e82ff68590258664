#!/usr/bin/env python3
"""Which words are called uncovered: the bound for each encoder, and what it finds.

    python bench/uncovered.py

On DEMETR's development part. Bound: the cover below which one in twenty content words of undamaged translations lies, on even sentences.
Odd sentences: the share of such words below the bound that is set, by source language and side; and of damaged translations, how often a
word that the damage brought in is called uncovered, and how often no word of the target is covered worse.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from difflib import SequenceMatcher

import numpy as np
from quality import DATA, LANGUAGES, demetr

from transcmp.embed import choose, e5_states
from transcmp.errors import MissingExtraError
from transcmp.evidence.cover import CONTENT, Cover, Word
from transcmp.model import Language
from transcmp.scoring.coverage import TokenEncoder, cover_pairs, uncovered_below

SHARE = 0.05
BROUGHT_IN = {
    "number": "critical_id10_numbers_replaced",
    "source word": "critical_id4_codemix",
    "name": "critical_id9_ne_replaced",
    "addition": "critical_id6_addition",
}
"""Perturbations that bring words in, by what they are called here."""


def covers(rows: list[dict], name: str, encoder: TokenEncoder) -> list[Cover]:
    pairs = [(row["src"], row[name]) for row in rows]
    return [cover for start in range(0, len(pairs), 32) for cover in cover_pairs(pairs[start : start + 32], encoder)]


def content(words: Iterable[Word]) -> list[float]:
    return [word.cover for word in words if word.weight >= CONTENT]


def changed(row: dict) -> list[tuple[int, int]]:
    """Spans of the damaged translation that the other one has not."""
    steps = SequenceMatcher(None, row["mt"], row["perturbed"], autojunk=False).get_opcodes()
    return [(start, end) for step, _, _, start, end in steps if step in ("replace", "insert")]


def touches(word: Word, spans: list[tuple[int, int]]) -> bool:
    return any(word.start < end and start < word.end for start, end in spans)


def report(encoder: TokenEncoder, rows: list[dict]) -> None:
    bound = uncovered_below(encoder.name)
    sound = list({(row["src"], row["mt"]): row for row in rows}.values())
    even = [row for row in sound if row["id"] % 2 == 0]
    shares = [share for cover in covers(even, "mt", encoder) for side in (cover.source, cover.target) for share in content(side)]
    print(f"{encoder.name}: {100 * SHARE:.0f} % of content words lie below {np.quantile(shares, SHARE):.3f}; the bound is {bound}")
    for language in LANGUAGES:
        own = covers([row for row in sound if row["id"] % 2 and row["lang"] == language], "mt", encoder)
        sides = {side: np.array([share for cover in own for share in content(getattr(cover, side))]) for side in ("source", "target")}
        below = "  ".join(f"{100 * np.mean(shares < bound):.1f} % of the {side}'s" for side, shares in sides.items())
        print(f"  undamaged, {language:8} {below} content words uncovered")
    for name, kind in BROUGHT_IN.items():
        own = [row for row in rows if row["id"] % 2 and row["pert"] == kind]
        listed, worst = [], []
        for row, cover in zip(own, covers(own, "perturbed", encoder), strict=True):
            spans = changed(row)
            told = [word for word in cover.target if word.weight >= CONTENT]
            least = min((word.cover for word in told), default=0.0)
            listed.append(any(touches(word, spans) and word.cover < bound for word in told))
            worst.append(any(touches(word, spans) and word.cover <= least for word in told))
        print(f"  brought in, {name:12} uncovered {100 * np.mean(listed):5.1f} %, the worst covered {100 * np.mean(worst):5.1f} %")


def main() -> int:
    if not DATA.is_dir():
        print("the evaluation data (../shared/data) is not on this machine: nothing measured")
        return 0
    rows = demetr()
    report(choose("use", Language("de"), Language("en")), rows)
    try:
        report(e5_states.load(), rows)
    except MissingExtraError as error:
        print(f"e5: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
