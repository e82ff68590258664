"""Sentence rules from a file: SRX 2.0 (GALA, ISO 24621), through choppa-srx."""

from __future__ import annotations

from pathlib import Path

from transcmp.errors import FormatError, MissingExtraError, ReadError
from transcmp.model import Language
from transcmp.segment.sentences import Rules


def load(path: str) -> Rules:
    """The rules of an SRX file; a language it has no rules for gives no boundary but line ends.

    Raises MissingExtraError without choppa-srx, ReadError, and FormatError for a file that is no SRX or declares entities.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ReadError(message=f"SRX rules cannot be read: {error.strerror or error}", path=path) from None
    if b"<!ENTITY" in data:
        raise FormatError(message="declares entities; they are not expanded", path=path, hint="remove the declarations")
    try:
        from choppa.iterators import SrxTextIterator
        from choppa.srx_parser import SrxDocument
    except ImportError:
        raise MissingExtraError(message="SRX rules need choppa-srx", path=path, extra="srx") from None
    try:
        document = SrxDocument(ruleset=path)
    except Exception as error:  # its parsers raise what they like
        raise FormatError(message=f"is no SRX 2.0: {error}".splitlines()[0], path=path) from error
    if not document.language_map_list:
        raise FormatError(message="is no SRX 2.0: it maps no language to rules", path=path)

    def starts(text: str, language: Language) -> list[int]:
        found = []
        offset = 0
        try:
            for sentence in SrxTextIterator(document, language, text):
                if offset:
                    found.append(offset)
                offset += len(sentence)
        except Exception as error:  # a pattern of the file that does not compile
            raise FormatError(message=f"has a rule that does not work for {language}: {error}".splitlines()[0], path=path) from error
        return found

    return starts
