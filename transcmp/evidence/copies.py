"""Which passages of a translation are copies of their source, still in its language: what a rule names and what scores must not praise.

A copy shares most of its words with the source and reads as the source's language. Terms and names are lawfully the same on both sides:
words that the translation uses elsewhere, and words that the source writes as names, do not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from transcmp.evidence.links import find_links
from transcmp.evidence.names import is_identifier
from transcmp.language import base, detect_texts
from transcmp.model import NO_LANGUAGE, UNDETERMINED, Alignment, Language, Segment

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
WORD = re.compile(rf"[{_CJK}]|(?:(?![{_CJK}])[^\W\d_])+(?:['’](?:(?![{_CJK}])[^\W\d_])+)*")
"""A word; in scripts without spaces, a character."""
_RUNNING = ("paragraph", "list-item", "quote", "table-cell", "unit", "cue")
_COPIED = 0.7
"""Share of a segment's words that its source has too, from which it counts as copied; fitted on docpairs (documents of one half)."""
SURE = 0.7
"""Probability of the source language from which a copied text is not a term that both languages share."""
_FEW = 2
"""Words, neither names nor terms that the translation keeps, below which a copied text is one of those."""
_SHORT = 6
"""Words up to which a copy must be exact: titles keep their terms and change their order (``React Tools extension``)."""
_LONG = 5
"""Copied words that prove a copy where the language cannot be told."""


class Copy(Struct, frozen=True, kw_only=True):
    """A segment of the target that is a copy."""

    bead: int
    """Its place in the alignment."""
    segment: int
    """Its id on the target side."""
    share: float
    """Of its words, those that the source has too, 0..1."""


class _Candidate(Struct, frozen=True):
    """A target that has most words of its source."""

    prose: str
    copied: tuple[str, ...]
    """Words that both sides have, as often as both have them."""
    share: float
    is_heading: bool = False


def find_copies(alignment: Alignment) -> tuple[Copy, ...]:
    """Target segments that are copies, in the alignment's order; none in a mixed document, or where both sides have one language."""
    source, target = alignment.source, alignment.target
    if source.document is target.document or base(source.language) == base(target.language):
        return ()
    places, candidates = [], []
    for number, segment, candidate in _segments(alignment):
        places.append((number, segment))
        candidates.append(candidate)
    copied = {segment for _, segment in places}
    kept = _own_words(segment for segment in target.segments if segment.id not in copied) | _name_words(source.segments)
    judged = zip(places, candidates, _judged(candidates, kept, source.language, target.language), strict=True)
    return tuple(Copy(bead=number, segment=segment, share=one.share) for (number, segment), one, is_copy in judged if is_copy)


def copied_beads(alignment: Alignment, copies: Iterable[Copy]) -> frozenset[int]:
    """Places of the beads whose whole target is copies, which :func:`find_copies` found."""
    named: dict[int, set[int]] = {}
    for copy in copies:
        named.setdefault(copy.bead, set()).add(copy.segment)
    return frozenset(number for number, ids in named.items() if ids >= set(alignment.beads[number].target))


def copied_pairs(pairs: Sequence[tuple[str, str]], source_language: Language, target_language: Language) -> list[bool]:
    """Of each pair of texts, which have no document around them, whether the target is a copy of the source in its language."""
    result = [False] * len(pairs)
    if UNDETERMINED in (source_language, target_language) or base(source_language) == base(target_language):
        return result
    found = {number: one for number, (source, target) in enumerate(pairs) if (one := _candidate(source, target)) is not None}
    for number, is_copy in zip(found, _judged(list(found.values()), frozenset(), source_language, target_language), strict=True):
        result[number] = is_copy
    return result


def words_of(text: str) -> list[str]:
    """The words of a text, lower case; in scripts without spaces each character is one."""
    return list(_words_of(text))


@lru_cache(maxsize=8192)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(match.group().lower() for match in WORD.finditer(text))


