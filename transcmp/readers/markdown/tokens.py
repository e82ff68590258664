"""The words of inline Markdown: patterns, and the targets of links. Patterns match at a place; none of them backtracks far."""

from __future__ import annotations

import re

from msgspec import Struct

from transcmp.model import MarkKind
from transcmp.readers._markup import ENTITY, character, scan_tag

__all__ = ["ENTITY", "character", "scan_tag"]

METHODS = {
    "\\": "_escape",
    "&": "_entity",
    "\n": "_newline",
    "`": "_code",
    "*": "_delimiter",
    "_": "_delimiter",
    "~": "_delimiter",
    "<": "_angle",
    "{": "_brace",
    "$": "_brace",
    "[": "_bracket",
    "!": "_bang",
    "]": "_close_bracket",
    "h": "_bare_address",
}
"""What reads a construct, by its first character."""

SPECIAL = re.compile(r"[\\&\n`*_~<{\[\]]|!\[|\$\{|\bhttps?://")
SPECIAL_HTML = re.compile(r"[&\n<{]|\bhttps?://")
ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
BACKTICKS = re.compile(r"`+")
FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,100})\]")
HEADING_ANCHOR = re.compile(r"[ \t]*\{(?:/\*[ \t]*#?[ \t]*([\w.:-]+)[ \t]*\*/|:?[ \t]*#([\w.:-]+)[^{}\n]*|\\#([\w.:-]+))[ \t]*\}[ \t]*\Z")
AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253})>")
WRAPPED: tuple[tuple[str, str, MarkKind, int | None], ...] = (
    ("<!--", "-->", "comment", None),
    ("<?", "?>", "html", 2000),
    ("<![CDATA[", "]]>", "html", None),
    ("{/*", "*/}", "comment", None),  # JSX
    ("{# ", "#}", "comment", 2000),  # Liquid, Jinja
    ("{{<", ">}}", "html", 2000),  # Hugo shortcode
    ("{{%", "%}}", "html", 2000),
    ("{%", "%}", "html", 2000),  # Liquid, Jinja
    ("{{", "}}", "placeholder", 300),  # interpolation
    ("{*", "*}", "include", 2000),  # mdx-include
    ("{!", "!}", "include", 300),  # markdown-include
)
"""Opening, closing, mark, and how many characters it may span at most."""
ATTRIBUTE_LIST = re.compile(r"\{:[^{}\n]{0,300}\}|\{[ \t]*[.#][\w-][^{}\n]{0,300}\}|\{[ \t]*[\w-]{1,40}=[^{}\n]{1,300}\}")
"""Python-Markdown's and kramdown's, also Pandoc's."""
PLACEHOLDER = re.compile(r"\$?\{[A-Za-z_][\w.]{0,60}\}")

_DESTINATION = re.compile(r"[^\s()<>\\]+|\\.|[<>\\]", re.DOTALL)
_ANGLE_DESTINATION = re.compile(r"<((?:[^<>\\\n]|\\.)*)>")
_TITLE = re.compile(r"\"((?:[^\"\\]|\\.){0,2000})\"|'((?:[^'\\]|\\.){0,2000})'|\(((?:[^()\\]|\\.){0,2000})\)", re.DOTALL)
_BLANK = re.compile(r"[ \t]*\n?[ \t]*")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.DOTALL)
_URL = re.compile(r"https?://[^\s<>\"`\u3001\u3002\uff0c\uff08\uff09\u300c\u300d\u201d\u00bb]+")
_MAX_PARENTHESES = 32


class Target(Struct, frozen=True):
    """Where a link goes."""

    address: str
    title: tuple[int, int] | None
    """First and last offset of the title's text."""
    end: int
    """Offset behind the whole link."""


def skip_spaces(text: str, start: int, end: int) -> int:
    """The first offset from ``start`` that is no space or tab."""
    while start < end and text[start] in " \t":
        start += 1
    return start


def normalize_label(label: str) -> str:
    """A link label as labels are compared (CommonMark 6.3)."""
    return " ".join(label.casefold().split())


def link_target(text: str, close: int, end: int, begin: int, definitions: dict[str, str]) -> Target | None:
    """The target of the link whose text is ``text[begin:close]``; ``text[close]`` is its ``]``."""
    after = close + 1
    if after < end and text[after] == "(":
        found = _inline_target(text, after + 1, end)
        if found is not None:
            return found
    label = text[begin:close] if close - begin <= 999 else ""
    reference = _LABEL.match(text, after, end)
    if reference:
        after = reference.end()
        label = reference[1] or label
    if not definitions or not label.strip():
        return None
    address = definitions.get(normalize_label(label))
    return None if address is None else Target(address, None, after)


def _inline_target(text: str, start: int, end: int) -> Target | None:
    position = _BLANK.match(text, start, end).end()  # type: ignore[union-attr]
    found = destination(text, position, end)
    if found is None:
        return None
    address, position = found
    space = _BLANK.match(text, position, end).end()  # type: ignore[union-attr]
    title = None
    if space > position:
        quoted = _TITLE.match(text, space, end)
        if quoted:
            group = quoted.lastindex or 1
            title = (quoted.start(group), quoted.end(group))
            space = _BLANK.match(text, quoted.end(), end).end()  # type: ignore[union-attr]
    if space < end and text[space] == ")":
        return Target(address, title, space + 1)
    return None


def destination(text: str, start: int, end: int) -> tuple[str, int] | None:
    """A link's destination at ``start`` and the offset behind it (CommonMark 6.3); empty ones count."""
    angle = _ANGLE_DESTINATION.match(text, start, end)
    if angle:
        return angle[1], angle.end()
    if start < end and text[start] == "<":
        return None
    position, depth = start, 0
    while position < end:
        char = text[position]
        if char == "(":
            depth += 1
            if depth > _MAX_PARENTHESES:
                return None
        elif char == ")":
            if not depth:
                break
            depth -= 1
        elif char.isspace():
            break
        else:
            position = _DESTINATION.match(text, position, end).end()  # type: ignore[union-attr]
            continue
        position += 1
    return None if depth else (text[start:position], position)


def title(text: str, start: int, end: int) -> tuple[int, int, int] | None:
    """A quoted title at ``start``: first and last offset of its text, and the offset behind it."""
    quoted = _TITLE.match(text, start, end)
    if quoted is None:
        return None
    group = quoted.lastindex or 1
    return quoted.start(group), quoted.end(group), quoted.end()


def bare_address(text: str, start: int, end: int) -> int | None:
    """The offset behind a bare web address at ``start`` (GFM 6.9): closing punctuation is not part of it."""
    found = _URL.match(text, start, end)
    if found is None:
        return None
    stop = found.end()
    while stop > start:
        char = text[stop - 1]
        if char == ")" and text.count(")", start, stop) <= text.count("(", start, stop):
            break
        if char not in "?!.,:;*_~'\")]}":
            break
        stop -= 1
    return stop if stop - start > 8 else None
