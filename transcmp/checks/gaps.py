"""Phrases that one side alone has, inside a sentence: what ``part-omitted`` and ``part-added`` find by a close look at the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, log

from msgspec import Struct
from msgspec.structs import replace

from transcmp.checks.context import Context, Pair, finding, shorten
from transcmp.checks.stray import NOUNS
from transcmp.evidence.copies import words_of
from transcmp.evidence.cover import Cover, Word
from transcmp.evidence.dates import calendar_words
from transcmp.model import Finding


class Weights(Struct, frozen=True, kw_only=True):
    """What counts how much as evidence that one side alone has a run of words."""

    is_lost: bool
    """Whether the run is one of the source."""
    least: float
    """Weight of evidence from which a run is reported."""
    likely: float
    """Sum of the log-odds of a run's words from which it is tried whether both sides fit better without it."""
    each: float
    """Added to the log-odds of each word of a run: a long run of likely words stands over one that is a little likelier."""
    closer: float
    """Weight of how much nearer both sides come (cosine) without the words in question."""
    length: float
    """Weight of how much too short the other side is (natural logarithm)."""
    explained: float
    """How much the likeliest word without counterpart on the other side speaks against a run: it may be what stands for it."""
    care: float
    """By how much of :func:`caution` the threshold rises."""


LOST = Weights(is_lost=True, least=8.4, likely=0.0, each=1.0, closer=100.0, length=4.0, explained=0.7, care=3.0)
NEW = Weights(is_lost=False, least=1.4, likely=-3.0, each=-2.0, closer=100.0, length=8.0, explained=0.7, care=6.0)
"""Chosen on one half of DEMETR's development part: 1.5 % of its undamaged translations have a note of each
(for LOST, of those by hand, too). A document has many passages, so there both are surer: none of the corpora's right phrases is named."""
_MOST = 0.06
"""Gain in cosine that counts at most: of a short text every word moves the vector."""
_CONTENT, _LETTERS = 0.7, 3
"""Weight and letters of a word that can be missed: of smaller ones, languages need more or fewer lawfully."""
_WITH_IT = -1.0
"""Log-odds from which a small word in front of a run belongs to it."""
_JOINS = frozenset("-‐‑–/")
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

    def weight(self, closer: float, shift: float, weights: Weights) -> float:
        """All evidence: ``closer`` is what the texts' cosine gains without it, ``shift`` how much longer the other side is than usual."""
        return self.odds + weights.closer * closer - weights.length * shift


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
    seen, weights = context.look(pair for pair, _ in worth), LOST if source else NEW
    likely = []
    for pair, shift in worth:
        look = seen.get(pair.index)
        if look is not None:
            sides = (look.source, look.target) if source else (look.target, look.source)
            own = pair.source if source else pair.target
            found = worst_gap(*sides, own.text, own.side.language, weights)
            if found is not None and found.odds >= weights.likely and (source or not _is_name(found, own.language)):
                likely.append((pair, shift, found))
    texts = [
        (found.without(pair.source.text), pair.target.text) if source else (pair.source.text, found.without(pair.target.text))
        for pair, _, found in likely
    ]
    weights = replace(weights, least=weights.least + weights.care * caution(context))
    for (pair, shift, found), rest in zip(likely, context.look_at(texts), strict=False):
        gain = closer(seen[pair.index], rest)
        if found.weight(gain, shift, weights) >= weights.least:
            yield _report(context, pair, found, (gain, shift), weights)


def _is_name(found: Gap, language: str) -> bool:
    """Whether the run is one word with a capital, which is the business of ``name``."""
    return len(found.words) == 1 and found.words[0].text[0].isupper() and language not in NOUNS


def _report(context: Context, pair: Pair, found: Gap, figures: tuple[float, float], weights: Weights) -> Finding:
    source, (gain, shift) = weights.is_lost, figures
    place = (pair.source if source else pair.target).place(found.start, found.end)
    text = shorten(place.text)
    side = "source" if source else "translation"
    evidence = (
        *(said_odds(side, word.text, word.phrase or 0.0) for word in found.words),
        f"without the phrase both sides' cosine changes by {gain:+.3f}; the other side's length is {exp(shift):.0%} of what is usual",
        said_weight(found.weight(gain, shift, weights), weights.least),
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


def worst_gap(words: Sequence[Word], others: Sequence[Word], text: str, language: str, weights: Weights) -> Gap | None:
    """The run of words of a text that most likely has no counterpart among the others; None where nobody has judged them."""
    calendar = calendar_words(language)
    best: Gap | None = None
    run: list[Word] = []
    total = 0.0
    for word in words:
        if word.phrase is None or _is_joined(word, text) or (not weights.is_lost and _is_fact(word, calendar)):
            run, total = [], 0.0
            continue
        own = word.phrase + weights.each if _is_content(word) else min(0.0, word.phrase)
        if total <= 0:
            run, total = [], 0.0
        run, total = [*run, word], total + own
        if _is_content(word) and (best is None or total > best.odds):
            best = Gap(run[0].start, word.end, total, tuple(one for one in run if _is_content(one)))
    if best is None:
        return None
    against = max((word.phrase for word in others if word.phrase is not None and _is_content(word)), default=0.0)
    return Gap(_opening(words, best.start), best.end, best.odds - weights.explained * max(0.0, against), best.words)


def _opening(words: Sequence[Word], start: int) -> int:
    """Where a phrase begins: with the small words in front of its run, a preposition or article, that may be lost with it."""
    for word in reversed([word for word in words if word.end <= start]):
        if _is_content(word) or word.phrase is None or word.phrase < _WITH_IT or word.text[0].isupper():
            break
        start = word.start
    return start


def _is_fact(word: Word, calendar: frozenset[str]) -> bool:
    """Whether it is of a number or date, of which a translation may have more words than its source."""
    return any(map(str.isdigit, word.text)) or word.text.lower() in calendar


def _is_joined(word: Word, text: str) -> bool:
    """Whether a hyphen or stroke makes it part of a longer word, for which the other side may have one of another make."""
    return text[max(0, word.start - 1) : word.start] in _JOINS or text[word.end : word.end + 1] in _JOINS


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
