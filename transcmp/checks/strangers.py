"""Names that one side alone has: what ``name`` finds where the rest of the documents says nothing about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from transcmp.checks.context import Context, Pair, Part, finding
from transcmp.evidence.cover import Word
from transcmp.evidence.dates import calendar_words
from transcmp.evidence.names import Name, find_names, fold, is_place
from transcmp.evidence.words import resemblance
from transcmp.model import Finding

_LOST, _NEW = 0.16, 0.14
"""Cover below which an encoder does not see a name of the source, of the target on the other side; chosen on DEMETR's development part."""
_ALIKE = 0.5
"""Dice coefficient of trigrams from which two words may be one name, inflected or transliterated."""
_START = 4
"""Letters at the beginning that two forms of a name share."""
_LEAST = 3
"""Letters of a name."""
_WORD = re.compile(r"[^\W_]+")


class _Names(Struct, frozen=True):
    """What a bead says alone, by spelling."""

    pair: Pair
    source: tuple[Name, ...]
    target: tuple[Name, ...]


def strangers(context: Context, done: set[int], plain: tuple[set[str], set[str]]) -> Iterator[Finding]:
    """Notes on names without counterpart, by spelling and by a close look; ``done`` are beads that have a finding already.

    ``plain`` are the words of both sides that are written without a capital somewhere: no names.
    """
    doubtful = []
    for pair in context.prose:
        if pair.index not in done and pair.source.segments[0].kind != "heading":
            alone = (
                _alone(pair.source, pair.target, plain[0], context.source.language),
                _alone(pair.target, pair.source, plain[1], context.target.language),
            )
            if alone[0] or alone[1]:
                doubtful.append(_Names(pair, *alone))
    seen = context.look(one.pair for one in doubtful)
    for one in doubtful:
        look = seen.get(one.pair.index)
        if look is None:
            continue
        lost, new = _unseen(one.source, look.source, _LOST), _unseen(one.target, look.target, _NEW)
        if lost or new:
            yield _report(context, one.pair, lost, new)


def _alone(part: Part, other: Part, plain: set[str], language: str) -> tuple[Name, ...]:
    """Names in running text that no word of the other side resembles."""
    words = {fold(word) for word in _WORD.findall(other.text)}
    common = plain | calendar_words(language)
    return tuple(
        one
        for one in find_names(part.prose, language)
        if not one.initial
        and len(one.text) >= _LEAST
        and one.text.lower() not in common
        and _is_alone(one, words)
        and not is_place(one.text, language)
    )


def _is_alone(one: Name, words: Iterable[str]) -> bool:
    key = fold(one.text)
    return not any(key == word or key[:_START] == word[:_START] or resemblance(key, word) >= _ALIKE for word in words)


def _unseen(names: tuple[Name, ...], words: tuple[Word, ...], limit: float) -> Name | None:
    """The first name whose words the encoder does not see on the other side."""
    for one in names:
        covers = [word.cover for word in words if word.start < one.end and one.start < word.end]
        if covers and max(covers) < limit:
            return one
    return None


def _report(context: Context, pair: Pair, lost: Name | None, new: Name | None) -> Finding:
    source = pair.source.place(lost.start, lost.end) if lost else pair.source.place()
    target = pair.target.place(new.start, new.end) if new else pair.target.place()
    if lost and new:
        words = f"the source says {lost.text}, the translation {new.text}"
    elif lost:
        words = f"the source says {lost.text}, for which the translation seems to have nothing"
    else:
        words = f"the translation says {new.text if new else ''}, for which the source seems to have nothing"
    return finding(context, "name", "note", words, source=source, target=target, bead=pair.index)
