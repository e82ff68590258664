#!/usr/bin/env python3
"""How does quality do in languages that DEMETR's development part does not have, and in those that no model was fitted on?

    python bench/training_text.py FOLDER && python bench/outside.py FOLDER [--only known,outside]

known: damaged translations into English from each language that the models were fitted on, of text that only the risk model has seen, by
``use``. What is measured on DEMETR with four languages can be compared with the rest here.

outside: from English into languages that no model was fitted on, and from them into English, by E5. The text is that of the catalogues in
FOLDER, in languages that ``training_text.py`` takes no pairs from: the English side is known to the models, the language is not, nor does
the default encoder know it. Two languages that the models do know are shown beside, by the default encoder and by both.

The damage is that of ``damage.py``, as far as it needs no word lists of the language. Prints the mean over kinds of damage of the per cent
ranked right; a tie is a miss.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import damage as damages
import numpy as np
from damage_lexicon import build_lexicon
from fit_quality import parts_of
from fit_text import read_text
from training_text import catalogue_pairs, is_usable, prose, sentence_pairs

from transcmp.embed import choose
from transcmp.model import Language
from transcmp.scoring import score_pairs

OUTSIDE = ("cs", "sv", "fi", "lt", "uk", "el", "vi")
KNOWN = ("de", "pl")
ROWS, LEXICON, COPIES = 60, 3_000, 3
"""Pairs a language, pairs that its word list is made of, damaged copies of each pair."""

Example = tuple[str, str, list[tuple[str, str]]]
"""Source, translation, damaged translations with their kinds."""


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
    """Sources and translations into the language, damaged; the kinds of damage that come about least often first."""
    rng, lexicon = random.Random(1), build_lexicon(language, [target for _, target in rows[:LEXICON]])
    used: dict[str, int] = defaultdict(int)
    for source, target in rows[:ROWS]:
        copies = []
        for kind in sorted(damages.KINDS, key=lambda name: (used[name], rng.random())):
            copy = damages.damage(kind, target, rng, lexicon, source)
            if copy is not None and len(copies) < COPIES:
                used[kind] += 1
                copies.append((kind, copy))
        yield source, target, copies


def ranked(found: list[Example], languages: tuple[str, str], name: str) -> str:
    """Per cent ranked right by quality, and by adequacy, in words."""
    encoder = choose(name, *map(Language, languages))
    pairs = [(source, target) for source, other, copies in found for target in (other, *(copy for _, copy in copies))]
    scored = score_pairs(pairs, encoder=encoder, source_language=languages[0], target_language=languages[1])
    scores = dict(zip(pairs, scored, strict=True))
    hits: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for source, other, copies in found:
        good = scores[source, other]
        for kind, copy in copies:
            bad = scores[source, copy]
            if good.quality is not None and good.adequacy is not None and bad.adequacy is not None:  # a copy of the source has no quality
                hits[kind].append((bad.quality is None or good.quality > bad.quality, good.adequacy > bad.adequacy))
    quality, adequacy = (100 * np.mean([np.mean(both, axis=0) for both in hits.values()], axis=0)).tolist()
    count = sum(map(len, hits.values()))
    return f"{'-'.join(languages)}, {name:3}: quality {quality:.1f}, adequacy {adequacy:.1f} % of {count} pairs ranked right"


def known(folder: Path) -> None:
    by_language: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for language, english, other in parts_of(read_text(folder))[2]:
        by_language[language].append((other, english))
    for language, rows in sorted(by_language.items()):
        print(ranked(list(damaged(rows, "en")), (language, "en"), "use"), flush=True)


def outside(folder: Path) -> None:
    for language in (*OUTSIDE, *KNOWN):
        rows = text(folder, language)
        for name in ("use", "e5") if language in KNOWN else ("e5",):
            print(ranked(list(damaged(rows, language)), ("en", language), name), flush=True)
            turned = [(other, english) for english, other in rows]
            print(ranked(list(damaged(turned, "en")), (language, "en"), name), flush=True)


PARTS = {"known": known, "outside": outside}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default=",".join(PARTS))
    options = parser.parse_args()
    for name in options.only.split(","):
        PARTS[name](options.folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
