"""What a rule sees: the beads of a comparison with their texts, and what holds for the whole pair of documents."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from transcmp.checks.options import Options
from transcmp.evidence.copies import Copy, copied_beads, find_copies, prose_of
from transcmp.evidence.cover import Cover
from transcmp.evidence.numbers import Number, find_numbers
from transcmp.language import base
from transcmp.model import Bead, Comparison, Finding, Mark, Place, Segment, Severity, Side, Span

Look = Callable[[Sequence[tuple[str, str]]], Sequence[Cover]]
"""Looks closely at pairs of texts. Dear, some milliseconds a pair: rules ask only where cheaper evidence leaves doubt. Empty where there is
no encoder that tells words apart."""


def no_look(pairs: Sequence[tuple[str, str]]) -> Sequence[Cover]:  # noqa: ARG001 - a Look
    """There is nobody to look."""
    return ()


class Part:
    """The segments of one side of a bead, as one text.

    Offsets are into :attr:`text`; :meth:`place` leads back into the document.
    """

    def __init__(self, side: Side, ids: Sequence[int]) -> None:
        self.side = side
        self.segments: tuple[Segment, ...] = tuple(side.segments[number] for number in ids)
        starts, texts, offset = [], [], 0
        for segment in self.segments:
            starts.append(offset)
            texts.append(segment.text)
            offset += len(segment.text) + 1
        self.starts = tuple(starts)
        self.text = "\n".join(texts)

    @property
    def language(self) -> str:
        """Primary subtag of the side's language."""
        return base(self.side.language)

    @property
    def is_code(self) -> bool:
        """Whether all of it is code blocks."""
        return all(segment.kind == "code" for segment in self.segments)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The segments' marks, with offsets into :attr:`text`."""
        return tuple(
            Mark(kind=mark.kind, start=mark.start + start, end=mark.end + start, value=mark.value, span=mark.span)
            for segment, start in zip(self.segments, self.starts, strict=True)
            for mark in segment.marks
        )

    @cached_property
    def prose(self) -> str:
        """The text with code, placeholders, code blocks and bare addresses blanked; offsets stay the same."""
        return "\n".join(map(prose_of, self.segments))

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Numbers of the prose."""
        return find_numbers(self.prose, self.side.language)

    @cached_property
    def size(self) -> int:
        """Letters and digits of the text."""
        return sum(map(str.isalnum, self.text))

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """The place of ``text[start:end]`` in the document; all of it by default."""
        end = len(self.text) if end is None else end
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first, bisect_right(self.starts, max(start, end - 1)) - 1)
        head, tail = self.segments[first], self.segments[last]
        begin = head.locate(start - self.starts[first], min(end - self.starts[first], len(head.text)))
        finish = tail.locate(max(0, start - self.starts[last]), end - self.starts[last])
        span = Span(begin.start, max(begin.start, finish.end))
        return self._place(span, self.text[start:end].strip("\n"), self.segments[first : last + 1])

    def _place(self, span: Span, text: str, segments: Sequence[Segment]) -> Place:
        document = self.side.document
        return Place(
            span=span,
            start=document.position(span.start),
            end=document.position(span.end),
            kind=segments[0].kind,
            language=segments[0].language,
            text=text,
            segments=tuple(segment.id for segment in segments),
        )

    def at(self, mark: Mark) -> Place:
        """The place of a mark, markup included."""
        first = max(0, bisect_right(self.starts, mark.start) - 1)
        segment = self.segments[first]
        return self._place(mark.span, self.text[mark.start : mark.end] or mark.value, (segment,))


class Pair:
    """A bead with both its sides, each perhaps empty."""

    def __init__(self, index: int, bead: Bead, source: Part, target: Part) -> None:
        self.index = index
        self.bead = bead
        self.source = source
        self.target = target

    @property
    def both(self) -> bool:
        """Whether it has segments on both sides."""
        return bool(self.source.segments and self.target.segments)


class Context:
    """One comparison, as rules see it. Nothing in it changes; what is dear is computed when first asked for."""

    def __init__(self, comparison: Comparison, options: Options, look: Look = no_look) -> None:
        self.comparison = comparison
        self._look = look
        self._seen: dict[int, Cover] = {}
        self.options = options
        self.source = comparison.alignment.source
        self.target = comparison.alignment.target
        self.mixed = comparison.mixed
        self.languages = frozenset({base(self.source.language), base(self.target.language)})

    @cached_property
    def beads(self) -> tuple[Pair, ...]:
        """Every bead, in the alignment's order."""
        return tuple(
            Pair(index, bead, Part(self.source, bead.source), Part(self.target, bead.target))
            for index, bead in enumerate(self.comparison.alignment.beads)
        )

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The beads with two sides."""
        return tuple(pair for pair in self.beads if pair.both)

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """Segments of the target that are copies of their source."""
        return find_copies(self.comparison.alignment)

    @cached_property
    def untranslated(self) -> frozenset[int]:
        """Beads that ``untranslated`` names: no rule which compares two sides looks at them."""
        return copied_beads(self.comparison.alignment, self.copies)

    @cached_property
    def compared(self) -> tuple[Pair, ...]:
        """The beads that rules compare: two sides, and translated."""
        return tuple(pair for pair in self.pairs if pair.index not in self.untranslated)

    @cached_property
    def prose(self) -> tuple[Pair, ...]:
        """The compared beads that are not code blocks."""
        return tuple(pair for pair in self.compared if not pair.source.is_code and not pair.target.is_code)

    def look(self, pairs: Iterable[Pair]) -> dict[int, Cover]:
        """Close looks at the texts of some beads, by the beads' positions; empty where nobody can look. Each bead is looked at once."""
        wanted = [pair for pair in pairs if pair.index not in self._seen]
        found = self._look([(pair.source.text, pair.target.text) for pair in wanted]) if wanted else ()
        self._seen.update(zip((pair.index for pair in wanted), found, strict=False))
        return self._seen

    def look_at(self, texts: Sequence[tuple[str, str]]) -> Sequence[Cover]:
        """Close looks at other texts than those of beads; empty where nobody can look."""
        return self._look(texts) if texts else ()

    def option(self, rule: str, name: str, default: Any) -> Any:
        """A rule's own option, as set for the target language."""
        return dict(self.options.settings.rule(rule, self.target.language).options).get(name, default)


