"""The values that every step takes and returns. All are frozen.

    Document ── Fragment ── Segment        what was read, cut ever finer
    Side = a document's segments           what is aligned
    Alignment = Side + Side + Beads        who translates whom
    Comparison = Alignment + Scores + Findings

Offsets are 0-based code points into the text of a document or passage; spans are half-open. Lines and columns are 1-based, columns in code
points; only :meth:`Document.position` converts. An id is the position in its tuple.
"""

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

Severity = Literal["error", "warning", "note"]
"""How grave a finding is; ``note`` is shown on request only."""

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


class Closest(Struct, frozen=True, kw_only=True):
    """The passage that came nearest to segments without counterpart."""

    target: tuple[int, ...]
    """Segment ids on the other side."""
    score: float
    """As :attr:`Bead.score`, had the two been paired."""


class Bead(Struct, frozen=True, kw_only=True):
    """One unit of an alignment (Gale and Church 1993): segments of both sides, or of one side only."""

    source: tuple[int, ...]
    """Source segment ids, ascending; empty: added."""
    target: tuple[int, ...]
    """Target segment ids, ascending; empty: omitted."""
    score: float
    """Calibrated probability that the two sides translate each other, 0..1; 0 for a bead with one side."""
    moved: bool = False
    """Whether it was matched out of order."""
    closest: Closest | None = None
    """For a bead with source segments only: what came nearest."""


class Alignment(Struct, frozen=True, kw_only=True):
    """Which segments translate which. Every segment of both sides is in exactly one bead."""

    source: Side
    target: Side
    beads: tuple[Bead, ...]
    """In source order; a bead without source stands behind the bead of the target segment before it."""
    score: float
    """Mean score of the beads weighted by characters of both sides; segments without counterpart count as 0."""
    signature: str
    """How it was made: version, tier, encoder, unit, options (as in sacreBLEU)."""

    def pairs(self) -> tuple[tuple[str, str, float], ...]:
        """The texts of both sides and the score of each bead, in order; segments of one side are joined by a space."""
        return tuple(
            (
                " ".join(self.source.segments[number].text for number in bead.source),
                " ".join(self.target.segments[number].text for number in bead.target),
                bead.score,
            )
            for bead in self.beads
        )

    def _repr_html_(self) -> str:
        """A table for notebooks (IPython's display protocol); all text is escaped."""
        from html import escape

        cell = "<td style='text-align:left'>"
        rows = "".join(
            f"<tr>{cell}{escape(source)}</td>{cell}{escape(target)}</td><td>{score:.2f}</td></tr>" for source, target, score in self.pairs()
        )
        head = f"<tr><th>{escape(self.source.language)}</th><th>{escape(self.target.language)}</th><th>score</th></tr>"
        return f"<table>{head}{rows}</table><p>{escape(self.signature)}</p>"


class Scores(Struct, frozen=True, kw_only=True):
    """Four different questions about a bead or a document; None where no honest answer is available."""

    alignment: float | None = None
    """Are these the right segments? A calibrated probability, 0..1."""
    adequacy: float | None = None
    """How much of each side does the other cover? 0..1."""
    quality: float | None = None
    """For ranking translations of one source; unbounded, higher is better."""
    risk: float | None = None
    """How likely is a named error? 0..1."""


class Coverage(Struct, frozen=True, kw_only=True):
    """Share of each side's characters that are in beads with two sides, 0..1."""

    source: float
    target: float


class Place(Struct, frozen=True, kw_only=True):
    """Where a finding is: a stretch of one document."""

    span: Span
    """In the document's text."""
    start: Position
    """The span's first character, for people."""
    end: Position
    """The position behind the span's last character."""
    kind: FragmentKind
    language: Language
    text: str
    """The words the finding is about, markup removed."""
    segments: tuple[int, ...] = ()
    """Ids of the segments it touches on its side; empty where the fault lies outside all segments."""


def place_of(document: Document, passage: Fragment | Segment, start: int = 0, end: int | None = None) -> Place:
    """The place of ``passage.text[start:end]`` in its document; a segment's place names the segment."""
    stop = len(passage.text) if end is None else end
    span = passage.locate(start, stop)
    return Place(
        span=span,
        start=document.position(span.start),
        end=document.position(span.end),
        kind=passage.kind,
        language=passage.language,
        text=passage.text[start:stop],
        segments=(passage.id,) if isinstance(passage, Segment) else (),
    )


