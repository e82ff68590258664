"""Translations side by side in one file: the columns of a TSV, the keys of a JSONL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from transcmp.errors import FormatError, UsageError
from transcmp.model import Document
from transcmp.pipeline import systems
from transcmp.pipeline.options import Options
from transcmp.pipeline.sides import from_strings
from transcmp.pipeline.steps import Report
from transcmp.readers import SUFFIXES, read
from transcmp.scoring.systems import CompareOptions
from transcmp.systems import SystemsCompared

_LINE_END = re.compile(r"\r\n|\r|\n")
_ROLES = ("source", "translation", "reference")


def compare(
    path: str, fields: str, *, options: Options, how: CompareOptions | None = None, progress: Report | None = None
) -> SystemsCompared:
    """Compare the translations in one file; ``fields`` says which is which, as in ``source=1,translation=2,translation=3``.

    Raises UsageError for roles or fields that are not there, FormatError, with the line, for a line without one.
    """
    roles = _roles(fields)
    rows = _rows(path, [name for _, name in roles], options)
    documents: dict[str, list[Document]] = {role: [] for role in _ROLES}
    for place, (role, name) in enumerate(roles):
        documents[role].append(from_strings([row[place] for row in rows], name))
    return systems.compare(
        documents["source"][0], documents["translation"], documents["reference"], options=options, how=how, progress=progress
    )


def has_reference(fields: str) -> bool:
    """Whether there is a reference among the fields. Raises as :func:`compare`."""
    return any(role == "reference" for role, _ in _roles(fields))


def _roles(fields: str) -> list[tuple[str, str]]:
    found = []
    for part in fields.split(","):
        role, equals, name = part.strip().partition("=")
        if role not in _ROLES or not equals or not name:
            raise UsageError(
                message=f"--fields has {part!r}", hint="expected source=NAME, translation=NAME or reference=NAME, joined by commas"
            )
        found.append((role, name))
    if sum(role == "source" for role, _ in found) != 1:
        raise UsageError(message="--fields needs exactly one source")
    return found


def _rows(path: str, names: Sequence[str], options: Options) -> list[list[str]]:
    lines = lines_of(path, options)
    suffix = path[path.rfind(".") :].lower()
    if SUFFIXES.get(suffix) == "jsonl":
        return [of_json(line, names, path, number) for number, line in enumerate(lines, 1) if line.strip()]
    return _of_tsv(lines, names, path)


def lines_of(path: str, options: Options) -> list[str]:
    """The lines of a file; the separators of Unicode (U+0085, U+2028) and form feeds are text of a line, and end none."""
    text = read(path, format="lines", encoding=options.encoding, max_size=options.max_size).text
    lines = _LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]


def of_json(line: str, names: Sequence[str], path: str, number: int) -> list[str]:
    """The texts under some keys of a line of JSON; raises FormatError where there are none."""
    try:
        row: Any = msgspec.json.decode(line)
    except msgspec.DecodeError as error:
        raise FormatError(message=f"not JSON: {error}", path=path, line=number) from error
    for name in names:
        if not isinstance(row, dict) or not isinstance(row.get(name), str):
            raise FormatError(message=f"has no text under the key {name!r}", path=path, line=number)
    return [row[name] for name in names]


def _of_tsv(lines: Sequence[str], names: Sequence[str], path: str) -> list[list[str]]:
    if all(name.isdecimal() for name in names):
        columns, first = [int(name) - 1 for name in names], 1
    else:
        head = lines[0].split("\t") if lines else []
        for name in names:
            if name not in head:
                raise UsageError(message=f"no column {name!r}", path=path, hint=f"columns: {', '.join(head) or 'none'}")
        columns, first, lines = [head.index(name) for name in names], 2, lines[1:]
    rows = []
    for number, line in enumerate(lines, first):
        cells = line.split("\t")
        if min(columns) < 0 or max(columns) >= len(cells):
            raise FormatError(message=f"has {len(cells)} columns, not {max(columns) + 1}", path=path, line=number)
        rows.append([cells[column] for column in columns])
    return rows
