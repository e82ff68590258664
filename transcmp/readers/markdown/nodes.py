"""What inline scanning works on: nodes with their places, and the result."""

from __future__ import annotations

from msgspec import Struct

from transcmp.model import MarkKind
from transcmp.readers._markup import Tag
from transcmp.readers.markdown.emphasis import Delimiter


class Node(Struct, eq=False):
    """A stretch of the content. What it stands for is in its ``role``."""

    role: str
    """``text``, ``delimiter``, ``bracket`` (``[`` or ``![`` not yet matched: text), ``mark`` (no text), ``tag``, ``open`` and ``close``
    (of a link), ``image``."""
    start: int
    end: int
    value: str | None = None
    """text: what replaces the stretch; mark, open, image: the mark's value."""
    kind: MarkKind = "html"
    delimiter: Delimiter | None = None
    partner: Node | None = None
    """close: its open."""
    tag: Tag | None = None
    children: list[Node] | None = None
    """image: the nodes of its alt text."""
    title: tuple[int, int] | None = None
    """open, image: where the title stands."""


class Bracket(Struct, eq=False):
    """An entry of the bracket stack."""

    index: int
    """Position of its node."""
    image: bool
    floor: int
    """How many delimiters stood on the stack before it."""
    active: bool = True
