"""Glossaries from files: TSV and CSV (source, translations, forbidden), TBX (ISO 30042)."""

from __future__ import annotations

import csv
from pathlib import Path

from transcmp.checks.options import Term
from transcmp.errors import FormatError, ReadError

_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_REFUSED = ("deprecatedTerm-admn-sts", "supersededTerm-admn-sts", "deprecated", "superseded", "forbidden", "not recommended", "obsolete")


def read_terms(path: str, source_language: str, target_language: str) -> tuple[Term, ...]:
    """The entries of a glossary for one pair of languages.

    TSV and CSV: source, translations, forbidden words, several divided by ``|``; a first line ``source...`` is a heading; an empty
    translation means that the term stays as it is. TBX: the terms of each entry in both languages; deprecated ones are forbidden.
    Raises ReadError for a file that cannot be read, FormatError (with the line) for a broken one.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ReadError(message=f"the glossary cannot be read: {error.strerror or error}", path=path) from error
    if path.lower().endswith((".tbx", ".xml")):
        return _read_tbx(data, path, _primary(source_language), _primary(target_language))
    return _read_table(data, path, "," if path.lower().endswith(".csv") else "\t")


def _read_table(data: bytes, path: str, delimiter: str) -> tuple[Term, ...]:
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise FormatError(message="the glossary is not UTF-8", path=path) from error
    terms = []
    for number, row in enumerate(csv.reader(lines, delimiter=delimiter), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#") or (number == 1 and cells[0].lower().startswith("source")):
            continue
        if not cells[0]:
            raise FormatError(message="an entry without a source term", path=path, line=number)
        targets, refused = (_several(cells[index]) if len(cells) > index else () for index in (1, 2))
        terms.append(Term(source=cells[0], targets=targets, forbidden=refused, origin=f"{path}:{number}"))
    return tuple(terms)


def _primary(tag: str) -> str:
    return tag.replace("_", "-").split("-")[0].lower()


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _read_tbx(data: bytes, path: str, source: str, target: str) -> tuple[Term, ...]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FormatError(message=f"the glossary is not well-formed: {error.msg}", path=path, line=error.lineno) from error
    terms = []
    for entry in root.iter("{*}termEntry", "{*}conceptEntry"):
        good: dict[str, list[str]] = {source: [], target: []}
        refused: list[str] = []
        for section in entry.iter("{*}langSet", "{*}langSec"):
            language = _primary(str(section.get(_XML_LANGUAGE, "")))
            for group in section.iter("{*}tig", "{*}ntig", "{*}termSec"):
                word = " ".join("".join(map(str, node.itertext())) for node in group.iter("{*}term")).strip()
                status = " ".join(str(node.text or "") for node in group.iter("{*}termNote", "{*}administrativeStatus"))
                if not word or language not in good:
                    continue
                if any(mark in status for mark in _REFUSED):
                    refused += [word] if language == target else []
                else:
                    good[language].append(word)
        line = entry.sourceline
        terms += [
            Term(source=word, targets=tuple(good[target]), forbidden=tuple(refused), origin=f"{path}:{line}")
            for word in good[source]
            if good[target] or refused
        ]
    return tuple(terms)


__all__ = ["read_terms"]
