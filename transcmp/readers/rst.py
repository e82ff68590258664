"""reStructuredText: block structure by indentation ("reStructuredText Markup Specification"), with Sphinx's directives.

A small reader, not docutils: it says what is text and where it stands; what it does not know keeps its text as paragraphs.
"""

from __future__ import annotations

import re

from transcmp.model import BlockKind, Document, FragmentKind, Piece
from transcmp.readers import _rst_inline
from transcmp.readers._builder import Builder
from transcmp.readers._content import Content, add_inline, code_pieces, folded
from transcmp.readers._lines import line_ranges
from transcmp.readers._reader import Reader
from transcmp.readers._rst_tables import csv_cells, grid_cells, simple_cells

Line = tuple[int, int]
"""Start, behind the indentation of what encloses it, and end, without trailing white space. Equal: a blank line."""

CODE = frozenset(
    "code code-block sourcecode parsed-literal math graphviz mermaid uml plantuml productionlist ipython doctest testcode".split()
)
TITLED = frozenset(
    "admonition topic sidebar rubric centered dropdown tab tab-item card grid-item-card table list-table csv-table details".split()
)
"""Directives whose argument is a title; for other admonitions it is the first text."""
PROSE = frozenset(
    "attention caution danger error hint important note tip warning seealso todo versionadded versionchanged versionremoved deprecated "
    "epigraph highlights pull-quote".split()
)
MARKUP = frozenset(
    "toctree include contents index raw meta currentmodule module highlight literalinclude default-role role sectnum section-numbering "
    "unicode date replace tabularcolumns sectionauthor codeauthor autosummary".split()
)
_MAX_DEPTH = 40
_RULE = re.compile(r"([!-/:-@\[-`{-~])\1*\Z")
_BULLET = re.compile(r"([-*+\u2022\u2023\u2043])(?:[ \t]+|\Z)")
_NUMBER = re.compile(r"(?:\((?:\d{1,4}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,8}|#)\)|(?:\d{1,4}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,8}|#)[.)])[ \t]+(?=\S)")
_FIELD = re.compile(r":((?:[^:\\`\n]|\\.){1,80}):(?:[ \t]+|\Z)")
_OPTION_WORD = r"(?:--?|/|\+)[\w][\w-]{0,40}(?:[ =](?:<[^<>\n]{1,40}>|[A-Za-z][\w-]{0,40}))?"
_OPTION = re.compile(rf"({_OPTION_WORD}(?:, {_OPTION_WORD}){{0,9}})(?:  [ \t]*(?=\S)|\Z)")
_EXPLICIT = re.compile(r"\.\.(?:[ \t]+|\Z)")
_DIRECTIVE = re.compile(r"(?:\|([^|\n]{1,80})\|[ \t]+)?([A-Za-z][\w.+:-]*?)[ \t]*::(?:[ \t]+|\Z)")
_FOOTNOTE = re.compile(r"\[(?:\d+|#[\w-]*|\*|[A-Za-z][\w.-]*)\](?:[ \t]+|\Z)")
_TARGET = re.compile(r"_(?:[^:\\\n]|\\.)+:(?:[ \t]|\Z)|__:")


def parse(text: str, path: str) -> Document:
    """Read reStructuredText."""
    reader = _Rst(Builder(text, path, "rst"))
    reader.body([_trimmed(text, *line) for line in line_ranges(text)])
    return reader.builder.build()


def _trimmed(text: str, start: int, end: int) -> Line:
    while end > start and text[end - 1] in " \t\f\v":
        end -= 1
    return start, end


