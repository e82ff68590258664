"""What a language's training text knows about its words: counts, names, followers, forms. ``damage.py`` draws on it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from damage_words import EN_FORMS

WORD = re.compile(r"[\u4e00-\u9fff]{1,3}|[\u30a0-\u30ff]+|[\u3040-\u309f]{1,2}|[^\W_]+(?:['’-][^\W_]+)*")


@dataclass
class Lexicon:
    """What a language's training text knows about its words."""

    language: str
    counts: Counter[str]
    """Lower-cased words."""
    names: list[str]
    """Words that are capitalised inside sentences and never occur in lower case; for German, rare ones only."""
    neighbours: dict[str, list[str]] = field(default_factory=dict)
    """Words of similar meaning, other stems: near synonyms, antonyms, hypernyms."""
    after: dict[str, list[str]] = field(default_factory=dict)
    """Words seen behind a word."""
    forms: dict[str, list[str]] = field(default_factory=dict)
    """Other forms of the same word, guessed by a common stem."""
    samples: list[str] = field(default_factory=list)
    """Some sentences of the language."""

    @property
    def base(self) -> str:
        return self.language.split("-")[0]

    def frequent(self, limit: int = 120) -> list[str]:
        return self.ranked[:limit]

    @cached_property
    def ranked(self) -> list[str]:
        return [word for word, _ in self.counts.most_common(4000)]

    @cached_property
    def common(self) -> frozenset[str]:
        return frozenset(self.frequent())

    @cached_property
    def name_set(self) -> frozenset[str]:
        return frozenset(self.names)


def build_lexicon(language: str, texts: Sequence[str]) -> Lexicon:
    """Count words, names, followers and forms of one language."""
    counts: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    after: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        words = [match.group() for match in WORD.finditer(text)]
        counts.update(word.lower() for word in words)
        capital.update(word for word in words[1:] if word[0].isupper())
        for left, right in pairwise(words):
            after[left.lower()][right] += 1
    lowered = Counter(match.group() for text in texts for match in WORD.finditer(text) if match.group().islower())
    limit = 6 if language == "de" else 10**9
    names = [
        word for word, count in capital.items() if lowered[word.lower()] == 0 and len(word) > 3 and not word.isupper() and count <= limit
    ]
    lexicon = Lexicon(language, counts, sorted(names))
    lexicon.after = {left: [word for word, _ in found.most_common(20)] for left, found in after.items() if sum(found.values()) >= 3}
    lexicon.forms = _forms(language, counts)
    lexicon.samples = list(texts[:2000])
    return lexicon


def _forms(language: str, counts: Counter[str]) -> dict[str, list[str]]:
    known: dict[str, set[str]] = defaultdict(set)
    stems: dict[str, list[str]] = defaultdict(list)
    for word, count in counts.items():
        if count >= 2 and len(word) >= 4 and word.isalpha():
            stems[word[: max(4, len(word) - 3)]].append(word)
            stems[word[: max(4, len(word) - 2)]].append(word)
    for words in stems.values():
        if len(words) < 30:
            for word in words:
                known[word].update(other for other in words if other != word and abs(len(other) - len(word)) <= 4)
    if language == "en":
        for group in EN_FORMS.split("|"):
            words = group.split()
            for word in words:
                known[word] = {other for other in words if other != word}
    return {word: sorted(others) for word, others in known.items() if others}
