"""Block starts of the dialects: footnotes, definition lists, admonitions, tabs, shortcodes, MDX modules."""

from __future__ import annotations

import re

from transcmp.readers.markdown import starts
from transcmp.readers.markdown.containers import Container
from transcmp.readers.markdown.ruleset import Outcome, RuleSet


class DialectRules(RuleSet):
    """What is in neither CommonMark nor GFM."""

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
        self._admonition(position, *(found.span(3) if found[3] else (position, position)))
        self._options()
        return "leaf"

    def _options(self) -> None:
        """The lines ``    key: value`` right behind the start of a block."""
        parser, cursor = self.parser, self.parser.cursor
        leaf = parser.leaves[-1]

        def more() -> bool:
            after, indent = cursor.peek()
            if indent < 4 or not starts.OPTION.match(self.text, after, cursor.end):
                return False
            leaf.end = cursor.end
            return True

        parser.continues = more

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
        leaf = self.parser.single("marker", position, self.end)
        leaf.lines.append((position, self.end))
        return "leaf"

    def code_shortcode(self, position: int, _: int) -> Outcome:
        """``{{< highlight go >}}`` and what follows up to ``{{< /highlight >}}``."""
        found = starts.CODE_SHORTCODE.match(self.text, position, self.end)
        if found is None or self.text[found.end() : self.end].strip():
            return None
        closing = re.compile(rf"\{{\{{[<%][ \t]*/[ \t]*{found[1]}\b" if found[1] else rf"\{{%-?[ \t]*end{found[2]}\b")
        parser, cursor = self.parser, self.parser.cursor
        leaf = parser.open("code", position, self.end)
        leaf.info = self.text[found.end(found.lastindex or 0) : found.end()].strip(" <>{}%-").split(" ")[0]

        def more() -> bool:
            if closing.match(self.text, cursor.position, cursor.end):
                leaf.end = cursor.end
                parser.close_leaf()
            else:
                leaf.add(cursor.position, cursor.end)
            return True

        parser.continues = more
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
