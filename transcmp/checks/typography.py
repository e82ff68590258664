"""How the translation is written: marks and capitals, quotation marks, spaces, broken and hidden characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from transcmp.checks.context import Context, Pair, Part, finding, shorten
from transcmp.evidence.names import is_identifier
from transcmp.evidence.typography import (
    QUOTES,
    Spot,
    end_of,
    first_letter,
    hidden,
    mojibake,
    quote_pairs,
    repeated_words,
    unbalanced,
)
from transcmp.language import base
from transcmp.model import Finding, Segment, Severity

_SENTENCES = ("paragraph", "list-item", "quote", "table-cell", "caption", "heading", "cue", "unit", "front-matter", "title")
_NAMES = {"stop": "a full stop", "question": "a question mark", "exclamation": "an exclamation mark", "colon": "a colon", "none": "no mark"}
_SENTENCE = 5
"""Words from which a text without a full stop is a sentence that lacks one."""
_FRENCH = re.compile(r"[^\s\u00a0\u202f!?;:«(\[/][;!?»](?![\w/])|«(?![\s\u00a0\u202f])|[^\W\d_]{2,}:(?=\s)")
_BEFORE_MARK = re.compile(r"(?<=[^\W\d_])[ \u00a0\u202f]+(?:[,;!?](?=\s|$)|\.(?=\s|$))")


def final_punctuation(context: Context) -> Iterator[Finding]:
    """Beads whose sides end otherwise: a question that is none is a warning, the rest a note."""
    for pair in context.prose:
        if pair.source.segments[-1].kind not in _SENTENCES or pair.source.segments[-1].kind != pair.target.segments[-1].kind:
            continue
        one, two = end_of(pair.source.text), end_of(pair.target.text)
        if one == two or _ends_in_mark(pair.source) or _ends_in_mark(pair.target):
            continue
        if {one, two} == {"stop", "none"} and min(len(part.text.split()) for part in (pair.source, pair.target)) < _SENTENCE:
            continue  # a stop behind an abbreviation is none of the sentence's
        severity: Severity = "warning" if "question" in (one, two) and {one, two} <= {"question", "stop"} else "note"
        words = f"the source ends with {_NAMES[one]}, the translation with {_NAMES[two]}"
        start = max(0, len(pair.target.text.rstrip()) - 1)
        yield _report(context, "final-punctuation", severity, words, pair, Spot(start, start + 1, ""))


def _ends_in_mark(part: Part) -> bool:
    """Whether code, a tag or a placeholder closes the text: what stands behind it is not seen."""
    size = len(part.text.rstrip())
    return any(mark.end >= size and mark.kind in ("code", "html", "placeholder", "image", "include") for mark in part.marks)


def letter_case(context: Context) -> Iterator[Finding]:
    """Sentences that open with a small letter where the source has a capital, and text in capitals where the source has none."""
    for pair in context.prose:
        one, two = first_letter(pair.source.text), first_letter(pair.target.text)
        if not (one.isupper() and two.islower()) or _opens_in_mark(pair.target) or _opens_in_mark(pair.source):
            continue
        words = pair.target.text.split()
        if (
            is_identifier(words[0].strip("\"'“”„«»("))
            or words[0][0] in "'’"
            or words[0] in pair.source.text.split()[:3]
            or _is_continued(pair)
        ):
            continue
        start = pair.target.text.index(two)
        kind = pair.target.segments[0].kind
        severity: Severity = "warning" if kind == "paragraph" and len(words) > 3 else "note"
        text = f"the source opens with a capital, the translation with “{words[0]}”"
        yield _report(context, "letter-case", severity, text, pair, Spot(start, start + len(words[0]), ""))


def _opens_in_mark(part: Part) -> bool:
    return any(mark.start == 0 and mark.kind in ("code", "html", "placeholder", "image", "include") for mark in part.marks)


def _is_continued(pair: Pair) -> bool:
    """Whether the target goes on with a sentence begun before, in the same fragment or before a block of code."""
    first = pair.target.segments[0]
    if first.id == 0:
        return False
    before = pair.target.side.segments[first.id - 1]
    if before.fragment == first.fragment:
        return True
    return before.kind not in ("heading", "front-matter") and end_of(before.text) not in ("stop", "question", "exclamation")


def repeated_word(context: Context) -> Iterator[Finding]:
    """A word twice in a row, where the source repeats nothing."""
    for pair in context.prose:
        if repeated_words(pair.source.prose, context.source.language):
            continue
        for spot in repeated_words(pair.target.prose, context.target.language):
            yield _report(context, "repeated-word", "warning", f"the translation repeats a word: “{shorten(spot.text)}”", pair, spot)


def brackets(context: Context) -> Iterator[Finding]:
    """Brackets without partner in the translation, where the source has all its partners."""
    for pair in context.prose:
        if unbalanced(pair.source.prose) or not unbalanced(pair.target.prose):
            continue
        inside = {
            spot.start
            for segment, start in zip(pair.target.segments, pair.target.starts, strict=True)
            for spot in _open(context, segment, start)
        }
        for spot in unbalanced(pair.target.prose):
            if spot.start in inside:
                words = f"the bracket {spot.text} of the translation has no partner"
                yield _report(context, "brackets", "warning", words, pair, spot)
                break


def _open(context: Context, segment: Segment, start: int) -> Iterator[Spot]:
    """Brackets of a segment that stay alone in its whole fragment too."""
    fragment = context.target.document.fragments[segment.fragment]
    if unbalanced(fragment.text):
        for spot in unbalanced(segment.text):
            yield Spot(spot.start + start, spot.end + start, spot.text)


def quotes(context: Context) -> Iterator[Finding]:
    """Quotation marks of another language's style; a pair that mixes a straight and a curly mark is a warning."""
    known = QUOTES[base(context.target.language)]
    for pair in context.prose:
        for spot in quote_pairs(pair.target.prose):
            if '"' in spot.text:
                words = f"the quotation opens with {spot.text[0]} and closes with {spot.text[1]}"
                yield _report(context, "quotes", "note", words, pair, spot)
            elif spot.text not in known:
                own = " or ".join(f"{one[0]}…{one[1]}" for one in known)
                words = f"the quotation stands in {spot.text[0]}…{spot.text[1]}; the language's own are {own}"
                yield _report(context, "quotes", "note", words, pair, spot)


