"""How two translations differ in words: n-grams that one gets right, rows that differ most, and where all of them disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from transcmp.scoring import surface
from transcmp.systems import Agreement, Contrast, Edit, Ngram, Sentence, Texts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ORDERS = (1, 2, 3, 4)
_LEAST = 2
"""An n-gram counts from this difference on."""

Counts = Counter[tuple[str, ...]]


def ngrams(texts: Texts, pairs: Sequence[tuple[int, int]], limit: int) -> Iterator[Contrast]:
    """For pairs of systems, given by their places, the n-grams of one to four words in whose use they differ most.

    With references, only what a reference of the row has counts, clipped to its number there as in BLEU.
    """
    right = _right(texts, sorted({place for pair in pairs for place in pair}))
    for first, second in pairs:
        ours, theirs = right[first], right[second]
        found = [
            Ngram(words=words, first=ours[words], second=theirs[words], ratio=(ours[words] + 1) / (ours[words] + theirs[words] + 2))
            for words in ours.keys() | theirs.keys()
            if abs(ours[words] - theirs[words]) >= _LEAST
        ]
        yield Contrast(
            first=texts.systems[first].name,
            second=texts.systems[second].name,
            better_in_first=_told(found, limit, lambda entry: entry.ratio),
            better_in_second=_told(found, limit, lambda entry: 1 - entry.ratio),
        )


def _told(found: Sequence[Ngram], limit: int, ratio: Callable[[Ngram], float]) -> tuple[Ngram, ...]:
    chosen = sorted(
        (entry for entry in found if ratio(entry) > 0.5), key=lambda e: (-ratio(e), -abs(e.first - e.second), -len(e.words), e.words)
    )
    kept: list[Ngram] = []
    for entry in chosen:
        # a part of an n-gram that is listed already says nothing new
        if not any(_contains(other.words, entry.words) and (other.first, other.second) == (entry.first, entry.second) for other in kept):
            kept.append(entry)
        if len(kept) == limit:
            break
    return tuple(kept)


def _contains(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(words[start : start + len(part)] == part for start in range(len(words) - len(part) + 1))


def _right(texts: Texts, places: Sequence[int]) -> dict[int, Counts]:
    language = texts.target_language
    references = [surface.tokenised(reference, language) for reference in texts.references]
    systems = {place: surface.tokenised(texts.systems[place].texts, language) for place in places}
    totals: dict[int, Counts] = {place: Counter() for place in places}
    for row in range(len(texts.sources)):
        best: Counts = Counter()
        for reference in references:
            best |= _counts(reference[row])
        for place, words in systems.items():
            own, total = _counts(words[row]), totals[place]
            for ngram, count in own.items():
                right = min(count, best[ngram]) if references else count
                if right:
                    total[ngram] += right
    return totals


def _counts(words: Sequence[str]) -> Counts:
    return Counter(tuple(words[start : start + order]) for order in _ORDERS for start in range(len(words) - order + 1))


def sentences(
    texts: Texts, first: int, second: int, metric: str, scores: Sequence[NDArray[np.float64]], limit: int
) -> tuple[Sentence, ...]:
    """The rows whose scores differ most between two systems, given by their place; ``scores`` has an array a system."""
    import numpy as np

    differences = scores[second] - scores[first]
    order = np.argsort(-np.abs(differences), kind="stable")[:limit]
    one, two = texts.systems[first], texts.systems[second]
    return tuple(
        Sentence(
            row=row,
            source=texts.sources[row],
            first=one.name,
            second=two.name,
            metric=metric,
            scores=(float(scores[first][row]), float(scores[second][row])),
            difference=float(differences[row]),
            diff=word_diff(one.texts[row], two.texts[row], texts.target_language),
        )
        for row in order.tolist()
        if differences[row]
    )


def word_diff(first: str, second: str, language: str) -> tuple[Edit, ...]:
    """Two texts word by word."""
    ours, theirs = (words[0] for words in (surface.tokenised([text], language) for text in (first, second)))
    steps = SequenceMatcher(a=ours, b=theirs, autojunk=False).get_opcodes()
    return tuple(Edit(same=step == "equal", first=tuple(ours[a:b]), second=tuple(theirs[c:d])) for step, a, b, c, d in steps)


def agreement(texts: Texts) -> Agreement | None:
    """How alike all systems are, row by row and pair by pair; None with fewer than two."""
    import numpy as np

    count = len(texts.systems)
    if count < 2:
        return None
    pairs = np.eye(count)
    rows = np.zeros(len(texts.sources))
    found, signature = surface.likeness([system.texts for system in texts.systems])
    for (one, two), alike in found.items():
        rows += alike
        pairs[one, two] = pairs[two, one] = float(alike.mean())
    rows /= count * (count - 1) / 2
    return Agreement(
        signature=signature,
        rows=tuple(round(value, 4) for value in rows.tolist()),
        pairs=tuple(tuple(round(value, 4) for value in row) for row in pairs.tolist()),
        least=tuple(np.argsort(rows, kind="stable").tolist()),
    )
