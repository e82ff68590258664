"""The tokens of HTML with their places (HTML Living Standard, 13.2.5, as far as text extraction needs it).

Any input has a reading: what is no markup is text. Linear in the input, whatever it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from transcmp.readers._markup import Attribute, Tag

RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content has no tags."""

_COMMENTS = (("<!--", re.compile(r"(?<=<!--)-?>|--!?>")), ("<![CDATA[", re.compile(r"\]\]>")), ("<?", re.compile(r"\?>")))
_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_GAP = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(r"([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?")


class Text(Struct, frozen=True):
    """Character data, its references not resolved."""

    start: int
    end: int
    raw: bool = False
    """Whether it is the content of a raw text element, where there are no references (script, style)."""


class Comment(Struct, frozen=True):
    """A comment, a doctype or a processing instruction."""

    start: int
    end: int


def tokenize(text: str, start: int = 0, end: int | None = None) -> Iterator[Text | Comment | Tag]:
    """All tokens of ``text[start:end]`` in order; names of tags and attributes in lower case."""
    end = len(text) if end is None else end
    unclosed: set[str] = set()
    last_close = text.rfind(">", start, end)
    position = begin = start
    while True:
        position = text.find("<", position, end)
        if position < 0 or position > last_close:
            break
        token = _markup(text, position, end, unclosed)
        if token is None:
            position += 1
            continue
        if begin < position:
            yield Text(begin, position)
        yield token
        position = begin = token.end
        if isinstance(token, Tag) and token.name in RAW_TEXT and not token.closing and not token.empty:
            begin = _raw_end(text, token.name, position, end)
            if position < begin:
                yield Text(position, begin, token.name in ("script", "style"))
            position = begin
    if begin < end:
        yield Text(begin, end)


def _raw_end(text: str, name: str, start: int, end: int) -> int:
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, start, end)
    return found.start() if found else end


def _markup(text: str, start: int, end: int, unclosed: set[str]) -> Comment | Tag | None:
    """The tag or comment at ``text[start]``. ``unclosed`` are the openings known to have no closing from here on.

    A comment without its end is over at the next ``>``. A browser hides all that follows, but a page that lost its text by a slip of the
    keyboard has not lost its translation.
    """
    for opening, closing in _COMMENTS:
        if text.startswith(opening, start):
            close = None if opening in unclosed else closing.search(text, start + len(opening), end)
            if close is None:
                unclosed.add(opening)
                break
            return Comment(start, close.end())
    if text[start + 1 : start + 2] in ("!", "?"):
        return Comment(start, text.find(">", start) + 1)
    found = _NAME.match(text, start, end)
    if found is None:
        return None
    attributes: list[Attribute] = []
    position = found.end()
    while True:
        gap = _GAP.match(text, position, end)
        assert gap is not None
        if gap.end() >= end:
            return None
        if text[gap.end()] == ">":
            empty = text[gap.end() - 1] == "/"
            return Tag(found[1].lower(), text[start + 1] == "/", empty, start, gap.end() + 1, tuple(attributes))
        item = _ATTRIBUTE.match(text, gap.end(), end)
        if item is None:  # a stray "="
            position = gap.end() + 1
            continue
        group = next((number for number in (2, 3, 4) if item[number] is not None), 1)
        first, last = item.span(group) if group > 1 else (item.end(), item.end())
        attributes.append(Attribute(item[1].lower(), first, last))
        position = item.end()
