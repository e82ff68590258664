"""``glossary``, ``forbidden``, ``do-not-translate``, ``inconsistent``: words that were agreed on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from transcmp.checks.context import Context, Pair, Part, finding, shorten
from transcmp.checks.options import Term
from transcmp.evidence.copies import words_of
from transcmp.model import Finding, Severity

_ENDING = 3
"""Letters at the end of a word that inflection may change."""
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")


def find_term(text: str, term: str, *, inflected: bool = True) -> tuple[int, int] | None:
    """Where a term stands in a text, in any case and, with ``inflected``, with other endings; None: nowhere."""
    if _NO_SPACES.search(term):
        start = text.find(term)
        return None if start < 0 else (start, start + len(term))
    match = re.search(_pattern(term, inflected), text, re.IGNORECASE)
    return None if match is None else match.span()


def _pattern(term: str, inflected: bool) -> str:
    words = []
    for word in term.split():
        stem = word[: max(4, len(word) - _ENDING)] if inflected and len(word) > 3 and word.isalpha() else word
        ending = rf"[^\W\d_]{{0,{len(word) - len(stem) + _ENDING}}}" if stem != word or (inflected and word.isalpha()) else ""
        words.append(re.escape(stem) + ending)
    return r"(?<!\w)" + r"[\s-]+".join(words) + r"(?!\w)"


def glossary(context: Context) -> Iterator[Finding]:
    """Terms of the source for which the translation has none of the glossary's words."""
    terms = [term for term in context.options.terms if term.targets]
    for pair, term, span in _uses(context, terms):
        if not any(find_term(pair.target.text, target) for target in term.targets):
            wanted = " or ".join(f"“{target}”" for target in term.targets)
            words = f"the glossary translates “{term.source}” as {wanted}; the translation has neither"
            words = words.replace("has neither", "does not have it") if len(term.targets) == 1 else words
            yield _report(context, "glossary", "warning", words, pair, span, None)


def forbidden(context: Context) -> Iterator[Finding]:
    """Words that the glossary forbids for a term that the source has."""
    for pair, term, span in _uses(context, context.options.terms):
        for word in term.forbidden:
            there = find_term(pair.target.text, word)
            if there and not any(_covers(find_term(pair.target.text, target), there) for target in term.targets):
                words = f"the glossary forbids “{word}” for “{term.source}”"
                yield _report(context, "forbidden", "warning", words, pair, span, there)
                break


def _covers(wide: tuple[int, int] | None, narrow: tuple[int, int]) -> bool:
    return wide is not None and wide[0] <= narrow[0] and narrow[1] <= wide[1]


def do_not_translate(context: Context) -> Iterator[Finding]:
    """Words that stay as they are in every language and are not in the translation."""
    fixed = [Term(source=word, targets=()) for word in context.options.settings.ignore.words]
    fixed += [term for term in context.options.terms if not term.targets and not term.forbidden]
    unique = {term.source: term for term in fixed}
    for pair in context.prose:
        for term in unique.values():
            match = re.search(rf"(?<!\w){re.escape(term.source)}(?!\w)", pair.source.text)
            if match and term.source not in pair.target.text:
                words = f"“{term.source}” stays as it is, and the translation does not have it"
                yield _report(context, "do-not-translate", "warning", words, pair, match.span(), None)


def _uses(context: Context, terms: Iterable[Term]) -> Iterator[tuple[Pair, Term, tuple[int, int]]]:
    """Beads that have a term in their source; of terms that overlap, the longest."""
    ordered = sorted(terms, key=lambda term: -len(term.source))
    for pair in context.prose if ordered else ():
        taken: list[tuple[int, int]] = []
        for term in ordered:
            span = find_term(pair.source.text, term.source)
            if span and not any(start < span[1] and span[0] < end for start, end in taken):
                taken.append(span)
                yield pair, term, span


def inconsistent(context: Context) -> Iterator[Finding]:
    """One wording of the source with several translations; the later ones are named."""
    seen: dict[str, list[Pair]] = defaultdict(list)
    for pair in context.prose:
        if len(pair.source.segments) == len(pair.target.segments) == 1:
            key = " ".join(words_of(pair.source.text))
            if key.count(" ") >= 1 and pair.source.segments[0].kind == pair.target.segments[0].kind:
                seen[f"{pair.source.segments[0].kind} {key}"].append(pair)
    for pairs in seen.values():
        first = pairs[0]
        for pair in pairs[1:]:
            if words_of(pair.target.text) != words_of(first.target.text):
                line = first.target.place().start.line
                before, here = shorten(first.target.text, 40), shorten(pair.target.text, 40)
                words = f"the same words of the source are “{before}” in line {line}, here “{here}”"
                yield _report(context, "inconsistent", "note", words, pair, (0, len(pair.source.text)), (0, len(pair.target.text)))


def _report(
    context: Context, rule: str, severity: Severity, words: str, pair: Pair, source: tuple[int, int], target: tuple[int, int] | None
) -> Finding:
    def at(part: Part, span: tuple[int, int] | None) -> tuple[int, int]:
        return span if span is not None else (0, len(part.text))

    places = pair.source.place(*at(pair.source, source)), pair.target.place(*at(pair.target, target))
    return finding(context, rule, severity, words, source=places[0], target=places[1], bead=pair.index)
