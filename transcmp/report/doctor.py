"""The formats of ``doctor``."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from transcmp.report.json import pretty


class Part(Struct, frozen=True, kw_only=True):
    """Something that may be installed."""

    name: str
    kind: str
    """``package``, ``encoder``, ``detector``, ``format`` or ``extra``."""
    version: str | None
    """None: not installed."""
    note: str = ""
    """Languages or suffixes it covers, or how to get it."""


class Inventory(Struct, frozen=True, kw_only=True):
    """Output of ``transcmp doctor --format json``."""

    schema: str = "transcmp/doctor/1"
    transcmp: str
    python: str
    platform: str
    cache: str
    """Folder of what can be made again."""
    parts: tuple[Part, ...]


def json(found: Inventory) -> Iterator[str]:
    """An Inventory object."""
    yield pretty(found)


def text(found: Inventory) -> Iterator[str]:
    """A line a part, grouped by kind; what is missing says how to get it."""
    yield f"transcmp {found.transcmp}, Python {found.python}, {found.platform}\ncache: {found.cache}\n"
    kind = ""
    for part in found.parts:
        if part.kind != kind:
            kind = part.kind
            yield f"\n{kind}s\n"
        mark = "ok     " if part.version is not None else "missing"
        yield f"  {mark}  {part.name:<32} {part.version or '':<10} {part.note}".rstrip() + "\n"
