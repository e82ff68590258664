"""What a set of block starts works on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from transcmp.readers.markdown.blocks import BlockParser

Outcome = Literal["leaf", "container"] | None
"""What a rule returns: ``leaf``, it took the line; ``container``, look again behind the marker; None, not mine."""


class RuleSet:
    """Block starts for one parser; a rule takes the offset of a line's first character and how many columns it is indented."""

    def __init__(self, parser: BlockParser) -> None:
        self.parser = parser
        self.text = parser.text

    @property
    def end(self) -> int:
        """End of the current line."""
        return self.parser.cursor.end
