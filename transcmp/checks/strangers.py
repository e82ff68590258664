"""Names that one side alone has: what ``name`` finds where the rest of the documents says nothing about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from transcmp.checks.context import Context, Pair, Part, finding
from transcmp.checks.gaps import CLOSER, caution, closer, odds_of, said_odds, said_weight, without
from transcmp.checks.lengths import Lengths
from transcmp.evidence.cover import Cover, Word
from transcmp.evidence.dates import calendar_words
from transcmp.evidence.names import Name, find_names, fold, is_place, same_place
from transcmp.evidence.typography import quote_pairs
from transcmp.evidence.words import resemblance
from transcmp.model import Finding

_LOST, _NEW, _REPLACED = 4.0, 6.5, 5.0
"""Weight of evidence from which a name is reported lost or new; the sum, where each side has one. Chosen on one half of DEMETR's
development part."""
_ABBREVIATED = 7.0
"""The same for two abbreviations: they differ by language (``BIP``, ``GDP``)."""
_EITHER = -0.5
"""Log-odds that a name must have to be tried, and each of two that are reported together."""
_UNSURE = 1.5
"""Added where a capital proves nothing: to a German noun, to the first word of a sentence."""
_PLACE = -1.5
"""Added to the name of a country or great city that the other side does not name in its language."""
_ALIKE = 0.5
"""Dice coefficient of trigrams from which two words may be one name, inflected or transliterated."""
_START = 4
"""Letters at the beginning that two forms of a name share."""
_LEAST = 3
"""Letters of a name."""
_NOUNS = frozenset({"de", "lb"})
"""Languages in which a capital makes no name."""
_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_NOUN = re.compile(r"(?<!\w)[^\W\da-zß-öø-ÿ_][^\W\d_]{2,}(?!\w)")


class _Alone(Struct, frozen=True):
    """A name that nothing on the other side resembles."""

    name: Name
    handicap: float
    """What is taken from its log-odds: for a capital that may be none of a name, less for a place."""


class _Names(Struct, frozen=True):
    """What a bead says alone, by spelling."""

    pair: Pair
    source: tuple[_Alone, ...]
    target: tuple[_Alone, ...]


class _Found(Struct, frozen=True):
    """A name that nothing on the other side stands for."""

    name: Name
    odds: float
    """Log-odds, less the handicap."""
    closer: float = 0.0
    """What the cosine of both sides gains without it."""

    @property
    def weight(self) -> float:
        """All evidence."""
        return self.odds + CLOSER * self.closer

    def without(self, text: str) -> str:
        """The text without it."""
        return without(text, self.name.start, self.name.end)


def strangers(context: Context, done: set[int], plain: tuple[set[str], set[str]]) -> Iterator[Finding]:
    """Notes on names without counterpart, by spelling and by a close look; ``done`` are beads that have a finding already.

    ``plain`` are the words of both sides that are written without a capital somewhere: no names.
    """
    doubtful, lengths = [], Lengths(context)
    for pair in context.prose:
        if pair.index not in done and pair.source.segments[0].kind != "heading":
            alone = _alone(pair.source, pair.target, plain[0]), _alone(pair.target, pair.source, plain[1])
            is_short = lengths.may_lack(lengths.shift(pair.source.size, pair.target.size))
            if any(is_short or one.handicap < _UNSURE for side in alone for one in side):
                doubtful.append(_Names(pair, *alone))
    seen = context.look(one.pair for one in doubtful)
    looks = [(one, seen[one.pair.index]) for one in doubtful if one.pair.index in seen]
    lost = _tried(context, [(one.pair, _likeliest(one.source, look.source), look) for one, look in looks], source=True)
    new = _tried(context, [(one.pair, _likeliest(one.target, look.target), look) for one, look in looks], source=False)
    for (one, look), *both in zip(looks, lost, new, strict=True):
        yield from _judge(context, one.pair, look, *both)


def _tried(context: Context, found: list[tuple[Pair, _Found | None, Cover]], *, source: bool) -> list[_Found | None]:
    """The names with how much nearer their sides come without them."""
    likely = [(pair, one) for pair, one, _ in found if one is not None and one.odds >= _EITHER]
    texts = [
        (one.without(pair.source.text), pair.target.text) if source else (pair.source.text, one.without(pair.target.text))
        for pair, one in likely
    ]
    rest = {pair.index: cover for (pair, _), cover in zip(likely, context.look_at(texts), strict=False)}
    return [
        one if one is None or pair.index not in rest else replace(one, closer=closer(look, rest[pair.index])) for pair, one, look in found
    ]


def _judge(context: Context, pair: Pair, look: Cover, lost: _Found | None, new: _Found | None) -> Iterator[Finding]:
    more = caution(context)
    if lost is not None and new is not None and min(lost.odds, new.odds) >= _EITHER:
        least = more + (_ABBREVIATED if lost.name.text.isupper() and new.name.text.isupper() else _REPLACED)
        if lost.weight + new.weight >= least:
            if not _is_expansion(lost.name, new.name, look):
                yield _report(context, pair, lost, new, least)
            return
    if lost is not None and lost.weight >= _LOST + more and not (new is not None and lost.name.text.isupper() and new.name.text.isupper()):
        yield _report(context, pair, lost, None, _LOST + more)
    elif new is not None and new.weight >= _NEW + more and not _is_expansion(None, new.name, look):
        yield _report(context, pair, None, new, _NEW + more)


def _alone(part: Part, other: Part, plain: set[str]) -> tuple[_Alone, ...]:
    """Names in running text that no word of the other side resembles or, of a place, is another language's name for.

    Titles, which are translated, and what brackets explain are left out.
    """
    words = _WORD.findall(other.text)
    folded = {fold(word) for word in words}
    common = plain | calendar_words(part.side.language)
    aside = [(one.start, one.end) for one in quote_pairs(part.prose) if one.end - one.start < len(part.prose) / 2]
    aside += [match.span() for match in _BRACKETS.finditer(part.prose)]
    found = []
    for one in _candidates(part):
        key = one.text.lower()
        if len(key) < _LEAST or key in common or any(start <= one.start < end for start, end in aside) or not _is_alone(one, folded):
            continue
        if same_place(one.text, part.language, other.text, other.language):
            continue
        unsure = one.initial or (part.language in _NOUNS and not one.identifier)
        found.append(_Alone(one, _UNSURE * unsure + _PLACE * is_place(one.text, part.language)))
    return tuple(found)


def _candidates(part: Part) -> Iterator[Name]:
    """Words that may be names: in German every word with a capital."""
    found = find_names(part.prose, part.side.language)
    yield from found
    if part.language in _NOUNS:
        known = {one.start for one in found}
        first = re.match(r"\W*", part.prose)
        for match in _NOUN.finditer(part.prose):
            if match.start() not in known:
                yield Name(
                    match.start(), match.end(), match.group(), identifier=False, initial=first is not None and match.start() == first.end()
                )


def _is_alone(one: Name, words: Iterable[str]) -> bool:
    key = fold(one.text)
    return not any(key == word or key[:_START] == word[:_START] or resemblance(key, word) >= _ALIKE for word in words)


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


def _likeliest(names: tuple[_Alone, ...], words: tuple[Word, ...]) -> _Found | None:
    """The name that most likely has no counterpart; None where there is none, or nobody has judged."""
    judged = ((odds_of(words, one.name.start, one.name.end), one) for one in names)
    found = (_Found(one.name, odds - one.handicap) for odds, one in judged if odds is not None)
    return max(found, default=None, key=lambda one: one.odds)


def _report(context: Context, pair: Pair, lost: _Found | None, new: _Found | None, least: float) -> Finding:
    source = pair.source.place(lost.name.start, lost.name.end) if lost else pair.source.place()
    target = pair.target.place(new.name.start, new.name.end) if new else pair.target.place()
    if lost and new:
        words = f"the source says {lost.name.text}, the translation {new.name.text}"
    elif lost:
        words = f"the source says {lost.name.text}, for which the translation seems to have nothing"
    else:
        words = f"the translation says {new.name.text if new else ''}, for which the source seems to have nothing"
    evidence = [
        said_odds(side, one.name.text, one.odds, one.closer) for side, one in (("source", lost), ("translation", new)) if one is not None
    ]
    total = sum(one.weight for one in (lost, new) if one is not None)
    return finding(
        context,
        "name",
        "note",
        words,
        source=source,
        target=target,
        bead=pair.index,
        evidence=(*evidence, said_weight(total, least)),
    )
