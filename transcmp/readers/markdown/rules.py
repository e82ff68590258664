"""The block starts, one method each, tried by a line's first character in the order of :data:`Rules.TABLE`."""

from __future__ import annotations

from typing import ClassVar

from transcmp.readers.markdown import starts
from transcmp.readers.markdown.containers import Container
from transcmp.readers.markdown.dialect_rules import DialectRules
from transcmp.readers.markdown.html_rules import HtmlRules
from transcmp.readers.markdown.ruleset import Outcome


class Rules(HtmlRules, DialectRules):
    """All block starts; those of CommonMark and GFM stand here."""

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
        "{": ("until", "code_shortcode", "directive"),
        "$": ("until", "directive"),
        "\\": ("until", "directive"),
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

    def start(self, position: int, indent: int) -> Outcome:
        """Try the rules for the character at ``position``, ``indent`` columns in."""
        for name in self.TABLE[self.text[position]]:
            outcome: Outcome = getattr(self, name)(position, indent)
            if outcome is not None:
                return outcome
        return None

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
