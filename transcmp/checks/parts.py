"""``part-omitted``, ``part-added``, ``mistranslated``, ``length``: beads whose sides do not weigh the same.

Lengths are letters and digits; what a side should have is the other's length times the documents' own ratio (Gale and Church 1993).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import log, sqrt

from transcmp.checks.context import Context, Part, finding, shorten
from transcmp.checks.untranslated import words_of
from transcmp.model import Finding

_VARIANCE = 6.8
"""Variance of the length of a translation a character (Gale and Church 1993, section 3)."""
_HARDLY = 0.005
"""Score below which a bead hardly translates itself; fitted on docpairs, where exchanged paragraphs lie below .001."""
_LEAST = 15
"""Letters that a part must have to be missed."""
_BEADS = 5
"""Beads below which the documents' ratio is not known."""


class _Lengths:
    """The ratio of lengths of two documents, from their beads of one segment each."""

    def __init__(self, context: Context) -> None:
        pairs = [pair for pair in context.prose if len(pair.source.segments) == len(pair.target.segments) == 1 and pair.source.size >= 10]
        sizes = sorted(pair.target.size / pair.source.size for pair in pairs if pair.target.size)
        self.known = len(sizes) >= _BEADS
        self.ratio = sizes[len(sizes) // 2] if sizes else 1.0

    def shift(self, source: float, target: float) -> float:
        """Logarithm of the target's length over what it should be; 0 where they fit."""
        return log(max(target, 1.0) / max(self.ratio * source, 1.0))

    def deviation(self, source: float, target: float) -> float:
        """The difference of lengths in standard deviations."""
        expected = max(self.ratio * source, 1.0)
        return (target - expected) / sqrt(_VARIANCE * (target + expected) / 2)


def part_omitted(context: Context) -> Iterator[Finding]:
    """Beads of several source segments whose target is as long as if one of them were not there."""
    lengths = _Lengths(context)
    for pair in context.prose if lengths.known else ():
        part = _surplus(pair.source, pair.target, lengths.shift)
        if part is not None:
            words = f"the translation seems to lack a part: “{shorten(part.text)}”"
            yield finding(context, "part-omitted", "warning", words, source=part.place(), target=pair.target.place(), bead=pair.index)


def part_added(context: Context) -> Iterator[Finding]:
    """Beads of several target segments whose source is as long as if one of them were not there."""
    lengths = _Lengths(context)
    for pair in context.prose if lengths.known else ():
        part = _surplus(pair.target, pair.source, lambda own, other: -lengths.shift(other, own))
        if part is not None:
            words = f"the source seems to have nothing for a part: “{shorten(part.text)}”"
            yield finding(context, "part-added", "warning", words, source=pair.source.place(), target=part.place(), bead=pair.index)


def _surplus(own: Part, other: Part, shift: Callable[[float, float], float]) -> Part | None:
    """The first or last segment without which the lengths fit, where they do not with it; of both, what shares less with the other side."""
    if len(own.segments) <= len(other.segments):
        return None
    with_all = shift(own.size, other.size)
    ids = [segment.id for segment in own.segments]
    candidates: list[tuple[int, float, Part]] = []
    for rest, dropped in ((ids[1:], ids[:1]), (ids[:-1], ids[-1:])):
        part = Part(own.side, dropped)
        without = shift(Part(own.side, rest).size, other.size)
        if part.size >= _LEAST and with_all < -0.4 and abs(without) < 0.25:
            candidates.append((_shared(part, other), abs(without), part))
    return min(candidates, key=lambda item: item[:2])[2] if candidates else None


def _shared(one: Part, other: Part) -> int:
    """Words that begin alike, and marks, that two parts share."""
    words = [{word[:5] for word in words_of(part.text) if len(word) > 3} for part in (one, other)]
    marks = [{mark.value for mark in part.marks} for part in (one, other)]
    return len(words[0] & words[1]) + len(marks[0] & marks[1])


def mistranslated(context: Context) -> Iterator[Finding]:
    """Beads that hardly translate each other, by the calibrated score of the alignment."""
    for pair in context.prose:
        if pair.bead.score < _HARDLY and min(_words(pair.source), _words(pair.target)) >= 4:
            both = [shorten(part.text, 40) for part in (pair.source, pair.target)]
            words = f"the translation does not seem to say what the source says: “{both[0]}” – “{both[1]}”"
            score = 1 - pair.bead.score
            places = pair.source.place(), pair.target.place()
            yield finding(context, "mistranslated", "warning", words, source=places[0], target=places[1], score=score, bead=pair.index)


def _words(part: Part) -> int:
    return len(words_of(part.prose))


def length(context: Context) -> Iterator[Finding]:
    """Beads one side of which is far longer than the documents' other beads make expect."""
    lengths = _Lengths(context)
    for pair in context.prose if lengths.known else ():
        shift, deviation = (measure(pair.source.size, pair.target.size) for measure in (lengths.shift, lengths.deviation))
        if abs(shift) > 0.9 and abs(deviation) > 3.0:
            side = "longer" if shift > 0 else "shorter"
            expected = round(lengths.ratio * pair.source.size)
            words = f"the translation is much {side} than expected: {pair.target.size} letters, about {expected} would fit its source"
            yield finding(context, "length", "note", words, source=pair.source.place(), target=pair.target.place(), bead=pair.index)
