"""What a reader is."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from transcmp.model import Document
from transcmp.readers._bitext import Bitext


class Reader(Struct, frozen=True, kw_only=True):
    """The implementation of one format; exactly one of ``parse`` and ``unpack`` is there."""

    parse: Callable[[str, str], Document] | None = None
    """Decoded text and path to a Document."""
    unpack: Callable[[bytes, str], Document] | None = None
    """For packed formats: the file's bytes and path to a Document."""
    encoding: Callable[[bytes], str | None] | None = None
    """The encoding that the bytes themselves declare, if the format has a place for it."""
    pairs: Callable[[str, str], Bitext] | None = None
    """For bilingual formats: decoded text and path to both sides."""