class _Rst:
    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.text = builder.text
        self.adornments: list[str] = []
        """Title styles in the order of their first use: their position is the level."""
        self.depth = 0
        self.lists = 0

    # -- lines -------------------------------------------------------------------------------------------------------

    def line(self, line: Line) -> str:
        return self.text[line[0] : line[1]]

    def indent(self, line: Line) -> int:
        content = self.line(line)
        return len(content) - len(content.lstrip(" \t"))

    def indented(self, lines: list[Line], index: int, columns: int = 1) -> tuple[list[Line], int]:
        """The lines from ``index`` on that are blank or indented by ``columns`` at least, dedented, and the index behind them."""
        first = index
        while index < len(lines) and (lines[index][0] == lines[index][1] or self.indent(lines[index]) >= columns):
            index += 1
        taken = lines[first:index]
        while taken and taken[-1][0] == taken[-1][1]:
            taken.pop()
        width = min((self.indent(line) for line in taken if line[0] < line[1]), default=0)
        return [(min(start + width, end), end) for start, end in taken], index

    # -- blocks ------------------------------------------------------------------------------------------------------

    def body(self, lines: list[Line], kind: FragmentKind = "paragraph") -> None:
        """Read the blocks of one level; the first paragraph is a ``kind``."""
        self.depth += 1
        index = 0
        first = True
        while index < len(lines):
            if lines[index][0] == lines[index][1]:
                index += 1
                continue
            before = self.builder.block_count
            index = self.element(lines, index, kind if first or kind == "quote" else "paragraph")
            first = first and before == self.builder.block_count
        self.depth -= 1

    def element(self, lines: list[Line], index: int, kind: FragmentKind) -> int:
        """Read the block that begins at ``index``; returns the index behind it."""
        content = self.line(lines[index])
        if self.depth > _MAX_DEPTH:
            return self.paragraph(lines, index, kind)
        if self.indent(lines[index]):
            inner, after = self.indented(lines, index)
            self.body(inner, "quote" if kind == "paragraph" else kind)
            return after
        for method in (self.title, self.explicit, self.list_item, self.field, self.option, self.table, self.literal_lines):
            after = method(lines, index, content)
            if after:
                return after
        return self.paragraph(lines, index, kind)

    def title(self, lines: list[Line], index: int, content: str) -> int:
        rule = _RULE.match(content)
        following = self.line(lines[index + 1]) if index + 1 < len(lines) else ""
        if rule and len(content) >= 3 and following and index + 2 < len(lines) and self.line(lines[index + 2]) == content:
            self.heading(content[0] * 2, lines[index + 1], lines[index][0], lines[index + 2][1])
            return index + 3
        if rule and len(content) >= 4 and not following:
            self.builder.block("html", *lines[index])
            return index + 1
        under = _RULE.match(following)
        if not rule and under and (len(following) >= min(len(content), 4)) and following not in ("::", ".."):
            self.heading(following[0], lines[index], lines[index][0], lines[index + 1][1])
            return index + 2
        return 0

    def heading(self, style: str, line: Line, start: int, end: int) -> None:
        if style not in self.adornments:
            self.adornments.append(style)
        level = min(6, self.adornments.index(style) + 1)
        inline = _rst_inline.scan(self.text, [(line[0] + self.indent(line), line[1])])
        self.builder.block("heading", start, end, level=level)
        add_inline(self.builder, "heading", inline, level=level)

    def list_item(self, lines: list[Line], index: int, content: str) -> int:
        found = _BULLET.match(content) or _NUMBER.match(content)
        if found is None:
            return 0
        if not _BULLET.match(content) and index + 1 < len(lines):
            following = lines[index + 1]
            if following[0] < following[1] and not self.indent(following) and not _NUMBER.match(self.line(following)):
                return 0  # a paragraph that happens to begin like one
        start, end = lines[index]
        inner, after = self.indented(lines, index + 1)
        self.lists += 1
        self.body([(min(start + found.end(), end), end), *inner], "list-item")
        self.lists -= 1
        return after

    def field(self, lines: list[Line], index: int, content: str) -> int:
        found = _FIELD.match(content)
        if found is None:
            return 0
        start, end = lines[index]
        inner, after = self.indented(lines, index + 1)
        if start + found.end() < end or inner:
            self.body([(min(start + found.end(), end), end), *inner])
        else:
            self.builder.block("html", start, end)
        return after

    def option(self, lines: list[Line], index: int, content: str) -> int:
        """An item of an option list: ``-f FILE, --file=FILE  text``."""
        found = _OPTION.match(content)
        if found is None:
            return 0
        start, end = lines[index]
        inner, after = self.indented(lines, index + 1)
        self.builder.block("html", start, start + found.end(1))
        self.body([(min(start + found.end(), end), end), *inner])
        return after

    def literal_lines(self, lines: list[Line], index: int, content: str) -> int:
        """Line blocks and doctests."""
        if not content.startswith(("| ", ">>> ")) and content != "|":
            return 0
        first = index
        while index < len(lines) and lines[index][0] < lines[index][1]:
            index += 1
        taken = lines[first:index]
        if content[0] == ">":
            self.code(taken, "pycon", taken[0][0], taken[-1][1])
            return index
        pieces: list[Piece] = []
        for start, end in taken:
            content = self.text[start + 1 : end]
            inline = _rst_inline.scan(self.text, [(min(end, end - len(content.lstrip())), end)])
            if pieces:
                pieces.append(Piece(pieces[-1].end, max(pieces[-1].end, start), "\n"))
            pieces += inline.pieces
        self.builder.block("paragraph", taken[0][0], taken[-1][1])
        self.builder.fragment("paragraph", pieces)
        return index

    def table(self, lines: list[Line], index: int, content: str) -> int:
        grid = content.startswith("+-") and content.endswith("+")
        if not grid and not re.fullmatch(r"=+(?:[ \t]+=+)+", content):
            return 0
        first = index
        while index < len(lines) and lines[index][0] < lines[index][1]:
            index += 1
        taken = lines[first:index]
        self.builder.block("table", taken[0][0], taken[-1][1])
        for row, column, cell in (grid_cells if grid else simple_cells)(self.text, taken):
            add_inline(self.builder, "table-cell", _rst_inline.scan(self.text, cell), info=f"{row},{column}")
        return index

    def paragraph(self, lines: list[Line], index: int, kind: FragmentKind) -> int:
        first = index
        while index < len(lines) and lines[index][0] < lines[index][1] and (index == first or not self.indent(lines[index])):
            index += 1
        taken = lines[first:index]
        single = index - first == 1 and index < len(lines) and lines[index][0] < lines[index][1]
        if single and self.depth <= _MAX_DEPTH and not self.line(taken[0]).endswith("::"):
            return self.definition(lines, index, taken[0])
        start, end = taken[-1]
        literal = self.line(taken[-1]).endswith("::")
        if literal:
            end -= 1 if self.text[end - 3 : end - 2].strip() else 2
            taken[-1] = (start, max(start, end))
        self.words(taken, kind)
        if not literal:
            return max(index, first + 1)
        code, after = self.indented(lines, index)
        if code:
            while code and code[0][0] == code[0][1]:
                del code[0]
            self.code(code, "", code[0][0], code[-1][1])
        return max(after, first + 1)

    def words(self, lines: list[Line], kind: FragmentKind) -> None:
        inline = _rst_inline.scan(self.text, [(line[0] + self.indent(line), line[1]) for line in lines])
        block: BlockKind = "list-item" if kind == "list-item" else "quote" if kind == "quote" else "paragraph"
        level = self.lists if block == "list-item" else 0
        self.builder.block(block, lines[0][0], lines[-1][1], level=level)
        add_inline(self.builder, kind, inline, level=level)

    def definition(self, lines: list[Line], index: int, term: Line) -> int:
        self.builder.block("paragraph", *term)
        end = term[1]
        classifier = self.line(term).find(" : ")
        if classifier > 0:
            end = term[0] + classifier
        add_inline(self.builder, "term", _rst_inline.scan(self.text, [(term[0], end)]))
        inner, after = self.indented(lines, index)
        self.body(inner)
        return after

    def code(self, lines: list[Line], language: str, start: int, end: int) -> None:
        self.builder.block("code", start, end)
        self.builder.fragment("code", code_pieces(lines), info=language, raw=True)

    # -- explicit markup ---------------------------------------------------------------------------------------------

    def explicit(self, lines: list[Line], index: int, content: str) -> int:
        found = _EXPLICIT.match(content)
        if found is None:
            return 0
        start, end = lines[index]
        inner, after = self.indented(lines, index + 1)
        rest = (min(start + found.end(), end), end)
        words = self.line(rest)
        directive = _DIRECTIVE.match(words)
        footnote = _FOOTNOTE.match(words)
        if footnote:
            self.body([(min(rest[0] + footnote.end(), end), end), *inner])
        elif directive:
            self.directive(directive, rest, inner, start)
        else:  # a link target or a comment
            self.builder.block("html", start, inner[-1][1] if inner else end)
        return after

    def directive(self, found: re.Match[str], rest: Line, inner: list[Line], start: int) -> None:
        name = found[2].lower()
        argument = (min(rest[0] + found.end(), rest[1]), rest[1])
        end = inner[-1][1] if inner else rest[1]
        options: dict[str, Line] = {}
        while inner and (option := _FIELD.match(self.line(inner[0]))):
            options[option[1]] = (min(inner[0][0] + option.end(), inner[0][1]), inner[0][1])
            inner = inner[1:]
        if name in ("image", "figure"):
            self.image(argument, options, inner, start)
        elif name in CODE:
            while inner and inner[0][0] == inner[0][1]:
                inner = inner[1:]
            self.builder.block("code", start, end)
            self.text_option(options.get("caption"), "caption")
            if inner:
                self.builder.fragment("code", code_pieces(inner), info=self.line(argument).split(" ")[0], raw=True)
        elif name == "replace":
            self.builder.block("paragraph", start, end)
            add_inline(self.builder, "paragraph", _rst_inline.scan(self.text, [argument]))
        elif name in MARKUP or found[1]:
            self.builder.block("html", start, end)
            self.text_option(options.get("caption"), "caption")
        elif name in PROSE:
            self.builder.block("admonition", start, rest[1])
            version = re.match(r"\S+[ \t]*", self.line(argument)) if name.startswith(("version", "deprecated")) else None
            self.body([(min(argument[0] + (version.end() if version else 0), argument[1]), argument[1]), *inner])
        else:
            self.builder.block("admonition" if name in TITLED else "html", start, rest[1])
            if name in TITLED and argument[0] < argument[1]:
                add_inline(self.builder, "title", _rst_inline.scan(self.text, [argument]))
            self.text_option(options.get("subtitle"), "subtitle")
            if name == "csv-table":
                self.csv_table([options["header"], *inner] if "header" in options else inner)
            else:
                self.body(inner)

    def csv_table(self, lines: list[Line]) -> None:
        if not any(start < end for start, end in lines):
            return
        self.builder.block("table", min(start for start, _ in lines), max(end for _, end in lines))
        for row, column, cell in csv_cells(self.text, lines):
            add_inline(self.builder, "table-cell", _rst_inline.scan(self.text, [cell]), info=f"{row},{column}")

    def image(self, argument: Line, options: dict[str, Line], inner: list[Line], start: int) -> None:
        self.builder.block("image", start, max([argument[1], *(last for _, last in options.values())]))
        self.text_option(options.get("alt"), "alt")
        if inner:
            self.body(inner, "caption")

    def text_option(self, line: Line | None, name: str) -> None:
        if line is not None and line[0] < line[1]:
            kind: FragmentKind = "title" if name == "subtitle" else "caption"
            self.builder.extend(line[1])
            self.builder.fragment(kind, folded(Content(self.text, [line]), 0, line[1] - line[0]), info=name)


READER = Reader(parse=parse)
