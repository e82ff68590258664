"""Where does a translation do well? Rows put into buckets by what their source is like (compare-mt, Neubig et al. 2019)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from transcmp.evidence.names import find_names
from transcmp.evidence.numbers import find_numbers
from transcmp.evidence.words import is_word, tokens
from transcmp.systems import Texts

Sorter = Callable[[Texts], Sequence[str]]
"""Gives a label for every row."""

_LENGTHS = ((5, "1-5 words"), (10, "6-10 words"), (20, "11-20 words"), (30, "21-30 words"), (50, "31-50 words"))
_LONGEST = "over 50 words"
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_CHARACTERS_A_WORD = 2.0
"""In scripts without spaces."""


def bucketed(texts: Texts) -> Iterator[tuple[str, str, list[int]]]:
    """What is bucketed by, label and rows of every bucket, in a fixed order; a sorting that makes one bucket of all is left out."""
    for name, (sorter, order) in SORTERS.items():
        labels = sorter(texts)
        groups: dict[str, list[int]] = {}
        for row, label in enumerate(labels):
            groups.setdefault(label, []).append(row)
        if len(groups) > 1:
            known = [label for label in order if label in groups]
            for label in [*known, *(label for label in groups if label not in order)]:
                yield name, label, groups[label]


def by_length(texts: Texts) -> list[str]:
    """Number of words of the source."""
    return [next((label for limit, label in _LENGTHS if _words(source) <= limit), _LONGEST) for source in texts.sources]


def _words(text: str) -> float:
    unspaced = len(_UNSPACED.findall(text))
    return unspaced / _CHARACTERS_A_WORD + len(_UNSPACED.sub(" ", text).split())


def by_kind(texts: Texts) -> Sequence[str]:
    """Fragment kind."""
    return texts.kinds


def by_frequency(texts: Texts) -> list[str]:
    """How often the source's words stand in the whole source, on average: three buckets of equally many rows."""
    found = [[token for token in tokens(source) if is_word(token)] for source in texts.sources]
    counts = Counter(token for row in found for token in row)
    means = [sum(counts[token] for token in row) / len(row) if row else 0.0 for row in found]
    ordered = sorted(means)
    low, high = ordered[len(ordered) // 3], ordered[2 * len(ordered) // 3]
    return ["rare words" if mean < low else "common words" if mean > high else "words of middling frequency" for mean in means]


def by_number(texts: Texts) -> list[str]:
    """Whether the source has a figure."""
    language = texts.source_language
    return ["with a number" if any(found.figure for found in find_numbers(text, language)) else "without" for text in texts.sources]


def by_name(texts: Texts) -> list[str]:
    """Whether the source has a name."""
    return ["with a name" if find_names(text, texts.source_language) else "without" for text in texts.sources]


def by_document(texts: Texts) -> Sequence[str]:
    """The document a row is from."""
    return texts.documents


SORTERS: dict[str, tuple[Sorter, Sequence[str]]] = {
    "length": (by_length, [*(label for _, label in _LENGTHS), _LONGEST]),
    "kind": (by_kind, ()),
    "frequency": (by_frequency, ("rare words", "words of middling frequency", "common words")),
    "number": (by_number, ("with a number", "without")),
    "name": (by_name, ("with a name", "without")),
    "document": (by_document, ()),
}
"""All sortings, each with the order of its labels."""
