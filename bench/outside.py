#!/usr/bin/env python3
"""How does quality by E5 do in languages that no model was fitted on? Ranks damaged translations from English into them.

    python bench/training_text.py FOLDER && python bench/outside.py FOLDER

The text is that of the catalogues in FOLDER, in languages that ``training_text.py`` takes no pairs from: the English side is known to the
models, the language is not, nor does the default encoder know it. The damage is that of ``damage.py``, as far as it needs no word lists of
the language. Two languages that the models do know are shown beside, by the default encoder and by both. Prints the mean over kinds of
damage of the per cent ranked right; a tie is a miss.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import damage as damages
import numpy as np
from damage_lexicon import build_lexicon
from training_text import catalogue_pairs, is_usable, prose, sentence_pairs

from transcmp.embed import choose
from transcmp.model import Language
from transcmp.scoring import score_pairs

OUTSIDE = ("cs", "sv", "fi", "lt", "uk", "el", "vi")
KNOWN = ("de", "pl")
ROWS, LEXICON, COPIES = 60, 3_000, 3
"""Pairs a language, pairs that its word list is made of, damaged copies of each pair."""

Example = tuple[str, str, list[tuple[str, str]]]
"""English, translation, damaged translations with their kinds."""


def text(folder: Path, language: str) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for name in sorted((folder / "catalogues").iterdir()):
        for source, target in catalogue_pairs(name, language):
            for one, two in zip(prose(source), prose(target), strict=False):
                found.update({a: b for a, b in sentence_pairs(one, two) if is_usable(a, b)})
    rows = sorted(found.items())
    random.Random(1).shuffle(rows)
    return rows


def damaged(rows: list[tuple[str, str]], language: str) -> Iterator[Example]:
    """The kinds of damage that come about least often first."""
    rng, lexicon = random.Random(1), build_lexicon(language, [other for _, other in rows[:LEXICON]])
    used: dict[str, int] = defaultdict(int)
    for english, other in rows[:ROWS]:
        copies = []
        for kind in sorted(damages.KINDS, key=lambda name: (used[name], rng.random())):
            copy = damages.damage(kind, other, rng, lexicon, english)
            if copy is not None and len(copies) < COPIES:
                used[kind] += 1
                copies.append((kind, copy))
        yield english, other, copies


def ranked(found: list[Example], language: str, name: str) -> tuple[float, float]:
    """Per cent ranked right by quality, and by adequacy."""
    encoder = choose(name, Language("en"), Language(language))
    pairs = [(english, target) for english, other, copies in found for target in (other, *(copy for _, copy in copies))]
    scores = dict(zip(pairs, score_pairs(pairs, encoder=encoder, source_language="en", target_language=language), strict=True))
    hits: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for english, other, copies in found:
        good = scores[english, other]
        for kind, copy in copies:
            bad = scores[english, copy]
            hits[kind].append((good.quality > bad.quality, good.adequacy > bad.adequacy))
    quality, adequacy = (100 * np.mean([np.mean(both, axis=0) for both in hits.values()], axis=0)).tolist()
    return quality, adequacy


def main() -> int:
    folder = Path(sys.argv[1])
    for language in (*OUTSIDE, *KNOWN):
        found = list(damaged(text(folder, language), language))
        count = sum(len(copies) for _, _, copies in found)
        for name in ("use", "e5") if language in KNOWN else ("e5",):
            quality, adequacy = ranked(found, language, name)
            print(f"en-{language}, {name:3}: quality {quality:.1f}, adequacy {adequacy:.1f} % of {count} pairs ranked right", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