def spacing(context: Context) -> Iterator[Finding]:
    """French: no space before ``; : ! ?`` and inside guillemets; elsewhere: a space before a mark."""
    french = context.target.language == "fr" or context.target.language.startswith("fr-")
    pattern = _FRENCH if french else _BEFORE_MARK
    for pair in context.prose:
        if french and context.target.language == "fr-CA":
            continue
        match = pattern.search(pair.target.prose)
        if match and not _touches(pair.target, match.start(), match.end()):
            words = "French has a space there" if french else "there is a space before the mark"
            yield _report(context, "spacing", "note", f"{words}: “{match.group()}”", pair, Spot(match.start(), match.end(), ""))


def _touches(part: Part, start: int, end: int) -> bool:
    return any(mark.start <= end and start <= mark.end for mark in part.marks)


def broken(context: Context) -> Iterator[Finding]:
    """``mojibake``: characters of a wrong encoding which the source does not have."""
    for pair in context.beads:
        if not pair.target.segments:
            continue
        own = {spot.text for spot in mojibake(pair.source.text)}
        for spot in mojibake(pair.target.text):
            if spot.text not in own:
                words = f"“{spot.text}” is text in a wrong encoding"
                yield _report(context, "mojibake", "error", words, pair, spot)
                break


def invisible(context: Context) -> Iterator[Finding]:
    """``invisible-character``: hidden characters of the translation which the source has less often."""
    for pair in context.beads:
        if not pair.target.segments:
            continue
        have = Counter(spot.text for spot in hidden(pair.source.text))
        for spot in hidden(pair.target.text):
            if have[spot.text]:
                have[spot.text] -= 1
                continue
            severity: Severity = "note" if spot.text == "soft hyphen" else "warning"
            yield _report(context, "invisible-character", severity, f"a hidden character stands there: {spot.text}", pair, spot)
            break


def _report(context: Context, rule: str, severity: Severity, words: str, pair: Pair, spot: Spot) -> Finding:
    source = pair.source.place() if pair.source.segments else None
    return finding(context, rule, severity, words, source=source, target=pair.target.place(spot.start, spot.end), bead=pair.index)
