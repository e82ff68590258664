"""From leaf blocks to a Document."""

from __future__ import annotations

import re

from transcmp.model import BlockKind, Document, FragmentKind, Piece
from transcmp.readers._builder import Builder, tidy
from transcmp.readers._content import Content, Inline, Nested, add_inline, code_pieces, plain
from transcmp.readers._frontmatter import front_matter
from transcmp.readers._markup import has_letter, shortcode_attributes
from transcmp.readers._reader import Reader
from transcmp.readers.markdown import starts
from transcmp.readers.markdown.blocks import BlockParser
from transcmp.readers.markdown.containers import Leaf
from transcmp.readers.markdown.inline import Scanner
from transcmp.readers.markdown.tables import cells


def parse(text: str, path: str) -> Document:
    """Read Markdown."""
    builder = Builder(text, path, "markdown")
    start = front_matter(builder)
    parser = BlockParser(text, may_indent_code=not path.lower().endswith(".mdx"))
    leaves = parser.run(start)
    writer = _Writer(builder, parser.definitions)
    for leaf in leaves:
        getattr(writer, _METHODS[leaf.kind])(leaf)
    return builder.build()


READER = Reader(parse=parse)

_METHODS = {
    "paragraph": "paragraph",
    "term": "term",
    "heading": "heading",
    "code": "code",
    "table": "table",
    "tags": "tags",
    "html": "html",
    "marker": "marker",
    "comment": "markup",
    "admonition": "admonition",
    "reference": "reference",
}


_ELEMENT = re.compile(r"[ \t]*<(figcaption|caption|summary|legend)(?=[\s>]).*</\1>\s*", re.IGNORECASE | re.DOTALL)
_ELEMENT_KINDS: dict[str, FragmentKind] = {"figcaption": "caption", "caption": "caption", "summary": "title", "legend": "title"}
"""What a piece of HTML text is that is one element."""


class _Writer:
    """Adds leaves to a builder."""

    def __init__(self, builder: Builder, definitions: dict[str, str]) -> None:
        self.builder = builder
        self.text = builder.text
        self.definitions = definitions

    def scan(self, lines: list[tuple[int, int]], *, anchor: bool = False, markdown: bool = True) -> Inline:
        return Scanner(Content(self.text, lines), self.definitions, markdown=markdown).run(anchor=anchor)

    def add(self, kind: FragmentKind, inline: Inline, *, level: int = 0, info: str = "") -> None:
        """A fragment and those nested in it."""
        add_inline(self.builder, kind, inline, level=level, info=info)

    def nested(self, nested: list[Nested]) -> None:
        for item in nested:
            self.builder.fragment(item.kind, item.pieces, item.marks, info=item.info)

    def paragraph(self, leaf: Leaf) -> None:
        lines = leaf.lines
        if leaf.first and (task := starts.TASK.match(self.text, *lines[0])):
            lines = [(task.end(), lines[0][1]), *lines[1:]]
        inline = self.scan(lines)
        words = bool(tidy(self.text, inline.pieces))
        kind: BlockKind
        if not words:
            kind = "image" if inline.nested or any(mark.kind == "image" for mark in inline.marks) else "html"
        else:
            kind = "list-item" if leaf.first else "quote" if leaf.quoted else "paragraph"
        level = leaf.level if leaf.first else 0
        self.builder.block(kind, leaf.start, leaf.end, level=level)
        fragment: FragmentKind = "list-item" if leaf.first else "quote" if leaf.quoted else "paragraph"
        self.add(fragment, inline, level=level)

    def term(self, leaf: Leaf) -> None:
        for start, end in leaf.lines:
            self.builder.block("paragraph", min(start, end), end)
            self.add("term", self.scan([(start, end)]))

    def heading(self, leaf: Leaf) -> None:
        inline = self.scan(leaf.lines, anchor=True)
        words = "".join(self.text[piece.start : piece.end] if piece.text is None else piece.text for piece in inline.pieces)
        self.builder.block("heading", leaf.start, leaf.end, level=leaf.level, anchor=inline.anchor or slug(words))
        self.add("heading", inline, level=leaf.level)

    def code(self, leaf: Leaf) -> None:
        self.builder.block("code", leaf.start, leaf.end)
        info = leaf.info
        language = info.split(None, 1)[0].strip("{}.") if info.strip("{}. ") else ""
        title = starts.FENCE_TITLE.search(info)
        if title:
            begin = self.text.find(info, leaf.start)
            first, last = title.span(title.lastindex or 0)
            if has_letter(info[first:last]) and " " in info[first:last]:
                self.builder.fragment("title", [Piece(begin + first, begin + last)], info="title")
        self.builder.fragment("code", code_pieces(leaf.lines), info=language, raw=True)

    def table(self, leaf: Leaf) -> None:
        self.builder.block("table", leaf.start, leaf.end)
        rows = [leaf.lines[0], *leaf.lines[2:]]
        for number, row in enumerate(rows):
            for column, (start, end) in enumerate(cells(self.text, *row)):
                if start < end:
                    self.add("table-cell", self.scan([(start, end)]), info=f"{number},{column}")

    def tags(self, leaf: Leaf) -> None:
        inline = self.scan(leaf.lines, markdown=False)
        picture = bool(inline.nested) or any(mark.kind == "image" for mark in inline.marks)
        self.builder.block("image" if picture else "html", leaf.start, leaf.end)
        self.nested(inline.nested)

    def html(self, leaf: Leaf) -> None:
        self.builder.block("paragraph" if leaf.info == "text" else "html", leaf.start, leaf.end)
        found = _ELEMENT.fullmatch(self.text, leaf.lines[0][0], leaf.lines[-1][1])
        self.add(_ELEMENT_KINDS[found[1].lower()] if found else "paragraph", self.scan(leaf.lines, markdown=False))

    def marker(self, leaf: Leaf) -> None:
        found = [item for line in leaf.lines for item in shortcode_attributes(self.text, *line)]
        self.builder.block("image" if any(kind == "caption" for kind, _ in found) else "html", leaf.start, leaf.end)
        for kind, item in found:
            self.builder.fragment(kind, [Piece(item.start, item.end)], info=item.name.lower())

    def markup(self, leaf: Leaf) -> None:
        self.builder.block("html", leaf.start, leaf.end)

    def admonition(self, leaf: Leaf) -> None:
        self.builder.block("admonition", leaf.start, leaf.end)
        if leaf.lines:
            self.add("title", self.scan(leaf.lines))

    def reference(self, leaf: Leaf) -> None:
        self.builder.block("html", leaf.start, leaf.end)
        for line in leaf.lines:
            content = Content(self.text, [line])
            self.builder.fragment("title", plain(content, 0, len(content.text)), info="title")


def slug(text: str) -> str:
    """The id that a heading gets on the page (GitHub's rule: lower case, letters, digits, hyphens for spaces)."""
    return "".join(char for char in text.strip().lower().replace(" ", "-") if char.isalnum() or char in "-_")
