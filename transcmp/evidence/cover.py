"""Words of two texts with how well each is covered by the other text: the values that scores sum up and rules look at.

Adequacy of a side is the mean cover of its words, weighted by smooth inverse frequency (Arora, Liang and Ma 2017). Covers themselves are
made by :mod:`transcmp.scoring.coverage`.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


class Word(Struct, frozen=True, kw_only=True):
    """A word of one side and how well the other side covers it."""

    start: int
    """First offset in the text."""
    end: int
    """Offset behind the last character."""
    text: str
    cover: float
    """0..1: the best cosine with a word of the other side, or 1 for a name spelled alike."""
    weight: float
    """0..1; rare words weigh more."""
    alone: float | None = None
    """Log-odds that nothing on the other side stands for it; None where no model has judged."""
    phrase: float | None = None
    """Log-odds that it is part of what the other side lacks, be it one word that fits in well; None where no model has judged."""


class Cover(Struct, frozen=True, kw_only=True):
    """Both sides of one pair."""

    source: tuple[Word, ...]
    """Words of the source; the badly covered ones are what the target may leave out."""
    target: tuple[Word, ...]
    """Words of the target; the badly covered ones are what it may add."""
    cosine: float | None = None
    """Of the whole texts' vectors; None where it was not asked for."""

    @property
    def source_adequacy(self) -> float | None:
        """Share of the source that the target covers, 0..1; None without words."""
        return adequacy(self.source)

    @property
    def target_adequacy(self) -> float | None:
        """Share of the target that the source covers, 0..1; None without words."""
        return adequacy(self.target)

    @property
    def least_adequacy(self) -> float:
        """That of the less covered side, 0..1; 0 where a side has no words."""
        return min(self.source_adequacy or 0.0, self.target_adequacy or 0.0)


CONTENT = 0.5
"""Words of less weight (articles, prepositions) are left out of the lists: languages differ in them lawfully."""


def uncovered(words: Sequence[Word], threshold: float) -> tuple[Word, ...]:
    """Content words with less cover than the threshold, worst first."""
    worst = (word for word in words if word.weight >= CONTENT and word.cover < threshold)
    return tuple(sorted(worst, key=lambda word: (word.cover, word.start)))


def adequacy(words: Sequence[Word]) -> float | None:
    """Mean cover, weighted."""
    total = sum(word.weight for word in words)
    return sum(word.cover * word.weight for word in words) / total if total else None
