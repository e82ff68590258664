"""Phrases that one side alone has, inside a sentence: what ``part-omitted`` and ``part-added`` find by a close look at the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, log

from msgspec import Struct

from transcmp.checks.context import Context, Pair, finding, shorten
from transcmp.evidence.copies import words_of
from transcmp.evidence.cover import Cover, Word
from transcmp.evidence.dates import calendar_words
from transcmp.model import Finding

_LACK, _SURPLUS = 9.0, 9.5
"""Weight of evidence from which a run of words is reported as lost, as new; chosen on one half of DEMETR's development part."""
_LIKELY = 2.5
"""Sum of the log-odds of a run's words from which it is tried whether both sides fit better without it."""
CLOSER = 50.0
"""What counts as evidence beside log-odds: how much nearer both sides come (cosine) without the words in question."""
_MOST = 0.06
"""Gain that counts at most: of a short text every word moves the vector."""
_LENGTH = 2.0
"""The same for how much too short the other side is (natural logarithm)."""
_EACH = 1.0
"""Added to the log-odds of each word of a run: a long run of likely words stands over one that is a little likelier."""
_CONTENT, _LETTERS = 0.7, 3
"""Weight and letters of a word that can be missed: of smaller ones, languages need more or fewer lawfully."""
_EXPLAINED = 0.5
"""How much the likeliest word without counterpart on the other side speaks against a gap: it may be what stands for the run."""
_PER_BEAD = 0.5
"""How much surer a finding must be in documents of many passages: of the logarithm of their number."""
_UNSPACED = ("ja", "zh", "th", "ko")
"""Languages of which an encoder's words are not what readers take for words: runs of them begin and end anywhere."""
_FEW_WORDS = 5
"""Words of both sides from which a passage is looked at."""


class Gap(Struct, frozen=True):
    """A run of words that nothing on the other side stands for."""

    start: int
    end: int
    odds: float
    """Sum of its words' log-odds, less what the other side has that may stand for it."""
    words: tuple[Word, ...]

    def without(self, text: str) -> str:
        """The text without it."""
        return without(text, self.start, self.end)

    def weight(self, closer: float, shift: float) -> float:
        """All evidence: ``closer`` is what the texts' cosine gains without it, ``shift`` how much longer the other side is than usual."""
        return self.odds + CLOSER * closer - _LENGTH * shift


def caution(context: Context) -> float:
    """What is added to thresholds of log-odds: with more passages, one that is only strange is likelier among them."""
    return _PER_BEAD * log(max(1, len(context.prose)))


def gaps(context: Context, pairs: Sequence[tuple[Pair, float]], *, source: bool) -> Iterator[Finding]:
    """Notes on phrases of one side that the other lacks, in passages that a close look is worth.

    With each passage comes how much longer than usual its other side is (natural logarithm).
    """
    if (context.source if source else context.target).language.startswith(_UNSPACED):
        return
    worth = [one for one in pairs if min(len(words_of(one[0].source.prose)), len(words_of(one[0].target.prose))) >= _FEW_WORDS]
    seen = context.look(pair for pair, _ in worth)
    likely = []
    for pair, shift in worth:
        look = seen.get(pair.index)
        if look is not None:
            sides = (look.source, look.target) if source else (look.target, look.source)
            found = worst_gap(*sides, (pair.source if source else pair.target).side.language)
            if found is not None and found.odds >= _LIKELY and not _is_style(found, source=source):
                likely.append((pair, shift, found))
    texts = [
        (found.without(pair.source.text), pair.target.text) if source else (pair.source.text, found.without(pair.target.text))
        for pair, _, found in likely
    ]
    least = (_LACK if source else _SURPLUS) + caution(context)
    for (pair, shift, found), rest in zip(likely, context.look_at(texts), strict=False):
        gain = closer(seen[pair.index], rest)
        if found.weight(gain, shift) >= least:
            yield _report(context, pair, found, (gain, shift, least), source=source)


def _is_style(found: Gap, *, source: bool) -> bool:
    """Whether one word of meaning makes the run: too little of the target, or alone; with a capital it is the business of ``name``."""
    one = found.words[0]
    return len(found.words) == 1 and (not source or one.text[0].isupper() or (one.start, one.end) == (found.start, found.end))


def _report(context: Context, pair: Pair, found: Gap, figures: tuple[float, float, float], *, source: bool) -> Finding:
    gain, shift, least = figures
    place = (pair.source if source else pair.target).place(found.start, found.end)
    text = shorten(place.text)
    side = "source" if source else "translation"
    evidence = (
        *(said_odds(side, word.text, word.alone or 0.0) for word in found.words),
        f"without the phrase both sides' cosine changes by {gain:+.3f}; the other side's length is {exp(shift):.0%} of what is usual",
        said_weight(found.weight(gain, shift), least),
    )
    return finding(
        context,
        "part-omitted" if source else "part-added",
        "note",
        f"possible: “{text}” of the source has no counterpart" if source else f"possible: nothing in the source says “{text}”",
        source=place if source else pair.source.place(),
        target=pair.target.place() if source else place,
        bead=pair.index,
        evidence=evidence,
    )


def worst_gap(words: Sequence[Word], others: Sequence[Word], language: str) -> Gap | None:
    """The run of words that most likely has no counterpart among the others; None where nobody has judged them."""
    calendar = calendar_words(language)
    best: Gap | None = None
    run: list[Word] = []
    total = 0.0
    for word in words:
        if word.alone is None or any(map(str.isdigit, word.text)) or word.text.lower() in calendar:
            run, total = [], 0.0
            continue
        own = word.alone + _EACH if _is_content(word) else min(0.0, word.alone)
        if total <= 0:
            run, total = [], 0.0
        run, total = [*run, word], total + own
        if _is_content(word) and (best is None or total > best.odds):
            best = Gap(run[0].start, word.end, total, tuple(one for one in run if _is_content(one)))
    if best is None:
        return None
    against = max((word.alone for word in others if word.alone is not None and _is_content(word)), default=0.0)
    return Gap(best.start, best.end, best.odds - _EXPLAINED * max(0.0, against), best.words)


def odds_of(words: Sequence[Word], start: int, end: int) -> float | None:
    """Log-odds that what stands at ``start:end`` has no counterpart: of the likeliest of its words; None where nobody has judged."""
    inside = (word for word in words if word.start < end and start < word.end and word.weight >= _CONTENT)
    return max((word.alone for word in inside if word.alone is not None), default=None)


def without(text: str, start: int, end: int) -> str:
    """The text without a part of it."""
    return f"{text[:start].rstrip()} {text[end:].lstrip()}"


def closer(before: Cover, after: Cover) -> float:
    """How much nearer both sides come: the gain in cosine, which counts up to a limit."""
    return min(_MOST, (after.cosine or 0.0) - (before.cosine or 0.0))


def said_odds(side: str, text: str, odds: float, gain: float | None = None) -> str:
    """A line of evidence about a word."""
    more = "" if gain is None else f"; without it both sides' cosine changes by {gain:+.3f}"
    return f"“{text}” of the {side} has no counterpart: log-odds {odds:.1f}{more}"


def said_weight(weight: float, least: float) -> str:
    """The last line of evidence."""
    return f"weight of evidence {weight:.1f}, threshold {least:.1f}"


def _is_content(word: Word) -> bool:
    return word.weight >= _CONTENT and not word.text.isupper() and (len(word.text) >= _LETTERS or not word.text.isascii())
