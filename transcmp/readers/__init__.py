"""From files to Documents. One file a format; :data:`formats` lists them, :func:`format_of` picks one by suffix.

read(path)            -> Document     any format, one document
read_bitext(path)     -> Bitext       PO, XLIFF, TMX, TSV, JSONL: both sides of one file
parse(text, format=)  -> Document     text at hand
"""

from __future__ import annotations

from pathlib import PurePath

from transcmp.errors import FormatError, UsageError
from transcmp.model import Document
from transcmp.readers._bitext import Bitext
from transcmp.readers._reader import Reader
from transcmp.registry import Registry

__all__ = ["SUFFIXES", "Bitext", "Reader", "format_of", "formats", "is_bilingual", "parse", "read", "read_bitext"]

formats: Registry[Reader] = Registry(
    "reader",
    {
        "markdown": "transcmp.readers.markdown.reader:READER",
        "text": "transcmp.readers.text:TEXT",
        "html": "transcmp.readers.html:READER",
        "html-page": "transcmp.readers.html:WHOLE_PAGE",
        "po": "transcmp.readers.po:READER",
        "xliff": "transcmp.readers.xliff:READER",
        "tmx": "transcmp.readers.tmx:READER",
        "tsv": "transcmp.readers.tsv:READER",
        "jsonl": "transcmp.readers.jsonl:READER",
        "srt": "transcmp.readers.subtitles:SRT",
        "vtt": "transcmp.readers.subtitles:VTT",
        "ass": "transcmp.readers.subtitles:ASS",
        "docx": "transcmp.readers.docx:READER",
        "epub": "transcmp.readers.epub:READER",
        "rst": "transcmp.readers.rst:READER",
        "asciidoc": "transcmp.readers.asciidoc:READER",
        "lines": "transcmp.readers.text:LINES",
    },
)
"""Readers by name, as in ``--input-format``. A plugin's entry point names a :class:`Reader`."""

SUFFIXES: dict[str, str] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".mdx": "markdown",
    ".qmd": "markdown",
    ".rmd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".po": "po",
    ".pot": "po",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".sdlxliff": "xliff",
    ".mqxliff": "xliff",
    ".mxliff": "xliff",
    ".tmx": "tmx",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".srt": "srt",
    ".vtt": "vtt",
    ".ass": "ass",
    ".ssa": "ass",
    ".docx": "docx",
    ".docm": "docx",
    ".epub": "epub",
    ".rst": "rst",
    ".rest": "rst",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".asc": "asciidoc",
    ".txt": "text",
    ".text": "text",
}
"""Suffix, lower case, to format."""

BILINGUAL: frozenset[str] = frozenset({"po", "xliff", "tmx", "tsv", "jsonl"})
"""Formats that hold both sides in one file."""


def format_of(path: str) -> str:
    """The format that a path's suffix stands for; ``text`` for any other. Raises UsageError for ``-``, standard input."""
    if path == "-":
        raise UsageError(message="standard input has no suffix", path=path, hint="say what it is, as in --input-format markdown")
    return SUFFIXES.get(PurePath(path).suffix.lower(), "text")


def is_bilingual(path: str, format: str | None = None) -> bool:
    """Whether the file holds both sides."""
    return (format or format_of(path)) in BILINGUAL


def read(path: str, *, format: str | None = None, encoding: str | None = None, max_size: int | None = None) -> Document:
    """Read a file; ``-`` is standard input.

    ``format`` defaults to the suffix's, ``encoding`` to what the file declares, else UTF-8; ``max_size`` is in bytes, None without limit.
    Raises ReadError and its kinds.
    """
    from transcmp.readers._source import read_bytes

    name = format or format_of(path)
    reader = formats.load(name)
    data = read_bytes(path, max_size)
    if reader.unpack is not None:
        return reader.unpack(data, path)
    return _parse(reader, _decode(reader, data, path, encoding), path, name)


def parse(text: str, *, path: str = "-", format: str = "text") -> Document:
    """Read text at hand; raises UsageError for a packed format."""
    return _parse(formats.load(format), text, path, format)


def read_bitext(path: str, *, format: str | None = None, encoding: str | None = None, max_size: int | None = None) -> Bitext:
    """Read both sides of a bilingual file; raises UsageError for a format that has one side only."""
    from transcmp.readers._source import read_bytes

    name = format or format_of(path)
    reader = formats.load(name)
    if reader.pairs is None:
        raise UsageError(message=f"{name} holds one side only", path=path, hint="name a second document")
    text = _decode(reader, read_bytes(path, max_size), path, encoding)
    try:
        return reader.pairs(text, path)
    except RecursionError:
        raise FormatError(message="is nested too deep", path=path) from None


def _decode(reader: Reader, data: bytes, path: str, encoding: str | None) -> str:
    from transcmp.readers._source import decode

    return decode(data, path, encoding, reader.encoding)


def _parse(reader: Reader, text: str, path: str, name: str) -> Document:
    if reader.parse is None:
        raise UsageError(message=f"{name} is a packed format: it is read from a file, not from text", path=path)
    return reader.parse(text, path)
