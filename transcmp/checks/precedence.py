"""One fault, one finding: which of two findings at the same place is kept.

A rule that explains more stands over the rules whose findings are its consequences: a paragraph left in the source language is not also a
wrong number and a missing name.
"""

from __future__ import annotations

from collections.abc import Iterable

from transcmp.model import Finding, Place

_FACTS = ("number", "date", "time", "currency", "unit", "name", "negation", "email", "phone")
_PARTS = ("part-omitted", "part-added")
_MARKUP = ("link", "code", "placeholder", "html-tag", "image", "anchor")
_TYPOGRAPHY = ("final-punctuation", "quotes", "spacing", "brackets", "repeated-word", "letter-case")
_TERMS = ("glossary", "forbidden", "do-not-translate", "inconsistent")

OVER_SEGMENT: dict[str, tuple[str, ...]] = {
    "untranslated": (
        "omitted",
        "added",
        "moved",
        "wrong-language",
        "image",
        "length",
        "mistranslated",
        "untranslated-word",
        *_FACTS,
        *_MARKUP,
        *_TYPOGRAPHY,
        *_TERMS,
    ),
    "wrong-language": ("mistranslated", "length", *_FACTS, *_TYPOGRAPHY, *_TERMS),
    "duplicated": ("added", "moved", "repeated-word", "length", "part-added", "mistranslated", *_FACTS, *_MARKUP),
    "moved": ("omitted", "added", "heading-level", "list-shape"),
    "omitted": ("image", "list-shape", "table-shape", "heading-level", "anchor"),
    "added": ("image", "list-shape", "table-shape", "heading-level", "anchor"),
    "mistranslated": ("part-omitted", "part-added", "length", "untranslated-word", *_FACTS, *_MARKUP, *_TYPOGRAPHY, *_TERMS),
    "length": ("negation",),
    "mojibake": ("invisible-character", *_TYPOGRAPHY),
}
"""A finding of the rule on the left silences those of the rules on the right that touch one of its segments, unless it is a small part of
what they name: where a section was added, one paragraph of it that repeats another does not hide the rest."""

OVER_SPAN: dict[str, tuple[str, ...]] = {
    # what the history tells of a passage explains why its sides do not match
    "stale": ("mistranslated", "length", *_PARTS),
    "omitted": ("mistranslated",),
    "added": ("mistranslated",),
    "part-omitted": ("length", *_FACTS, *_MARKUP, *_TYPOGRAPHY),
    "part-added": ("length", *_FACTS, *_MARKUP, *_TYPOGRAPHY),
    "wrong-language": ("untranslated-word",),
    "untranslated-word": ("name",),
    "date": ("number", "time"),
    "time": ("number",),
    "currency": ("number", "unit"),
    "unit": ("number",),
    "email": ("link", "name"),
    "phone": ("number",),
    "link": ("anchor", "code", "name", "number"),
    "code": ("number", "name", "placeholder"),
    "placeholder": ("number", "name", "html-tag"),
    "do-not-translate": ("name", "glossary"),
    "glossary": ("name", "inconsistent"),
    "forbidden": ("glossary", "inconsistent"),
    "number": ("name",),
    "quotes": ("spacing",),
    "invisible-character": ("spacing",),
}
"""A finding of the rule on the left silences those of the rules on the right whose words overlap its own."""


def one_each(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without those that another one explains, in their order."""
    everything = tuple(findings)
    return tuple(low for low in everything if not any(_silences(high, low) for high in everything if high is not low))


def _silences(high: Finding, low: Finding) -> bool:
    if high.severity == "note" and low.severity != "note":
        return False
    if low.rule in OVER_SEGMENT.get(high.rule, ()):
        return _share_segment(high, low) and not _is_small_part(high, low)
    if (high.rule, low.rule) == ("added", "duplicated"):
        return _share_segment(high, low) and _is_small_part(low, high)
    if high.rule in _PARTS and high.severity == "note" and low.rule == "name":
        return not (_is_replaced(low) or _is_of_names(high)) and _overlap(high, low)
    if high.rule == "name" and low.rule in _PARTS and low.severity == "note" and (_is_replaced(high) or _is_of_names(low)):
        mine, its = (high.source, low.source) if low.rule == "part-omitted" else (high.target, low.target)
        return _is_word(mine) and _touch(mine, its)
    return low.rule in OVER_SPAN.get(high.rule, ()) and _overlap(high, low)


def _share_segment(high: Finding, low: Finding) -> bool:
    pairs = ((high.target, low.target), (high.source, low.source) if high.target is None or low.target is None else (None, None))
    return any(a is not None and b is not None and not set(a.segments).isdisjoint(b.segments) for a, b in pairs)


def _is_small_part(one: Finding, whole: Finding) -> bool:
    """Whether the second names a run of passages more than twice as long as what the first names of it."""
    if whole.rule not in ("omitted", "added", "moved"):
        return False
    pairs = ((one.target, whole.target), (one.source, whole.source))
    return all(b is None or len(b.segments) > 2 * len(set(a.segments if a else ()).intersection(b.segments)) for a, b in pairs)


def _is_replaced(name: Finding) -> bool:
    """Whether a finding of ``name`` has a word on each side: then that is the fault, and not that a phrase is lost or added."""
    return _is_word(name.source) and _is_word(name.target)


def _is_word(place: Place | None) -> bool:
    return place is not None and not any(map(str.isspace, place.text))


def _is_of_names(part: Finding) -> bool:
    """Whether the phrase that a side has alone is nothing but words with a capital: a name, of which ``name`` gives one word."""
    place = part.source if part.rule == "part-omitted" else part.target
    words = [] if place is None else place.text.split()
    return bool(words) and all(word[:1].isupper() for word in words)


def _touch(one: Place | None, other: Place | None) -> bool:
    return one is not None and other is not None and one.span.overlaps(other.span)


def _overlap(high: Finding, low: Finding) -> bool:
    return _inside(high.source, low.source) or _inside(high.target, low.target)


def _inside(high: Place | None, low: Place | None) -> bool:
    """Whether the two share a character and the lower one is not wider (a whole sentence stands for "somewhere in it")."""
    return high is not None and low is not None and high.span.overlaps(low.span) and len(low.span) <= len(high.span)
