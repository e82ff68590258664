"""The text that the score models are fitted on, read and damaged: see ``training_text.py``, ``damage.py``."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import damage as damages
import numpy as np
from damage_lexicon import Lexicon, build_lexicon

Row = tuple[str, str, str]
"""Language, English, translation."""
Example = tuple[str, str, tuple[str, str], list[tuple[str, str]]]
"""Source, target, their languages, and damaged copies of the target with their kinds."""
INTO_ENGLISH = 0.7
EASY = {"lower-all", "lower-first", "tokenise", "drop-final-mark", "ask", "other-sentence", "shuffle", "drop-ending", "drop-phrase"}
"""Kinds that are soon learned; drawn a third as often as the others."""
COPIES = 3


def read_text(folder: Path) -> list[Row]:
    lines = (folder / "pairs.tsv").read_text("utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines]
    return [row for row in rows if len(row) == 3 and len(row[1].split()) >= 6]  # type: ignore[misc]


def lexicons(rows: list[Row], encoder) -> dict[str, Lexicon]:
    by_language: dict[str, list[str]] = defaultdict(list)
    for language, english, other in rows:
        by_language["en"].append(english)
        by_language[language].append(other)
    result = {language: build_lexicon(language, texts) for language, texts in by_language.items()}
    for lexicon in result.values():
        words = [word for word in lexicon.ranked[60:] if word.isalpha() and (len(word) > 2 or lexicon.base in ("ja", "zh", "ko"))][:3000]
        vectors = np.concatenate([encoder.encode(words[i : i + 500]) for i in range(0, len(words), 500)])
        for start in range(0, len(words), 500):
            alike = vectors[start : start + 500] @ vectors.T
            for word, row in zip(words[start : start + 500], alike, strict=True):
                near = [words[i] for i in np.argsort(-row)[1:20] if words[i][:4] != word[:4] or lexicon.base in ("ja", "zh", "ko")]
                if near:
                    lexicon.neighbours[word] = near[:8]
    return result


def examples(rows: list[Row], lexicon: dict[str, Lexicon], kinds: list[str], seed: int) -> Iterator[Example]:
    """Source, translation, languages and damaged copies, each kind about equally often."""
    rng = random.Random(seed)
    used: Counter[str] = Counter()
    for language, english, other in rows:
        source, target, languages = (
            (other, english, (language, "en")) if rng.random() < INTO_ENGLISH else (english, other, ("en", language))
        )
        found: list[tuple[str, str]] = []
        for kind in sorted(kinds, key=lambda name: used[name] * (3 if name in EASY else 1) * (0.7 + 0.6 * rng.random())):
            copy = damages.damage(kind, target, rng, lexicon[languages[1]], source)
            if copy is not None:
                found.append((kind, copy))
                used[kind] += 1
            if len(found) == COPIES:
                break
        if found:
            yield source, target, languages, found


def literal(rows: list[Row], encoder, count: int) -> list[Row]:
    """The first ``count`` rows whose sides are alike, by the encoder, at least as the median of their language.

    What is damaged in the ranker's examples must be the worst of a translation: with a free one it often is not.
    """
    cosines = np.concatenate(
        [
            np.einsum("ij,ij->i", encoder.encode([row[1] for row in part]), encoder.encode([row[2] for row in part]))
            for part in (rows[start : start + 500] for start in range(0, len(rows), 500))
        ]
    )
    languages = np.array([row[0] for row in rows])
    least = {language: float(np.median(cosines[languages == language])) for language in np.unique(languages)}
    return [row for row, cosine in zip(rows, cosines, strict=True) if cosine >= least[row[0]]][:count]
