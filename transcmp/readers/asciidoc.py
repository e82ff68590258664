"""AsciiDoc (docs.asciidoctor.org/asciidoc): titles, paragraphs, lists, delimited blocks, tables, macros; line by line.

A small reader: what it does not know keeps its text as paragraphs. Includes and conditions are markup.
"""

from __future__ import annotations

import re

from transcmp.model import BlockKind, Document, FragmentKind
from transcmp.readers import _asciidoc_inline
from transcmp.readers._builder import Builder
from transcmp.readers._content import Content, add_inline, code_pieces, folded
from transcmp.readers._lines import line_ranges
from transcmp.readers._reader import Reader

Line = tuple[int, int]

_HEADING = re.compile(r"(={1,6}|#{1,6})[ \t]+(?=\S)")
_ATTRIBUTE = re.compile(r":!?([\w-]+)!?:(?:[ \t]+|\Z)")
_TITLE = re.compile(r"\.(?=[^\s.])")
_LIST = re.compile(r"[ \t]*(\*{1,6}|-|\.{1,6}|\d{1,4}\.|[a-zA-Z]\.|<\d{1,3}>|<\.>)[ \t]+(?:\[[ xX*]\][ \t]+)?(?=\S)")
_TERM = re.compile(r"[ \t]*(?=\S)([^\n]*?)(:{2,4}|;;)(?:[ \t]+|\Z)")
_ADMONITION = re.compile(r"(NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+(?=\S)")
_IMAGE = re.compile(r"image::([^\s\[\]]+)\[([^\n]*)\]\Z")
_MACRO = re.compile(r"(?:include|ifdef|ifndef|ifeval|endif|toc|video|audio|xref|link|icon|plantuml|kroki)::?[^\s\[\]]*\[[^\n]*\]\Z")
_DELIMITER = re.compile(r"(-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|--|```\w*|[|,:!]={3,}|'{3,}|<{3,})\Z")
_STYLE = re.compile(r"\[([^\[\]\n]*|\[[^\[\]\n]*\])\]\Z")
_CELL = re.compile(r"(?<!\\)(?:(?<=\s)|^)(?:\d*(?:\.\d+)?[+*])?[<^>]?(?:\.[<^>])?[aehlmsdv]?\|", re.MULTILINE)
_TITLE_ATTRIBUTE = re.compile(r"(?:^|,)\s*(title|alt|caption)\s*=\s*(?:\"([^\"]*)\"|([^,\"]+))")
_FORMAT = re.compile(r"\bformat=[\"']?(csv|dsv|tsv)\b")
_SEPARATORS = {"csv": ",", "dsv": ":", "tsv": "\t"}
_PUBLISHED = frozenset({"description", "doctitle", "title", "subtitle", "summary"})
_CODE_STYLES = frozenset({"source", "listing", "literal", "stem", "latexmath", "asciimath", "plantuml", "mermaid", "graphviz"})


_ENDS = (_DELIMITER, _STYLE, _ATTRIBUTE, _IMAGE, _MACRO, _TERM)
"""Lines that end a paragraph."""


def parse(text: str, path: str) -> Document:
    """Read AsciiDoc."""
    reader = _AsciiDoc(Builder(text, path, "asciidoc"))
    reader.read()
    return reader.builder.build()


