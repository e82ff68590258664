"""Languages as files name them."""

from __future__ import annotations

from functools import lru_cache

from transcmp.errors import LanguageError
from transcmp.model import Language


@lru_cache(maxsize=1000)
def language_of(written: str | None) -> Language | None:
    """The tag as a language; None where it is absent or malformed."""
    if not written:
        return None
    from transcmp.language import parse_language

    try:
        return parse_language(written)
    except LanguageError:
        return None
