"""The line of a key in a TOML file; the standard library's parser forgets it.

Follows TOML 1.0: comments, four kinds of string, dotted and quoted keys, arrays of tables, values over several lines. It reads only files
that ``tomllib`` has accepted, so nothing is validated twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRING = r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
_SKIP = re.compile(rf"(?:{_STRING})|#[^\n]*|[\[{{]|[\]}}]|\n", re.DOTALL)
_PART = r'(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')'
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_STATEMENT = re.compile(
    rf"[ \t]*(?:\[\[[ \t]*(?P<array>{_DOTTED})[ \t]*\]\]|\[[ \t]*(?P<table>{_DOTTED})[ \t]*\]|(?P<key>{_DOTTED})[ \t]*=)"
)


def line_of(text: str, key: tuple[str | int, ...]) -> int | None:
    """1-based line where ``key`` is set, or else the nearest table or key above it; None where not even the first part is."""
    best, best_size = None, 0
    for path, line, value in _statements(text.replace("\r\n", "\n")):
        size = _common(path, key)
        if size > best_size or (size == best_size == len(path) and best is None):
            inner = _inside(value, key[size:]) if size == len(path) else 0
            best, best_size = line + inner, size
    return best


def _statements(text: str) -> Iterator[tuple[tuple[str | int, ...], int, str]]:
    """Key or table, its line, and the text of its value."""
    table: tuple[str | int, ...] = ()
    counts: dict[tuple[str | int, ...], int] = {}
    position, line = 0, 1
    while position < len(text):
        match = _STATEMENT.match(text, position)
        end = _end(text, match.end() if match else position)
        if match and match["key"] is not None:
            yield (*table, *_parts(match["key"])), line, text[match.end() : end]
        elif match:
            table = _open(_parts(match["array"] or match["table"]), counts, new=match["array"] is not None)
            yield table, line, ""
        line += text.count("\n", position, end)
        position = end


def _open(parts: tuple[str, ...], counts: dict[tuple[str | int, ...], int], *, new: bool) -> tuple[str | int, ...]:
    """The full path of a table header: names of arrays of tables are followed by the position of their latest element."""
    path: tuple[str | int, ...] = ()
    for at, part in enumerate(parts):
        path = (*path, part)
        if new and at == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _end(text: str, position: int) -> int:
    """Offset behind the line end that closes the statement."""
    depth = 0
    for match in _SKIP.finditer(text, position):
        if match[0] in "[{":
            depth += 1
        elif match[0] in "]}":
            depth -= 1
        elif match[0] == "\n" and depth <= 0:
            return match.end()
    return len(text)


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in re.findall(_PART, dotted))


def _common(path: tuple[str | int, ...], key: tuple[str | int, ...]) -> int:
    size = 0
    for one, other in zip(path, key, strict=False):
        if one != other:
            break
        size += 1
    return size


def _inside(value: str, rest: tuple[str | int, ...]) -> int:
    """How many lines below its start a value names the next key of ``rest`` (inline tables, elements of arrays)."""
    name = next((part for part in rest if isinstance(part, str)), None)
    if name is not None:
        match = re.search(rf"[{{,\s]{re.escape(name)}\s*=", value)
        return value.count("\n", 0, match.end()) if match else 0
    if rest and isinstance(rest[0], int):
        strings = list(re.finditer(_STRING, value, re.DOTALL))
        return value.count("\n", 0, strings[rest[0]].start()) if rest[0] < len(strings) else 0
    return 0
