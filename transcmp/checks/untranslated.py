"""``untranslated``: text of the source language left in the translation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from msgspec.structs import replace

from transcmp.checks.context import Context, Pair, Part, finding, shorten
from transcmp.evidence.code import comment_texts
from transcmp.evidence.names import is_identifier
from transcmp.language import base, detect_texts
from transcmp.model import NO_LANGUAGE, UNDETERMINED, Finding, Segment, Severity

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]|(?:(?![{_CJK}])[^\W\d_])+(?:['’](?:(?![{_CJK}])[^\W\d_])+)*")
_RUNNING = ("paragraph", "list-item", "quote", "table-cell", "unit", "cue")
_COPIED = 0.7
"""Share of a segment's words that its source has too, from which it counts as copied; fitted on docpairs (documents of one half)."""
_SURE = 0.7
"""Probability of the source language from which a copied text is not a term that both languages share."""
_FEW = 2
"""Words, neither names nor terms that the translation keeps, below which a copied text is one of those."""
_SHORT = 6
"""Words up to which a copy must be exact: titles keep their terms and change their order (``React Tools extension``)."""
_COMMENT = 3
"""Words that a comment in code must have."""
_NAMING: frozenset[str] = frozenset({"caption", "table-cell"})
"""Kinds that often hold names alone; in headings and links, capitals are a matter of style."""
_LONG = 5
"""Copied words that prove a copy where the language cannot be told."""


def untranslated(context: Context) -> Iterator[Finding]:
    """Source-language fragments of a mixed document without counterpart; copied segments of a translation."""
    if context.mixed:
        yield from _left_over(context)
    else:
        for pair, segment, share in _copies(context):
            yield _report(context, pair, segment, share)
        yield from _comments(context)


def copied_beads(context: Context) -> Iterator[int]:
    """Positions of the beads whose whole target is named by the rule."""
    if context.mixed:
        return
    named: dict[int, set[int]] = {}
    for pair, segment, _ in _copies(context):
        named.setdefault(pair.index, set()).add(segment.id)
    for index, ids in named.items():
        if ids >= set(context.beads[index].bead.target):
            yield index


def _left_over(context: Context) -> Iterator[Finding]:
    """One finding for each source-language fragment, or run of its sentences, that nothing translates."""
    runs: list[list[Segment]] = []
    for pair in context.beads:
        if pair.target.segments or not has_words(pair.source.text):
            continue
        for segment in pair.source.segments:
            if segment.kind in _NAMING and _is_name(segment.text):
                continue
            last = runs[-1][-1] if runs else None
            if last is not None and last.fragment == segment.fragment and last.id + 1 == segment.id:
                runs[-1].append(segment)
            else:
                runs.append([segment])
    positions = {number: pair.index for pair in context.beads for number in pair.bead.source}
    for run in runs:
        part = Part(context.source, [segment.id for segment in run])
        place = part.place()
        fragment = context.source.document.fragments[run[0].fragment]
        if len(run) > 1:  # the space between two sentences is the document's
            inside = fragment.text.find(run[0].text), fragment.text.find(run[-1].text) + len(run[-1].text)
            text = fragment.text[inside[0] : inside[1]]
        else:
            text = run[0].text
        place = replace(place, text=text)
        words = f"this {_name(run[0])} is still in the source language ({base(context.source.language)}): “{shorten(text)}”"
        yield finding(context, "untranslated", "error", words, source=place, score=fragment.confidence or None, bead=positions[run[0].id])


def _is_name(text: str) -> bool:
    """Whether a text is nothing but names: several words, each with one capital, its first letter."""
    words = _WORD.findall(text)
    return len(words) > 1 and all(word[0].isupper() and not word.isupper() for word in words)


def _name(segment: Segment) -> str:
    return {"front-matter": "front-matter value", "unit": "text", "cue": "subtitle"}.get(segment.kind, segment.kind.replace("-", " "))


def has_words(text: str) -> bool:
    """Whether there is something to translate: a word of two letters, or any letter of a script without spaces."""
    return re.search(rf"[^\W\d_]{{2}}|[{_CJK}]", text) is not None


def _copies(context: Context) -> list[tuple[Pair, Segment, float]]:
    """Target segments that are copies of their source and in its language, with the share of copied words."""
    cached: list[tuple[Pair, Segment, float]] | None = context.__dict__.get("_copies")
    if cached is not None:
        return cached
    found: list[tuple[Pair, Segment, float]] = []
    if base(context.source.language) != base(context.target.language):
        found = list(_find_copies(context))
    context.__dict__["_copies"] = found
    return found


def words_of(text: str) -> list[str]:
    """The words of a text, lower case; in scripts without spaces each character is one."""
    return list(_words_of(text))


