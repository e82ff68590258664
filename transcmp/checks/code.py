"""``code``: inline code and code blocks that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from transcmp.checks.context import Context, Pair, Part, finding, shorten
from transcmp.evidence.code import CodeToken, same_key, tokenise
from transcmp.evidence.names import distance, is_slip
from transcmp.model import Finding, Mark, Severity

_SPACE = re.compile(r"\s+")
_TRANSLATED = 0.85
"""Share of equal words in strings, comments and diagrams below which they are translated; a single change above it is a slip."""


def code(context: Context) -> Iterator[Finding]:
    """Code of one side that the other does not have. Words of strings, comments and diagrams may be translated."""
    for pair in context.compared:
        if pair.source.is_code and pair.target.is_code:
            yield from _block(context, pair)
        elif not pair.source.is_code and not pair.target.is_code:
            yield from _inline(context, pair)


def _inline(context: Context, pair: Pair) -> Iterator[Finding]:
    source, target = _marks(pair.source), _marks(pair.target)
    lost = [mark for mark in source if not any(_same(mark, other) for other in target)]
    gained = [mark for mark in target if not any(_same(mark, other) for other in source)]
    while lost and gained:
        one, other = max(((a, b) for a in lost for b in gained), key=lambda both: _likeness(both[0].value, both[1].value))
        lost.remove(one)
        gained.remove(other)
        if same_key(one.value, other.value) or _is_translated(one.value, other.value):
            continue
        words = f"the source has the code {_quoted(one)}, the translation {_quoted(other)}"
        yield finding(context, "code", "error", words, source=pair.source.at(one), target=pair.target.at(other), bead=pair.index)
    for one in lost:
        if not _said(pair.target, one) and not _crossed(context, pair, one, target=True):
            words = f"the translation lacks the code {_quoted(one)}"
            severity: Severity = "note" if one.value.isalpha() and one.value.islower() else "warning"  # a word of the language as well
            yield finding(context, "code", severity, words, source=pair.source.at(one), target=pair.target.place(), bead=pair.index)
    for other in gained:
        if not _said(pair.source, other) and not _crossed(context, pair, other, target=False):
            words = f"the translation has the code {_quoted(other)}, the source does not"
            yield finding(context, "code", "warning", words, source=pair.source.place(), target=pair.target.at(other), bead=pair.index)


def _marks(part: Part) -> list[Mark]:
    return [mark for mark in part.marks if mark.kind == "code" and mark.value.strip()]


def _same(one: Mark, other: Mark) -> bool:
    return _SPACE.sub("", one.value) == _SPACE.sub("", other.value)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _quoted(mark: Mark) -> str:
    return f"`{shorten(mark.value, 40)}`"


def _is_translated(one: str, other: str) -> bool:
    """Whether two pieces of code differ only in words of strings and of text between tags."""
    first, second = tokenise(one), tokenise(other)
    if [token.text for token in first if token.kind == "code"] != [token.text for token in second if token.kind == "code"]:
        return False
    return not any(True for _ in _slips(first, second))


def _said(part: Part, mark: Mark) -> bool:
    """Whether the other side has the words, if not as code: quotes in the place of backticks, or the same word in prose."""
    plain = mark.value.strip().strip("\"'")
    return plain != "" and re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", part.text, re.IGNORECASE) is not None


def _crossed(context: Context, pair: Pair, mark: Mark, *, target: bool) -> bool:
    for index in (pair.index - 1, pair.index + 1):
        if 0 <= index < len(context.beads):
            near = context.beads[index]
            part, other = (near.target, near.source) if target else (near.source, near.target)
            if any(_same(mark, one) for one in _marks(part)) and not any(_same(mark, one) for one in _marks(other)):
                return True
    return False


def _block(context: Context, pair: Pair) -> Iterator[Finding]:
    source = tokenise(pair.source.text, _info(pair.source))
    target = tokenise(pair.target.text, _info(pair.target))
    for one, other in _changes(source, target):
        source_place = pair.source.place(*one) if one[0] < one[1] else pair.source.place()
        target_place = pair.target.place(*other) if other[0] < other[1] else pair.target.place()
        before, after = (shorten(part.text[span[0] : span[1]], 40) for part, span in ((pair.source, one), (pair.target, other)))
        if not after:
            words = f"the code block lacks `{before}`"
        elif not before:
            words = f"the code block has `{after}`, the source does not"
        else:
            words = f"the source's code says `{before}`, the translation's `{after}`"
        yield finding(context, "code", "error", words, source=source_place, target=target_place, bead=pair.index)
        return  # one block, one finding


def _info(part: Part) -> str:
    return part.side.document.fragments[part.segments[0].fragment].info


Change = tuple[tuple[int, int], tuple[int, int]]


def _changes(source: tuple[CodeToken, ...], target: tuple[CodeToken, ...]) -> Iterator[Change]:
    """Spans of code that differ, and of words in strings, comments and diagrams that are changed but not translated."""
    own = [token for token in source if token.kind == "code"]
    others = [token for token in target if token.kind == "code"]
    matcher = SequenceMatcher(None, [token.text for token in own], [token.text for token in others], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield _span(own, a, b), _span(others, c, d)
    yield from _slips(source, target)


def _span(tokens: list[CodeToken], first: int, last: int) -> tuple[int, int]:
    return (tokens[first].start, tokens[last - 1].end) if first < last else (0, 0)


def _slips(source: tuple[CodeToken, ...], target: tuple[CodeToken, ...]) -> Iterator[Change]:
    """Numbers that differ, and misspelt words, in what may be translated."""
    own = [token for token in source if token.kind != "code"]
    others = [token for token in target if token.kind != "code"]
    matcher = SequenceMatcher(None, [token.text for token in own], [token.text for token in others], autojunk=False)
    words = {token.text for token in source}
    every = SequenceMatcher(None, [token.text for token in source], [token.text for token in target], autojunk=False)
    plain = all(token.kind == "text" for token in source)
    near = every.ratio() >= _TRANSLATED
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "replace":
            continue
        for one, other in zip(own[a:b], others[c:d], strict=False):
            if other.text in words:
                continue
            digits = one.text[0].isdigit() and other.text[0].isdigit()
            alone = near and b - a == d - c == 1 and (one.kind == "string" or plain)  # the words around it are as they were
            slip = len(one.text) > 3 and (is_slip(one.text, other.text) or (alone and distance(one.text, other.text) == 1))
            if digits or slip:
                yield (one.start, one.end), (other.start, other.end)
