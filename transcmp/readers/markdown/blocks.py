"""The block structure of a Markdown text: leaf blocks in order, each with its lines (CommonMark 0.31, "A parsing strategy", phase 1).

A line first continues the open containers, then may begin new blocks, then is text of the open paragraph. Every line is looked at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from transcmp.readers._lines import line_ranges
from transcmp.readers.markdown import starts
from transcmp.readers.markdown.containers import MAX_DEPTH, Container, Cursor, Leaf
from transcmp.readers.markdown.references import take_references
from transcmp.readers.markdown.rules import Rules
from transcmp.readers.markdown.tables import cells


class BlockParser:
    """Parses one text; :meth:`run` gives its leaves."""

    def __init__(self, text: str, *, may_indent_code: bool = True) -> None:
        """``may_indent_code``: whether four columns make code; in MDX they do not."""
        self.text = text
        self.may_indent_code = may_indent_code
        self.leaves: list[Leaf] = []
        self.definitions: dict[str, str] = {}
        """Link reference definitions: normalised label to address; the first counts."""
        self.containers: list[Container] = []
        self.leaf: Leaf | None = None
        """The leaf that may go on."""
        self.cursor = Cursor(text)
        self.matched = 0
        """How many containers the current line continues."""
        self.marker: int | None = None
        """Offset of the first container marker that the current line opened."""
        self.continues: Callable[[], bool] | None = None
        """What a leaf that takes lines as they are does with the next one; False: it is over and the line is not part of it."""
        self.behind: Literal["", "html", "markdown"] = ""
        """What stands right behind a line of tags, up to a blank line: HTML text, or Markdown that may be indented as the tags are."""
        self.candidate: Leaf | None = None
        """A paragraph that a definition may follow after one blank line."""
        self.rules = Rules(self)

    def run(self, start: int = 0) -> list[Leaf]:
        """All leaves from offset ``start`` on, in order."""
        for begin, end in line_ranges(self.text):
            if begin >= start and (begin < end or end < len(self.text)):  # behind the last line end there is no line
                self._line(begin, end)
        self.close(0)
        return self.leaves

    # -- lines -------------------------------------------------------------------------------------------------------

    def _line(self, start: int, end: int) -> None:
        cursor = self.cursor
        cursor.start(start, end)
        self.marker = None
        self.matched = cursor.match(self.containers)
        if self.continues is not None:
            if self.matched == len(self.containers) and self.continues():
                return
            self.close_leaf()
        if cursor.blank():
            self._blank()
            return
        opened = False
        while True:
            after, indent = cursor.peek()
            if after >= end:
                return
            if self.behind == "html" and not opened and self.text[after] != "<" and self.matched == len(self.containers):
                self.rules.html_text(after)
                return
            indented = indent >= 4 and self.may_indent_code and not self.behind
            if indented and (opened or not self.in_paragraph(lazy=True)):
                self.rules.indented_code()
                return
            if indented or not self._may_start(self.text[after]):
                break
            outcome = self.rules.start(after, indent)
            if outcome is None:
                break
            if outcome == "leaf":
                return
            opened = True
        self._text(after, end, opened)

    def _may_start(self, char: str) -> bool:
        return char in starts.FIRST_CHARACTERS or (char in "ie" and not self.in_paragraph(lazy=True))

    def _blank(self) -> None:
        self.candidate = self.leaf if self.in_paragraph() else None
        self.close(self.matched)
        self.behind = ""

    def _text(self, after: int, end: int, opened: bool) -> None:
        while end > after and self.text[end - 1] in " \t":
            end -= 1
        # two spaces break the line; a backslash does at its very end only, so what stands behind it must stay
        broken = self.text[self.cursor.end - 2 : self.cursor.end] == "  " or self.text[end - 1 : end] == "\\"
        keep = self.cursor.end if broken else end
        if self.leaf is not None and self.leaf.kind == "paragraph" and not opened:
            self.leaf.lines.append((after, keep))
            self.leaf.end = end
            return
        if self.leaf is not None and self.leaf.kind == "table" and not opened and self.matched == len(self.containers):
            self.leaf.add(after, end)
            return
        self.open("paragraph", after, end).lines.append((after, keep))

    # -- what the rules use ------------------------------------------------------------------------------------------

    def in_paragraph(self, *, lazy: bool = False) -> bool:
        """Whether a paragraph is open that this line may continue (``lazy``: even without its container's marker)."""
        return self.leaf is not None and self.leaf.kind == "paragraph" and (lazy or self.matched == len(self.containers))

    def open(self, kind: str, start: int, end: int) -> Leaf:
        """Begin a leaf in the containers of the current line."""
        self.close(self.matched)
        first = bool(self.containers) and self.containers[-1].kind == "item" and not self.containers[-1].started
        for container in self.containers:
            container.started = True
        leaf = Leaf(
            kind,
            start if self.marker is None else self.marker,
            end,
            level=sum(container.kind == "item" for container in self.containers),
            quoted=any(container.kind == "quote" for container in self.containers),
            first=first,
        )
        self.leaves.append(leaf)
        self.leaf = leaf
        self.candidate = None
        if self.behind == "html" and kind not in ("tags", "html"):
            self.behind = ""
        return leaf

    def single(self, kind: str, start: int, end: int) -> Leaf:
        """A leaf that ends with its line."""
        leaf = self.open(kind, start, end)
        self.close_leaf()
        return leaf

    def push(self, container: Container, marker: int) -> bool:
        """Open a container; False where containers already nest too deep."""
        if len(self.containers) >= MAX_DEPTH:
            return False
        self.close(self.matched)
        if self.marker is None:
            self.marker = marker
        if container.kind != "item":
            container.started = True
        self.containers.append(container)
        self.matched = len(self.containers)
        return True

    def close(self, depth: int) -> None:
        """Close the open leaf and all containers beyond ``depth``."""
        if len(self.containers) > depth or self.leaf is not None:
            self.close_leaf()
        del self.containers[depth:]

    def close_leaf(self) -> None:
        """End the open leaf; link reference definitions leave a paragraph now."""
        leaf, self.leaf, self.continues = self.leaf, None, None
        if leaf is not None and leaf.kind == "paragraph" and self.text[leaf.lines[0][0]] in "[*":
            take_references(self, leaf)

    def table(self, rule_start: int, rule_end: int) -> bool:
        """Turn the last line of the open paragraph into the head of a table, if the line at hand is its rule."""
        leaf = self.leaf
        rule = self.text[rule_start:rule_end].rstrip()
        if leaf is None or not self.in_paragraph() or not starts.TABLE_RULE.fullmatch(rule):
            return False
        head = leaf.lines[-1]
        if "|" not in rule and "|" not in self.text[head[0] : head[1]]:
            return False
        if len(cells(self.text, *head)) != len(cells(self.text, rule_start, rule_start + len(rule))):
            return False
        if len(leaf.lines) > 1:
            leaf.lines.pop()
            leaf.end = leaf.lines[-1][1]
            leaf = self.open("table", head[0], head[1])
            leaf.add(*head)
        leaf.kind = "table"
        leaf.add(rule_start, rule_end)
        return True
