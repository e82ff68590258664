"""Damage to a translation at a known place: what the model of words without counterpart learns from (see ``fit_counterparts.py``).

Every edit puts ``text`` in the place of ``target[start:end]``. What it removes has a counterpart in the source that is *lost*; what it
brings in is *new*.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from damage_lexicon import WORD, Lexicon
from damage_words import CONJUNCTIONS, PREPOSITIONS

MARK = re.compile(r"[,;:.!?()\[\]\"“”„«»–—。、，]")


@dataclass(frozen=True)
class Edit:
    """One edit of a target."""

    kind: str
    start: int
    end: int
    text: str

    def apply(self, target: str) -> tuple[str, tuple[int, int]]:
        """The damaged target, and the span of what came in."""
        start, end = self.start, self.end
        if not self.text and (start == 0 or target[start - 1] == " ") and target[end : end + 1] == " ":
            end += 1
        elif not self.text and start and target[start - 1] == " ":
            start -= 1
        result = target[:start] + self.text + target[end:]
        if start == 0 and not self.text and target[:1].isupper():
            result = result[:1].upper() + result[1:]
        return result, (start, start + len(self.text))


class Material:
    """What edits of one language draw on."""

    def __init__(self, lexicon: Lexicon, texts: Sequence[str]) -> None:
        self.lexicon = lexicon
        self.starts = frozenset(PREPOSITIONS.get(lexicon.base, ()))
        self.stops = self.starts | frozenset(CONJUNCTIONS.get(lexicon.base, ()))
        self.glue = "" if lexicon.base in ("ja", "zh") else " "
        self.names = sorted({name for text in texts for name in (text[a:b] for a, b in self.name_runs(text))})
        self.phrases = sorted({text[a:b] for text in texts[:4000] for a, b in self.phrase_runs(text)})
        before: dict[str, Counter[str]] = defaultdict(Counter)
        for left, found in lexicon.after.items():
            for word in found:
                before[word.lower()][left] += 1
        self.before = before
        common = lexicon.common
        self.content = [word for word in lexicon.ranked if word not in common and (len(word) > 3 or not self.glue)]

    def words(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in WORD.finditer(text)]

    def name_runs(self, text: str) -> list[tuple[int, int]]:
        """Runs of names that stand inside the sentence, or open it."""
        runs: list[tuple[int, int]] = []
        for start, end in self.words(text):
            if text[start:end] in self.lexicon.name_set:
                if runs and text[runs[-1][1] : start] == " ":
                    runs[-1] = (runs[-1][0], end)
                else:
                    runs.append((start, end))
        return runs

    def phrase_runs(self, text: str) -> list[tuple[int, int]]:
        """From a preposition to the next one, conjunction or mark: two to six words."""
        spans = self.words(text)
        runs = []
        for first in range(len(spans)):
            if text[slice(*spans[first])].lower() not in self.starts:
                continue
            last = first
            while last + 1 < len(spans) and last - first < 6:
                gap = text[spans[last][1] : spans[last + 1][0]]
                if MARK.search(gap) or (text[slice(*spans[last + 1])].lower() in self.stops and last > first):
                    break
                last += 1
            if 1 <= last - first <= 5:
                runs.append((spans[first][0], spans[last][1]))
        return runs


def drop_phrase(target: str, rng: random.Random, material: Material) -> Edit | None:
    runs = material.phrase_runs(target)
    if not runs:
        spans = material.words(target)
        if material.starts or len(spans) < 6:
            return None
        first = rng.randrange(len(spans) - 3)
        runs = [(spans[first][0], spans[first + rng.randint(1, 3)][1])]
    start, end = rng.choice(runs)
    return Edit("drop-phrase", start, end, "") if end - start < 0.7 * len(target) else None


def drop_words(target: str, rng: random.Random, material: Material) -> Edit | None:
    spans = material.words(target)
    if len(spans) < 6:
        return None
    first = rng.randrange(len(spans) - 2)
    last = min(len(spans) - 1, first + rng.randint(1, 4))
    for place in range(first, last):
        if MARK.search(target[spans[place][1] : spans[place + 1][0]]):
            last = place
            break
    return Edit("drop-words", spans[first][0], spans[last][1], "") if last > first else None


def drop_word(target: str, rng: random.Random, material: Material) -> Edit | None:
    common = material.lexicon.common
    spans = [span for span in material.words(target) if target[slice(*span)].lower() not in common and span[1] - span[0] > 3]
    return Edit("drop-word", *rng.choice(spans), "") if spans else None


def drop_name(target: str, rng: random.Random, material: Material) -> Edit | None:
    runs = material.name_runs(target)
    return Edit("drop-name", *rng.choice(runs), "") if runs else None


def replace_name(target: str, rng: random.Random, material: Material) -> Edit | None:
    runs = material.name_runs(target)
    if not runs or not material.names:
        return None
    start, end = rng.choice(runs)
    return Edit("replace-name", start, end, rng.choice(material.names))


def add_word(target: str, rng: random.Random, material: Material) -> Edit | None:
    spans = material.words(target)
    if len(spans) < 4:
        return None
    place = rng.randrange(len(spans) - 1)
    left, right = (target[slice(*spans[place + step])].lower() for step in (0, 1))
    after = material.lexicon.after.get(left, [])
    common = material.lexicon.common
    fluent = [
        word for word in after if word.lower() not in common and right in {x.lower() for x in material.lexicon.after.get(word.lower(), ())}
    ]
    loose = [word for word in after if word.lower() not in common] + [word for word in material.before.get(right, ()) if word not in common]
    choices = fluent if fluent and rng.random() < 0.5 else loose if loose and rng.random() < 0.6 else material.content
    if not choices:
        return None
    at = spans[place + 1][0]
    return Edit("add-word", at, at, rng.choice(choices) + material.glue)


def add_phrase(target: str, rng: random.Random, material: Material) -> Edit | None:
    spans = material.words(target)
    if len(spans) < 4 or not material.phrases:
        return None
    at = spans[rng.randrange(1, len(spans))][0]
    return Edit("add-phrase", at, at, rng.choice(material.phrases) + material.glue)


KINDS: dict[str, Callable[[str, random.Random, Material], Edit | None]] = {
    "drop-phrase": drop_phrase,
    "drop-words": drop_words,
    "drop-word": drop_word,
    "drop-name": drop_name,
    "replace-name": replace_name,
    "add-word": add_word,
    "add-phrase": add_phrase,
}
