"""What was read, and how it is cut: documents, fragments, segments."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Literal, NewType

from msgspec import Struct

Language = NewType("Language", str)
"""A normalised BCP 47 tag (RFC 5646): ``en``, ``pt-BR``, ``zh-Hant``; made by :func:`transcmp.language.parse_language` only."""

UNDETERMINED = Language("und")
"""The language is not known, or not certain enough to be named (ISO 639-2)."""
NO_LANGUAGE = Language("zxx")
"""The text has no linguistic content: digits, an address, code (ISO 639-2)."""

FragmentKind = Literal[
    "heading",
    "paragraph",
    "list-item",
    "table-cell",
    "quote",
    "caption",
    "front-matter",
    "code",
    "title",
    "term",
    "cue",
    "unit",
]
"""The role of a fragment. ``caption`` is alt text or a figure caption, ``title`` a link's, image's or admonition's title, ``term`` the
term of a definition list, ``cue`` a subtitle, ``unit`` an entry of a bilingual file or a line of ``--unit line``."""

BlockKind = Literal[
    "front-matter", "heading", "paragraph", "list-item", "table", "quote", "image", "code", "admonition", "html", "cue", "unit"
]
"""The kind of a block, the unit of ``--unit fragment``."""

MarkKind = Literal["link", "image", "code", "anchor", "placeholder", "html", "emphasis", "comment", "include"]
"""What a mark stands for: see :class:`Mark`."""

Unit = Literal["sentence", "fragment", "line"]
"""What a segment is: a sentence, a whole block, or a line of the file."""

_LINE_END = re.compile(r"\r\n|\r|\n")


class Span(Struct, frozen=True, order=True):
    """A half-open range of code points in a text."""

    start: int
    """First offset, 0-based."""
    end: int
    """Offset behind the last character; ``start <= end``."""

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


class Position(Struct, frozen=True, order=True):
    """A place in a file as people count it."""

    line: int
    """1-based."""
    column: int
    """1-based, in code points."""


class Piece(Struct, frozen=True):
    """One stretch of a document that a passage's text is made of.

    A verbatim piece (``text is None``) gives ``document.text[start:end]``; any other gives ``text`` in its stead (a decoded entity, the
    space of a soft line break).
    """

    start: int
    """First offset in the document's text."""
    end: int
    """Offset behind the last character."""
    text: str | None = None
    """What stands in the passage for this stretch; None: the stretch itself."""

    def __len__(self) -> int:
        return self.end - self.start if self.text is None else len(self.text)


class Mark(Struct, frozen=True, kw_only=True):
    """Markup inside a passage, kept beside its text.

    Covered text (a link's words, inline code, a placeholder) stays in the passage, so ``start < end``; what has no text (an anchor, an
    image whose alt text is a fragment of its own, a tag) has ``start == end``.
    """

    kind: MarkKind
    start: int
    """First offset in the passage's text."""
    end: int
    """Offset behind the last covered character of the passage's text."""
    value: str
    """Link: its address; image: its address; code, placeholder: the text itself; anchor: its id; html: the tag as written."""
    span: Span
    """The whole construct in the document's text, markup included."""


class Passage(Struct, frozen=True, kw_only=True):
    """Text with its exact origin: the base of :class:`Fragment` and :class:`Segment`."""

    text: str
    """The text to read or translate, markup removed, soft line breaks as spaces."""
    pieces: tuple[Piece, ...]
    """Where the text comes from, in order; their texts joined are ``text``."""
    marks: tuple[Mark, ...] = ()
    """Markup inside, sorted by ``start``."""

    @property
    def span(self) -> Span:
        """From the first piece to the last, in the document's text."""
        if not self.pieces:
            return Span(0, 0)
        return Span(self.pieces[0].start, self.pieces[-1].end)

    def render(self, document_text: str) -> str:
        """The passage's text again, taken from the document; equal to ``text`` if the spans are right."""
        return "".join(document_text[piece.start : piece.end] if piece.text is None else piece.text for piece in self.pieces)

    def locate(self, start: int, end: int) -> Span:
        """The stretch of the document that holds ``text[start:end]``. A replaced piece counts as a whole."""
        first = last = None
        offset = 0
        for piece in self.pieces:
            size = len(piece)
            if first is None and (start < offset + size or (start == offset + size and piece is self.pieces[-1])):
                first = piece.start + (start - offset if piece.text is None else 0)
            if end <= offset + size and first is not None:
                last = piece.start + (end - offset) if piece.text is None else piece.end if end > offset else piece.start
                break
            offset += size
        if first is None:
            return self.span
        return Span(first, max(first, last if last is not None else self.pieces[-1].end))

    def text_range(self, span: Span) -> tuple[int, int] | None:
        """The part of ``text`` that lies in a stretch of the document, the inverse of :meth:`locate`; None where they do not meet."""
        first = last = None
        offset = 0
        for piece in self.pieces:
            size = len(piece)
            low, high = max(span.start, piece.start), min(span.end, piece.end)
            if low < high and size:
                verbatim = piece.text is None
                if first is None:
                    first = offset + (low - piece.start if verbatim else 0)
                last = offset + (high - piece.start if verbatim else size)
            offset += size
        return None if first is None or last is None else (first, last)

    def cut(self, start: int, end: int) -> tuple[tuple[Piece, ...], tuple[Mark, ...]]:
        """Pieces and marks of ``text[start:end]``, the marks' offsets counted from ``start``.

        A mark that covers text is cut to the part inside; an empty one belongs to the cut that holds its offset (the last cut also
        to its end).
        """
        pieces: list[Piece] = []
        offset = 0
        for piece in self.pieces:
            size = len(piece)
            low, high = max(start, offset), min(end, offset + size)
            if low < high:
                if piece.text is None:
                    pieces.append(Piece(piece.start + low - offset, piece.start + high - offset))
                else:
                    pieces.append(Piece(piece.start, piece.end, piece.text[low - offset : high - offset]))
            offset += size
        marks = []
        for mark in self.marks:
            empty = mark.start == mark.end
            inside = start <= mark.start < end or (mark.start == end == len(self.text)) if empty else mark.start < end and start < mark.end
            if inside:
                marks.append(
                    Mark(
                        kind=mark.kind,
                        start=max(mark.start, start) - start,
                        end=min(mark.end, end) - start,
                        value=mark.value,
                        span=mark.span,
                    )
                )
        return tuple(pieces), tuple(marks)


