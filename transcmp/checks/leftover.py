"""``untranslated-word``: words inside a translated sentence that are still in the source language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from transcmp.checks.context import Context, Pair, finding
from transcmp.evidence.typography import quote_pairs
from transcmp.language import base, detect_texts
from transcmp.model import NO_LANGUAGE, UNDETERMINED, Finding, Severity

_WORD = re.compile(r"(?<![\w'’@/.:#$%-])[^\W\d_]{3,}(?![\w'’@/(#-]|[.:]\w)")
_SURE, _NOUN = 0.97, 0.999
"""Probability of the source language from which a word is not shared by both; for a German word with a capital that may be a name."""
_NOUNS = frozenset({"de", "lb"})
"""Languages in which a capital makes no name."""
_BEFORE_NOUN = re.compile(
    r"\b(?:de[rmns]|die|das|ein|(?:k?ein|dies|jed|sein|ihr|unser|mein)(?:e[rmns]?)?|im|[az]um?|zur|vom|beim|ins|viele|[^\W\d_]{3,}e[nrms]?)\s$",
    re.IGNORECASE,
)
_NOUN_ENDS = tuple("ung ungen heit heiten keit keiten schaft schaften tion tionen tät täten nis nisse mus".split())
_LONG = 7
"""Letters from which one word alone is a warning: of shorter ones, languages share too many (kilos, rosso)."""
_NEAR = 40
"""Characters before a word that are looked at."""
_NAME_BEFORE, _NAME_BEHIND = re.compile(r"[^\W\d_a-zß-ÿ][^\W\d_]+\s$"), re.compile(r"\s[^\W\d_a-zß-ÿ]")
_LENDER = "en"
"""Every language takes words from English: of these, only words that nobody borrows count, and they are notes."""
_NOT_LENT = frozenset(
    (
        "the and with for that this these those from which have has had been are was were not but you your they their there will would "
        "can could should into about when where who how what than then because before after between through during while"
    ).split()
)


class _Left(Struct, frozen=True):
    """A word of the target that its source has too."""

    pair: Pair
    start: int
    end: int
    may_be_name: bool

    @property
    def text(self) -> str:
        """As it is written."""
        return self.pair.target.text[self.start : self.end]


class _Beside(Struct, frozen=True):
    """A place in a text."""

    text: str
    start: int
    end: int

    @property
    def before(self) -> str:
        """What stands before it."""
        return self.text[max(0, self.start - _NEAR) : self.start]

    @property
    def has_name(self) -> bool:
        """Whether a word with a capital stands beside it."""
        return _NAME_BEFORE.search(self.before) is not None or _NAME_BEHIND.match(self.text, self.end) is not None


def untranslated_word(context: Context) -> Iterator[Finding]:
    """Words that stand in source and target alike and read as the source's language, unless the translation uses them elsewhere too."""
    languages = context.source.language, context.target.language
    if context.mixed or base(languages[0]) == base(languages[1]):
        return
    candidates = [one for one in _candidates(context) if base(languages[0]) != _LENDER or one.text in _NOT_LENT]
    words = sorted({one.text.lower() for one in candidates})
    guesses = detect_texts(words, languages=languages, closed=True) if words else ()
    foreign = {word: guess.confidence for word, guess in zip(words, guesses, strict=True) if base(guess.language) == base(languages[0])}
    kept = [one for one in candidates if foreign.get(one.text.lower(), 0.0) >= (_NOUN if one.may_be_name else _SURE)]
    for pair, start, end in _runs(kept):
        text = pair.target.text[start:end]
        alone = len(text) < _LONG and text.isalpha()
        severity: Severity = "note" if alone or base(languages[0]) == _LENDER else "warning"
        words_ = f"“{text}” is still in the source language ({base(languages[0])})"
        at = re.search(re.escape(text), pair.source.text)
        source = pair.source.place(*at.span()) if at else pair.source.place()
        yield finding(context, "untranslated-word", severity, words_, source=source, target=pair.target.place(start, end), bead=pair.index)


def _candidates(context: Context) -> Iterator[_Left]:
    """Words that a target has from its source, small, or capital where that makes no name; in the whole translation once."""
    nouns = base(context.source.language) in _NOUNS
    uses = Counter(word for pair in context.prose for word in {match.group().lower() for match in _WORD.finditer(pair.target.prose)})
    for pair in context.prose:
        if any(
            base(segment.language) not in (base(context.source.language), UNDETERMINED, NO_LANGUAGE) for segment in pair.source.segments
        ):
            continue  # foreign in the source too
        quoted = [(one.start, one.end) for one in quote_pairs(pair.target.prose)]
        own: dict[str, list[tuple[int, int]]] = {}
        for match in _WORD.finditer(pair.source.prose):
            own.setdefault(match.group(), []).append(match.span())
        for match in _WORD.finditer(pair.target.prose):
            word = match.group()
            if word not in own or uses[word.lower()] > 1 or any(start <= match.start() < end for start, end in quoted):
                continue
            if word.islower():
                yield _Left(pair, *match.span(), may_be_name=False)
            elif nouns and word[1:].islower():
                places = [_Beside(pair.source.prose, *place) for place in own[word]]
                if word.endswith(_NOUN_ENDS) or any(_BEFORE_NOUN.search(place.before) for place in places):
                    yield _Left(pair, *match.span(), may_be_name=False)
                elif not any(place.has_name for place in places):
                    yield _Left(pair, *match.span(), may_be_name=True)


def _runs(words: list[_Left]) -> Iterator[tuple[Pair, int, int]]:
    """Words beside each other as one."""
    last: tuple[Pair, int, int] | None = None
    for one in words:
        if last is not None and last[0] is one.pair and not one.pair.target.text[last[2] : one.start].strip():
            last = (one.pair, last[1], one.end)
            continue
        if last is not None:
            yield last
        last = (one.pair, one.start, one.end)
    if last is not None:
        yield last
