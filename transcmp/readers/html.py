"""HTML: the page's main text with its structure, and the attributes that people read.

    tokens (_html_tokens.py) -> open elements, their implied ends -> runs of text (_run.py) -> blocks

Not a tree builder: text is cut at every block element, so wrong nesting costs structure, never text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transcmp.model import BlockKind, Document, FragmentKind, Language, MarkKind
from transcmp.readers._builder import Builder
from transcmp.readers._html_tokens import Comment, Text, tokenize
from transcmp.readers._language import language_of
from transcmp.readers._markup import Tag, text_attributes
from transcmp.readers._reader import Reader
from transcmp.readers._run import Run
from transcmp.readers._source import xml_encoding

HEADINGS = {f"h{level}": level for level in range(1, 7)}
KINDS: dict[str, tuple[BlockKind, FragmentKind]] = {
    **dict.fromkeys(HEADINGS, ("heading", "heading")),
    "p": ("paragraph", "paragraph"),
    "li": ("list-item", "list-item"),
    "td": ("table", "table-cell"),
    "th": ("table", "table-cell"),
    "caption": ("table", "caption"),
    "figcaption": ("paragraph", "caption"),
    "blockquote": ("quote", "quote"),
    "dt": ("paragraph", "term"),
    "pre": ("code", "code"),
    "summary": ("paragraph", "title"),
    "legend": ("paragraph", "title"),
}
"""Elements that say what their text is; other blocks inside a list item, cell or quote keep the outer kind for their first text."""
BLOCKS = frozenset(
    "html head body address article aside blockquote button canvas caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li link main menu meta nav ol optgroup option p pre search "
    "section select summary table tbody td tfoot th thead tr title ul video audio".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
SKIPPED = frozenset("script style template noscript svg math object iframe canvas noembed noframes head".split())
"""Elements without text for the reader of a page (what matters of ``head`` is read by itself)."""
NAVIGATION = frozenset({"nav", "footer", "aside"})
"""Left out too unless the whole page is asked for; with a ``main`` element, so is all that stands outside it."""
_MARKS: dict[str, MarkKind] = {"a": "link", "code": "code", "kbd": "code", "samp": "code", "var": "code", "tt": "code"}
_EMPHASIS = frozenset({"b", "strong", "i", "em", "u", "s", "del", "mark"})
_ENDS = {
    "li": ({"li"}, {"ul", "ol", "menu"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr", "td", "th"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "option": ({"option"}, {"select"}),
}
"""Element to what its start tag ends, and how far out that reaches (implied end tags)."""
_MAIN = re.compile(r"<main[\s>]|\brole\s*=\s*[\"']?main\b", re.IGNORECASE)
_HIDDEN = re.compile(r"\bdisplay\s*:\s*none\b", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._-]{1,40})""", re.IGNORECASE)
_REACH = 64


class Element(NamedTuple):
    """An open element; what it hands down to its content."""

    name: str
    block: BlockKind
    kind: FragmentKind
    level: int
    language: Language | None
    skipped: bool
    verbatim: bool


def parse(text: str, path: str) -> Document:
    """Read a page's main text."""
    return Page(Builder(text, path, "html"), whole=False).read().build()


def parse_whole(text: str, path: str) -> Document:
    """Read a page with its navigation, asides and footer."""
    return Page(Builder(text, path, "html-page"), whole=True).read().build()


