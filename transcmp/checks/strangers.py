"""Names that one side alone has: what ``name`` finds where the rest of the documents says nothing about them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from transcmp.checks.context import Context, Pair, Part, finding
from transcmp.checks.gaps import caution, closer, said_odds, said_weight, without
from transcmp.checks.lengths import Lengths
from transcmp.checks.stray import ALIKE, MOST, NOUNS, Stray, Text, Weights, apart, candidates, is_inside, load, strays
from transcmp.evidence.cover import Cover, Word
from transcmp.evidence.names import Name, fold, same_place
from transcmp.evidence.words import resemblance
from transcmp.model import Finding

_REPLACED, _REMOVED, _NEW = 1.5, 0.6, 5.0
"""Log-odds by all signs from which a name is reported: of one on each side, the sum; of one that the translation lacks; of one that it has
alone. Chosen on one half of DEMETR's development part, so that .5 % of its undamaged translations, by machine and by hand, have each;
the totals of the other half were seen before the second was last raised."""
_ABBREVIATED = 2.0
"""Added for two abbreviations: they differ by language (``BIP``, ``GDP``)."""
_TRIED = 2
"""Names of a side, the likeliest, for which it is tried how much nearer both texts come without."""
_START = 4
"""Letters at the beginning that two forms of a name share."""
_LEAST = 3
"""Letters of an abbreviation that may be written out."""
_WORD = re.compile(r"[^\W_]+")


class _Names(Struct, frozen=True):
    """What each side of a bead says alone, by spelling."""

    pair: Pair
    source: tuple[Name, ...]
    target: tuple[Name, ...]


class _Found(Struct, frozen=True):
    """A name that nothing on the other side may stand for."""

    stray: Stray
    closer: float = 0.0
    """What the cosine of both sides gains without it."""

    @property
    def name(self) -> Name:
        """The name."""
        return self.stray.name

    def weight(self, weights: dict[str, float]) -> float:
        """Log-odds by all signs."""
        return self.stray.weigh(weights, self.closer)


class _Verdict(Struct, frozen=True):
    """Names of a bead without counterpart."""

    pair: Pair
    lost: _Found | None
    new: _Found | None
    total: float
    """Log-odds by all signs."""
    least: float
    """Those from which it is reported."""

    @property
    def rendering(self) -> tuple[str, str] | None:
        """A name and what stands in its place, folded."""
        return (fold(self.lost.name.text), fold(self.new.name.text)) if self.lost and self.new else None


class _Close(Struct, frozen=True):
    """A bead after a close look: of each side the names worth a try."""

    pair: Pair
    look: Cover
    source: list[_Found]
    target: list[_Found]


def strangers(context: Context, done: set[int], plain: tuple[set[str], set[str]]) -> Iterator[Finding]:
    """Notes on names without counterpart, by spelling and by a close look; ``done`` are beads that have a finding already.

    ``plain`` are the words of both sides that are written without a capital somewhere: no names.
    """
    doubtful, lengths = [], Lengths(context)
    for pair in context.prose:
        if pair.index not in done and pair.source.segments[0].kind != "heading":
            names = _Names(pair, _alone(pair.source, pair.target, plain[0]), _alone(pair.target, pair.source, plain[1]))
            is_short = lengths.may_lack(lengths.shift(pair.source.size, pair.target.size))
            parts = (pair.source, names.source), (pair.target, names.target)
            if any(is_short or _is_sure(one, part.language) for part, some in parts for one in some):
                doubtful.append(names)
    seen = context.look(one.pair for one in doubtful)
    weights, least = load(), caution(context)
    close = [_closely(one, seen[one.pair.index], weights, least) for one in doubtful if one.pair.index in seen]
    verdicts = [verdict for bead in _tried(context, close) for verdict in _judge(bead, weights, least)]
    renderings = Counter(verdict.rendering for verdict in verdicts)
    for verdict in verdicts:
        # what stands for a name twice is its translation: ``the Widow``, ``de Weduwe``
        if verdict.rendering is None or renderings[verdict.rendering] == 1:
            yield _report(context, verdict)


def _alone(part: Part, other: Part, plain: set[str]) -> tuple[Name, ...]:
    """Names in running text that no word of the other side resembles or, of a place, is another language's name for.

    Titles, which are translated, and what brackets explain are left out.
    """
    words = {fold(word) for word in _WORD.findall(other.text)}
    aside = apart(part.prose)
    return tuple(
        one
        for one in candidates(part.prose, part.language)
        if one.text.lower() not in plain
        and not is_inside(one, aside)
        and _is_alone(one, words)
        and not same_place(one.text, part.language, other.text, other.language)
    )


def _is_alone(one: Name, words: Iterable[str]) -> bool:
    key = fold(one.text)
    return not any(key == word or key[:_START] == word[:_START] or resemblance(key, word) >= ALIKE for word in words)


def _is_sure(one: Name, language: str) -> bool:
    """Whether a capital proves something: not of a German noun, nor of the first word of a sentence."""
    return not one.initial and (one.identifier or language not in NOUNS)


def _closely(names: _Names, look: Cover, weights: Weights, caution: float) -> _Close:
    """The names of a bead that can pass a threshold."""
    pair = names.pair
    source = Text(pair.source.prose, pair.source.language, look.source)
    target = Text(pair.target.prose, pair.target.language, look.target)
    ours, theirs = strays(source, target)
    lost = [_Found(one) for one in ours if one.name in names.source]
    new = [_Found(one) for one in theirs if one.name in names.target]
    highest = [max((one.stray.weigh(own, MOST) for one in some), default=0.0) for some, own in ((lost, weights.lost), (new, weights.new))]
    together = bool(lost and new) and sum(highest) >= _REPLACED + caution
    gone = [one for one in lost if together or one.stray.weigh(weights.removed, MOST) >= _REMOVED + caution]
    came = [one for one in new if together or one.stray.weigh(weights.new, MOST) >= _NEW + caution]
    return _Close(pair, look, _likeliest(gone), _likeliest(came))


def _likeliest(found: list[_Found]) -> list[_Found]:
    return sorted(found, key=lambda one: -one.stray.odds)[:_TRIED]


def _tried(context: Context, close: list[_Close]) -> Iterator[_Close]:
    """The beads, with how much nearer their sides come without each name."""
    texts = [
        text
        for bead in close
        for text in (
            *((_without(bead.pair.source, one.name), bead.pair.target.text) for one in bead.source),
            *((bead.pair.source.text, _without(bead.pair.target, one.name)) for one in bead.target),
        )
    ]
    rest = iter(context.look_at(texts))
    for bead in close:
        sides = [[_Found(one.stray, closer(bead.look, next(rest))) for one in side] for side in (bead.source, bead.target)]
        yield _Close(bead.pair, bead.look, *sides)


def _without(part: Part, name: Name) -> str:
    return without(part.text, name.start, name.end)


def _judge(bead: _Close, weights: Weights, caution: float) -> Iterator[_Verdict]:
    lost, new = _heaviest(bead.source, weights.lost), _heaviest(bead.target, weights.new)
    if lost is not None and new is not None:
        both_short = lost.name.text.isupper() and new.name.text.isupper()
        least = _REPLACED + caution + _ABBREVIATED * both_short
        total = lost.weight(weights.lost) + new.weight(weights.new)
        if total >= least:
            if not _is_expansion(lost.name, new.name, bead.look):
                yield _Verdict(bead.pair, lost, new, total, least)
            return
    removed = _heaviest(bead.source, weights.removed)
    if removed is not None and (total := removed.weight(weights.removed)) >= _REMOVED + caution:
        if new is None or not (removed.name.text.isupper() and new.name.text.isupper()):
            yield _Verdict(bead.pair, removed, None, total, _REMOVED + caution)
    elif new is not None and (total := new.weight(weights.new)) >= _NEW + caution and not _is_expansion(None, new.name, bead.look):
        yield _Verdict(bead.pair, None, new, total, _NEW + caution)


def _heaviest(found: list[_Found], weights: dict[str, float]) -> _Found | None:
    return max(found, key=lambda one: one.weight(weights), default=None)


def _is_expansion(lost: Name | None, new: Name, look: Cover) -> bool:
    """Whether one side has an abbreviation that what the other has alone may stand for.

    A translation often writes out an abbreviation of its source, in words whose letters differ; it abbreviates only by the letters.
    """
    acronyms = [word for word in look.source if word.text.isupper() and len(word.text) >= _LEAST and _lonely(word)]
    inside = [place for place, word in enumerate(look.target) if word.start < new.end and new.start < word.end]
    if acronyms and any(
        _capital(word) for place in inside for word in (*look.target[max(0, place - 1) : place], *look.target[place + 1 : place + 2])
    ):
        return True
    return lost is not None and new.text.isupper() and any(word.text[:1] == new.text[0] and _capital(word) for word in look.source)


def _lonely(word: Word) -> bool:
    return (word.alone or 0.0) > 0


def _capital(word: Word) -> bool:
    return _lonely(word) and word.text[:1].isupper()


def _report(context: Context, verdict: _Verdict) -> Finding:
    pair, lost, new = verdict.pair, verdict.lost, verdict.new
    source = pair.source.place(lost.name.start, lost.name.end) if lost else pair.source.place()
    target = pair.target.place(new.name.start, new.name.end) if new else pair.target.place()
    if lost and new:
        words = f"the source says {lost.name.text}, the translation {new.name.text}"
    elif lost:
        words = f"the source says {lost.name.text}, for which the translation seems to have nothing"
    else:
        words = f"the translation says {new.name.text if new else ''}, for which the source seems to have nothing"
    sides = ("source", lost), ("translation", new)
    evidence = [said_odds(side, one.name.text, one.stray.odds, one.closer) for side, one in sides if one is not None]
    return finding(
        context,
        "name",
        "note",
        words,
        source=source,
        target=target,
        bead=pair.index,
        evidence=(*evidence, said_weight(verdict.total, verdict.least)),
    )
