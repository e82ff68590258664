"""A comparison as it grows, for a screen that shows what is known before all is.

texts   both documents side by side, as soon as they are read
beads   aligned; then with findings, then with what the history says, then with the scores, a few beads at a time
whole   everything: equal to what :func:`transcmp.pipeline.assess` gives (with a history, as ``check`` finds it)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec.structs import replace

from transcmp.model import Alignment, Bead, Comparison, Coverage, Document, Scores, Side, Uncovered
from transcmp.pipeline import steps
from transcmp.pipeline.options import Options
from transcmp.segment import segment

if TYPE_CHECKING:
    from transcmp.checks.options import Options as RuleOptions
    from transcmp.embed import Encoder

Stage = Literal["texts", "beads", "whole"]

_NEAR = 32
"""Beads scored at once where the reader is: about a screen."""
_FAR = 128
"""And elsewhere."""
_NEWS = 0.25
"""Beads that were scored out of sight are told of when they are at least this share of all that are scored."""


class Part(NamedTuple):
    """What is known so far."""

    comparison: Comparison
    stage: Stage


class How(NamedTuple):
    """What a comparison is made with, besides its texts and the options."""

    rules: RuleOptions | None = None
    history: Callable[[Comparison], Comparison] | None = None
    """Adds what the history of both files says."""
    progress: steps.Report | None = None
    """Told of the step, units done, units in all; what it raises ends the work."""
    at: Callable[[], int] = int
    """The bead that the reader looks at: scores begin there."""


def assess(source: str, target: str | None = None, *, options: Options, how: How) -> Iterator[Part]:
    """Everything about one pair of files, or one mixed document, piece by piece. Errors as :func:`transcmp.pipeline.assess`."""
    from transcmp import pipeline, readers
    from transcmp.pipeline import _sides

    if target is None and options.unit != "line" and readers.is_bilingual(source, options.input_format):
        both = _sides(source, None, options)  # quickly aligned: the file says what belongs together
    else:
        first = pipeline.read(source, options=options)
        second = None if target is None else pipeline.read(target, options=options)
        yield Part(side_by_side(first, second), "texts")
        both = _sides(first, second, options)
    comparison, encoder = steps.compared(both, options, how.progress)
    yield from completed(comparison, encoder, how)


def completed(comparison: Comparison, encoder: Encoder | None, how: How, known: Comparison | None = None) -> Iterator[Part]:
    """Findings and scores of what is aligned. Beads that are in ``known`` as well keep the scores that they have there."""
    scoring = _Scoring(comparison.alignment, encoder, known)
    yield Part(scoring.onto(comparison), "beads")
    comparison = steps.checked(comparison, how.rules, encoder)
    yield Part(scoring.onto(comparison), "beads")
    if how.history is not None:
        comparison = how.history(comparison)
        yield Part(scoring.onto(comparison), "beads")
    fresh = 0
    while scoring.todo:
        at = how.at()
        if how.progress is not None:
            how.progress("scoring", scoring.done, scoring.count)
        done = scoring.step(at)
        fresh += len(done)
        if abs(done[0] - at) < _FAR or fresh >= _NEWS * scoring.done:
            fresh = 0
            yield Part(scoring.onto(comparison), "beads")
    yield Part(scoring.whole(comparison), "whole")


class _Scoring:
    """The scores and uncovered words of an alignment's beads, as far as they are known."""

    def __init__(self, alignment: Alignment, encoder: Encoder | None, known: Comparison | None) -> None:
        from transcmp.scoring import copies_of, pair_texts

        paired = [number for number, bead in enumerate(alignment.beads) if bead.source and bead.target]
        self._alignment = alignment
        self._encoder = encoder
        self._texts = dict(zip(paired, pair_texts(alignment), strict=True))
        self._copies = dict(zip(paired, copies_of(alignment), strict=True))
        self._beads = [
            Scores(alignment=bead.score) if bead.source and bead.target else Scores(alignment=0.0, lack="one-sided")
            for bead in alignment.beads
        ]
        self._words: dict[int, tuple[Uncovered, ...]] = {}
        """By the number of the bead."""
        if known is not None:
            self._take_over(known)
        self.todo = [number for number in paired if number not in self._words]
        """Beads that are not scored yet, ascending."""

    @property
    def done(self) -> int:
        """Beads with two sides that are scored."""
        return len(self._words)

    @property
    def count(self) -> int:
        """Beads with two sides."""
        return len(self._texts)

    def _take_over(self, known: Comparison) -> None:
        old = {
            (bead.source, bead.target): scores
            for bead, scores in zip(known.alignment.beads, known.bead_scores, strict=False)
            if scores.adequacy is not None
        }
        words: dict[tuple[str, int], list[Uncovered]] = {}
        for word in known.uncovered:
            words.setdefault((word.side, word.segment), []).append(word)
        for number in self._texts:
            bead = self._alignment.beads[number]
            scores = old.get((bead.source, bead.target))
            if scores is not None and (scores.lack == "untranslated") == self._copies[number]:
                self._put(number, scores, [word for place in _segments(bead) for word in words.get(place, ())])

    def _put(self, number: int, scores: Scores, words: Iterable[Uncovered]) -> None:
        self._beads[number] = replace(scores, alignment=self._alignment.beads[number].score)
        self._words[number] = tuple(words)

    def step(self, at: int) -> list[int]:
        """Score a few beads, those at and behind ``at`` first; returns their numbers."""
        from transcmp.scoring import judge_pairs, placed

        start = bisect_left(self.todo, at)
        if start == len(self.todo):
            start = 0
        size = _NEAR if abs(self.todo[start] - at) < _FAR else _FAR
        chosen = self.todo[start : start + size]
        del self.todo[start : start + size]
        languages = self._alignment.source.language, self._alignment.target.language
        texts = [self._texts[number] for number in chosen]
        found = judge_pairs(
            texts,
            encoder=self._encoder,
            source_language=languages[0],
            target_language=languages[1],
            copies=[self._copies[number] for number in chosen],
        )
        for number, judged in zip(chosen, found, strict=True):
            words = placed(self._alignment, self._alignment.beads[number], judged.omitted, judged.added)
            self._put(number, judged.scores, words)
        return chosen

    def onto(self, comparison: Comparison) -> Comparison:
        """The comparison with the scores of its beads so far."""
        return replace(comparison, bead_scores=tuple(self._beads), uncovered=self._uncovered())

    def whole(self, comparison: Comparison) -> Comparison:
        """The comparison with all scores, its own included."""
        from transcmp.scoring import summed

        scores = (self._beads[number] for number in self._texts)
        return steps.with_scores(comparison, summed(self._alignment, scores, self._uncovered(), encoder=self._encoder))

    def _uncovered(self) -> tuple[Uncovered, ...]:
        return tuple(word for number in sorted(self._words) for word in self._words[number])


def _segments(bead: Bead) -> Iterable[tuple[str, int]]:
    yield from (("source", number) for number in bead.source)
    yield from (("target", number) for number in bead.target)


def side_by_side(source: Document, target: Document | None) -> Comparison:
    """Both texts before they are aligned: fragment beside fragment, in the order of the files, no bead scored.

    A mixed document stands alone on the target's side.
    """
    first, second = _side(source, empty=target is None), _side(target or source)
    pairs = zip_longest(range(len(first.segments)), range(len(second.segments)))
    beads = tuple(Bead(source=() if a is None else (a,), target=() if b is None else (b,), score=0.0) for a, b in pairs)
    alignment = Alignment(source=first, target=second, beads=beads, score=0.0, signature="")
    return Comparison(alignment=alignment, mixed=target is None, coverage=Coverage(source=0.0, target=0.0))


def _side(document: Document, *, empty: bool = False) -> Side:
    """Every fragment as one segment; none if ``empty``."""
    segments = segment(document, unit="line", fragments=() if empty else None)
    return Side(document=document, language=document.language, segments=segments)
