"""EPUB 2 and 3: the chapters of the spine, in order, each read as HTML."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from transcmp.errors import FormatError
from transcmp.model import Document, Piece
from transcmp.readers._language import language_of
from transcmp.readers._packed import Archive, Item, Part, build
from transcmp.readers._reader import Reader
from transcmp.readers._source import xml_encoding
from transcmp.readers._xml import XmlHandler, parse_xml
from transcmp.readers.html import declared_encoding, parse_whole

_CONTAINER = "META-INF/container.xml"


def unpack(data: bytes, path: str) -> Document:
    """Read a book. Raises FormatError for one that is encrypted, damaged or unpacks to too much."""
    archive = Archive(data, path, "EPUB file")
    container = archive.text(_CONTAINER, xml_encoding)
    if container is None:
        raise FormatError(message="is a zip archive without a book in it", path=path, hint="save it as .epub")
    root = _Root()
    parse_xml(container, path, root)
    package = archive.text(root.path, xml_encoding) if root.path else None
    if package is None:
        raise FormatError(message="names a package file that it does not hold", path=path, hint="save it as .epub again")
    book = _Package(package)
    parse_xml(package, path, book)
    folder = posixpath.dirname(root.path)
    locked = _encrypted(archive)
    items: list[Item] = []
    if book.title.strip():
        items.append(Item("front-matter", [Part("front-matter", book.title.strip(), info="title")]))
    for name in book.spine:
        chapter = posixpath.normpath(posixpath.join(folder, unquote(book.files.get(name, ""))))
        if chapter in locked:
            raise FormatError(message="is protected against copying (DRM)", path=path, hint="use an unprotected copy")
        text = archive.text(chapter, declared_encoding) if name in book.files else None
        if text is not None:
            items += _items(parse_whole(text, path))
    return build(items, path, "epub", declared=language_of(book.language.strip()), metadata=[("title", book.title.strip())])


def _encrypted(archive: Archive) -> frozenset[str]:
    """The members that an encryption file names: fonts often, chapters under DRM."""
    text = archive.text("META-INF/encryption.xml", xml_encoding)
    if text is None:
        return frozenset()
    handler = _References()
    parse_xml(text, archive.path, handler)
    return frozenset(handler.names)


def _items(chapter: Document) -> list[Item]:
    items = []
    for block in chapter.blocks:
        parts = []
        for fragment in (chapter.fragments[number] for number in block.fragments):
            marks = [(mark.kind, mark.start, mark.end, mark.value) for mark in fragment.marks]
            parts.append(Part(fragment.kind, fragment.text, marks, fragment.info, fragment.declared))
        if parts and block.kind != "front-matter":  # a chapter's title element repeats its heading
            items.append(Item(block.kind, parts, block.level, block.anchor))
    return items


class _Root(XmlHandler):
    path = ""

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "rootfile" and not self.path:
            self.path = attributes.get("full-path", "")


class _References(XmlHandler):
    def __init__(self) -> None:
        self.names: list[str] = []

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "CipherReference":
            self.names.append(unquote(attributes.get("URI", "")))


class _Package(XmlHandler):
    def __init__(self, text: str) -> None:
        self.text = text
        self.files: dict[str, str] = {}
        self.spine: list[str] = []
        self.title = self.language = ""
        self.inside = ""

    def open(self, name: str, attributes: dict[str, str]) -> None:
        self.inside = name
        if name == "item" and "nav" not in attributes.get("properties", "").split():
            self.files[attributes.get("id", "")] = attributes.get("href", "")
        elif name == "itemref":
            self.spine.append(attributes.get("idref", ""))

    def close(self, name: str) -> None:  # noqa: ARG002  (the handler's signature)
        self.inside = ""

    def data(self, piece: Piece) -> None:
        words = self.text[piece.start : piece.end] if piece.text is None else piece.text
        if self.inside == "title" and len(self.title) < 1000:
            self.title += words
        elif self.inside == "language" and len(self.language) < 100:
            self.language += words


READER = Reader(unpack=unpack)
