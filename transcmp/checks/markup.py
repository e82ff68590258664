"""``placeholder``, ``html-tag``, ``anchor``, ``front-matter``: markup that must survive as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from transcmp.checks.context import Context, Pair, Part, document_place, finding, shorten
from transcmp.model import Document, Finding, Mark, MarkKind

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_TAG = re.compile(r"<(/?)\s*([A-Za-z][\w.:-]*)[^>]*?(/?)>", re.DOTALL)
_OF_LANGUAGE = re.compile(
    r"(?:^|[_.-])(?:lang|language|locale|url|slug|permalink|aliases?|path|id|translat\w*|date|modified|updated|lastmod|author\w*)$", re.I
)


def placeholder(context: Context) -> Iterator[Finding]:
    """Placeholders that one side has more often than the other."""
    for pair in context.compared:
        source, target = _marks(pair.source, "placeholder"), _marks(pair.target, "placeholder")
        lost, gained = _surplus(source, target), _surplus(target, source)
        while lost and gained:
            one, other = lost.pop(0), gained.pop(0)
            words = f"the source has the placeholder {one.value}, the translation {other.value}"
            yield _report(context, pair, "placeholder", words, one, other)
        for one in lost:
            yield _report(context, pair, "placeholder", f"the translation lacks the placeholder {one.value}", one, None)
        for other in gained:
            words = f"the translation has the placeholder {other.value}, the source does not"
            yield _report(context, pair, "placeholder", words, None, other)


def _marks(part: Part, kind: MarkKind) -> list[Mark]:
    return [mark for mark in part.marks if mark.kind == kind]


def _surplus(own: list[Mark], others: list[Mark]) -> list[Mark]:
    """Marks whose value stands on the other side less often; the last ones."""
    left = Counter(mark.value for mark in others)
    found = []
    for mark in own:
        if left[mark.value]:
            left[mark.value] -= 1
        else:
            found.append(mark)
    return found


def _report(context: Context, pair: Pair, rule: str, words: str, one: Mark | None, other: Mark | None) -> Finding:
    source = pair.source.place() if one is None else pair.source.at(one)
    target = pair.target.place() if other is None else pair.target.at(other)
    return finding(context, rule, "error", words, source=source, target=target, bead=pair.index)


def html_tag(context: Context) -> Iterator[Finding]:
    """Tags that the translation opens and does not close, or the other way round; kinds of tag that it lost; components on one side."""
    for pair in context.prose:
        source, target = _tags(pair.source), _tags(pair.target)
        for name in dict.fromkeys((*target, *source)):
            opened, closed = target.get(name, (0, 0))
            before = source.get(name, (0, 0))
            if opened != closed and before[0] == before[1]:
                lacking = f"</{name}>" if opened > closed else f"<{name}>"
                mark = next(mark for mark in _marks(pair.target, "html") if _name(mark) == name)
                words = f"the translation has <{name}> {opened} times and </{name}> {closed} times: {lacking} is missing"
                yield finding(context, "html-tag", "error", words, source=pair.source.place(), target=pair.target.at(mark), bead=pair.index)
            elif before[0] and name not in target and name != "span":
                mark = next(mark for mark in _marks(pair.source, "html") if _name(mark) == name)
                words = f"the translation lacks the tag <{name}>"
                yield finding(context, "html-tag", "note", words, source=pair.source.at(mark), target=pair.target.place(), bead=pair.index)
        yield from _components(context, pair)


def _components(context: Context, pair: Pair) -> Iterator[Finding]:
    """Tags that close themselves as HTML's own do not: what they stand for is shown to readers of one side only."""
    found = [[mark for mark in _marks(part, "html") if _is_component(mark)] for part in (pair.source, pair.target)]
    names = [Counter(map(_name, marks)) for marks in found]
    for name in names[0] - names[1]:
        mark = next(mark for mark in found[0] if _name(mark) == name)
        words = f"the translation lacks the tag {shorten(mark.value, 40)}"
        yield finding(context, "html-tag", "warning", words, source=pair.source.at(mark), target=pair.target.place(), bead=pair.index)
    for name in names[1] - names[0]:
        mark = next(mark for mark in found[1] if _name(mark) == name)
        words = f"the translation has the tag {shorten(mark.value, 40)}, the source does not"
        yield finding(context, "html-tag", "warning", words, source=pair.source.place(), target=pair.target.at(mark), bead=pair.index)


def _is_component(mark: Mark) -> bool:
    match = _TAG.match(mark.value)
    return match is not None and bool(match[3]) and match[2].lower() not in _VOID


def _name(mark: Mark) -> str:
    match = _TAG.match(mark.value)
    return match[2].lower() if match else ""


def _tags(part: Part) -> dict[str, tuple[int, int]]:
    """How often each paired tag is opened and closed."""
    counts: dict[str, tuple[int, int]] = {}
    for mark in _marks(part, "html"):
        match = _TAG.match(mark.value)
        if match is None or match[3] or match[2].lower() in _VOID:
            continue
        opened, closed = counts.get(match[2].lower(), (0, 0))
        counts[match[2].lower()] = (opened, closed + 1) if match[1] else (opened + 1, closed)
    return counts


def anchor(context: Context) -> Iterator[Finding]:
    """Anchors of the source that the translation lacks or names otherwise: links to them break."""
    kept = {mark.value for fragment in context.target.document.fragments for mark in fragment.marks if mark.kind == "anchor"}
    for pair in context.pairs:
        source, target = _marks(pair.source, "anchor"), _marks(pair.target, "anchor")
        lost = [mark for mark in source if mark.value not in kept]
        gained = [mark for mark in target if all(mark.value != other.value for other in source)]
        for index, one in enumerate(lost):
            other = gained[index] if index < len(gained) else None
            words = f"the anchor #{one.value} of the source is " + (f"#{other.value} in the translation" if other else "missing")
            place = pair.target.place() if other is None else pair.target.at(other)
            yield finding(context, "anchor", "warning", words, source=pair.source.at(one), target=place, bead=pair.index)


def front_matter(context: Context) -> Iterator[Finding]:
    """Keys of the front matter that the translation lacks; values that are no text and differ."""
    if context.mixed:
        return
    source, target = dict(context.source.document.metadata), dict(context.target.document.metadata)
    if not source:
        return
    texts = {fragment.info for fragment in context.target.document.fragments if fragment.kind == "front-matter"}
    places = {
        "source": document_place(context.source, _block(context.source.document)),
        "target": document_place(context.target, _block(context.target.document)),
    }
    for key, value in source.items():
        if _OF_LANGUAGE.search(key):
            continue
        if key not in target and key not in texts:
            words = f"the front matter lacks the key {key}"
            yield finding(context, "front-matter", "warning", words, source=places["source"], target=places["target"])
        elif key in target and target[key] != value:
            words = f"the front matter's {key} is {shorten(value, 30)} in the source, {shorten(target[key], 30)} in the translation"
            yield finding(context, "front-matter", "note", words, source=places["source"], target=places["target"])


def _block(document: Document) -> tuple[int, int]:
    block = next((block for block in document.blocks if block.kind == "front-matter"), None)
    return (block.span.start, block.span.end) if block else (0, 0)