class _AsciiDoc:
    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.text = builder.text
        self.lines = [self._trimmed(*line) for line in line_ranges(builder.text)]
        self.index = 0
        self.style = ""
        """The attribute line above the block at hand."""
        self.quotes: list[str] = []
        """Delimiters of open quote blocks."""

    def _trimmed(self, start: int, end: int) -> Line:
        while end > start and self.text[end - 1] in " \t\f\v":
            end -= 1
        return start, end

    def read(self) -> None:
        while self.index < len(self.lines):
            start, end = self.lines[self.index]
            content = self.text[start:end]
            if not content.strip():
                self.index += 1
                continue
            for method in (self.delimiter, self.meta, self.heading, self.macro, self.admonition, self.list_item, self.term):
                if method(start, end, content):
                    break
            else:
                self.paragraph()
            if not content.startswith(("[", ".")):
                self.style = ""

    def add(self, block: BlockKind, kind: FragmentKind, lines: list[Line], start: int, end: int, *, level: int = 0) -> None:
        self.builder.block(block, start, end, level=level)
        add_inline(self.builder, kind, _asciidoc_inline.scan(self.text, lines), level=level)

    # -- single lines ------------------------------------------------------------------------------------------------

    def heading(self, start: int, end: int, content: str) -> bool:
        found = _HEADING.match(content)
        if found is None:
            return False
        self.add("heading", "heading", [(start + found.end(), end)], start, end, level=len(found[1]))
        self.index += 1
        return True

    def meta(self, start: int, end: int, content: str) -> bool:
        """Attribute entries, block attributes, block titles, comments, list continuations."""
        attribute = _ATTRIBUTE.match(content)
        style = _STYLE.match(content)
        if attribute:
            self.builder.block("front-matter", start, end)
            if attribute[1] in _PUBLISHED:
                add_inline(
                    self.builder, "front-matter", _asciidoc_inline.scan(self.text, [(start + attribute.end(), end)]), info=attribute[1]
                )
            elif attribute.end() < len(content):
                self.builder.metadata.append((attribute[1], content[attribute.end() :]))
        elif style:
            self.style = style[1]
            self.builder.block("html", start, end)
            self.attributes(start + 1, end - 1)
        elif _TITLE.match(content) and not content.startswith(".."):
            self.add("paragraph", "title", [(start + 1, end)], start, end)
        elif content == "+" or (content.startswith("//") and not content.startswith("///")):
            self.builder.block("html", start, end)
        else:
            return False
        self.index += 1
        return True

    def attributes(self, start: int, end: int) -> None:
        """Fragments for ``title=``, ``alt=`` and ``caption=``."""
        for found in _TITLE_ATTRIBUTE.finditer(self.text, start, end):
            group = 2 if found[2] is not None else 3
            self.attribute_text(*found.span(group), found[1])

    def attribute_text(self, start: int, end: int, name: str) -> None:
        kind: FragmentKind = "title" if name == "title" else "caption"
        self.builder.fragment(kind, folded(Content(self.text, [(start, end)]), 0, end - start), info=name)

    def macro(self, start: int, end: int, content: str) -> bool:
        image = _IMAGE.match(content)
        if image:
            self.builder.block("image", start, end)
            first, last = start + image.start(2), start + image.end(2)
            comma = self.text.find(",", first, last)
            alt = comma if comma >= 0 else last
            quoted = self.text[first : first + 1] == '"' and self.text.find('"', first + 1, last)
            if quoted and quoted > 0:
                self.attribute_text(first + 1, quoted, "alt")
            elif "=" not in self.text[first:alt]:
                self.attribute_text(first, alt, "alt")
            self.attributes(first, last)
        elif _MACRO.match(content):
            self.builder.block("html", start, end)
        else:
            return False
        self.index += 1
        return True

    # -- runs of lines -----------------------------------------------------------------------------------------------

    def run(self, first: int) -> list[Line]:
        """The lines of the paragraph that begins on this line at offset ``first``; moves behind it."""
        taken = [(first, self.lines[self.index][1])]
        self.index += 1
        while self.index < len(self.lines):
            start, end = self.lines[self.index]
            content = self.text[start:end]
            if not content.strip() or content == "+" or any(pattern.match(content) for pattern in _ENDS):
                break
            if not content.startswith("//") or content.startswith("///"):
                taken.append((start + len(content) - len(content.lstrip()), end))
            self.index += 1
        return taken

    def admonition(self, start: int, _: int, content: str) -> bool:
        found = _ADMONITION.match(content)
        if found is None:
            return False
        taken = self.run(start + found.end())
        self.add("admonition", "paragraph", taken, start, taken[-1][1])
        return True

    def list_item(self, start: int, end: int, content: str) -> bool:
        found = _LIST.match(content)
        if found is None:
            return False
        level = len(found[1]) if found[1][0] in "*." else 1
        taken = [(start + found.end(), end)]
        self.index += 1
        while self.index < len(self.lines):
            first, last = self.lines[self.index]
            following = self.text[first:last]
            if not following.strip() or following == "+" or _LIST.match(following) or _TERM.match(following) or _DELIMITER.match(following):
                break
            taken.append((first + len(following) - len(following.lstrip()), last))
            self.index += 1
        self.add("list-item", "list-item", taken, start, taken[-1][1], level=level)
        return True

    def term(self, start: int, _: int, content: str) -> bool:
        found = _TERM.match(content)
        if found is None or not found[1].strip():
            return False
        self.add("paragraph", "term", [(start + found.start(1), start + found.end(1))], start, start + found.end(1))
        first = start + found.end()
        if found.end() == len(content):  # the definition stands on the next line, perhaps indented
            self.index += 1
            if self.index == len(self.lines):
                return True
            following = self.text[slice(*self.lines[self.index])]
            if not following.strip() or _LIST.match(following) or any(pattern.match(following) for pattern in _ENDS):
                return True
            first = self.lines[self.index][0] + len(following) - len(following.lstrip())
        taken = self.run(first)
        self.add("paragraph", "paragraph", taken, taken[0][0], taken[-1][1])
        return True

    def paragraph(self) -> None:
        start, end = self.lines[self.index]
        content = self.text[start:end]
        indent = len(content) - len(content.lstrip())
        kind = self.style.split(",", 1)[0].split("%")[0].strip()
        taken = self.run(start + indent)
        if indent or kind in _CODE_STYLES:
            self.builder.block("code", start, taken[-1][1])
            self.builder.fragment("code", code_pieces(taken), info=self._language(), raw=True)
        elif self.quotes or kind in ("quote", "verse"):
            self.add("quote", "quote", taken, start, taken[-1][1])
        else:
            self.add("paragraph", "paragraph", taken, start, taken[-1][1])

    def _language(self) -> str:
        parts = [part.strip() for part in self.style.split(",")]
        return parts[1] if len(parts) > 1 and parts[0].split("%")[0] in ("source", "") else ""

    # -- delimited blocks --------------------------------------------------------------------------------------------

    def delimiter(self, start: int, end: int, content: str) -> bool:
        if not _DELIMITER.match(content):
            return False
        mark = content[0]
        if content.startswith("```") or (mark in "-./+" and content != "--"):
            self.verbatim(start, content)
        elif content[1:2] == "=" and mark in "|,:!":
            self.table(start, content)
        else:
            if mark == "_":
                self.quotes = self.quotes[:-1] if self.quotes[-1:] == [content] else [*self.quotes, content]
            opens = mark == "=" and self.style.split(",")[0].strip() in ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
            self.builder.block("admonition" if opens else "html", start, end)
            self.index += 1
        return True

    def _closing(self, content: str) -> int:
        """Index of the line that closes the block opened on this line, or of the end."""
        closing = "```" if content.startswith("```") else content
        for index in range(self.index + 1, len(self.lines)):
            if self.text[slice(*self.lines[index])] == closing:
                return index
        return len(self.lines)

    def verbatim(self, start: int, content: str) -> None:
        """Listings, literals, passthroughs and comments."""
        close = self._closing(content)
        inner = self.lines[self.index + 1 : close]
        last = self.lines[min(close, len(self.lines) - 1)][1]
        code = content[0] not in "/+"
        self.builder.block("code" if code else "html", start, last)
        if inner and code:
            self.builder.fragment("code", code_pieces(inner), info=self._language() or content.strip("`-."), raw=True)
        self.index = close + 1

    def table(self, start: int, content: str) -> None:
        close = self._closing(content)
        inner = self.lines[self.index + 1 : close]
        last = self.lines[min(close, len(self.lines) - 1)][1]
        self.builder.block("table", start, last)
        named = _FORMAT.search(self.style)
        separator = _SEPARATORS[named[1]] if named else content[0]
        cells = self.comma_cells(inner, separator) if separator in ",:\t" else self.bar_cells(inner)
        first = next((line for line in inner if line[0] < line[1]), (0, 0))
        width = max(1, sum(first[0] <= cell[0][0] < first[1] for cell in cells))
        for number, cell in enumerate(cells):
            inline = _asciidoc_inline.scan(self.text, cell)
            add_inline(self.builder, "table-cell", inline, info=f"{number // width},{number % width}")
        self.index = close + 1

    def bar_cells(self, lines: list[Line]) -> list[list[Line]]:
        cells: list[list[Line]] = []
        for start, end in lines:
            position = start
            for found in [*_CELL.finditer(self.text, start, end), None]:
                stop = found.start() if found else end
                cell = self._stripped(position, stop)
                if cell[0] < cell[1]:
                    if not cells:
                        cells.append([])
                    cells[-1].append(cell)
                if found:
                    cells.append([])
                    position = found.end()
        return [cell for cell in cells if cell]

    def comma_cells(self, lines: list[Line], separator: str) -> list[list[Line]]:
        pattern = re.compile(rf'"((?:[^"]|"")*)"|[^{separator}\n]+')
        cells = []
        for start, end in lines:
            for found in pattern.finditer(self.text, start, end):
                cell = self._stripped(*found.span(1 if found[1] is not None else 0))
                if cell[0] < cell[1]:
                    cells.append([cell])
        return cells

    def _stripped(self, start: int, end: int) -> Line:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end


READER = Reader(parse=parse)
