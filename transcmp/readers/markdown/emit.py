"""From scanned nodes to pieces, marks and nested fragments."""

from __future__ import annotations

from transcmp.model import Mark, MarkKind, Piece
from transcmp.readers._content import Content, Inline, Nested, plain
from transcmp.readers._markup import shortcode_attributes, text_attributes
from transcmp.readers.markdown.nodes import Node
from transcmp.readers.markdown.starts import HTML_BLOCKS
from transcmp.readers.markdown.tokens import skip_spaces

_PAIRED: dict[str, MarkKind] = {"a": "link", "code": "code", "kbd": "code", "samp": "code", "var": "code", "tt": "code"}
"""HTML elements whose text is marked as a whole."""


def emit(nodes: list[Node], content: Content, result: Inline) -> None:
    """Append what ``nodes`` stand for to ``result``."""
    _Emitter(content, result).walk(nodes)


class _Emitter:
    def __init__(self, content: Content, result: Inline) -> None:
        self.content = content
        self.result = result
        self.size = sum(len(piece) for piece in result.pieces)
        self.opened: dict[int, int] = {}
        """Passage offset at which a link or emphasis began, by the id of its node or pair."""
        self.spaced = False
        """Whether the text so far ends with a space."""
        self.broken = False
        """Whether it ends with a line break."""
        self.elements: list[tuple[str, int, Node]] = []

    def walk(self, nodes: list[Node]) -> None:
        for node in nodes:
            match node.role:
                case "text" | "bracket":
                    self.text(node.start, node.end, node.value)
                case "delimiter":
                    self.delimiter(node)
                case "open":
                    self.opened[id(node)] = self.size
                case "close":
                    self.close(node)
                case "image":
                    self.image(node)
                case "tag":
                    self.tag(node)
                case _:
                    self.mark(node.kind, self.size, node.start, node.end, node.value or "")
                    if node.kind == "html":
                        self.shortcode(node)

    def text(self, start: int, end: int, value: str | None = None) -> None:
        if value is None:
            if self.spaced and not self.opened:  # no second space where something without text stood between two
                start = skip_spaces(self.content.text, start, end)
            pieces = self.content.pieces(start, end)
            self.spaced = self.spaced if start == end else self.content.text[end - 1] == " "
            self.broken = self.broken and start == end
        else:
            span = self.content.span(start, end)
            pieces = [Piece(span.start, span.end, value)]
            self.spaced = value[-1:] == " "
            self.broken = value[-1:] == "\n"
        self.result.pieces += pieces
        self.size += sum(len(piece) for piece in pieces)

    def mark(self, kind: MarkKind, begin: int, start: int, end: int, value: str) -> None:
        """A mark from passage offset ``begin`` to here, for the construct ``start``..``end`` of the content."""
        self.result.marks.append(Mark(kind=kind, start=begin, end=self.size, value=value, span=self.content.span(start, end)))

    def delimiter(self, node: Node) -> None:
        delimiter = node.delimiter
        assert delimiter is not None
        for pair in delimiter.closes:
            begin = self.opened.pop(id(pair), self.size)
            self.mark("emphasis", begin, pair.start, pair.end, delimiter.char * pair.size)
        self.text(node.start + delimiter.left, node.end - delimiter.right)
        for pair in delimiter.opens:
            self.opened[id(pair)] = self.size

    def close(self, node: Node) -> None:
        opened = node.partner
        assert opened is not None
        begin = self.opened.pop(id(opened), self.size)
        value = opened.value
        if value is None:
            value = self.content.text[opened.end : node.start]
        self.mark(opened.kind, begin, opened.start, node.end, value)
        self.title(opened)

    def title(self, node: Node) -> None:
        if node.title is not None:
            self.result.nested.append(Nested("title", plain(self.content, *node.title), [], "title"))

    def image(self, node: Node) -> None:
        self.mark("image", self.size, node.start, node.end, node.value or "")
        alt = Inline()
        emit(node.children or [], self.content, alt)
        self.result.nested.append(Nested("caption", alt.pieces, alt.marks, "alt"))
        self.result.nested += alt.nested
        self.title(node)

    def tag(self, node: Node) -> None:
        tag = node.tag
        assert tag is not None
        text = self.content.text
        name = tag.name.lower()
        if name == "br" or (name in HTML_BLOCKS and self.size and not self.broken):
            self.text(node.start, node.end, "\n")
        if name in _PAIRED and not tag.empty:
            self.element(node, name, tag.closing)
        elif name == "img":
            self.mark("image", self.size, node.start, node.end, tag.value(text, "src"))
        elif name != "br":
            self.mark("html", self.size, node.start, node.end, text[node.start : node.end])
        for kind, item in text_attributes(text, tag):
            self.result.nested.append(Nested(kind, plain(self.content, item.start, item.end), [], item.name.lower()))

    def shortcode(self, node: Node) -> None:
        for kind, item in shortcode_attributes(self.content.text, node.start, node.end):
            self.result.nested.append(Nested(kind, plain(self.content, item.start, item.end), [], item.name.lower()))

    def element(self, node: Node, name: str, closing: bool) -> None:
        if not closing:
            self.elements.append((name, self.size, node))
            return
        while self.elements:
            opened, begin, start = self.elements.pop()
            if opened == name and start.tag is not None:
                kind = _PAIRED[name]
                value = start.tag.value(self.content.text, "href") if kind == "link" else self.content.text[start.end : node.start]
                self.mark(kind, begin, start.start, node.end, value)
                return
