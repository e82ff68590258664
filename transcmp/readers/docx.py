"""DOCX (ECMA-376, WordprocessingML): paragraphs, headings, lists, tables, captions, alt text, text boxes, notes, headers and footers.

Positions are lines of the extracted text: the file itself has none that a person could go to.
"""

from __future__ import annotations

import re

from msgspec import Struct

from transcmp.errors import FormatError
from transcmp.model import BlockKind, Document, FragmentKind, MarkKind, Piece
from transcmp.readers._packed import Archive, Item, Part, build
from transcmp.readers._reader import Reader
from transcmp.readers._source import xml_encoding
from transcmp.readers._xml import XmlHandler, parse_xml

_IGNORED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "pPrChange", "rPrChange", "sectPrChange"})
"""Elements whose content is not part of the text as it reads: deletions, fallbacks for old programs, field codes."""
_READ = frozenset("tbl tr tc r vanish t tab br noBreakHyphen pStyle ilvl hyperlink footnoteReference endnoteReference docPr".split())
"""Elements whose start tag has a method of its own."""
_HEADING = re.compile(r"heading ?([1-9])")
"""A style's name; without a space, its id where the document defines no styles."""
_CODE_STYLES = ("code", "preformatted", "listing", "source")


def unpack(data: bytes, path: str) -> Document:
    """Read a document. Raises FormatError for one that is encrypted, damaged or unpacks to too much."""
    archive = Archive(data, path, "DOCX file")
    main = archive.text("word/document.xml", xml_encoding)
    if main is None:
        raise FormatError(message="is a zip archive without a Word document in it", path=path, hint="save it as .docx")
    styles = _Styles()
    _read(archive, "word/styles.xml", styles)
    items: list[Item] = []
    body = _Body(main, styles, _links(archive, "document"), "")
    parse_xml(main, path, body)
    items += body.items
    parts = sorted(name for name in archive.names if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"))
    for name in ("word/footnotes.xml", "word/endnotes.xml", *parts):
        text = archive.text(name, xml_encoding)
        if text is not None:
            stem = name[5:-4]
            part = _Body(text, styles, _links(archive, stem), stem.rstrip("0123456789s"))
            parse_xml(text, path, part)
            items += part.items
    return build(items, path, "docx")


def _read(archive: Archive, name: str, handler: XmlHandler) -> None:
    text = archive.text(name, xml_encoding)
    if text is not None:
        parse_xml(text, archive.path, handler)


def _links(archive: Archive, stem: str) -> dict[str, str]:
    handler = _Relations()
    _read(archive, f"word/_rels/{stem}.xml.rels", handler)
    return handler.targets


class _Relations(XmlHandler):
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class _Styles(XmlHandler):
    """What the paragraph styles mean, by id. Built-in names are English in every language of Word; ids are not."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.bases: dict[str, str] = {}
        self.levels: dict[str, int] = {}
        self.style = ""

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self.style = attributes.get("w:styleId", "")
        elif name == "name" and self.style:
            self.names[self.style] = attributes.get("w:val", "").lower()
        elif name == "basedOn":
            self.bases[self.style] = attributes.get("w:val", "")
        elif name == "outlineLvl" and self.style:
            self.levels[self.style] = _number(attributes.get("w:val")) + 1

    def close(self, name: str) -> None:
        if name == "style":
            self.style = ""

    def meaning(self, style: str) -> tuple[BlockKind, FragmentKind, int] | None:
        """Kind of block and fragment and the level, looked up along what the style is based on."""
        for _ in range(10):
            name = self.names.get(style, style.lower())
            level = self.levels.get(style, 0)
            if heading := _HEADING.fullmatch(name):
                level = int(heading[1])
            if 1 <= level <= 9 or name in ("title", "subtitle"):
                return "heading", "heading", min(6, level or (1 if name == "title" else 2))
            if name == "caption":
                return "paragraph", "caption", 0
            if "quote" in name:
                return "quote", "quote", 0
            if any(word in name for word in _CODE_STYLES):
                return "code", "code", 0
            if name.startswith("list"):
                return "list-item", "list-item", 1
            if style not in self.bases:
                return None
            style = self.bases[style]
        return None


def _number(written: str | None) -> int:
    return int(written) if written and re.fullmatch("[0-9]{1,5}", written) else 0


class _Paragraph(Struct):
    text: list[str] = []
    size: int = 0
    marks: list[tuple[MarkKind, int, int, str]] = []
    nested: list[Part] = []
    style: str = ""
    depth: int = 0
    """List level from 1; 0: no list."""
    link: tuple[int, str] | None = None

    def add(self, text: str) -> None:
        self.text.append(text)
        self.size += len(text)


class _Body(XmlHandler):
    """Reads a part made of paragraphs. Text boxes hold paragraphs inside paragraphs: hence a stack."""

    def __init__(self, text: str, styles: _Styles, links: dict[str, str], info: str) -> None:
        self.source = text
        self.styles = styles
        self.links = links
        self.info = info
        self.items: list[Item] = []
        self.stack: list[_Paragraph] = []
        self.ignored = 0
        self.in_text = False
        self.in_run = self.hidden = False
        """Whether a run is open, and whether it is hidden."""
        self.tables = 0
        self.table: Item | None = None
        self.cell = [-1, -1]

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if self.ignored or name in _IGNORED or attributes.get("w:type") in ("separator", "continuationSeparator"):
            self.ignored += 1
            return
        if name == "p":
            self.stack.append(_Paragraph())
        elif name in _READ:
            getattr(self, f"_{name}")(attributes)

    def _tbl(self, _: dict[str, str]) -> None:
        self.tables += 1
        if self.tables == 1:
            self.table, self.cell = Item("table", []), [-1, -1]
            self.items.append(self.table)

    def _tr(self, _: dict[str, str]) -> None:
        if self.tables == 1:
            self.cell = [self.cell[0] + 1, -1]

    def _tc(self, _: dict[str, str]) -> None:
        if self.tables == 1:
            self.cell[1] += 1

    def _r(self, _: dict[str, str]) -> None:
        self.in_run = True

    def _vanish(self, attributes: dict[str, str]) -> None:
        self.hidden = self.in_run and attributes.get("w:val") not in ("0", "false", "off")

    def _t(self, _: dict[str, str]) -> None:
        self.in_text = True

    def _tab(self, _: dict[str, str]) -> None:
        if self.stack:
            self.stack[-1].add(" ")

    def _br(self, attributes: dict[str, str]) -> None:
        if self.stack and attributes.get("w:type") not in ("page", "column"):
            self.stack[-1].add("\n")

    def _noBreakHyphen(self, _: dict[str, str]) -> None:  # noqa: N802  (an element's name)
        if self.stack:
            self.stack[-1].add("\u2011")

    def _pStyle(self, attributes: dict[str, str]) -> None:  # noqa: N802
        if self.stack:
            self.stack[-1].style = attributes.get("w:val", "")

    def _ilvl(self, attributes: dict[str, str]) -> None:
        if self.stack:
            self.stack[-1].depth = _number(attributes.get("w:val")) + 1

    def _hyperlink(self, attributes: dict[str, str]) -> None:
        if self.stack:
            target = self.links.get(attributes.get("r:id", ""), "")
            self.stack[-1].link = (self.stack[-1].size, target or "#" + attributes.get("w:anchor", ""))

    def _footnoteReference(self, attributes: dict[str, str]) -> None:  # noqa: N802
        if self.stack:
            paragraph = self.stack[-1]
            paragraph.marks.append(("anchor", paragraph.size, paragraph.size, attributes.get("w:id", "")))

    _endnoteReference = _footnoteReference  # noqa: N815

    def _docPr(self, attributes: dict[str, str]) -> None:  # noqa: N802
        if not self.stack:
            return
        paragraph = self.stack[-1]
        paragraph.marks.append(("image", paragraph.size, paragraph.size, attributes.get("name", "")))
        kinds: tuple[tuple[str, FragmentKind, str], ...] = (("descr", "caption", "alt"), ("title", "title", "title"))
        for attribute, kind, info in kinds:
            words = " ".join(attributes.get(attribute, "").split())
            if words:
                paragraph.nested.append(Part(kind, words, info=info))

    def close(self, name: str) -> None:
        if self.ignored:
            self.ignored -= 1
        elif name == "t":
            self.in_text = False
        elif name == "r":
            self.in_run = self.hidden = False
        elif name == "p" and self.stack:
            self._paragraph(self.stack.pop())
        elif name == "hyperlink" and self.stack and self.stack[-1].link:
            paragraph = self.stack[-1]
            first, target = paragraph.link or (0, "")
            paragraph.marks.append(("link", first, paragraph.size, target))
            paragraph.link = None
        elif name == "tbl":
            self.tables -= 1
            if not self.tables:
                self.table = None

    def data(self, piece: Piece) -> None:
        if self.in_text and self.stack and not self.ignored and not self.hidden:
            self.stack[-1].add(self.source[piece.start : piece.end] if piece.text is None else piece.text)

    def _paragraph(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.text)
        kind: FragmentKind = "table-cell"
        if self.table is not None:
            if text.strip():
                self.table.parts.append(Part(kind, text, paragraph.marks, f"{self.cell[0]},{max(0, self.cell[1])}"))
            self.table.parts += paragraph.nested
            return
        meaning = self.styles.meaning(paragraph.style) if paragraph.style else None
        block, kind, level = meaning or ("paragraph", "paragraph", 0)
        if paragraph.depth and block in ("paragraph", "list-item"):
            block, kind, level = "list-item", "list-item", paragraph.depth
        if not text.strip():
            if paragraph.nested:
                self.items.append(Item("image", paragraph.nested))
            return
        previous = self.items[-1] if self.items else None
        if block == "code" and previous is not None and previous.kind == "code":
            previous.parts[0].text += "\n" + text
            return
        self.items.append(Item(block, [Part(kind, text, paragraph.marks, self.info), *paragraph.nested], level))


READER = Reader(unpack=unpack)
