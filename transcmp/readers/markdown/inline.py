"""Inline Markdown with the exact place of every character (CommonMark 0.31, chapter 6; GFM strikethrough and bare addresses).

markdown-it's inline tokens carry no positions, so this is the specification's own algorithm ("A parsing strategy", phase 2): one stack
of delimiters and one of brackets over a list of nodes that know their offsets, in time linear in the text.
Dialects add comments, placeholders, anchors, footnote references and attribute lists: see :mod:`transcmp.readers.markdown.tokens`.
"""

from __future__ import annotations

from bisect import bisect_right

from transcmp.model import Mark, MarkKind
from transcmp.readers._content import Content, Inline
from transcmp.readers._lines import soft_break
from transcmp.readers.markdown import tokens
from transcmp.readers.markdown.emit import emit
from transcmp.readers.markdown.emphasis import Delimiter, match_emphasis
from transcmp.readers.markdown.nodes import Bracket, Node


class Scanner:
    """Reads one content. ``definitions`` are the document's link reference definitions: normalised label to address."""

    def __init__(self, content: Content, definitions: dict[str, str], *, markdown: bool = True) -> None:
        """``markdown=False``: only tags, comments and character references count, as inside an HTML block."""
        self.content = content
        self.text = content.text
        self.definitions = definitions
        self.markdown = markdown
        self.nodes: list[Node] = []
        self.brackets: list[Bracket] = []
        self.delimiters: list[Delimiter] = []
        self._ticks: dict[int, list[int]] | None = None
        self._absent: dict[str, int] = {}
        """From which offset on there is no more of a closing: a search that failed is not made again."""

    def run(self, *, anchor: bool = False) -> Inline:
        """Scan everything. ``anchor``: an id at the end (``{#id}``) is the block's, as after a heading."""
        end = len(self.text)
        result = Inline()
        if anchor:
            end, result.anchor = self._anchor(end)
        position = 0
        special = tokens.SPECIAL if self.markdown else tokens.SPECIAL_HTML
        while position < end:
            found = special.search(self.text, position, end)
            if found is None:
                self._text(position, end)
                break
            start = found.start()
            self._text(position, start)
            position = self._token(start, end)
        match_emphasis(self.delimiters, 0)
        emit(self.nodes, self.content, result)
        if anchor and result.anchor:
            size = sum(len(piece) for piece in result.pieces)
            span = self.content.span(end, len(self.text))
            result.marks.append(Mark(kind="anchor", start=size, end=size, value=result.anchor, span=span))
        return result

    def _anchor(self, end: int) -> tuple[int, str]:
        found = tokens.HEADING_ANCHOR.search(self.text)
        if found is None or found.end() != end:
            return end, ""
        return found.start(), found[1] or found[2] or found[3]

    def _text(self, start: int, end: int, value: str | None = None) -> None:
        if start < end:
            self.nodes.append(Node("text", start, end, value))

    def _mark(self, kind: MarkKind, start: int, end: int, value: str) -> int:
        self.nodes.append(Node("mark", start, end, value, kind))
        return end

    def _token(self, start: int, end: int) -> int:
        """Read the construct at ``start``, which begins with a special character; returns the offset behind it."""
        char = self.text[start]
        found = getattr(self, tokens.METHODS[char])(start, end)
        if found is None:
            self._text(start, start + 1)
            return start + 1
        position: int = found
        return position

    def _escape(self, start: int, end: int) -> int | None:
        following = self.text[start + 1 : start + 2]
        if following == "\n":
            self._text(start, start + 2, "\n")
            return tokens.skip_spaces(self.text, start + 2, end)
        if following and following in tokens.ESCAPABLE:
            self._text(start + 1, start + 2)
            return start + 2
        return None

    def _entity(self, start: int, end: int) -> int | None:
        found = tokens.ENTITY.match(self.text, start, end)
        value = tokens.character(found[0]) if found else None
        if found is None or value is None:
            return None
        self._text(start, found.end(), value)
        return found.end()

    def _newline(self, start: int, end: int) -> int:
        begin = start
        while begin and self.text[begin - 1] in " \t":
            begin -= 1
        last = self.nodes[-1] if self.nodes else None
        if last is not None and last.role == "text" and last.value is None and last.end == start and last.start <= begin:
            last.end = begin
            if last.start == begin:
                self.nodes.pop()
        else:
            begin = start
        after = tokens.skip_spaces(self.text, start + 1, end)
        hard = self.text[begin:start] == "  " or (start - begin > 1 and "\t" not in self.text[begin:start])
        inside = begin > 0 and after < end
        glue = "\n" if hard and self.markdown else soft_break(self.text[begin - 1], self.text[after]) if inside else " "
        if glue:
            self._text(begin, after, glue)
        return after

    def _code(self, start: int, end: int) -> int:
        """A code span: its text stays, with a mark. Backtick runs are indexed once, so unmatched ones cost nothing."""
        if self._ticks is None:
            self._ticks = {}
            for run in tokens.BACKTICKS.finditer(self.text):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        opening = tokens.BACKTICKS.match(self.text, start, end)
        size = len(opening[0]) if opening else 1
        places = self._ticks.get(size, [])
        index = bisect_right(places, start)
        if index >= len(places) or places[index] + size > end:
            self._text(start, start + size)
            return start + size
        first, last = start + size, places[index]
        inner = self.text[first:last]
        if inner.strip(" \n") and inner[0] in " \n" and inner[-1] in " \n":
            first, last = first + 1, last - 1
        self.nodes.append(Node("open", start, first, None, "code"))
        opened = self.nodes[-1]
        for number, line in enumerate(self.text[first:last].split("\n")):
            if number:
                self._text(first - 1, first, " ")
            self._text(first, first + len(line))
            first += len(line) + 1
        self.nodes.append(Node("close", last, places[index] + size, None, "code", partner=opened))
        return places[index] + size

    def _delimiter(self, start: int, end: int) -> int:
        char = self.text[start]
        after = start + 1
        while after < end and self.text[after] == char:
            after += 1
        delimiter = Delimiter.at(self.text, start, after)
        self.nodes.append(Node("delimiter", start, after, delimiter=delimiter))
        if delimiter.can_open or delimiter.can_close:
            self.delimiters.append(delimiter)
        return after

    def _angle(self, start: int, end: int) -> int | None:
        found = tokens.AUTOLINK.match(self.text, start, end)
        if found and self.markdown:
            return self._address(start + 1, found.end() - 1, found.end(), start)
        wrapped = self._wrapped(start, end)
        if wrapped is not None:
            return wrapped
        tag = tokens.scan_tag(self.text, start, end)
        if tag is None:
            return None
        self.nodes.append(Node("tag", start, tag.end, tag=tag))
        return tag.end

    def _address(self, first: int, last: int, end: int, start: int | None = None) -> int:
        """An address that is its own text."""
        start = first if start is None else start
        opened = Node("open", start, first, self.text[first:last], "link")
        self.nodes += [opened, Node("text", first, last), Node("close", last, end, None, "link", partner=opened)]
        return end

    def _bare_address(self, start: int, end: int) -> int | None:
        found = tokens.bare_address(self.text, start, end)
        return None if found is None else self._address(start, found, found)

    def _brace(self, start: int, end: int) -> int | None:
        wrapped = self._wrapped(start, end)
        if wrapped is not None:
            return wrapped
        found = tokens.ATTRIBUTE_LIST.match(self.text, start, end)
        if found:
            return self._mark("html", start, found.end(), found[0])
        found = tokens.PLACEHOLDER.match(self.text, start, end)
        return self._placeholder(start, found.end()) if found else None

    def _placeholder(self, start: int, end: int) -> int:
        opened = Node("open", start, start, self.text[start:end], "placeholder")
        self.nodes += [opened, Node("text", start, end), Node("close", end, end, partner=opened)]
        return end

    def _wrapped(self, start: int, end: int) -> int | None:
        """A construct from a fixed opening to a fixed closing, a comment for instance."""
        for opening, closing, kind, limit in tokens.WRAPPED:
            if not self.text.startswith(opening, start, end) or self._absent.get(closing, end) <= start:
                continue
            stop = end if limit is None else min(end, start + limit)
            close = self.text.find(closing, start + len(opening), stop)
            if close < 0:
                if limit is None:
                    self._absent[closing] = start
                continue
            after = close + len(closing)
            if kind == "placeholder":
                return self._placeholder(start, after)
            return self._mark(kind, start, after, self.text[start:after])
        return None

    def _bracket(self, start: int, end: int) -> int | None:
        footnote = tokens.FOOTNOTE.match(self.text, start, end)
        if footnote:
            return self._mark("anchor", start, footnote.end(), footnote[1])
        return self._open_bracket(start, start + 1, image=False)

    def _bang(self, start: int, end: int) -> int | None:
        if self.text[start + 1 : min(start + 2, end)] != "[":
            return None
        return self._open_bracket(start, start + 2, image=True)

    def _open_bracket(self, start: int, end: int, *, image: bool) -> int:
        self.brackets.append(Bracket(len(self.nodes), image, len(self.delimiters)))
        self.nodes.append(Node("bracket", start, end))
        return end

    def _close_bracket(self, start: int, end: int) -> int | None:
        if not self.brackets:
            return None
        opener = self.brackets.pop()
        if not opener.active:
            return None
        begin = self.nodes[opener.index].end
        target = tokens.link_target(self.text, start, end, begin, self.definitions)
        if target is None:
            return None
        match_emphasis(self.delimiters, opener.floor)
        opening = self.nodes[opener.index]
        if opener.image:
            children = self.nodes[opener.index + 1 :]
            self.nodes[opener.index :] = [
                Node("image", opening.start, target.end, target.address, "image", children=children, title=target.title)
            ]
        else:
            opening.role, opening.value, opening.kind, opening.title = "open", target.address, "link", target.title
            self.nodes.append(Node("close", start, target.end, None, "link", partner=opening))
            self._deactivate()
        return target.end

    def _deactivate(self) -> None:
        """Links do not nest: no earlier ``[`` may open one. Brackets below an inactive one already are."""
        for bracket in reversed(self.brackets):
            if not bracket.image:
                if not bracket.active:
                    break
                bracket.active = False
