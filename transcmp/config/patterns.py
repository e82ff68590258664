"""Patterns of file names that stand for the same text on both sides of a pair.

``*`` is any text without ``/``, ``?`` one character, ``**`` any folders or none, ``{stem}`` a file name without its endings, ``{md,mdx}``
one of these, ``{lang}`` a language. Names are relative to the project's root and written with ``/``.
"""

from __future__ import annotations

import re
from functools import cached_property

from msgspec import Struct

_TOKEN = re.compile(r"(?P<deep>\*\*/?)|(?P<any>\*)|(?P<one>\?)|\{(?P<name>[^{}]*)\}|(?P<bad>[{}])|(?P<text>[^*?{}]+)")
_LANGUAGE = r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}"


class Captured(Struct, frozen=True):
    """The texts that the variable parts of a pattern stand for in one name."""

    texts: tuple[tuple[str, tuple[str, ...]], ...]
    """Kind of variable (``**``, ``*``, ``?``, ``{stem}``, ``{md,mdx}``) and its texts, in order."""
    language: str
    """The text of ``{lang}``, as it is written in the name; empty: the pattern has none."""


class Pattern(Struct, frozen=True, dict=True):
    """A pattern, compiled when it is used."""

    text: str
    language: str = ""
    """What ``{lang}`` must be, in any spelling of case and of ``-`` and ``_``; empty: any language."""

    @cached_property
    def root(self) -> str:
        """The folder that every matching name lies in; empty: the project's root."""
        fixed = re.split(r"[*?{]", self.text, maxsplit=1)[0]
        return fixed.rpartition("/")[0]

    @cached_property
    def _kinds(self) -> tuple[str, ...]:
        return tuple(kind for kind, _ in _tokens(self.text) if kind not in ("text", "{lang}"))

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        parts, seen = [], False
        for kind, text in _tokens(self.text):
            if kind == "text":
                parts.append(re.escape(text))
            elif kind == "{lang}":
                parts.append("(?P=lang)" if seen else f"(?P<lang>{self._language})")
                seen = True
            else:
                parts.append(f"({_expression(kind, text)})")
        return re.compile("".join(parts), re.DOTALL)

    @property
    def _language(self) -> str:
        if not self.language:
            return _LANGUAGE
        return "(?i:" + "[-_]".join(map(re.escape, re.split("[-_]", self.language))) + ")"

    def match(self, name: str) -> Captured | None:
        """What the variable parts stand for in ``name``; None where it does not match."""
        match = self._regex.fullmatch(name)
        if match is None:
            return None
        language = match["lang"] if "lang" in self._regex.groupindex else ""
        skip = self._regex.groupindex.get("lang")
        texts = [text for at, text in enumerate(match.groups(), 1) if at != skip]
        kinds: dict[str, list[str]] = {}
        for kind, text in zip(self._kinds, texts, strict=True):
            kinds.setdefault(kind, []).append(text)
        return Captured(tuple(sorted((kind, tuple(found)) for kind, found in kinds.items())), language)

    def build(self, captured: Captured, language: str) -> str:
        """The name in which this pattern's variable parts stand for the same texts, and ``{lang}`` for ``language``."""
        left = {kind: list(texts) for kind, texts in captured.texts}
        parts = []
        for kind, text in _tokens(self.text):
            parts.append(text if kind == "text" else language if kind == "{lang}" else left[kind].pop(0))
        return "".join(parts)

    def fits(self, other: Pattern) -> bool:
        """Whether both have the same variable parts, ``{lang}`` apart."""
        return sorted(self._kinds) == sorted(other._kinds)


def _tokens(pattern: str) -> list[tuple[str, str]]:
    """Kind and text of each part. A ``**`` includes the ``/`` behind it."""
    found = []
    for match in _TOKEN.finditer(pattern):
        kind = match.lastgroup or ""
        if kind == "name":
            found.append(("{" + match["name"] + "}", match["name"]))
        else:
            found.append(({"deep": "**", "any": "*", "one": "?"}.get(kind, "text"), match[0]))
    return found


def _expression(kind: str, text: str) -> str:
    if kind == "**":
        return "(?:[^/]+/)*" if text.endswith("/") else ".+"
    fixed = {"*": "[^/]*", "?": "[^/]", "{stem}": "[^/]+"}
    return fixed.get(kind) or "|".join(re.escape(choice.strip()) for choice in text.split(","))


def pattern_fault(pattern: str) -> str | None:
    """What is wrong with a pattern, or None."""
    if pattern.startswith("/") or re.match(r"[A-Za-z]:", pattern) or "\\" in pattern:
        return f"{pattern!r} must be relative to the project's root, written with '/'"
    if ".." in pattern.split("/"):
        return f"{pattern!r} points outside the project"
    for match in _TOKEN.finditer(pattern):
        if match["bad"] or (match["name"] is not None and match["name"] not in ("lang", "stem") and "," not in match["name"]):
            return f"{match[0]!r} in {pattern!r} is neither {{lang}}, {{stem}} nor a choice like {{md,mdx}}"
    if re.search(r"[^/]\*\*|\*\*[^/]", pattern):
        return f"in {pattern!r} '**' must stand for whole folders"
    return None


def pair_fault(source: str, target: str) -> str | None:
    """Why two patterns cannot be the sides of a pair, or None."""
    one, other = Pattern(source), Pattern(target)
    if not one.fits(other):
        return f"{source!r} and {target!r} must have the same '*', '**', '?', {{stem}} and choices: each is the same text on both sides"
    return None
