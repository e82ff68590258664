"""``untranslated``: text of the source language left in the translation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from transcmp.checks.context import Context, Pair, Part, finding, shorten
from transcmp.evidence.code import comment_texts
from transcmp.evidence.copies import SURE, WORD, Copy, words_of
from transcmp.language import base, detect_texts
from transcmp.model import Finding, Segment, Severity

_COMMENT = 3
"""Words that a comment in code must have."""
_PASSAGES, _WHOLE = 6, 0.9
"""Copies, and their share of the translation's letters, from which one finding says that nothing is translated."""
_NAMING: frozenset[str] = frozenset({"caption", "table-cell"})
"""Kinds that often hold names alone; in headings and links, capitals are a matter of style."""


def untranslated(context: Context) -> Iterator[Finding]:
    """Source-language fragments of a mixed document without counterpart; copied segments of a translation."""
    if context.mixed:
        yield from _left_over(context)
    else:
        if _is_whole(context):
            yield _report_whole(context)
        else:
            for copy in context.copies:
                yield _report(context, copy)
        yield from _comments(context)


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
    words = WORD.findall(text)
    return len(words) > 1 and all(word[0].isupper() and not word.isupper() for word in words)


def _name(segment: Segment) -> str:
    return {"front-matter": "front-matter value", "unit": "text", "cue": "subtitle"}.get(segment.kind, segment.kind.replace("-", " "))


def has_words(text: str) -> bool:
    """Whether there is something to translate: a word of two letters, or any letter of a script without spaces."""
    return re.search(r"[^\W\d_]{2}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text) is not None


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
    guesses = detect_texts(texts, languages=(context.source.language, context.target.language), min_confidence=SURE) if texts else []
    for (pair, start, end), guess in zip(found, guesses, strict=True):
        if base(guess.language) == base(context.source.language) != base(context.target.language):
            words = f"this comment is still in the source language ({guess.language}): “{shorten(pair.target.text[start:end])}”"
            place = pair.target.place(start, end)
            yield finding(context, "untranslated", severity, words, source=pair.source.place(), target=place, bead=pair.index)


def _is_whole(context: Context) -> bool:
    """Whether nearly all of the translation is copies: then that is the fault, and not each passage."""
    if len(context.copies) < _PASSAGES:
        return False
    sizes = [0 if segment.kind == "code" else sum(map(str.isalpha, segment.text)) for segment in context.target.segments]
    return sum(sizes[copy.segment] for copy in context.copies) >= _WHOLE * sum(sizes)


def _report_whole(context: Context) -> Finding:
    copies = sorted(context.copies, key=lambda copy: copy.segment)
    target = Part(context.target, [copy.segment for copy in copies])
    beads = sorted({copy.bead for copy in copies})
    source = Part(context.source, sorted(number for bead in beads for number in context.beads[bead].bead.source))
    share = min(copy.share for copy in copies)
    words = f"nothing is translated: {len(copies)} passages are still in the source language ({base(context.source.language)})"
    return finding(context, "untranslated", "error", words, source=source.place(), target=target.place(), score=share, bead=beads[0])


def _report(context: Context, copy: Copy) -> Finding:
    pair, segment = context.beads[copy.bead], context.target.segments[copy.segment]
    start = pair.target.starts[pair.bead.target.index(segment.id)]
    target = pair.target.place(start, start + len(segment.text))
    what = (
        f"this {_name(segment)}" if len(context.target.document.fragments[segment.fragment].text) == len(segment.text) else "this sentence"
    )
    words = f"{what} is still in the source language ({base(context.source.language)}): “{shorten(segment.text)}”"
    return finding(context, "untranslated", "error", words, source=pair.source.place(), target=target, score=copy.share, bead=pair.index)
