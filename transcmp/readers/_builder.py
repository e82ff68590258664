"""What every reader uses to make a Document: blocks and fragments in order, with pieces trimmed and joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from transcmp.model import Block, BlockKind, Document, Fragment, FragmentKind, Language, Mark, Piece, Span


def tidy(text: str, pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces without white space at both ends, without empty ones, neighbours joined. ``text`` is the document's."""
    kept: list[Piece] = []
    for piece in pieces:
        if not len(piece):
            continue
        last = kept[-1] if kept else None
        if piece.text is None and last is not None and last.text is None and last.end == piece.start:
            kept[-1] = Piece(last.start, piece.end)
        else:
            kept.append(piece)
    while kept and (trimmed := _strip_left(text, kept[0])) is not kept[0]:
        kept[:1] = [trimmed] if len(trimmed) else []
        if len(trimmed):
            break
    while kept and (trimmed := _strip_right(text, kept[-1])) is not kept[-1]:
        kept[-1:] = [trimmed] if len(trimmed) else []
        if len(trimmed):
            break
    return kept


def _strip_left(text: str, piece: Piece) -> Piece:
    if piece.text is not None:
        rest = piece.text.lstrip()
        return piece if rest == piece.text else Piece(piece.start, piece.end, rest)
    start = piece.start
    while start < piece.end and text[start].isspace():
        start += 1
    return piece if start == piece.start else Piece(start, piece.end)


def _strip_right(text: str, piece: Piece) -> Piece:
    if piece.text is not None:
        rest = piece.text.rstrip()
        return piece if rest == piece.text else Piece(piece.start, piece.end, rest)
    end = piece.end
    while end > piece.start and text[end - 1].isspace():
        end -= 1
    return piece if end == piece.end else Piece(piece.start, end)


def lead(text: str, pieces: Iterable[Piece]) -> int:
    """How many characters of white space :func:`tidy` takes away at the front: what the marks' offsets must be moved by."""
    count = 0
    for piece in pieces:
        content = text[piece.start : piece.end] if piece.text is None else piece.text
        rest = content.lstrip()
        count += len(content) - len(rest)
        if rest:
            break
    return count


class Builder:
    """Collects the blocks and fragments of one document. Not thread-safe; used once."""

    def __init__(self, text: str, path: str, format: str) -> None:
        self.text = text
        self.path = path
        self.format = format
        self.declared: Language | None = None
        self.metadata: list[tuple[str, str]] = []
        self._blocks: list[tuple[BlockKind, Span, int, str, int, int]] = []
        self._fragments: list[Fragment] = []

    @property
    def block_count(self) -> int:
        """How many blocks there are so far."""
        return len(self._blocks)

    def block(self, kind: BlockKind, start: int, end: int, *, level: int = 0, anchor: str = "") -> int:
        """Open the next block; fragments added from now on belong to it. Returns its id."""
        first = len(self._fragments)
        if self._blocks:
            *head, begin, _ = self._blocks[-1]
            self._blocks[-1] = (*head, begin, first)  # type: ignore[assignment]
        self._blocks.append((kind, Span(start, max(start, end)), level, anchor, first, first))
        return len(self._blocks) - 1

    def extend(self, end: int) -> None:
        """The open block reaches to ``end`` at least."""
        kind, span, *rest = self._blocks[-1]
        if end > span.end:
            self._blocks[-1] = (kind, Span(span.start, end), *rest)  # type: ignore[assignment]

    def fragment(
        self,
        kind: FragmentKind,
        pieces: Sequence[Piece],
        marks: Iterable[Mark] = (),
        *,
        level: int = 0,
        info: str = "",
        declared: Language | None = None,
        keep_empty: bool = False,
        raw: bool = False,
    ) -> int | None:
        """Add a fragment to the open block; returns its id, or None for one without text (unless ``keep_empty``).

        White space at both ends is trimmed and the marks moved with it, unless ``raw`` (code keeps its own).
        """
        text = self.text
        kept = [piece for piece in pieces if len(piece)] if raw else tidy(text, pieces)
        if not kept and not keep_empty:
            return None
        content = "".join([text[piece.start : piece.end] if piece.text is None else piece.text for piece in kept])
        marks = tuple(marks)
        if marks:
            marks = fit(marks, 0 if raw else lead(text, pieces), len(content))
        fragment = Fragment(
            text=content,
            pieces=tuple(kept) or tuple(Piece(piece.start, piece.start) for piece in pieces[:1]),
            marks=marks,
            id=len(self._fragments),
            kind=kind,
            block=len(self._blocks) - 1,
            level=level,
            info=info,
            declared=declared,
        )
        self._fragments.append(fragment)
        return fragment.id

    def build(self) -> Document:
        """The document."""
        last = len(self._fragments)
        if self._blocks:
            *head, begin, _ = self._blocks[-1]
            self._blocks[-1] = (*head, begin, last)  # type: ignore[assignment]
        return Document(
            path=self.path,
            format=self.format,
            text=self.text,
            blocks=tuple(
                Block(id=number, kind=kind, span=span, fragments=tuple(range(first, end)), level=level, anchor=anchor)
                for number, (kind, span, level, anchor, first, end) in enumerate(self._blocks)
            ),
            fragments=tuple(self._fragments),
            declared=self.declared,
            metadata=tuple(self.metadata),
        )


def fit(marks: Iterable[Mark], shift: int, size: int) -> tuple[Mark, ...]:
    """The marks moved ``shift`` characters to the left, cut to a text of ``size`` characters, sorted."""
    fitted = []
    for mark in marks:
        start = min(max(mark.start - shift, 0), size)
        end = min(max(mark.end - shift, start), size)
        same = start == mark.start and end == mark.end
        fitted.append(mark if same else Mark(kind=mark.kind, start=start, end=end, value=mark.value, span=mark.span))
    fitted.sort(key=lambda mark: (mark.start, -mark.end))
    return tuple(fitted)
