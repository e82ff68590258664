"""Code in documents: its words, comments and strings, and code-like words in prose."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

TokenKind = Literal["code", "string", "comment", "text"]

_HASH = frozenset(
    "python py python3 sh bash shell zsh console yaml yml toml ruby rb perl r make makefile dockerfile ini conf elixir julia nginx".split()
)
_SLASH = frozenset(
    "js javascript jsx ts typescript tsx java c cpp c++ cs csharp go rust rs swift kotlin php scala dart json5 jsonc scss less sass vue "
    "svelte html proto groovy css".split()
)
_TEMPLATES = frozenset(
    "html htm xhtml xml svg vue vue-html svelte astro mdx angular blade twig jinja jinja2 erb handlebars hbs ejs liquid".split()
)
_SCRIPTED = frozenset("js javascript ts typescript jsx tsx".split())
_DASH = frozenset("sql lua haskell hs ada".split())
_DIAGRAM = frozenset("mermaid plantuml dot graphviz text txt plain plaintext md markdown".split())

_TEXT = re.compile(r"(?<![=-])>([^<>{}=;()]*[^\W\d_][^<>{}=;()]*)(?=[<{]|\Z)|(?<![=-])>([^<>{}=;]*[^\W\d_][^<>{}=;]*)(?=</)")
_TEMPLATE_TEXT = re.compile(r"(?:(?<=[>}])|\A|(?<=\n))([^<>{}=;]*[^\W\d_][^<>{}=;]*)(?=[<{]|\Z)")
_STRING = r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"
_TOKEN = re.compile(r"[^\W\d]\w*|\d+(?:\.\d+)*|[^\w\s]")
_IDENTIFIER = re.compile(
    r"(?<![\w@/.-])(?:[a-z]+[A-Z]\w*|[A-Za-z]\w*(?:_\w+)+|__\w+__|[A-Za-z_]\w*\(\)|(?:[A-Za-z_]\w*\.)+[A-Za-z_]\w*\(\)|--?[a-z][\w-]+|\.?/(?:[\w.-]+/)*[\w.-]+)(?![\w])"
)


class CodeToken(Struct, frozen=True):
    """One token of a code block."""

    start: int
    """First offset in the code."""
    end: int
    """Offset behind the last character."""
    text: str
    kind: TokenKind
    """``string`` and ``comment``: a word inside one; ``text``: a word of a diagram or between tags."""


class Identifier(Struct, frozen=True):
    """A code-like word in prose (``camelCase``, ``snake_case``, ``call()``, ``--option``, ``a/path``)."""

    start: int
    """First offset in the text."""
    end: int
    """Offset behind the last character."""
    text: str


def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """Code-like words in ``text``, in order."""
    return tuple(Identifier(match.start(), match.end(), match.group()) for match in _IDENTIFIER.finditer(text))


_KEYS = (
    "ctrl control strg",
    "shift umschalt maj mayús maiusc",
    "delete del entf suppr supr canc",
    "enter return eingabe entrée intro invio",
    "escape esc échap",
    "home pos1 début inicio",
    "end ende fin fine",
    "insert ins einfg inser",
    "space leertaste espace espacio spazio",
    "pgup pageup bildauf",
)


def same_key(one: str, two: str) -> bool:
    """Whether two texts name the same keys of a keyboard, each as its language's keyboard does: ``Ctrl+S`` and ``Strg+S``."""
    first, second = (re.split(r"\s*[+-]\s*", text.lower()) for text in (one, two))
    if len(first) != len(second):
        return False
    return all(a == b or any(a in keys.split() and b in keys.split() for keys in _KEYS) for a, b in zip(first, second, strict=True))


def _comments(info: str) -> str:
    """The pattern of a comment in a programming language; of an unknown language, every common one."""
    hash_, slash, dash, angle = r"(?<![\w&/'\"])#(?![\w]*[;}])[^\n]*", r"(?<!:)//[^\n]*|/\*.*?\*/", r"--[ \t][^\n]*", r"<!--.*?-->"
    if info in _HASH:
        return hash_
    if info in _SLASH:
        return rf"{slash}|{angle}"
    if info in _DASH:
        return rf"{dash}|/\*.*?\*/"
    if info in ("xml", "svg"):
        return angle
    return rf"{hash_}|{slash}|{angle}"


def language_of(info: str) -> str:
    """The programming language of a fence's info string: ``js{4-11} {*}`` is ``js``."""
    match = re.match(r"[\w+#-]+", info.strip().lower())
    return match.group() if match else ""


def tokenise(code: str, info: str = "") -> tuple[CodeToken, ...]:
    """Tokens of ``code`` with what each is part of; ``info`` is the fence's info string. White space is no token."""
    language = language_of(info)
    if language in _DIAGRAM:
        return tuple(_words(code, 0, len(code), "text"))
    pattern = re.compile(rf"(?P<comment>{_comments(language)})|(?P<string>{_STRING})", re.DOTALL)
    tokens: list[CodeToken] = []
    offset = 0
    for match in pattern.finditer(code):
        tokens.extend(_code(code, offset, match.start(), language))
        kind: TokenKind = "comment" if match["comment"] is not None else "string"
        tokens.extend(_words(code, match.start(), match.end(), kind))
        offset = match.end()
    tokens.extend(_code(code, offset, len(code), language))
    return tuple(tokens)


def _words(code: str, start: int, end: int, kind: TokenKind) -> list[CodeToken]:
    return [CodeToken(match.start(), match.end(), match.group(), kind) for match in _TOKEN.finditer(code, start, end)]


def _code(code: str, start: int, end: int, language: str) -> list[CodeToken]:
    """Tokens outside comments and strings; between two tags they are text to translate."""
    tokens = _words(code, start, end, "code")
    if language and language not in _TEMPLATES and language not in _SCRIPTED:
        return tokens
    pattern = _TEMPLATE_TEXT if language in _TEMPLATES else _TEXT
    inside = [match.span(match.lastindex or 0) for match in pattern.finditer(code, start, end)]
    return [
        CodeToken(token.start, token.end, token.text, "text") if any(first <= token.start < last for first, last in inside) else token
        for token in tokens
    ]


def comment_texts(code: str, info: str = "") -> tuple[tuple[int, int], ...]:
    """Spans of the comments of ``code``."""
    language = language_of(info)
    if language in _DIAGRAM:
        return ()
    pattern = re.compile(rf"(?P<comment>{_comments(language)})|(?:{_STRING})", re.DOTALL)
    return tuple(match.span() for match in pattern.finditer(code) if match["comment"] is not None)
