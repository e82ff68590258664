"""``part-omitted``, ``part-added``, ``mistranslated``, ``length``: beads whose sides do not weigh the same.

Lengths are letters and digits; what a side should have is the other's length times the documents' own ratio (Gale and Church 1993).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from statistics import median

from msgspec import Struct

from transcmp.checks.context import Context, Pair, Part, finding, shorten
from transcmp.checks.gaps import gaps
from transcmp.checks.lengths import Lengths
from transcmp.evidence.copies import words_of
from transcmp.model import Finding, Severity

_HARDLY = 0.02
"""Score below which a bead hardly translates itself; fitted on docpairs (pages of one half, ``bench/doubtful.py``): 52 of 58 exchanged
paragraphs lie below, none of what translates each other lies below .2. A free translation in the corpora has .045."""
_UNLIKELY = 0.1
"""The same where no other bead of its passages is likely either: of the exchanged paragraphs 57 of 58 lie below."""
_DOUBTFUL, _STRANGE = 0.5, 0.3
"""Score below which the words of a bead are looked at, and adequacy below which they are strangers to each other."""
_SURE, _STRANGE_SHARE = 0.9, 0.5
"""Score from which a bead shows how much the words of these two languages cover of each other, and the share of it that strangers miss:
of a good Japanese translation an encoder sees less than of a German one."""
_LOOKED_AT = 9
"""Sure beads that are looked at for that, from all parts of the documents."""
_FEW_WORDS = 4
"""Words that both sides must have to be judged."""
_LEAST = 15
"""Letters that a part must have to be missed."""
_LACK, _SURE_LACK = 0.4, 0.15
"""How much too short (natural logarithm) the other side must be, without and with more evidence; fitted on docpairs (pages of one half)."""
_FIT = 0.3
"""How well (natural logarithm) the lengths must fit without the part."""
_INNER_END = re.compile(r"[.!?…]['\"”’»)]*\s+(?=[^\W\da-z_])|[。！？]")
_BEADS = 5
"""Sure beads from which they show that."""


def part_omitted(context: Context) -> Iterator[Finding]:
    """Beads with more sentences in the source than in the target, which is as long as if one of them were not there; and phrases."""
    lengths = Lengths(context)
    rest: list[tuple[Pair, float]] = []
    for pair in context.prose:
        shift = lengths.shift(pair.source.size, pair.target.size)
        found = _surplus(pair.source, pair.target, lengths.shift) if lengths.known else None
        if found is not None:
            place = pair.source.place(*found.span)
            words = f"the translation seems to lack a part: “{shorten(place.text)}”"
            yield finding(context, "part-omitted", found.severity, words, source=place, target=pair.target.place(), bead=pair.index)
        elif lengths.may_lack(shift):
            rest.append((pair, shift))
    yield from gaps(context, rest, source=True)


def part_added(context: Context) -> Iterator[Finding]:
    """The same, the other way round."""
    lengths = Lengths(context)
    rest: list[tuple[Pair, float]] = []
    for pair in context.prose:
        shift = -lengths.shift(pair.source.size, pair.target.size)
        found = _surplus(pair.target, pair.source, lambda own, other: -lengths.shift(other, own)) if lengths.known else None
        if found is not None:
            place = pair.target.place(*found.span)
            words = f"the source seems to have nothing for a part: “{shorten(place.text)}”"
            yield finding(context, "part-added", found.severity, words, source=pair.source.place(), target=place, bead=pair.index)
        elif lengths.may_lack(shift):
            rest.append((pair, shift))
    yield from gaps(context, rest, source=False)


class _Part(Struct, frozen=True, order=True):
    """A sentence that the other side seems to lack."""

    shared: int
    """Words that it shares with the other side."""
    misfit: float
    """How badly the lengths fit without it."""
    span: tuple[int, int]
    severity: Severity
    """A note where nothing but the lengths speaks for it."""


def _surplus(own: Part, other: Part, shift: Callable[[float, float], float]) -> _Part | None:
    """The first or last sentence without which the lengths fit and with which they do not; of both, what shares less with the other side.

    The more it has that the other side lacks (code, links, figures, a block of its own), the less the lengths must say.
    """
    sentences = _sentences(own)
    if len(sentences) <= len(_sentences(other)):
        return None
    with_all = shift(own.size, other.size)
    candidates: list[_Part] = []
    for span in (sentences[0], sentences[-1]):
        size = _letters(own.text[slice(*span)])
        without = shift(own.size - size, other.size)
        proved = _lacks(own, other, span)
        if size >= _LEAST and with_all < -(_SURE_LACK if proved else _LACK) and abs(without) < min(_FIT, -with_all):
            shared = _shared(own.text[slice(*span)], other.text)
            candidates.append(_Part(shared, abs(without), span, "warning" if proved else "note"))
    return min(candidates, default=None)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _sentences(part: Part) -> list[tuple[int, int]]:
    """Spans of the sentences of a side: its segments, and what inside them ends like a sentence."""
    spans = []
    for segment, start in zip(part.segments, part.starts, strict=True):
        ends = (match.end() for match in _INNER_END.finditer(segment.text))
        edges = [end for end in ends if end < len(segment.text)]  # nothing stands behind the last
        spans += [(start + a, start + b) for a, b in zip((0, *edges), (*edges, len(segment.text)), strict=True)]
    return spans


def _lacks(own: Part, other: Part, span: tuple[int, int]) -> bool:
    """Whether a stretch has code, links or figures that the other side lacks, or is a block of its own where the other is one."""
    marks = {mark.value for mark in own.marks if span[0] <= mark.start < span[1] and mark.kind in ("code", "link")}
    if marks - {mark.value for mark in other.marks} - set(other.text.split()):
        return True
    figures = [number for number in own.numbers if number.figure and span[0] <= number.start < span[1]]
    if any(not any(one.agrees(two) for two in other.numbers) for one in figures):
        return True
    blocks = [segment.block for segment, start in zip(own.segments, own.starts, strict=True) if span[0] <= start < span[1]]
    alone = blocks and sum(segment.block == blocks[0] for segment in own.segments) == len(blocks) < len(own.segments)
    return bool(alone) and len({segment.block for segment in other.segments}) == 1


def _shared(one: str, other: str) -> int:
    """Words of two texts that begin alike."""
    words = [{word[:5] for word in words_of(text) if len(word) > 3} for text in (one, other)]
    return len(words[0] & words[1])


def mistranslated(context: Context) -> Iterator[Finding]:
    """Beads that hardly translate each other: by the calibrated score of the alignment alone; a note where their words must say so, too."""
    doubtful = [pair for pair in _judged(context) if pair.bead.score < _DOUBTFUL]
    likely = {place for pair in context.pairs if pair.bead.score >= _DOUBTFUL for place in _fragments(pair)} if doubtful else set()
    sure = {pair.index for pair in doubtful if pair.bead.score < (_UNLIKELY if likely.isdisjoint(_fragments(pair)) else _HARDLY)}
    unsure = [pair for pair in doubtful if pair.index not in sure]
    seen = context.look(unsure)
    strange = _strange(context) if unsure else 0.0
    for pair in doubtful:
        hardly = pair.index in sure
        if hardly or (pair.index in seen and seen[pair.index].least_adequacy < strange):
            both = [shorten(part.text, 40) for part in (pair.source, pair.target)]
            words = f"the translation does not seem to say what the source says: “{both[0]}” – “{both[1]}”"
            places = pair.source.place(), pair.target.place()
            severity: Severity = "warning" if hardly else "note"
            score = 1 - pair.bead.score
            yield finding(context, "mistranslated", severity, words, source=places[0], target=places[1], score=score, bead=pair.index)


def _fragments(pair: Pair) -> Iterator[tuple[str, int]]:
    """The passages that a bead has sentences of, on both sides."""
    yield from (("source", segment.fragment) for segment in pair.source.segments)
    yield from (("target", segment.fragment) for segment in pair.target.segments)


def _judged(context: Context) -> Iterator[Pair]:
    return (pair for pair in context.prose if min(_words(pair.source), _words(pair.target)) >= _FEW_WORDS)


def _strange(context: Context) -> float:
    """Adequacy below which two texts are strangers, in these documents."""
    sure = [pair for pair in _judged(context) if pair.bead.score >= _SURE]
    if len(sure) < _BEADS:
        return _STRANGE
    some = sure[:: -(-len(sure) // _LOOKED_AT)]
    seen = context.look(some)
    shares = [seen[pair.index].least_adequacy for pair in some if pair.index in seen]
    return min(_STRANGE, _STRANGE_SHARE * median(shares)) if shares else _STRANGE


def _words(part: Part) -> int:
    return len(words_of(part.prose))


def length(context: Context) -> Iterator[Finding]:
    """Beads one side of which is far longer than the documents' other beads make expect."""
    lengths = Lengths(context)
    for pair in context.prose if lengths.known else ():
        shift, deviation = (measure(pair.source.size, pair.target.size) for measure in (lengths.shift, lengths.deviation))
        if abs(shift) > 0.9 and abs(deviation) > 3.0:
            side = "longer" if shift > 0 else "shorter"
            expected = round(lengths.ratio * pair.source.size)
            words = f"the translation is much {side} than expected: {pair.target.size} letters, about {expected} would fit its source"
            yield finding(context, "length", "note", words, source=pair.source.place(), target=pair.target.place(), bead=pair.index)
