"""The segments that can be aligned: those with a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container
from dataclasses import dataclass

from transcmp.alignment.clock import Times, spans
from transcmp.alignment.constants import Structure as Weights
from transcmp.alignment.structure import Layout, Structure
from transcmp.evidence.code import tokenise
from transcmp.model import Segment, Side

_ENOUGH_CODE = 4
"""Tokens outside comments and strings from which on they are compared alone."""


@dataclass(frozen=True)
class Texts:
    """The segments of a side that have a text; an empty line is nobody's translation. Positions here are not segment ids."""

    side: Side
    segments: tuple[Segment, ...]

    @classmethod
    def of(cls, side: Side, reserved: Container[int] = ()) -> Texts:
        """Of a side, without the segments that are ``reserved``."""
        return cls(side, tuple(segment for segment in side.segments if segment.text.strip() and segment.id not in reserved))

    @property
    def texts(self) -> list[str]:
        """What is compared, in order: of code, what stands outside comments and strings, which may be translated."""
        return [self._bare_code(segment) if segment.kind == "code" else segment.text for segment in self.segments]

    def _bare_code(self, segment: Segment) -> str:
        fragments = self.side.document.fragments
        info = fragments[segment.fragment].info if segment.fragment < len(fragments) else ""
        bare = [token.text for token in tokenise(segment.text, info) if token.kind == "code"]
        return " ".join(bare) if len(bare) >= _ENOUGH_CODE else segment.text

    def ids(self, first: int, count: int) -> tuple[int, ...]:
        """Segment ids of a run of positions."""
        return tuple(segment.id for segment in self.segments[first : first + count])

    def has(self, number: int) -> bool:
        """Whether a segment id is among them."""
        place = self.position(number)
        return place < len(self.segments) and self.segments[place].id == number

    def position(self, number: int) -> int:
        """Position of a segment id; of the next one that is among them, if it is not."""
        return bisect_left(self.segments, number, key=lambda segment: segment.id)


def layouts(source: Texts, target: Texts, weights: Weights) -> Structure:
    """The structure of both sides."""
    numbers: dict[str, int] = {}
    mine, theirs = (Layout.of(texts.side, texts.segments, numbers) for texts in (source, target))
    return Structure(mine, theirs, weights, _times(source, target))


def _times(source: Texts, target: Texts) -> Times | None:
    """When both sides are shown; nothing inside one document."""
    if source.side.document is target.side.document:
        return None
    return Times.of(*(spans(texts.side.document, texts.segments) for texts in (source, target)))
