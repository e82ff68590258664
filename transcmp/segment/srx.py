"""Sentence rules from a file: SRX 2.0 (GALA, ISO 24621), through choppa-srx."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from transcmp.errors import FormatError, MissingExtraError, ReadError
from transcmp.model import Language
from transcmp.segment.sentences import Rules

_SECONDS = 0.5
"""Time of one pattern at one place; it needs microseconds, but those of common rules take powers of the length on hostile text."""
_SHORT = 120
"""Characters of a text that no pattern takes long for."""
_MOST_SLOW = 20
"""Stretches of text that may be left uncut for want of time."""


class _Limited:
    """A pattern of ``regex`` that gives up in time, by TimeoutError; to look at the clock costs more than to look at a short text."""

    def __init__(self, pattern: Any) -> None:
        self.pattern = pattern.pattern
        self._search, self._match = pattern.search, pattern.match

    def search(self, text: str, position: int = 0) -> Any:
        return self._search(text, position) if len(text) <= _SHORT else self._search(text, position, timeout=_SECONDS)

    def match(self, text: str, position: int = 0) -> Any:
        return self._match(text, position) if len(text) <= _SHORT else self._match(text, position, timeout=_SECONDS)


def load(path: str) -> Rules:
    """The rules of an SRX file; a language it has no rules for gives no boundary but line ends.

    A stretch of text on which they take too long is not cut any further; where there are many, FormatError is raised.
    Raises MissingExtraError without choppa-srx, ReadError, and FormatError for a file that is no SRX or declares entities.
    """
    document = _document(path)
    from choppa.iterators import SrxTextIterator

    slow = 0

    def starts(text: str, language: Language) -> list[int]:
        nonlocal slow
        found = []
        offset = 0
        try:
            for sentence in SrxTextIterator(document, language, text):
                if offset:
                    found.append(offset)
                offset += len(sentence)
        except TimeoutError:
            slow += 1
            if slow > _MOST_SLOW:
                raise FormatError(message="its rules are too slow for this text", path=path, hint="make their patterns simpler") from None
        except Exception as error:  # a pattern of the file that does not compile
            raise FormatError(message=f"has a rule that does not work for {language}: {error}".splitlines()[0], path=path) from error
        return found

    return starts


def _document(path: str) -> Any:
    """The parsed file."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ReadError(message=f"SRX rules cannot be read: {error.strerror or error}", path=path) from None
    if b"<!ENTITY" in data:
        raise FormatError(message="declares entities; they are not expanded", path=path, hint="remove the declarations")
    try:
        from choppa.srx_parser import SrxDocument
    except ImportError:
        raise MissingExtraError(message="SRX rules need choppa-srx", path=path, extra="srx") from None

    class Limited(SrxDocument):
        def compile(self, pattern: str) -> Any:
            compiled = super().compile(pattern)
            return compiled if compiled is None else _Limited(compiled)

    try:
        document = Limited(ruleset=path)
    except Exception as error:  # its parsers raise what they like
        raise FormatError(message=f"is no SRX 2.0: {error}".splitlines()[0], path=path) from error
    if not document.language_map_list:
        raise FormatError(message="is no SRX 2.0: it maps no language to rules", path=path)
    return document
