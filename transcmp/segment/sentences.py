"""Where sentences begin.

Boundaries come from sentencex (rules and abbreviations of about 300 languages), or from SRX rules where the user names a file. Both are put
right in the same few places (:data:`REPAIRS`): closing quotes stay with their sentence, code is never cut, a list number or an initial is
no sentence; and sentences inside a long quotation are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from transcmp.model import Fragment, FragmentKind, Language, Passage

WHOLE: frozenset[FragmentKind] = frozenset({"heading", "caption", "title", "term", "code", "cue", "unit"})
"""Kinds that are one segment each: what is short is compared as a whole."""

Rules = Callable[[str, Language], list[int]]
"""Sentence rules: a text and its language to the offsets at which sentences begin, without 0."""


def sentences(passage: Passage, language: Language, rules: Rules | None = None) -> list[tuple[int, int]]:
    """Start and end of every sentence in a passage's text, without the white space between them. Never empty for a text that is not."""
    text = passage.text
    if not text or (isinstance(passage, Fragment) and passage.kind in WHOLE):
        return [(0, len(text))] if text else []
    starts = {0}
    offset = 0
    for line in text.split("\n"):  # a hard line break ends a sentence
        starts.add(offset)
        if line.strip():
            starts.update(offset + start for start in _in_parts(line, language, rules or by_sentencex))
        offset += len(line) + 1
    for repair in REPAIRS if rules is None else (keep_code,):  # a user's rules are obeyed
        starts = repair(passage, starts)
    bounds = sorted(start for start in starts if start < len(text))
    spans = []
    for start, end in zip(bounds, [*bounds[1:], len(text)], strict=True):
        content = text[start:end]
        stripped = content.strip()
        if stripped:
            start += len(content) - len(content.lstrip())
            spans.append((start, start + len(stripped)))
    return spans


PART = 2000
"""Characters that rules see at once: both sentencex and SRX engines take quadratic time on hostile text."""

_SAFE_CUT = re.compile(r"[.!?…。！？][\"'”’»)\]」』]*\s+(?=[^\W\d_a-z])|[。！？]+(?=[^\s」』”）])|\s+")


def _in_parts(line: str, language: Language, rules: Rules) -> list[int]:
    """Sentence starts in a line, found part by part; parts are cut behind what looks like a sentence, else at a space.

    Where a part begins is a sentence start only if it was cut behind a sentence.
    """
    if len(line) <= PART:
        return rules(line, language)
    starts: list[int] = []
    begin = 0
    while begin < len(line):
        end, clean = _cut(line, begin)
        starts += [begin + start for start in rules(line[begin:end], language)]
        if clean and end < len(line):
            starts.append(end)
        begin = end
    return starts


