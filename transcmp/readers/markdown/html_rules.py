"""Block starts of HTML, comments and formulas in Markdown, and of the tags of MDX (CommonMark 0.31, 4.6, and what dialects add)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transcmp.readers._markup import Tag, scan_tag
from transcmp.readers.markdown import starts
from transcmp.readers.markdown.ruleset import Outcome, RuleSet

if TYPE_CHECKING:
    from transcmp.readers.markdown.blocks import BlockParser

_MAX_TAG = 5000
"""Characters of one tag, over line ends."""


class HtmlRules(RuleSet):
    """Raw text elements, lines of tags, text in HTML, and what goes on to a fixed closing."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self._absent: set[str] = set()
        """Closings that do not come any more."""

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
        if closing in self._absent or self.text.find(closing, self.end) < 0:
            self._absent.add(closing)
            return None
        leaf = parser.open("code" if kind == "math" else kind, position, self.end)
        leaf.info = "math" if kind == "math" else ""
        if position + len(opening) < self.end:
            leaf.lines.append((position + len(opening), self.end))

        def more() -> bool:
            stop = self.text.find(closing, cursor.position, cursor.end)
            if stop != cursor.position:
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
        block = parser.behind == "html" or (found is not None and found[1].lower() in starts.HTML_BLOCKS)
        component = self.text.startswith("</", position) and self.text[position + 2 : position + 3].isupper()
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
        """Text in HTML: everything up to a blank line or a line of tags; in ``<pre>``, where lines are text, up to a blank line."""
        parser, cursor = self.parser, self.parser.cursor
        leaf = parser.open("html", position, self.end)
        leaf.lines.append((position, self.end))
        leaf.info = "" if self.text[position] == "<" else "text"
        verbatim = self._verbatim(position, self.end, before=False)

        def more() -> bool:
            nonlocal verbatim
            after, _ = cursor.peek()
            if after >= cursor.end or (not verbatim and self.text[after] == "<" and self._only_tags(after) is not None):
                return False
            leaf.add(cursor.position, cursor.end)
            verbatim = self._verbatim(after, cursor.end, before=verbatim)
            return True

        parser.continues = more

    def _verbatim(self, start: int, end: int, *, before: bool) -> bool:
        """Whether ``<pre>`` is open at ``end`` of a line, if it was or was not ``before``."""
        slashes = starts.PRE.findall(self.text, start, end)
        return not slashes[-1] if slashes else before

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
        """Behind a tag of HTML text is HTML until a blank line; behind a component (MDX) or ``markdown`` (Markdown in HTML) Markdown."""
        self.parser.close_leaf()
        html = any(tag.name[:1].islower() and not any(item.name == "markdown" for item in tag.attributes) for tag in tags)
        self.parser.behind = "html" if html or self.parser.behind == "html" else "markdown"