class Fragment(Passage, frozen=True, kw_only=True):
    """One piece of a document with one role and one language."""

    id: int
    """Position in ``Document.fragments``."""
    kind: FragmentKind
    block: int
    """Position in ``Document.blocks`` of the block that holds it."""
    level: int = 0
    """Heading: 1-6; list item: nesting depth from 1; otherwise 0."""
    info: str = ""
    """Code: its language; front matter: the key; table cell: ``row,column`` from 0; attribute: its name; PO and alike: the context."""
    language: Language = UNDETERMINED
    confidence: float = 0.0
    """Probability of ``language``, 0..1; 1 where the document declares it or the caller set it."""
    declared: Language | None = None
    """The language that markup around it declares (``lang=``), if any."""


class Block(Struct, frozen=True, kw_only=True):
    """A block of a document: what ``--unit fragment`` aligns. Its fragments follow each other in the document."""

    id: int
    """Position in ``Document.blocks``."""
    kind: BlockKind
    span: Span
    """The whole block in the document's text, markup included, without the line end behind it."""
    fragments: tuple[int, ...]
    """Ids of its fragments, in order; empty for a block with nothing to translate."""
    level: int = 0
    """Heading: 1-6; list item: nesting depth from 1; otherwise 0."""
    anchor: str = ""
    """Its id, explicit or (headings) the slug that the page gets, without ``#``."""


class Document(Struct, frozen=True, kw_only=True, dict=True):
    """One file, read."""

    path: str
    """As the user wrote it; ``-`` is standard input."""
    format: str
    """Name of the reader, as in ``--input-format``."""
    text: str
    """The whole text, decoded, line ends as in the file; of a packed format (DOCX, EPUB) the text that was extracted, a block a line."""
    blocks: tuple[Block, ...]
    """In the order of the file."""
    fragments: tuple[Fragment, ...]
    """In the order of the file; a nested one (alt text) follows the fragment it is nested in."""
    language: Language = UNDETERMINED
    """The main language."""
    declared: Language | None = None
    """The language that the file itself or its name declares, if any."""
    metadata: tuple[tuple[str, str], ...] = ()
    """Front-matter or header entries that are not text to translate: key, value."""

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offset of the first character of every line; ``\\n``, ``\\r\\n`` and ``\\r`` end a line."""
        return (0, *(match.end() for match in _LINE_END.finditer(self.text)))

    def position(self, offset: int) -> Position:
        """Line and column of a 0-based offset into :attr:`text`."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def lines(self, span: Span) -> tuple[int, int]:
        """First and last line that a span touches, 1-based and inclusive."""
        return self.position(span.start).line, self.position(max(span.start, span.end - 1)).line


class Segment(Passage, frozen=True, kw_only=True):
    """What is aligned: a sentence of a fragment; with ``--unit fragment`` a whole block, with ``--unit line`` a line."""

    id: int
    """Position in ``Side.segments``."""
    fragment: int
    """Id of its (first) fragment."""
    kind: FragmentKind
    block: int
    """Id of its block."""
    language: Language


class Side(Struct, frozen=True, kw_only=True):
    """One side of an alignment: a document's segments, or some of them."""

    document: Document
    language: Language
    segments: tuple[Segment, ...]
