"""Tags, attributes and character references with exact places: HTML 5 syntax and what JSX and Vue add to it.

Every scan is linear: what could run on is bounded by nesting depth.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from transcmp.model import FragmentKind, Piece

TEXT_ATTRIBUTES: dict[str, FragmentKind] = {
    "alt": "caption",
    "caption": "caption",
    "figcaption": "caption",
    "title": "title",
    "aria-label": "title",
    "placeholder": "title",
    "label": "title",
    "summary": "title",
    "tooltip": "title",
    "description": "title",
    "text": "title",
    "heading": "title",
    "subtitle": "title",
}
"""Attributes whose values people read."""

ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
"""A character reference as CommonMark knows it (6.2): always with its semicolon."""
LOOSE_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
"""As HTML knows it: some names go without."""

_NAME = re.compile(r"</?([A-Za-z][\w.:-]*)|</?>")
_SPACE = re.compile(r"[ \t\r\n\f]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s\"'<>/={}]+")
_UNQUOTED = re.compile(r"[^\s\"'=<>`{}]+")
_STRING_IN_BRACES = re.compile(r"""\{\s*(["'`])((?:(?!\1)[^\\{}])*)\1\s*\}""")
_MAX_BRACES = 8


class Attribute(Struct, frozen=True):
    """One attribute of a tag; ``start`` and ``end`` enclose its value (both at the name's end where it has none)."""

    name: str
    start: int
    end: int


class Tag(Struct, frozen=True):
    """A tag in a text; ``start`` and ``end`` enclose all of it, in offsets of that text."""

    name: str
    closing: bool
    empty: bool
    start: int
    end: int
    attributes: tuple[Attribute, ...]

    def value(self, text: str, name: str) -> str:
        """The attribute's value as written in ``text``; empty where it is absent."""
        return next((text[item.start : item.end] for item in self.attributes if item.name.lower() == name), "")


def scan_tag(text: str, start: int, limit: int) -> Tag | None:
    """The tag that begins at ``text[start]`` (a ``<``) and ends before ``limit``; None where there is none."""
    head = _NAME.match(text, start, limit)
    if head is None:
        return None
    closing = text.startswith("</", start)
    name = head[1] or ""
    if not name:  # a JSX fragment, <> or </>
        return Tag("", closing, False, start, head.end(), ())
    attributes: list[Attribute] = []
    position = head.end()
    while True:
        after = _SPACE.match(text, position, limit).end()  # type: ignore[union-attr]
        if after >= limit:
            return None
        if text[after] == ">":
            return Tag(name, closing, False, start, after + 1, tuple(attributes))
        if text.startswith("/>", after, limit):
            return Tag(name, closing, True, start, after + 2, tuple(attributes))
        if after == position:
            return None
        found = _attribute(text, after, limit)
        if found is None:
            return None
        item, position = found
        if item is not None:
            attributes.append(item)


def _attribute(text: str, start: int, limit: int) -> tuple[Attribute | None, int] | None:
    """The attribute at ``start`` and the offset behind it; a spread (``{...props}``) has no item."""
    if text[start] == "{":
        end = _braces(text, start, limit)
        return None if end is None else (None, end)
    found = _ATTRIBUTE_NAME.match(text, start, limit)
    if found is None:
        return None
    name, position = found[0], found.end()
    equals = _SPACE.match(text, position, limit).end()  # type: ignore[union-attr]
    if equals >= limit or text[equals] != "=":
        return Attribute(name, position, position), position
    value = _SPACE.match(text, equals + 1, limit).end()  # type: ignore[union-attr]
    if value >= limit:
        return None
    quote = text[value]
    if quote in "\"'":
        end = text.find(quote, value + 1, limit)
        return None if end < 0 else (Attribute(name, value + 1, end), end + 1)
    if quote == "{":
        string = _STRING_IN_BRACES.match(text, value, limit)
        if string is not None:
            return Attribute(name, string.start(2), string.end(2)), string.end()
        braced = _braces(text, value, limit)
        return None if braced is None else (Attribute("{}" + name, value, braced), braced)
    bare = _UNQUOTED.match(text, value, limit)
    return None if bare is None else (Attribute(name, value, bare.end()), bare.end())


_BRACE = re.compile(r"[{}]")


def _braces(text: str, start: int, limit: int) -> int | None:
    """The offset behind the brace that closes the one at ``start``."""
    depth = 0
    for found in _BRACE.finditer(text, start, limit):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.end()
        if depth > _MAX_BRACES:
            return None
    return None


def text_attributes(text: str, tag: Tag) -> list[tuple[FragmentKind, Attribute]]:
    """The attributes of ``tag`` whose values people read, with the kind of fragment they make."""
    if tag.closing:
        return []
    found = []
    for item in tag.attributes:
        kind = TEXT_ATTRIBUTES.get(item.name.lower())
        if kind and has_letter(text[item.start : item.end]):
            found.append((kind, item))
    return found


_SHORTCODE = re.compile(r"\{\{[<%]|\{%")
_PATH = re.compile(r"[/\\]\S|\.\w{1,5}\Z")
_NAMED = re.compile(r"(?:([A-Za-z][\w-]{0,40})\s{0,9}=\s{0,9}|(?<=\s))(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|`([^`]{0,2000})`)")


def shortcode_attributes(text: str, start: int, end: int) -> list[tuple[FragmentKind, Attribute]]:
    """The same for the Hugo shortcode or Liquid tag ``text[start:end]``; nothing for other markup."""
    if not _SHORTCODE.match(text, start, end):
        return []
    found: list[tuple[FragmentKind, Attribute]] = []
    for item in _NAMED.finditer(text, start, end):
        group = item.lastindex or 2
        words = item[group]
        kind = TEXT_ATTRIBUTES.get(item[1].lower()) if item[1] else _kind_of_argument(words)
        if kind and has_letter(words):
            found.append((kind, Attribute(item[1] or "title", *item.span(group))))
    return found


def _kind_of_argument(words: str) -> FragmentKind | None:
    """The kind of an argument without a name: words are text, a path is none."""
    return "title" if " " in words.strip() and not _PATH.search(words) else None


_LETTER = re.compile(r"[^\W\d_]")


def has_letter(text: str) -> bool:
    """Whether there is a letter of any script."""
    return _LETTER.search(text) is not None


@cache
def _named() -> dict[str, str]:
    from html.entities import html5

    return html5


def character(reference: str) -> str | None:
    """What a whole reference (``&amp;``, ``&#x41;``) stands for; None where the name is unknown."""
    if reference[1] != "#":
        return _named().get(reference[1:])
    digits = reference[2:].rstrip(";")
    return code_point(int(digits[1:], 16) if digits[0] in "xX" else int(digits))


def code_point(code: int) -> str:
    """The character with this number; U+FFFD where there is none (0, surrogates, beyond Unicode)."""
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def decoded(text: str, start: int, end: int, pattern: re.Pattern[str] = ENTITY) -> list[Piece]:
    """Pieces for ``text[start:end]`` with character references replaced."""
    pieces: list[Piece] = []
    for found in pattern.finditer(text, start, end):
        value = character(found[0])
        if value is not None:
            pieces.append(Piece(start, found.start()))
            pieces.append(Piece(found.start(), found.end(), value))
            start = found.end()
    pieces.append(Piece(start, end))
    return [piece for piece in pieces if len(piece)]
