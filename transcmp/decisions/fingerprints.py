"""Names for findings that last.

A fingerprint is a hash of the rule, the kind of passage and the words the finding is about, and a number that tells equal ones in a
document apart. It holds no line, no path and no surrounding text, so it survives re-wrapping, moved passages, renamed files and edits
elsewhere in the paragraph. Equal fingerprints are told apart by their surroundings: a *sketch* of the paragraphs around a finding (bottom-k
sketch of its word set; Broder 1997, "On the resemblance and containment of documents"), of which a part may change.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from hashlib import blake2b

from msgspec.structs import replace

from transcmp.model import Comparison, Finding, Place, Side

SKETCH_SIZE = 16
"""Hashes in a sketch: the standard deviation of the estimated resemblance is at most .125."""

SHORTEST = 4
"""Characters of a fingerprint that may stand for all of it."""

_DIGITS = 4  # hexadecimal digits of a hash in a sketch: two of a paragraph's words collide with probability 1/600
_WORD = re.compile(r"\w+")
_BEGINNING = 3  # fragments that tell one document from another
_WHOLE = 0.9  # share of its segments' characters from which a place is the segments themselves, and not a word in them


def with_fingerprints(comparison: Comparison) -> Comparison:
    """``comparison`` with the fingerprint of every finding; equal findings are numbered in their order."""
    seen: dict[str, int] = {}
    named = []
    for finding in comparison.findings:
        base = _base(finding, comparison)
        occurrence = seen[base] = seen.get(base, -1) + 1
        named.append(replace(finding, fingerprint=_numbered(base, occurrence)))
    return replace(comparison, findings=tuple(named))


def fingerprint(finding: Finding, comparison: Comparison) -> str:
    """The fingerprint of one finding of ``comparison``: 16 hexadecimal digits, and ``-1``, ``-2``... for further ones alike."""
    base, occurrence = _base(finding, comparison), 0
    for other in comparison.findings:
        if other is finding:
            break
        occurrence += _base(other, comparison) == base
    else:
        occurrence = 0
    return _numbered(base, occurrence)


def base_of(name: str) -> str:
    """A fingerprint without the number that tells equal findings apart."""
    return name.partition("-")[0]


def is_named(fingerprint: str, given: str) -> bool:
    """Whether ``given`` names a fingerprint: all of it, or at least :data:`SHORTEST` first characters, behind which its number stands."""
    base, _, number = fingerprint.partition("-")
    start, _, own = given.partition("-")
    return fingerprint == given or (len(start) >= SHORTEST and base.startswith(start) and own == number)


def sketches(comparison: Comparison) -> tuple[str, ...]:
    """A sketch of its surroundings for every finding, in order: up to :data:`SKETCH_SIZE` hashes in hexadecimal, joined."""
    alignment = comparison.alignment
    return tuple(
        _sketch(
            text
            for side, place in ((alignment.source, finding.source), (alignment.target, finding.target))
            if place is not None
            for text in _around(place, side)
        )
        for finding in comparison.findings
    )


def resemblance(one: str, other: str) -> float:
    """Estimated share of words that two surroundings have in common, 0..1; 1 for two empty ones."""
    first, second = _hashes(one), _hashes(other)
    if not first and not second:
        return 1.0
    smallest = sorted(first | second)[:SKETCH_SIZE]
    return sum(item in first and item in second for item in smallest) / len(smallest)


def _numbered(base: str, occurrence: int) -> str:
    return f"{base}-{occurrence}" if occurrence else base


def _base(finding: Finding, comparison: Comparison) -> str:
    alignment = comparison.alignment
    places = [("source", finding.source, alignment.source), ("target", finding.target, alignment.target)]
    known = [(name, place, side) for name, place, side in places if place is not None]
    precise = [item for item in known if not _is_whole(item[1], item[2])]
    # where one side names words and the other only the sentence they stand in, the sentence may change
    parts = [finding.rule]
    for name, place, _ in precise if precise and len(precise) < len(known) else known:
        parts += [name, place.kind, _normal(place.text)]
    if not known:  # about a whole document, which its beginning names
        parts += [_normal(fragment.text) for fragment in alignment.source.document.fragments[:_BEGINNING]]
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _is_whole(place: Place, side: Side) -> bool:
    segments = [side.segments[number] for number in place.segments if number < len(side.segments)]
    return bool(segments) and len(place.text) >= _WHOLE * sum(len(item.text) for item in segments)


def _normal(text: str) -> str:
    """Without white space (a re-wrapped line in Chinese gains or loses one), case and compatibility forms."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _around(place: Place, side: Side) -> Iterable[str]:
    """The texts of the fragments that a place lies in."""
    fragments = side.document.fragments
    numbers = sorted({side.segments[number].fragment for number in place.segments if number < len(side.segments)})
    if not numbers and fragments:
        at = bisect_right([item.span.start for item in fragments], place.span.start) - 1
        numbers = [max(0, at)]
    return [fragments[number].text for number in numbers if number < len(fragments)] or [place.text]


def _sketch(texts: Iterable[str]) -> str:
    hashes = {_hash(part) for text in texts for word in _WORD.findall(text.casefold()) for part in _parts(word)}
    return "".join(sorted(hashes)[:SKETCH_SIZE])


def _parts(word: str) -> Iterable[str]:
    """A word itself; of a long run of letters, as in scripts without spaces, its groups of three."""
    return (word,) if len(word) <= 12 and word.isascii() else (word[at : at + 3] for at in range(max(1, len(word) - 2)))


def _hash(word: str) -> str:
    return blake2b(word.encode("utf-8", "surrogatepass"), digest_size=_DIGITS // 2).hexdigest()


def _hashes(sketch: str) -> set[str]:
    return {sketch[at : at + _DIGITS] for at in range(0, len(sketch), _DIGITS)}