def _cut(line: str, begin: int) -> tuple[int, bool]:
    """Where the part that begins at ``begin`` ends, and whether a sentence ends there."""
    if len(line) - begin <= PART:
        return len(line), True
    space = 0
    sentence = 0
    for found in _SAFE_CUT.finditer(line, begin + PART // 2, begin + PART):
        if found[0].isspace():
            space = found.end()
        else:
            sentence = found.end()
    if sentence:
        return sentence, True
    return space or begin + PART, False


def by_sentencex(text: str, language: Language) -> list[int]:
    """Sentence starts by sentencex; sentences inside quotes and parentheses count where these hold more than one."""
    from sentencex import segment as cut

    code = language.split("-", 1)[0] if language not in ("und", "zxx") else "en"
    starts = []
    offset = 0
    for sentence in cut(code, text):
        if offset:
            starts.append(offset)
        if _QUOTE.search(sentence) and _INNER_END.search(sentence):
            starts += [offset + start for start in _inside_quotes(sentence, code)]
        offset += len(sentence)
    if code == "en":
        starts += [found.end() for found in _MISSED.finditer(text)]
    return starts if offset == len(text) else []


_MISSED = re.compile(r"(?:\b(?:me|[Nn]o|OK)\.|\.\.\.|…)[”’\")]*\s+(?=[“‘\"'(]?[A-Z])")
"""English sentence ends that sentencex takes for abbreviations (``me.`` is Maine to it, ``OK.`` Oklahoma) or for pauses."""

_QUOTE = re.compile('[“”„«»"()‹›]')
_INNER_END = re.compile(r"[.!?…][ \u00a0]+[^\W\d_]")
_PAIRS = re.compile('[“„«‹(][^“„«‹()\n]*?[”“»›)]|"[^"\n]*"|»[^«»\n]*«|”[^”\n]*”')


def _inside_quotes(sentence: str, code: str) -> list[int]:
    """Sentence starts inside the quotations and parentheses of ``sentence``."""
    from sentencex import segment as cut

    found = []
    for pair in _PAIRS.finditer(sentence):
        inner = pair[0][1:-1]
        if not _INNER_END.search(inner):
            continue
        offset = pair.start() + 1
        for part in cut(code, inner):
            if offset > pair.start() + 1:
                found.append(offset)
            offset += len(part)
        alone = pair[0][0] == "(" and not sentence[: pair.start()].strip()
        if alone and sentence[pair.end() :].strip():
            found.append(pair.end())
    return found


# -- repairs ---------------------------------------------------------------------------------------------------------

_CLOSING = re.compile(r"\s*[”»›’\")\]}」』）】〉》]+(?=\s|\Z)|[”»›）」』】〉》]+")
_LIST_NUMBER = re.compile(r"\s*(?:\(?\d{1,3}|\(?[a-zA-Z])[.)]\s*\Z")
_NUMBERED = re.compile(
    r"(?<=[^\W\d_].)(?<=[.!?])[”»)\"]*\s+(?=\d{1,3}[.)]\s+[^\W\d_a-zà-ÿ])|(?<=\s[.!?])\s+(?=\d{1,3}[.)]\s+[^\W\d_a-zà-ÿ])"
)
_INITIAL = re.compile(r"(?:^|[\s(\u00a0])[A-ZÀ-ÞА-Я]\.\s*\Z")
_ORDINAL = re.compile(r"\b(?:[Dd](?:er|ie|as|em|en|es)|[Vv]om|[Zz]u[mr]|[Bb]eim|[Ee]ine?[rsmn]?|[Jj]ede[rsmn]?) \d{1,4}\.\s*\Z")
"""A German ordinal behind an article: ``Der 2. Punkt``."""
_ENDING = re.compile(r"[.…:;]\s*[”»›’\")\]]*\s*\Z")
_CONTINUES = re.compile("[とっはがをにでなのもや]")
_WORD = re.compile(r"\w")
_CONTEXT = 200
"""Characters on either side of a boundary that decide about it."""


def find_numbers(passage: Passage, starts: set[int]) -> set[int]:
    """A list number behind a full stop begins a sentence (``... done. 4. The next``); :func:`join_fragments` keeps it with its text."""
    return starts | {found.end() for found in _NUMBERED.finditer(passage.text)}


def keep_closing(passage: Passage, starts: set[int]) -> set[int]:
    """Closing quotes and brackets stay with the sentence they close."""
    text = passage.text
    moved = set()
    for start in starts:
        found = _CLOSING.match(text, start) if start else None
        quote = found[0].strip() if found else ""
        if found and quote and not (quote[0] in '"’' and text[start - 1 : start].isspace() and text[found.end() : found.end() + 1].strip()):
            start = found.end()
        moved.add(start)
    return moved


def keep_code(passage: Passage, starts: set[int]) -> set[int]:
    """No boundary inside code, a placeholder or a link's address."""
    guarded = [(mark.start, mark.end) for mark in passage.marks if mark.kind in ("code", "placeholder") and mark.end > mark.start]
    if not guarded:
        return starts
    return {start for start in starts if not any(first < start < last for first, last in guarded)}


def join_fragments(passage: Passage, starts: set[int]) -> set[int]:
    """No boundary behind a list number, an initial or an abbreviation that goes on in lower case, nor before what has no word."""
    text = passage.text
    ordered = sorted(starts)
    kept = {0} if 0 in starts else set()
    last = 0
    for number, start in enumerate(ordered):
        if start == 0:
            continue
        end = ordered[number + 1] if number + 1 < len(ordered) else len(text)
        before = text[max(last, start - _CONTEXT) : start]
        if text[start - 1] == "\n" or not joins(before, text[start : min(end, start + _CONTEXT)]):
            kept.add(start)
            last = start
    return kept


def joins(before: str, after: str) -> bool:
    """Whether two neighbours that a rule parted are one sentence."""
    if not _WORD.search(after) or not _WORD.search(before) or _LIST_NUMBER.fullmatch(before):
        return True
    if _INITIAL.search(before) or _ORDINAL.search(before):
        return True
    first = after.lstrip(" \t\u00a0\"“„«‹'‘(")[:1]
    if first.islower() and _ENDING.search(before):
        return True
    return before.rstrip()[-1:] in "」』" and _CONTINUES.match(after) is not None


REPAIRS: tuple[Callable[[Passage, set[int]], set[int]], ...] = (find_numbers, keep_closing, keep_code, join_fragments)
"""What is done to boundaries, in this order."""