class Finding(Struct, frozen=True, kw_only=True):
    """A named fault at a place on one or both sides."""

    rule: str
    """Id of the rule, as in ``transcmp explain RULE``."""
    severity: Severity
    message: str
    """One sentence: what was expected and what was found, with line numbers, in words an editor understands."""
    source: Place | None
    target: Place | None
    score: float | None = None
    """The figure the rule decided on, 0..1, higher is graver; None where the rule is yes or no."""
    fingerprint: str = ""
    """Stable name of this finding: survives re-wrapping, moved lines and edits elsewhere in its paragraph."""
    bead: int | None = None
    """Position in ``Alignment.beads``, if it belongs to one."""


class Uncovered(Struct, frozen=True, kw_only=True):
    """A word of a bead that nothing on the other side stands for: perhaps omitted (source) or added (target)."""

    side: Literal["source", "target"]
    segment: int
    """Id of its segment on that side."""
    start: int
    """First offset in the segment's text."""
    end: int
    """Offset behind its last character."""
    score: float
    """How little of it is covered, 0..1, higher is worse."""


class Comparison(Struct, frozen=True, kw_only=True):
    """Everything known about one pair of documents, or one mixed document."""

    alignment: Alignment
    mixed: bool
    """Whether both sides are fragments of one document."""
    coverage: Coverage
    bead_scores: tuple[Scores, ...] = ()
    """A Scores a bead, in the alignment's order; empty where scores were not asked for."""
    scores: Scores = Scores()
    """Of the whole document."""
    intervals: dict[str, tuple[float, float]] = {}
    """Bootstrap intervals (95 %) of the document's scores, by their names."""
    uncovered: tuple[Uncovered, ...] = ()
    """Words that the other side does not cover, in order; empty where scores were not asked for."""
    findings: tuple[Finding, ...] = ()
    """In the order of their places."""
    signature: str = ""
    """How the findings were made: the alignment's signature, rules and options."""


class DocumentName(Struct, frozen=True, kw_only=True):
    """A document as reports name it."""

    path: str
    """As the user wrote it."""
    language: Language


class Checked(Struct, frozen=True, kw_only=True):
    """What ``check`` says of one pair: all that a report needs, without the texts."""

    source: DocumentName
    target: DocumentName | None
    """None: there is no translation (``missing-file``), or the source stands alone."""
    score: float | None
    """As :attr:`Alignment.score`; None where nothing was compared."""
    coverage: Coverage | None
    findings: tuple[Finding, ...]
    mixed: bool = False
    """Whether source and target are one file."""
    silenced: int = 0
    """Findings that a dismissal, an inline comment or the baseline covers; they are not in ``findings``."""


class Unreadable(Struct, frozen=True, kw_only=True):
    """A file that could not be checked."""

    path: str
    """As the user wrote it."""
    message: str
    """What is wrong with it."""


class CheckRun(Struct, frozen=True, kw_only=True):
    """The result of one run of ``check``."""

    signature: str
    pairs: tuple[Checked, ...]
    passed: bool
    """Whether the exit code is 0: nothing at or above ``--fail-on``, no threshold missed."""
    reasons: tuple[str, ...] = ()
    """Why it did not pass, and what else must be said: one sentence each."""
    fail_on: Literal["error", "warning", "note", "never"] = "error"
    """The least severity that fails."""
    rules: tuple[tuple[str, str], ...] = ()
    """Id and one-line summary of every rule that could have run."""
    unreadable: tuple[Unreadable, ...] = ()
    """Files that could not be checked, in the order of their paths."""

    def fails(self, finding: Finding) -> bool:
        """Whether a finding is at or above :attr:`fail_on`."""
        order = ("error", "warning", "note")
        return self.fail_on != "never" and order.index(finding.severity) <= order.index(self.fail_on)

    def count(self, severity: Severity) -> int:
        """Number of findings of this severity."""
        return sum(finding.severity == severity for pair in self.pairs for finding in pair.findings)

    @property
    def score(self) -> float | None:
        """Mean score of the compared pairs; None where there are none."""
        scores = [pair.score for pair in self.pairs if pair.score is not None]
        return sum(scores) / len(scores) if scores else None
