"""Inline markup of reStructuredText ("reStructuredText Markup Specification", Inline Markup)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcmp.readers._content import Content, Inline
from transcmp.readers._inline_rules import Handler, InlineScanner

_BEFORE = r"(?<![\w\\`*|])"
_AFTER = r"(?![\w`])"
PATTERN = re.compile(
    r"(?P<escape>\\(?:.|\n))"
    rf"|(?P<literal>{_BEFORE}``(?=\S)(?:[^`]|`(?!`))+``)"
    rf"|(?P<role>:(?P<role_name>[\w.+:-]{{1,60}}):`(?P<role_text>(?=\S)[^`]+)`)"
    rf"|(?P<phrase>{_BEFORE}_?`(?P<phrase_text>(?=\S)[^`]+)`(?P<suffix>__?|:[\w.+:-]{{1,60}}:)?)"
    rf"|(?P<strong>{_BEFORE}\*\*(?P<strong_text>(?=\S)(?:[^*]|\*(?!\*))+?)\*\*{_AFTER})"
    rf"|(?P<emphasis>{_BEFORE}\*(?P<emphasis_text>(?=[^\s*])[^*]+)\*{_AFTER})"
    rf"|(?P<substitution>{_BEFORE}\|(?P<name>(?=\S)[^|\n]{{1,80}})\|(?:__?)?)"
    r"|(?P<footnote>\[(?:\d+|#[\w-]*|\*|[A-Za-z][\w.-]{0,60})\]_(?!\w))"
    r"|(?P<address>\bhttps?://[^\s<>`]*[\w/#=&])"
    r"|(?P<reference>\b[A-Za-z0-9]+(?:[.+:_-][A-Za-z0-9]+){0,20}__?\b(?![`\w]))"
)
_TARGET = re.compile(r"(.*?)\s*<([^<>]*)>\Z", re.DOTALL)
_TEXT_ROLES = frozenset("emphasis strong sub sup subscript superscript title guilabel menuselection abbr dfn term".split())


def scan(document_text: str, lines: Sequence[tuple[int, int]]) -> Inline:
    """Read inline markup."""
    return InlineScanner(Content(document_text, lines), PATTERN, HANDLERS).run()


def _escape(scanner: InlineScanner, found: re.Match[str]) -> None:
    if not found[0][1].isspace():
        scanner.text(found.start() + 1, found.end())


def _literal(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.mark("code", found, found[0][2:-2], (found.start() + 2, found.end() - 2), markup=False)


def _linked(scanner: InlineScanner, found: re.Match[str], group: str, *, code: bool) -> None:
    """Text that may carry its target: ``text <target>``."""
    start, end = found.span(group)
    target = _TARGET.match(found[group])
    if target and target[1]:
        scanner.mark("link", found, target[2], (start, start + target.end(1)))
    elif target:
        scanner.mark("link", found, target[2], (start + target.start(2), start + target.end(2)), markup=False)
    else:
        scanner.mark("code" if code else "link", found, found[group], (start, end), markup=not code)


def _role(scanner: InlineScanner, found: re.Match[str]) -> None:
    name = found["role_name"]
    if name in _TEXT_ROLES:
        scanner.mark("emphasis", found, name, found.span("role_text"))
    else:
        _linked(scanner, found, "role_text", code=True)


def _phrase(scanner: InlineScanner, found: re.Match[str]) -> None:
    suffix = found["suffix"] or ""
    if suffix.startswith("_"):
        _linked(scanner, found, "phrase_text", code=False)
    elif found[0][0] == "_":
        scanner.mark("anchor", found, found["phrase_text"], found.span("phrase_text"))
    else:
        scanner.mark("emphasis", found, suffix.strip(":") or "`", found.span("phrase_text"))


def _strong(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.mark("emphasis", found, "**", found.span("strong_text"))


def _emphasis(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.mark("emphasis", found, "*", found.span("emphasis_text"))


def _substitution(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.mark("placeholder", found, found[0], (found.start(), found.end()), markup=False)


def _footnote(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.mark("anchor", found, found[0][1:-2])


def _address(scanner: InlineScanner, found: re.Match[str]) -> None:
    scanner.mark("link", found, found[0], found.span(), markup=False)


def _reference(scanner: InlineScanner, found: re.Match[str]) -> None:
    name = found[0].rstrip("_")
    scanner.mark("link", found, name, (found.start(), found.start() + len(name)), markup=False)


HANDLERS: dict[str, Handler] = {
    "escape": _escape,
    "literal": _literal,
    "role": _role,
    "phrase": _phrase,
    "strong": _strong,
    "emphasis": _emphasis,
    "substitution": _substitution,
    "footnote": _footnote,
    "address": _address,
    "reference": _reference,
}