def document_place(side: Side, span: tuple[int, int]) -> Place:
    """The place of a stretch of a document that is not a passage: a block, an image, the front matter."""
    document = side.document
    start, end = span
    owner = next((fragment for fragment in document.fragments if fragment.span.start >= start and fragment.span.end <= end), None)
    return Place(
        span=Span(start, end),
        start=document.position(start),
        end=document.position(end),
        kind=owner.kind if owner else "paragraph",
        language=owner.language if owner else side.language,
        text=document.text[start:end],
        segments=tuple(one.id for one in side.segments if one.pieces and start <= one.span.start and one.span.end <= end),
    )


def finding(
    context: Context,
    rule: str,
    severity: Severity,
    words: str,
    *,
    source: Place | None = None,
    target: Place | None = None,
    bead: int | None = None,
    score: float | None = None,
    evidence: tuple[str, ...] = (),
) -> Finding:
    """A finding whose message opens with its line: the target's where there is one, and the source's line if that is another."""
    return Finding(
        rule=rule,
        severity=severity,
        message=f"{_lines(context, source, target)}: {words}",
        source=source,
        target=target,
        score=score,
        bead=bead,
        evidence=evidence,
    )


def _lines(context: Context, source: Place | None, target: Place | None) -> str:
    own = None if target is None else target.start.line
    other = None if source is None else source.start.line
    if own is None:
        return f"line {other}" if context.mixed else f"source line {other}"
    return f"line {own}" if other in (None, own) else f"line {own} (source line {other})"


def shorten(text: str, size: int = 60) -> str:
    """One line of at most ``size`` characters, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= size else line[: size - 1].rstrip() + "…"
