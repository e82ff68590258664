"""The block starts, one method each, tried by a line's first character in the order of :data:`Rules.TABLE`.

A rule returns "leaf" (it took the line), "container" (look again behind the marker) or None (not mine).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from transcmp.readers._markup import Tag, scan_tag
from transcmp.readers.markdown import starts
from transcmp.readers.markdown.containers import Container

if TYPE_CHECKING:
    from transcmp.readers.markdown.blocks import BlockParser

Outcome = Literal["leaf", "container"] | None
_MAX_TAG = 5000


class Rules:
    """Block starts for one parser."""

    TABLE: ClassVar[dict[str, tuple[str, ...]]] = {
        "#": ("heading",),
        "`": ("fence",),
        "~": ("fence",),
        "*": ("thematic", "item", "abbreviation"),
        "-": ("setext", "table", "thematic", "directive", "item"),
        "_": ("thematic",),
        "+": ("item",),
        "=": ("tab", "setext"),
        "[": ("footnote", "alert", "directive"),
        "<": ("until", "raw_html", "html", "directive"),
        "{": ("until", "directive"),
        "$": ("until", "directive"),
        "\\": ("until",),
        ":": ("fenced_div", "table", "definition"),
        "/": ("slash_block",),
        "!": ("bang_block",),
        "?": ("bang_block",),
        ">": ("quote",),
        "|": ("table",),
        "@": ("directive",),
        "i": ("module",),
        "e": ("module",),
        **dict.fromkeys("0123456789", ("item",)),
    }

    def __init__(self, parser: BlockParser) -> None:
        self.parser = parser
        self.text = parser.text

    def start(self, position: int, indent: int) -> Outcome:
        """Try the rules for the character at ``position``, ``indent`` columns in."""
        for name in self.TABLE[self.text[position]]:
            outcome: Outcome = getattr(self, name)(position, indent)
            if outcome is not None:
                return outcome
        return None

    @property
    def end(self) -> int:
        """End of the current line."""
        return self.parser.cursor.end

    # -- CommonMark and GFM ------------------------------------------------------------------------------------------

    def quote(self, position: int, _: int) -> Outcome:
        """``> text``."""
        if not self.parser.push(Container("quote"), position):
            return None
        self.parser.cursor.quote(position)
        return "container"

    def heading(self, position: int, _: int) -> Outcome:
        """``# text``."""
        found = starts.ATX.match(self.text, position, self.end)
        if found is None:
            return None
        content = self.text[found.end() : self.end]
        closing = starts.ATX_CLOSING.search(content)
        size = len((content[: closing.start()] if closing else content).rstrip())
        leaf = self.parser.single("heading", position, self.end)
        leaf.level = len(found[1])
        leaf.lines.append((found.end(), found.end() + size))
        return "leaf"

    def setext(self, position: int, _: int) -> Outcome:
        """A line of ``=`` or ``-`` under a paragraph makes it a heading."""
        parser = self.parser
        found = starts.SETEXT.match(self.text, position, self.end)
        leaf = parser.leaf
        if found is None or found.end() != self.end or leaf is None or not parser.in_paragraph():
            return None
        parser.close_leaf()
        if leaf.kind != "paragraph":  # it was nothing but link definitions
            return None
        leaf.kind, leaf.level, leaf.end = "heading", 1 if found[1][0] == "=" else 2, self.end
        return "leaf"

    def thematic(self, position: int, _: int) -> Outcome:
        """``---``, ``* * *``."""
        if not starts.THEMATIC.fullmatch(self.text, position, self.end):
            return None
        self.parser.single("marker", position, self.end)
        return "leaf"

    def table(self, position: int, _: int) -> Outcome:
        """The rule under a table's head."""
        return "leaf" if self.parser.table(position, self.end) else None

    def item(self, position: int, indent: int) -> Outcome:
        """``- text``, ``1. text``."""
        parser = self.parser
        found = starts.BULLET.match(self.text, position, self.end)
        if found is None:
            return None
        rest = self.text[found.end() : self.end]
        empty = not rest.strip()
        if parser.in_paragraph() and (empty or (found[2] or "1").lstrip("0") != "1"):
            return None
        if not parser.push(Container("item"), position):
            return None
        cursor = parser.cursor
        cursor.go(found.end())
        _, spaces = cursor.peek()
        width = 1 if empty or spaces > 4 else spaces
        parser.containers[-1].indent = indent + len(found[0]) + width
        cursor.consume(width)
        return "container"

    def indented_code(self) -> None:
        """Four columns in, outside a paragraph."""
        parser, cursor = self.parser, self.parser.cursor
        cursor.consume(4)
        leaf = parser.open("code", cursor.position, self.end)
        leaf.lines.append((cursor.position, self.end))
        pending: list[tuple[int, int]] = []

        def more() -> bool:
            after, indent = cursor.peek()
            if after >= cursor.end:
                cursor.consume(4)
                pending.append((cursor.position, cursor.end))
                return True
            if indent < 4:
                return False
            cursor.consume(4)
            leaf.lines.extend(pending)
            pending.clear()
            leaf.add(cursor.position, cursor.end)
            return True

        parser.continues = more

    def fence(self, position: int, indent: int) -> Outcome:
        """Code between lines of backticks or tildes."""
        found = starts.FENCE.match(self.text, position, self.end)
        if found is None:
            return None
        marker, info = (found[1], found[2]) if found[1] else (found[3], found[4])
        parser, cursor = self.parser, self.parser.cursor
        leaf = parser.open("code", position, self.end)
        leaf.info = info.strip()

        def more() -> bool:
            after, spaces = cursor.peek()
            stripped = self.text[after : cursor.end].rstrip()
            if spaces < 4 and len(stripped) >= len(marker) and not stripped.strip(marker[0]):
                leaf.end = cursor.end
                parser.close_leaf()
                return True
            cursor.consume(indent)
            leaf.add(cursor.position, cursor.end)
            return True

        parser.continues = more
        return "leaf"

    # -- HTML --------------------------------------------------------------------------------------------------------

    def until(self, position: int, _: int) -> Outcome:
        """Comments, processing instructions, formulas: from an opening to its closing, blank lines included."""
        for opening, closing, kind in starts.UNTIL:
            if self.text.startswith(opening, position, self.end):
                return self._until(position, opening, closing, kind)
        return None

    def _until(self, position: int, opening: str, closing: str, kind: str) -> Outcome:
        parser, cursor = self.parser, self.parser.cursor
        if kind == "math" and parser.in_paragraph():
            return None
        close = self.text.find(closing, position + len(opening), self.end)
        if close >= 0:
            if self.text[close + len(closing) : self.end].strip():
                return None  # text follows: a paragraph that begins with a comment
            self._between(kind, position, self.end, position + len(opening), close)
            return "leaf"
        if self.text.find(closing, self.end) < 0:
            return None
        leaf = parser.open("code" if kind == "math" else kind, position, self.end)
        leaf.info = "math" if kind == "math" else ""
        leaf.lines.append((position + len(opening), self.end))

        def more() -> bool:
            stop = self.text.find(closing, cursor.position, cursor.end)
            leaf.add(cursor.position, stop if stop >= 0 else cursor.end)
            if stop >= 0:
                leaf.end = cursor.end
                parser.close_leaf()
            return True

        parser.continues = more
        return "leaf"

    def _between(self, kind: str, start: int, end: int, first: int, last: int) -> None:
        leaf = self.parser.single("code" if kind == "math" else kind, start, end)
        leaf.info = "math" if kind == "math" else ""
        leaf.lines.append((first, last))

    def raw_html(self, position: int, _: int) -> Outcome:
        """Scripts, styles and preformatted text, up to the closing tag."""
        found = starts.HTML_RAW.match(self.text, position, self.end)
        if found is None:
            return None
        parser, cursor = self.parser, self.parser.cursor
        leaf = parser.open("html" if found[1].lower() == "pre" else "marker", position, self.end)
        leaf.lines.append((position, self.end))

        def more() -> bool:
            leaf.add(cursor.position, cursor.end)
            if starts.HTML_RAW_END.search(self.text, cursor.position, cursor.end):
                parser.close_leaf()
            return True

        if not starts.HTML_RAW_END.search(self.text, position, self.end):
            parser.continues = more
        else:
            parser.close_leaf()
        return "leaf"

    def html(self, position: int, _: int) -> Outcome:
        """A line of tags, or text in block elements up to the next blank line."""
        parser = self.parser
        found = starts.HTML_TAG.match(self.text, position, self.end)
        block = parser.after_tags or (found is not None and found[1].lower() in starts.HTML_BLOCKS)
        component = self.text[position + 1] == "/" and self.text[position + 2 : position + 3].isupper()
        if parser.in_paragraph(lazy=True) and not block and not component:
            return None
        tags = self._only_tags(position)
        if tags is not None:
            return self._tags(position, tags)
        if not block:
            return None
        self.html_text(position)
        return "leaf"

    def html_text(self, position: int) -> None:
        """Text in HTML: everything up to a blank line or a line of tags."""
        parser, cursor = self.parser, self.parser.cursor
        leaf = parser.open("html", position, self.end)
        leaf.lines.append((position, self.end))

        leaf.info = "" if self.text[position] == "<" else "text"

        def more() -> bool:
            after, _ = cursor.peek()
            if after >= cursor.end or (self.text[after] == "<" and self._only_tags(after) is not None):
                return False
            leaf.add(cursor.position, cursor.end)
            return True

        parser.continues = more

    def _only_tags(self, position: int) -> list[Tag] | None:
        """The tags from ``position`` on if the line holds nothing else; the last may end on a later line."""
        tags: list[Tag] = []
        limit = min(len(self.text), position + _MAX_TAG)
        while True:
            tag = scan_tag(self.text, position, limit)
            if tag is None or "\n\n" in self.text[tag.start : tag.end]:
                return None
            tags.append(tag)
            position = tag.end
            line_end = self._line_end(position)
            while position < line_end and self.text[position] in " \t":
                position += 1
            if position >= line_end:
                return tags

    def _line_end(self, position: int) -> int:
        if position <= self.end:
            return self.end
        end = self.text.find("\n", position)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[end - 1 : end] == "\r" and end > position else end

    def _tags(self, position: int, tags: list[Tag]) -> Outcome:
        parser, cursor = self.parser, self.parser.cursor
        last = self._line_end(tags[-1].end)
        leaf = parser.open("tags", position, last)
        leaf.lines.append((position, last))
        if last > self.end:

            def more() -> bool:
                if cursor.position <= last:
                    if cursor.end >= last:
                        self._behind_tags(tags)
                    return True
                return False

            parser.continues = more
        else:
            self._behind_tags(tags)
        return "leaf"

    def _behind_tags(self, tags: list[Tag]) -> None:
        """Behind a tag of HTML text is HTML until a blank line; behind a component (MDX) it is Markdown."""
        self.parser.close_leaf()
        self.parser.after_tags = self.parser.after_tags or any(tag.name[:1].islower() for tag in tags)

    # -- dialects ----------------------------------------------------------------------------------------------------

    def footnote(self, position: int, _: int) -> Outcome:
        """``[^1]: text``, its further paragraphs indented."""
        found = starts.FOOTNOTE.match(self.text, position, self.end)
        if found is None or not self.parser.push(Container("body", 4), position):
            return None
        self.parser.cursor.go(found.end())
        return "container"

    def alert(self, position: int, _: int) -> Outcome:
        """``> [!NOTE]``."""
        parser = self.parser
        if not parser.containers or parser.containers[-1].kind != "quote" or parser.in_paragraph():
            return None
        found = starts.ALERT.match(self.text, position, self.end)
        return None if found is None else self._admonition(position, found.start(2), found.end(2))

    def _admonition(self, start: int, title_start: int, title_end: int) -> Outcome:
        leaf = self.parser.single("admonition", start, self.end)
        if self.text[title_start:title_end].strip():
            leaf.lines.append((title_start, title_end))
        return "leaf"

    def fenced_div(self, position: int, _: int) -> Outcome:
        """``::: tip Title`` and its end."""
        found = starts.FENCED_DIV.fullmatch(self.text, position, self.end)
        if found is None or (self.parser.in_paragraph() and not found[2] and found[3]):
            return None
        if not found[2]:
            self.parser.single("marker", position, self.end)
            return "leaf"
        start, end = found.span(3)
        for pattern in (starts.TITLE_ATTRIBUTE, starts.TITLE_IN_BRACKETS):
            title = pattern.search(self.text, start, end)
            if title:
                return self._admonition(position, *title.span(title.lastindex or 0))
        return self._admonition(position, start, start if self.text[start : start + 1] in "{}" else end)

    def slash_block(self, position: int, _: int) -> Outcome:
        """``/// note | Title`` and its end."""
        found = starts.SLASH_BLOCK.fullmatch(self.text, position, self.end)
        if found is None:
            return None
        if not found[2]:
            self.parser.single("marker", position, self.end)
            return "leaf"
        return self._admonition(position, *(found.span(3) if found[3] else (position, position)))

    def bang_block(self, position: int, _: int) -> Outcome:
        """``!!! note "Title"``, its body indented."""
        found = starts.BANG_BLOCK.fullmatch(self.text, position, self.end)
        if found is None or not (found[1] or found[2]):
            return None
        return self._with_body(position, *found.span(2))

    def tab(self, position: int, _: int) -> Outcome:
        """``=== "Tab"``, its body indented."""
        found = starts.TAB.fullmatch(self.text, position, self.end)
        return None if found is None else self._with_body(position, *found.span(1))

    def _with_body(self, position: int, title_start: int, title_end: int) -> Outcome:
        self._admonition(position, max(title_start, position), max(title_end, position))
        self.parser.push(Container("body", 4), position)
        return "leaf"

    def definition(self, position: int, indent: int) -> Outcome:
        """``:   text`` under its terms."""
        parser = self.parser
        found = starts.DEFINITION.match(self.text, position, self.end)
        if found is None:
            return None
        term = parser.leaf if parser.in_paragraph() else parser.candidate
        another = parser.matched < len(parser.containers) and parser.containers[parser.matched].kind == "definition"
        if term is None and not another:
            return None
        if term is not None:
            term.kind = "term"
        if not parser.push(Container("definition", min(4, indent + found.end() - position)), position):
            return None
        parser.cursor.go(found.end())
        return "container"

    def abbreviation(self, position: int, _: int) -> Outcome:
        """``*[HTML]: what it stands for``."""
        found = starts.ABBREVIATION.match(self.text, position, self.end)
        if found is None:
            return None
        self.parser.single("reference", position, self.end).lines.append((found.end(), self.end))
        return "leaf"

    def directive(self, position: int, _: int) -> Outcome:
        """A line that is one shortcode, tag or include."""
        found = starts.DIRECTIVE.fullmatch(self.text, position, self.end)
        if found is None or (self.parser.in_paragraph() and self.text[position] not in "{"):
            return None
        self.parser.single("marker", position, self.end)
        return "leaf"

    def module(self, position: int, _: int) -> Outcome:
        """``import``/``export`` of MDX, up to a blank line."""
        parser, cursor = self.parser, self.parser.cursor
        if parser.containers or not starts.MODULE.match(self.text, position, self.end):
            return None
        leaf = parser.open("marker", position, self.end)

        def more() -> bool:
            if cursor.blank():
                return False
            leaf.add(cursor.position, cursor.end)
            return True

        parser.continues = more
        return "leaf"
