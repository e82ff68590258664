"""A file that holds both sides."""

from __future__ import annotations

from msgspec import Struct

from transcmp.model import Document


class Bitext(Struct, frozen=True, kw_only=True):
    """A bilingual file: two documents over one text, and which of their fragments translate each other.

    Each entry of the file is a block with exactly one fragment on each side that has text, so segments of ``unit="fragment"``, blocks and
    fragments have the same ids.
    """

    source: Document
    """The source side; its spans lie in the whole file's text."""
    target: Document
    """The target side, over the same text."""
    pairs: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    """Fragment ids of the source and of the target for every entry, in the file's order; an untranslated entry has no target."""
    notes: tuple[str, ...] = ()
    """For every pair, what the file says about its state (``fuzzy``, ``final`` …); empty: nothing."""
