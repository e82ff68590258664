"""``untranslated-word``: words inside a translated sentence that are still in the source language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from transcmp.checks.context import Context, Pair, finding
from transcmp.evidence.names import fold
from transcmp.evidence.typography import quote_pairs
from transcmp.language import base, detect_texts
from transcmp.model import NO_LANGUAGE, UNDETERMINED, Finding, Severity

_WORD = re.compile(r"(?<![\w'’@/.:#$%-])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w'’@/(#-]|[.:]\w)")
_SURE, _CERTAIN = 0.97, 0.999
"""Probability of the source language from which a word is not shared by both; where its form alone may deceive (a German noun that may be a
name, a first word, another form of the source's word)."""
_LEAST, _STEM = 2, 5
"""Letters of a word; letters at the beginning that make it a form of another one."""
_QUOTED = 0.5
"""Share of a text's words up to which a quotation is a title or a term; a longer one is what somebody says."""
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
_VOWEL = re.compile(r"[aeiouyаеиоуыэюя]")
_FIRST = re.compile(r"(?:^|[.!?…:])[\s\"'“”„«»‘’(¿¡–-]*$")
_LENDER = "en"
"""Every language takes words from English: of these, only words that nobody borrows count, and they are notes."""
_NOT_LENT = frozenset(
    (
        "the and with for that this these those from which have has had been are was were not but you your they their there will would "
        "can could should into about when where who how what than then because before after between through during while"
    ).split()
)


class _Left(Struct, frozen=True):
    """A word of the target that its source has too, in this form or a near one."""

    pair: Pair
    start: int
    end: int
    least: float
    """Probability of the source language that it must have."""
    origin: tuple[int, int] | None
    """Where the source has it; None where it has another form."""

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
    def is_first(self) -> bool:
        """Whether a sentence begins with it."""
        return _FIRST.search(self.before) is not None

    @property
    def is_no_word(self) -> bool:
        """Whether two letters belong to a name (Olivia de Havilland) or are a unit's."""
        return self.has_name or self.before.rstrip()[-1:].isdigit() or not _VOWEL.search(fold(self.text[self.start : self.end]))

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
    kept = [one for one in candidates if foreign.get(one.text.lower(), 0.0) >= one.least]
    for run in _runs(kept):
        yield _report(context, run, max(foreign[one.text.lower()] for one in run))


def _report(context: Context, run: list[_Left], chance: float) -> Finding:
    language, pair = base(context.source.language), run[0].pair
    text = pair.target.text[run[0].start : run[-1].end]
    alone = len(run) == 1 and (len(text) < _LONG or run[0].origin is None)
    severity: Severity = "note" if alone or language == _LENDER else "warning"
    words = f"“{text}” is still in the source language ({language})"
    origin = next((one.origin for one in run if one.origin is not None), None)
    return finding(
        context,
        "untranslated-word",
        severity,
        words,
        source=pair.source.place(*origin) if origin else pair.source.place(),
        target=pair.target.place(run[0].start, run[-1].end),
        score=chance,
        bead=pair.index,
    )


def _candidates(context: Context) -> Iterator[_Left]:
    """Words that a target has from its source, in the whole translation once."""
    uses = Counter(word for pair in context.prose for word in {match.group().lower() for match in _WORD.finditer(pair.target.prose)})
    for pair in context.prose:
        if any(
            base(segment.language) not in (base(context.source.language), UNDETERMINED, NO_LANGUAGE) for segment in pair.source.segments
        ):
            continue  # foreign in the source too
        prose = pair.target.prose
        count = len(_WORD.findall(prose))
        quoted = [(one.start, one.end) for one in quote_pairs(prose) if len(_WORD.findall(prose, one.start, one.end)) <= _QUOTED * count]
        source = _Source(pair.source.prose, has_nouns=base(context.source.language) in _NOUNS)
        for match in _WORD.finditer(prose):
            word = match.group()
            if len(word) < _LEAST or uses[word.lower()] > 1 or any(start <= match.start() < end for start, end in quoted):
                continue
            found = source.find(_Beside(prose, *match.span()), word)
            if found is not None:
                yield _Left(pair, *match.span(), *found)


class _Source:
    """The words of a source, to be found again in its translation."""

    def __init__(self, prose: str, *, has_nouns: bool) -> None:
        self.prose = prose
        self.has_nouns = has_nouns
        """Whether a capital makes no name."""
        self.places: dict[str, list[tuple[int, int]]] = {}
        for match in _WORD.finditer(prose):
            self.places.setdefault(match.group(), []).append(match.span())
        self.stems = {word[:_STEM] for word in self.places if len(word) > _STEM and word.islower()}

    def find(self, place: _Beside, word: str) -> tuple[float, tuple[int, int] | None] | None:
        """How sure the language must be of a word of the target, and where the source has it; None where it is no word of the source."""
        own = self.places.get(word)
        if own is not None and word[0].islower():
            return None if len(word) == _LEAST and place.is_no_word else (_SURE, own[0])
        if own is not None and self.has_nouns and word[1:].islower():
            return self._noun(word, own)
        if word[1:].islower() and word[0].isupper() and place.is_first:
            small = self.places.get(word.lower())
            return None if small is None else (_SURE, small[0])
        if word.islower() and len(word) > _STEM and word[:_STEM] in self.stems:
            return _CERTAIN, None
        return None

    def _noun(self, word: str, own: list[tuple[int, int]]) -> tuple[float, tuple[int, int]] | None:
        """The same for a word with a capital that a German source has."""
        places = [_Beside(self.prose, *place) for place in own]
        if word.endswith(_NOUN_ENDS) or any(_BEFORE_NOUN.search(place.before) for place in places):
            return _SURE, own[0]
        return None if any(place.has_name for place in places) else (_CERTAIN, own[0])


def _runs(words: list[_Left]) -> Iterator[list[_Left]]:
    """Words beside each other as one."""
    run: list[_Left] = []
    for one in words:
        if run and run[-1].pair is one.pair and not one.pair.target.text[run[-1].end : one.start].strip():
            run.append(one)
            continue
        if run:
            yield run
        run = [one]
    if run:
        yield run
