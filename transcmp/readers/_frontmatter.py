"""Front matter in YAML and TOML: the values that are text, each a fragment. A small reader of the plain forms, with exact places.

What it does not understand (anchors, flow collections over several lines) is markup: left alone, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from transcmp.model import Piece
from transcmp.readers._builder import Builder
from transcmp.readers._markup import code_point, has_letter

TEXT_KEYS = frozenset(
    "title subtitle description summary excerpt abstract caption tagline headline intro text details heading label name linktitle "
    "link_title sidebar_label pagetitle page_title seo_title lead alt meta_description short_title shorttitle nav_title".split()
)
"""Keys whose values are text even when they are one word."""
CODE_KEYS = frozenset(
    "date updated lastmod published slug permalink url href src layout template type id path aliases alias redirect redirect_from "
    "icon image thumbnail cover weight order draft lang language locale theme authors author tags categories category keywords version "
    "cssclass link outline sidebar prev next editlink footer aside pageclass hide_title sidebar_position target rel code command "
    "class style color transcmp-ignore transcmp_ignore".split()
)
"""Keys whose values are not."""

_YAML_OPEN = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_YAML_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML_OPEN = re.compile(r"\+\+\+[ \t]*(?:\r\n|\r|\n)")
_TOML_CLOSE = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
_FIRST = re.compile(r"[ \t]*(?:#|- |\[|[\w\"'.-]+[ \t]*[:=])")
_YAML_LINE = re.compile(r"([ \t]*)((?:-[ \t]+)*)(?:([\"']?[\w][\w .-]{0,80}?[\"']?)[ \t]*:(?=[ \t]|\Z)[ \t]*)?(.*?)[ \t]*\Z")
_TOML_LINE = re.compile(r"[ \t]*([\"']?[\w.-]{1,80}[\"']?)[ \t]*=[ \t]*(.*?)[ \t]*\Z")
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")
_PATH = re.compile(r"\S*[/\\]\S*\Z|[\w-]+(?:\.[\w-]+)+\Z|\d[\d:.TZ+ -]*\Z")
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", "r": "\r", "0": "\0", "e": "\x1b"}
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", re.DOTALL)
_DOUBLED = re.compile("''")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})|(.))")


def front_matter(builder: Builder) -> int:
    """Read the front matter, if any; returns the offset behind it."""
    text = builder.text
    for opening, closing, toml in ((_YAML_OPEN, _YAML_CLOSE, False), (_TOML_OPEN, _TOML_CLOSE, True)):
        opened = opening.match(text)
        if opened is None:
            continue
        closed = closing.search(text, opened.end())
        body = _skip_blank(text, opened.end())
        if closed is None or not (closed.start() == body or _FIRST.match(text, body)):
            continue
        builder.block("front-matter", 0, closed.end())
        (_toml if toml else _yaml)(builder, opened.end(), closed.start())
        return closed.end()
    return 0


def _skip_blank(text: str, start: int) -> int:
    while start < len(text) and text[start] in " \t\r\n":
        start += 1
    return start


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Start and end of each line, without its line end."""
    lines = []
    while start < end:
        found = _LINES.match(text, start, end)
        assert found is not None
        line = found[0].rstrip("\r\n")
        lines.append((start, start + len(line)))
        start = found.end()
    return lines


def is_text(key: str, value: str) -> bool:
    """Whether the value of this key is text to translate."""
    key = key.rsplit(".", 1)[-1].strip("\"'").lower()
    if key in CODE_KEYS or not has_letter(value) or _PATH.match(value):
        return False
    return key in TEXT_KEYS or " " in value.strip()


def _toml(builder: Builder, start: int, end: int) -> None:
    text = builder.text
    for first, last in _lines(text, start, end):
        found = _TOML_LINE.match(text[first:last])
        if found:
            _value(builder, found[1], first + found.start(2), first + found.end(2))


def _yaml(builder: Builder, start: int, end: int) -> None:
    text = builder.text
    lines = _lines(text, start, end)
    index = 0
    while index < len(lines):
        first, last = lines[index]
        index += 1
        found = _YAML_LINE.match(text[first:last])
        if found is None or text[first:last].lstrip().startswith("#"):
            continue
        key, value = (found[3] or "").strip("\"'"), found[4]
        if key and re.fullmatch(r"[|>][+-]?\d?", value):
            index = _block_scalar(builder, key, lines, index, len(found[1]) + len(found[2]), folded=value[0] == ">")
        elif key or found[2]:
            _value(builder, key, first + found.start(4), first + found.end(4))


def _block_scalar(builder: Builder, key: str, lines: list[tuple[int, int]], index: int, indent: int, *, folded: bool) -> int:
    """The lines of a block scalar that are indented more than ``indent``; returns the index behind them."""
    text = builder.text
    pieces: list[Piece] = []
    while index < len(lines):
        start, end = lines[index]
        content = text[start:end]
        stripped = content.lstrip()
        if stripped and len(content) - len(stripped) <= indent:
            break
        if stripped:
            if pieces:
                before = pieces[-1].end
                pieces.append(Piece(before, end - len(stripped), " " if folded else "\n"))
            pieces.append(Piece(end - len(stripped), end))
        index += 1
    if pieces and key.lower() not in CODE_KEYS:
        builder.fragment("front-matter", pieces, info=key)
    return index


def _value(builder: Builder, key: str, start: int, end: int) -> None:
    text = builder.text
    raw = text[start:end]
    if raw[:1] in "\"'" and raw:
        quoted = _QUOTED.match(raw)
        if quoted is None:
            return
        inner = (start + 1, start + quoted.end() - 1)
        pieces = _replaced(text, *inner, _ESCAPE, _escaped) if raw[0] == '"' else _replaced(text, *inner, _DOUBLED, lambda _: "'")
    else:
        comment = raw.find(" #")
        end = start + comment if comment >= 0 else end
        if raw[:1] in tuple("&*!{[%@`|>"):
            return
        pieces = [Piece(start, end)]
    value = "".join(text[piece.start : piece.end] if piece.text is None else piece.text for piece in pieces)
    if is_text(key, value):
        builder.fragment("front-matter", pieces, info=key)
    elif key and value:
        builder.metadata.append((key, value))


def _escaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    return code_point(int(code, 16)) if code else _ESCAPES.get(found[4], found[4])


def _replaced(text: str, start: int, end: int, pattern: re.Pattern[str], value: Callable[[re.Match[str]], str]) -> list[Piece]:
    """Pieces for ``text[start:end]`` with what ``pattern`` matches replaced."""
    pieces: list[Piece] = []
    for found in pattern.finditer(text, start, end):
        pieces += [Piece(start, found.start()), Piece(found.start(), found.end(), value(found))]
        start = found.end()
    return [piece for piece in (*pieces, Piece(start, end)) if len(piece)]