class Page:
    """Reads the text of a builder as HTML."""

    def __init__(self, builder: Builder, *, whole: bool) -> None:
        self.builder = builder
        self.text = builder.text
        self.whole = whole
        self.main_only = not whole and _MAIN.search(self.text) is not None
        self.stack: list[Element] = [Element("", "paragraph", "paragraph", 0, None, self.main_only, False)]
        self.counts: dict[str, int] = {}
        self.run = Run(self.text)
        self.lists = 0
        self.table: int | None = None
        """Id of the table's block while it is open."""
        self.cell = [0, -1]

    def read(self, start: int = 0, end: int | None = None) -> Builder:
        """Read ``text[start:end]``; returns the builder."""
        for token in tokenize(self.text, start, end):
            if isinstance(token, Text):
                self._data(token)
            elif isinstance(token, Comment):
                continue
            elif token.closing:
                self._end(token)
            else:
                self._start(token)
        self._flush()
        return self.builder

    # -- text --------------------------------------------------------------------------------------------------------

    def _data(self, token: Text) -> None:
        if self.stack[-1].name == "head" and not self.text[token.start : token.end].isspace():
            self._pop()
        element = self.stack[-1]
        if element.name == "title" and self.counts.get("svg", 0) == 0:
            self._head("title", token.start, token.end)
        elif not element.skipped and not token.raw:
            self.run.add(token.start, token.end, keep_space=element.verbatim)

    def _head(self, key: str, start: int, end: int) -> None:
        run = Run(self.text)
        run.add(start, end)
        if run.has_words:
            self.builder.block("front-matter", start, end)
            run.write(self.builder, "front-matter", info=key)

    def _flush(self) -> None:
        """The run so far becomes a block."""
        run, self.run = self.run, Run(self.text)
        if not (run.has_words or run.nested):
            return
        element = self.stack[-1]
        block, kind = element.block, element.kind
        start, end = run.start or 0, run.end
        if block == "table":
            self._cell(run, kind, start, end, element)
            return
        self.table = None
        if not run.has_words:
            block = "image"
        level = element.level
        anchor = ""
        if block == "heading":
            from transcmp.readers.markdown.reader import slug

            anchor = self.anchor or slug(run.words)
        self.builder.block(block, start, end, level=level, anchor=anchor)
        run.write(self.builder, kind, level=level, declared=element.language)
        if block in ("list-item", "quote") and kind == "list-item":
            self._demote()

    def _demote(self) -> None:
        """Only the first text of a list item is the item; what follows is a paragraph in it."""
        for index in range(len(self.stack) - 1, max(0, len(self.stack) - _REACH), -1):
            element = self.stack[index]
            if element.kind == "list-item":
                self.stack[index] = element._replace(block="paragraph", kind="paragraph", level=0)
            if element.name == "li":
                return

    def _cell(self, run: Run, kind: FragmentKind, start: int, end: int, element: Element) -> None:
        if self.table is None or self.table != self.builder.block_count - 1:
            self.table = self.builder.block("table", start, end)
        self.builder.extend(end)
        info = f"{self.cell[0]},{max(0, self.cell[1])}" if kind == "table-cell" else ""
        run.write(self.builder, kind, info=info, declared=element.language)

    # -- tags --------------------------------------------------------------------------------------------------------

    anchor = ""
    """Id of the heading that is open."""

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if name in BLOCKS:
            self._flush()
            self._imply(name)
        if name == "meta":
            self._meta(tag)
        outer = self.stack[-1]
        if not outer.skipped:
            self._inline(tag)
        if name in VOID or (tag.empty and name not in BLOCKS):
            return
        self._push(tag, outer)

    def _push(self, tag: Tag, outer: Element) -> None:
        name = tag.name
        role = tag.value(self.text, "role").lower()
        block, kind = outer.block, outer.kind
        if name in KINDS and not (name == "p" and kind != "paragraph"):
            block, kind = KINDS[name]
        elif name in ("ul", "ol", "table", "figure"):
            block, kind = "paragraph", "paragraph"
        if name in ("ul", "ol"):
            self.lists += 1
        if name == "table":
            self.table, self.cell = None, [-1, -1]
        elif name == "tr":
            self.cell = [self.cell[0] + 1, -1]
        elif name in ("td", "th"):
            self.cell[1] += 1
        level = HEADINGS.get(name, self.lists if name == "li" else outer.level)
        if name in HEADINGS:
            self.anchor = tag.value(self.text, "id")
        main = self.main_only and (name == "main" or role == "main")
        skipped = (outer.skipped and not main) or name in SKIPPED or (not self.whole and (name in NAVIGATION or role == "navigation"))
        skipped = (
            skipped or any(item.name == "hidden" for item in tag.attributes) or _HIDDEN.search(tag.value(self.text, "style")) is not None
        )
        language = self._language(tag, outer.language)
        self.stack.append(Element(name, block, kind, level, language, skipped, outer.verbatim or name in ("pre", "textarea")))
        self.counts[name] = self.counts.get(name, 0) + 1

    def _end(self, tag: Tag) -> None:
        name = tag.name
        if name in BLOCKS:
            self._flush()
        elif not self.stack[-1].skipped and not self.run.close(name, tag.end) and name not in VOID:
            self.run.mark("html", tag.start, tag.end, self.text[tag.start : tag.end])
        if not self.counts.get(name):
            return
        while self.stack[-1].name != name:
            self._pop()
        self._pop()

    def _pop(self) -> None:
        element = self.stack.pop()
        self.counts[element.name] -= 1
        if element.name in ("ul", "ol"):
            self.lists -= 1
        if element.name == "table":
            self.table = None

    def _imply(self, name: str) -> None:
        """End what the start tag of ``name`` ends without saying so."""
        ended, limits = _ENDS.get(name, (set(), set()))
        if name not in ("html", "head"):
            ended = ended | {"p"} | ({"head"} if name not in ("title", "meta", "link") else set())
        for index in range(len(self.stack) - 1, max(0, len(self.stack) - _REACH), -1):
            inner = self.stack[index].name
            if inner in ended:
                while len(self.stack) > index:
                    self._pop()
                if inner != "p":
                    ended = ended & {"p", "head"}
            elif inner in limits or (inner in BLOCKS and not limits):
                return

    def _inline(self, tag: Tag) -> None:
        text, run, name = self.text, self.run, tag.name
        if name == "br":
            run.line_break(tag.start, tag.end)
        elif name == "img":
            run.mark("image", tag.start, tag.end, tag.value(text, "src"))
        elif name in _MARKS and not tag.empty:
            run.open(name, _MARKS[name], tag.start, tag.value(text, "href") if name == "a" else "")
        elif name in _EMPHASIS and not tag.empty:
            run.open(name, "emphasis", tag.start, name)
        elif name not in BLOCKS and name not in SKIPPED and name != "wbr":
            run.mark("html", tag.start, tag.end, text[tag.start : tag.end])
        for kind, item in text_attributes(text, tag):
            if name != "meta" and not (item.name == "label" and name in ("track", "option")):
                run.nest(kind, item.start, item.end, item.name)
        if name == "input" and tag.value(text, "type").lower() in ("submit", "button", "reset"):
            value = next((item for item in tag.attributes if item.name == "value"), None)
            if value is not None:
                run.nest("title", value.start, value.end, "value")

    def _meta(self, tag: Tag) -> None:
        key = (tag.value(self.text, "name") or tag.value(self.text, "property")).lower()
        content = next((item for item in tag.attributes if item.name == "content"), None)
        if content is None:
            return
        if key in ("description", "og:title", "og:description", "twitter:title", "twitter:description"):
            self._head(key, content.start, content.end)
        elif key:
            self.builder.metadata.append((key, self.text[content.start : content.end]))

    def _language(self, tag: Tag, outer: Language | None) -> Language | None:
        language = language_of(tag.value(self.text, "lang") or tag.value(self.text, "xml:lang"))
        if language is None:
            return outer
        if tag.name in ("html", "body"):
            self.builder.declared = self.builder.declared or language
            return outer
        return language


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its first 4,096 bytes (``<meta charset>`` or an XML declaration)."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else xml_encoding(data)


READER = Reader(parse=parse, encoding=declared_encoding)
WHOLE_PAGE = Reader(parse=parse_whole, encoding=declared_encoding)
