"""What a caller may choose about the rules."""

from __future__ import annotations

from msgspec import Struct

from transcmp.config.settings import Settings


class Term(Struct, frozen=True, kw_only=True):
    """An entry of a glossary."""

    source: str
    """The term in the source language."""
    targets: tuple[str, ...]
    """Translations that are accepted, the preferred one first; empty: the term stays as it is."""
    forbidden: tuple[str, ...] = ()
    """Translations that are refused."""
    origin: str = ""
    """Where it was read: ``path:line``."""


class Options(Struct, frozen=True, kw_only=True):
    """Choices about the rules; all of them stand in the signature."""

    settings: Settings = Settings()
    """Levels and options of rules, by language."""
    only: tuple[str, ...] = ()
    """Ids of the rules that run; empty: all."""
    terms: tuple[Term, ...] = ()
    """The glossary."""
    glossaries: tuple[str, ...] = ()
    """Paths of files with more of it (TSV, CSV, TBX)."""