def prose_of(segment: Segment) -> str:
    """The text with code, placeholders and bare addresses blanked, and all of a code block; offsets stay the same."""
    if segment.kind == "code":
        return blank(segment.text, [(0, len(segment.text))])
    covered = [(mark.start, mark.end) for mark in segment.marks if mark.kind in ("code", "placeholder", "comment", "include")]
    return blank(segment.text, covered + [(link.start, link.end) for link in find_links(segment.text)])


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with the spans replaced by spaces, line ends kept."""
    chars = list(text)
    for start, end in spans:
        for offset in range(start, min(end, len(chars))):
            if chars[offset] != "\n":
                chars[offset] = " "
    return "".join(chars)


def _segments(alignment: Alignment) -> Iterator[tuple[int, int, _Candidate]]:
    """Of the target's segments those that have most words of their source: the bead's place, the segment's id, and what they share."""
    source, target = alignment.source, alignment.target
    own = {base(source.language), UNDETERMINED, NO_LANGUAGE}
    for number, bead in enumerate(alignment.beads):
        originals = [source.segments[one] for one in bead.source]
        ours = [target.segments[one] for one in bead.target if target.segments[one].kind != "code"]
        if not ours or not originals or any(base(segment.language) not in own for segment in originals):
            continue
        original = "\n".join(map(prose_of, originals))
        for segment in ours:
            candidate = _candidate(original, prose_of(segment), is_heading=segment.kind == "heading")
            if candidate is not None:
                yield number, segment.id, candidate


def _candidate(source: str, target: str, *, is_heading: bool = False) -> _Candidate | None:
    theirs, words = words_of(source), words_of(target)
    if not words:
        return None
    copied = Counter(words) & Counter(theirs)
    share = copied.total() / len(words)
    if share < _COPIED or (len(words) <= _SHORT and not _stands_in(words, theirs)):
        return None
    return _Candidate(target, tuple(copied.elements()), share, is_heading)


def _judged(candidates: Sequence[_Candidate], kept: frozenset[str], source_language: Language, target_language: Language) -> Iterator[bool]:
    """Whether each reads as the source's language, names and ``kept`` words apart."""
    languages = source_language, target_language
    guesses = detect_texts([one.prose for one in candidates], languages=languages, min_confidence=SURE) if candidates else ()
    for one, guess in zip(candidates, guesses, strict=True):
        meant = set(words_of(_without_expansions(one.prose if one.is_heading else _without_names(one.prose))))
        own = sum(word in meant and word not in kept for word in one.copied)
        foreign = base(guess.language) == base(source_language)
        unsure = guess.language in (UNDETERMINED, NO_LANGUAGE)
        yield (foreign and own >= _FEW) or (unsure and own >= _LONG and one.share > 0.9)


def _stands_in(words: list[str], source: list[str]) -> bool:
    """Whether the words stand in the source as one run."""
    return any(source[start : start + len(words)] == words for start in range(len(source) - len(words) + 1))


def _own_words(segments: Iterable[Segment]) -> frozenset[str]:
    """Words that the translation uses outside what looks like a copy: its own, and the terms that it keeps."""
    return frozenset(word for segment in segments if segment.kind != "code" for word in words_of(segment.text))


def _name_words(segments: Iterable[Segment]) -> frozenset[str]:
    """Words that the source writes with a capital inside its sentences, and never without: names. Headings do not count."""
    names: set[str] = set()
    plain: set[str] = set()
    for segment in segments:
        for match in WORD.finditer(segment.text):
            word = match.group()
            if word.islower():
                plain.add(word)
            elif is_identifier(word) or (segment.kind in _RUNNING and re.search(r"[\w,;)] $", segment.text[: match.start()][-2:])):
                names.add(word.lower())
    return frozenset(names - plain)


def _without_names(prose: str) -> str:
    """The text without words that have a capital inside it: in running text they are names."""
    return re.sub(r"(?<=[^\W\d_] )[^\W\d_a-z][^\W_]*", "", prose)


def _without_expansions(prose: str) -> str:
    """The text without the words in brackets that an abbreviation before them stands for: ``CORS (Cross-Origin Resource Sharing)``."""

    def keep(match: re.Match[str]) -> str:
        initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", match[2])).upper()
        return match[1] if initials == match[1].upper() else match[0]

    return re.sub(r"\b([^\W\d_]{2,8}) \(([^()]+)\)", keep, prose)
