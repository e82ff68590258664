"""The segments that can be aligned: those with a text."""

from __future__ import annotations

from dataclasses import dataclass

from transcmp.align.constants import Structure as Weights
from transcmp.align.structure import Layout, Structure
from transcmp.model import Segment, Side


@dataclass(frozen=True)
class Texts:
    """The segments of a side that have a text; an empty line is nobody's translation. Positions here are not segment ids."""

    side: Side
    segments: tuple[Segment, ...]

    @classmethod
    def of(cls, side: Side) -> Texts:
        """Of a side."""
        return cls(side, tuple(segment for segment in side.segments if segment.text.strip()))

    @property
    def texts(self) -> list[str]:
        """In order."""
        return [segment.text for segment in self.segments]

    def ids(self, first: int, count: int) -> tuple[int, ...]:
        """Segment ids of a run of positions."""
        return tuple(segment.id for segment in self.segments[first : first + count])


def layouts(source: Texts, target: Texts, weights: Weights) -> Structure:
    """The structure of both sides."""
    numbers: dict[str, int] = {}
    mine, theirs = (Layout.of(texts.side, texts.segments, numbers) for texts in (source, target))
    return Structure(mine, theirs, weights)