@lru_cache(maxsize=8192)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(match.group().lower() for match in _WORD.finditer(text))


def _find_copies(context: Context) -> Iterator[tuple[Pair, Segment, float]]:
    candidates: list[tuple[Pair, Segment, float, list[str], str]] = []
    for pair in context.pairs:
        if pair.target.is_code or any(base(segment.language) not in _own(context) for segment in pair.source.segments):
            continue
        have = Counter(words_of(pair.source.prose))
        for number, segment in enumerate(pair.target.segments):
            start = pair.target.starts[number]
            prose = pair.target.prose[start : start + len(segment.text)]
            words = words_of(prose)
            if not words or segment.kind == "code":
                continue
            copied = Counter(words) & have
            share = sum(copied.values()) / len(words)
            if share >= _COPIED and (len(words) > _SHORT or _stands_in(words, words_of(pair.source.prose))):
                candidates.append((pair, segment, share, list(copied.elements()), prose))
    kept = _own_words(context, {(pair.index, segment.id) for pair, segment, *_ in candidates}) | _name_words(context)
    guesses = detect_texts(
        [text for *_, text in candidates], languages=(context.source.language, context.target.language), min_confidence=_SURE
    )
    for (pair, segment, share, copied_words, prose), guess in zip(candidates, guesses, strict=True):
        meant = set(words_of(_without_expansions(prose if segment.kind == "heading" else _without_names(prose))))
        own = [word for word in copied_words if word in meant and word not in kept]
        foreign = base(guess.language) == base(context.source.language)
        unsure = guess.language in (UNDETERMINED, NO_LANGUAGE)
        if (foreign and len(own) >= _FEW) or (unsure and len(own) >= _LONG and share > 0.9):
            yield pair, segment, share


def _comments(context: Context) -> Iterator[Finding]:
    """Comments in code that are left as they were: notes, unless the option ``comments`` of the rule asks for them."""
    severity: Severity = "error" if context.option("untranslated", "comments", False) else "note"
    found: list[tuple[Pair, int, int]] = []
    for pair in context.pairs:
        if pair.source.is_code and pair.target.is_code:
            info = [part.side.document.fragments[part.segments[0].fragment].info for part in (pair.source, pair.target)]
            own = {pair.source.text[start:end] for start, end in comment_texts(pair.source.text, info[0])}
            found += [(pair, *span) for span in comment_texts(pair.target.text, info[1]) if pair.target.text[span[0] : span[1]] in own]
    found = [one for one in found if len(words_of(one[0].target.text[one[1] : one[2]])) >= _COMMENT]
    texts = [pair.target.text[start:end] for pair, start, end in found]
    guesses = detect_texts(texts, languages=(context.source.language, context.target.language), min_confidence=_SURE) if texts else []
    for (pair, start, end), guess in zip(found, guesses, strict=True):
        if base(guess.language) == base(context.source.language) != base(context.target.language):
            words = f"this comment is still in the source language ({guess.language}): “{shorten(pair.target.text[start:end])}”"
            place = pair.target.place(start, end)
            yield finding(context, "untranslated", severity, words, source=pair.source.place(), target=place, bead=pair.index)


def _own(context: Context) -> frozenset[str]:
    return frozenset({base(context.source.language), UNDETERMINED, NO_LANGUAGE})


def _stands_in(words: list[str], source: list[str]) -> bool:
    """Whether the words stand in the source as one run."""
    return any(source[start : start + len(words)] == words for start in range(len(source) - len(words) + 1))


def _own_words(context: Context, copies: set[tuple[int, int]]) -> frozenset[str]:
    """Words that the translation uses outside what looks like a copy: its own, and the terms that it keeps."""
    words: set[str] = set()
    for pair in context.beads:
        for segment in pair.target.segments:
            if segment.kind != "code" and (pair.index, segment.id) not in copies:
                words.update(words_of(segment.text))
    return frozenset(words)


def _name_words(context: Context) -> frozenset[str]:
    """Words that the source writes with a capital inside its sentences, and never without: names. Headings do not count."""
    names: set[str] = set()
    plain: set[str] = set()
    for pair in context.beads:
        for segment in pair.source.segments:
            for match in _WORD.finditer(segment.text):
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


def _report(context: Context, pair: Pair, segment: Segment, share: float) -> Finding:
    number = pair.bead.target.index(segment.id)
    start = pair.target.starts[number]
    target = pair.target.place(start, start + len(segment.text))
    what = (
        f"this {_name(segment)}" if len(context.target.document.fragments[segment.fragment].text) == len(segment.text) else "this sentence"
    )
    words = f"{what} is still in the source language ({base(context.source.language)}): “{shorten(segment.text)}”"
    return finding(context, "untranslated", "error", words, source=pair.source.place(), target=target, score=share, bead=pair.index)
