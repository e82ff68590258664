"""Evidence from vectors of spans: how alike two spans are, against how alike they are to what stands nearby."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from transcmp.alignment.constants import Embedding
from transcmp.alignment.grid import place
from transcmp.alignment.inner import Inner, Packing, Parts
from transcmp.alignment.kernel import Floats, Skips
from transcmp.alignment.lengths import LengthModel, alike, deviation
from transcmp.embed import SpanEncoder
from transcmp.embed.vectors import Matrix, Reading, joined

_NEIGHBOURS = 4
"""How many best matches make the background of a span (Artetxe and Schwenk 2019)."""

_NEAR = 30
"""How far, in segments, rivals of a bead are looked for."""
_CHUNK = 256
_SIMPLE = 4
"""Segments of the beads that a first path is made of; one of more segments lies within the window around it."""

Beads: TypeAlias = NDArray[np.int64]
"""Shape (beads, 4): first source segment, their number, first target segment, their number."""

Cosines: TypeAlias = dict[tuple[int, int], Matrix]
"""By shape: of all source spans of so many segments with all target spans."""

_STRETCH = 1024
"""Segments that are read at a time: a bound on memory."""


@dataclass(frozen=True)
class Side:
    """What an encoder reads on one side."""

    reading: Reading
    words: Parts
    clauses: Parts


def read(encoder: SpanEncoder, texts: Sequence[str], done: Callable[[int], None]) -> Side:
    """Read consecutive texts, at least one, with their words and clauses; ``done`` is told how many more are read."""
    words, clauses = Packing(centred=True), Packing(centred=False)

    def stretches() -> Iterator[Reading]:
        for first in range(0, len(texts), _STRETCH):
            reading = encoder.read(texts[first : first + _STRETCH], words=True)
            if reading.words is None or reading.clauses is None:
                raise TypeError(f"the encoder {encoder.name!r} reads no words")
            words.add(reading.words.vectors, reading.words.weights, reading.words.bounds)
            clauses.add(reading.clauses.vectors, reading.clauses.weights * np.float32(0.4), reading.clauses.bounds)
            done(len(reading))
            yield reading

    reading = joined(stretches())
    return Side(reading, words.parts(), clauses.parts())


class VectorEvidence:
    """Gains of beads from composed vectors and lengths."""

    def __init__(
        self,
        source: Reading,
        target: Reading,
        lengths: LengthModel,
        shapes: Sequence[tuple[int, int]],
        weights: Embedding,
        unit: Literal["sentence", "fragment"] = "sentence",
        inner: tuple[Inner, Inner] | None = None,
        close: bool = False,
        rival: float = 0.0,
    ) -> None:
        self._source, self._target, self._lengths = source, target, lengths
        self._weights, self._unit = weights, unit
        self._inner, self._close = inner, close
        self._rival = rival
        self.shapes = shapes
        self._size = max(max(shape) for shape in shapes)
        self._described: dict[tuple[int, ...], Floats] = {}

    def part(self, rows: slice, columns: slice) -> VectorEvidence:
        """The segments ``rows`` and ``columns`` alone."""
        return VectorEvidence(
            self._source.part(rows.start, rows.stop),
            self._target.part(columns.start, columns.stop),
            self._lengths.part(rows, columns),
            self.shapes,
            self._weights,
            self._unit,
            None if self._inner is None else (self._inner[0].part(rows, columns), self._inner[1].part(rows, columns)),
            self._close,
            self._rival,
        )

    def merged(self, size: int, shapes: Sequence[tuple[int, int]]) -> VectorEvidence:
        """The same about each ``size`` segments as one."""
        return VectorEvidence(
            self._source.merged(size), self._target.merged(size), self._lengths.merged(size), shapes, self._weights, self._unit
        )

    def simple(self) -> VectorEvidence:
        """With beads of few segments alone: they show where a path runs, at a fraction of the cost of all shapes."""
        shapes = [shape for shape in self.shapes if sum(shape) <= _SIMPLE]
        return VectorEvidence(self._source, self._target, self._lengths, shapes, self._weights, self._unit, self._inner)

    def closer(self, weights: Embedding | None = None) -> VectorEvidence:
        """With words and clauses, which are too dear to be compared everywhere; with other weights, if some are given."""
        known = weights or self._weights
        return VectorEvidence(self._source, self._target, self._lengths, self.shapes, known, self._unit, self._inner, True, self._rival)

    def skips(self) -> list[Skips]:
        """What unaligned segments cost."""
        rows, columns, costs = len(self._source), len(self._target), self._weights.skip[self._unit]
        opened, extended = (np.full(max(rows, columns), cost) for cost in (costs.first, costs.further))
        return [Skips(opened[:rows], extended[:rows], opened[:columns], extended[:columns])]

    def gains(self, first: int, last: int, left: int, right: int) -> Floats:
        """Shape (rows, shapes, columns), for the beads that end at node rows ``first:last`` and node columns ``left:right``."""
        gains = np.full((last - first, len(self.shapes), right - left), -np.inf, np.float32)
        rows, columns = self._around(first, last, left, right)
        for number, shape, margin, cosines in self._margins(rows, columns):
            expected, found = self._lengths.spans(rows, columns, shape)
            table = margin * alike(expected, found) - self._weights.length * deviation(expected, found)
            if self._close:
                table -= self._weights.idle * np.maximum(0, _idle(cosines, shape))
            if min(shape) > 1:
                table -= self._weights.many
            place(gains[:, number], table, rows.start + shape[0] - first, columns.start + shape[1] - left)
        self._add_inside(gains, first, left)
        return gains

    def margins(self, first: int, last: int, left: int, right: int, idle: float) -> Floats:
        """The margins alone, as :meth:`gains`, less ``idle`` times what the sides would be more alike without an outer segment."""
        gains = np.full((last - first, len(self.shapes), right - left), -np.inf, np.float32)
        rows, columns = self._around(first, last, left, right)
        for number, shape, margin, cosines in self._margins(rows, columns):
            table = margin if not idle else margin - idle * np.maximum(0, _idle(cosines, shape))
            place(gains[:, number], table, rows.start + shape[0] - first, columns.start + shape[1] - left)
        return gains

    def _around(self, first: int, last: int, left: int, right: int) -> tuple[slice, slice]:
        """The segments of all beads that end at these nodes, and of their neighbours."""
        rows = slice(max(0, first - 2 * self._size), min(len(self._source), last - 1 + self._size))
        columns = slice(max(0, left - 2 * self._size), min(len(self._target), right - 1 + self._size))
        return rows, columns

    def _margins(self, rows: slice, columns: slice) -> Iterator[tuple[int, tuple[int, int], Matrix, Cosines]]:
        """For each shape its number, the margins of all spans in these segments, and the cosines up to it."""
        source = self._source.part(rows.start, rows.stop).spans(self._size)
        target = self._target.part(columns.start, columns.stop).spans(self._size)
        cosines: Cosines = {}
        for number, shape in enumerate(self.shapes):
            if len(source[shape[0] - 1]) and len(target[shape[1] - 1]):
                cosines[shape], margin = margins(source, target, shape, self._weights.margin)
                yield number, shape, margin, cosines

    def _add_inside(self, gains: Floats, first: int, left: int) -> None:
        """Add what words and clauses say of the beads that end at the nodes of ``gains``, where they are known."""
        if self._inner is None or not self._close:
            return
        around = self._size + max(inner.reach for inner in self._inner)
        height, width = len(gains), gains.shape[2]
        rows = slice(max(0, first - around), min(len(self._source), first + height - 1 + around - self._size))
        columns = slice(max(0, left - around), min(len(self._target), left + width - 1 + around - self._size))
        words, clauses = (inner.tables(rows, columns, self._size + 1) for inner in self._inner)
        weights = self._weights
        for number, (a, b) in enumerate(self.shapes):
            if a <= len(words) and b <= len(words[a - 1]):
                word, clause = words[a - 1][b - 1], clauses[a - 1][b - 1]
                table = weights.worst_words * word[0] + weights.worst_clauses * clause[0]
                table -= weights.leaking_words * word[1] + weights.leaking_clauses * clause[1]
                place(gains[:, number], table, rows.start + a - first, columns.start + b - left, add=True)

    def likeness(self, rows: NDArray[np.int64], columns: NDArray[np.int64], length: int = 1) -> Floats:
        """Cosines of single source segments and runs of target segments."""
        likeness: Floats = self._source.runs(rows, 1) @ self._target.runs(columns, length).T
        return likeness

    def describe(self, beads: Beads) -> Floats:
        """Features of beads for calibration, shape (beads, 5).

        Cosine, margin over what lies near, deviation in length; how well both sides cover each other word by word, where words are known;
        how short they are (one over the square root of their letters). What was asked for once is kept.
        """
        asked = [tuple(bead) for bead in beads.tolist()]
        fresh = list(dict.fromkeys(bead for bead in asked if bead not in self._described))
        self._described.update(zip(fresh, self._describe(np.array(fresh, np.int64).reshape(-1, 4)), strict=True))
        return np.array([self._described[bead] for bead in asked]).reshape(-1, 5)

    def _describe(self, beads: Beads) -> Floats:
        features = np.zeros((len(beads), 5))
        for shape in {(int(a), int(b)) for a, b in beads[:, [1, 3]]}:
            chosen = np.flatnonzero((beads[:, 1] == shape[0]) & (beads[:, 3] == shape[1]))
            rows, columns = beads[chosen, 0], beads[chosen, 2]
            mine, theirs = Spans(self._source, rows, shape[0]), Spans(self._target, columns, shape[1])
            cosine, forward = _rivals(mine, theirs, self._rival)
            _, backward = _rivals(theirs, mine, self._rival)
            expected = self._lengths.source[rows + shape[0]] - self._lengths.source[rows]
            found = self._lengths.target[columns + shape[1]] - self._lengths.target[columns]
            short = 1 / np.sqrt(np.minimum(expected, found))
            margin = cosine - (forward + backward) / 2
            features[chosen] = np.stack([cosine, margin, deviation(expected, found), 0 * cosine, short], axis=1)
        features[:, 3] = self.coverage(beads)
        return features

    def covered(self, beads: Beads) -> float:
        """Share of the letters of both sides that stand in beads, 0..1."""
        return self._lengths.covered(beads)

    def coverage(self, beads: Beads) -> Floats:
        """How well both sides of each bead cover each other word by word, shape (beads,); 0 where words are not known."""
        return np.zeros(len(beads)) if self._inner is None else self._inner[0].coverage(beads)


@dataclass(frozen=True)
class Spans:
    """Spans of as many segments each, on one side."""

    reading: Reading
    firsts: NDArray[np.int64]
    size: int

    def vectors(self, chosen: NDArray[np.int64]) -> Matrix:
        """Of some of them, shape (chosen, dimension)."""
        return self.reading.runs(self.firsts[chosen], self.size)


def _rivals(spans: Spans, counterparts: Spans, usual: float) -> tuple[Matrix, Matrix]:
    """Cosine of each span with its counterpart, and the mean of its best few with spans near that one that do not overlap it.

    Where there are fewer, each missing one counts as ``usual``. Both have shape (spans,). Vectors are made for few spans at a time, in the
    order of the other side, where what is near is shared.
    """
    size, others = counterparts.size, len(counterparts.reading) - counterparts.size + 1
    offsets = np.concatenate([[0], np.arange(-_NEAR, -size + 1), np.arange(size, _NEAR + 1)])
    order = np.argsort(counterparts.firsts, kind="stable")
    cosine, rivals = (np.zeros(len(order), np.float32) for _ in range(2))
    for first in range(0, len(order), _CHUNK):
        chosen = order[first : first + _CHUNK]
        near = counterparts.firsts[chosen, None] + offsets
        places, which = np.unique(np.clip(near, 0, others - 1), return_inverse=True)
        vectors = counterparts.reading.runs(places, size)[which.reshape(near.shape)]
        alike = np.einsum("id,ijd->ij", spans.vectors(chosen), vectors)
        cosine[chosen] = alike[:, 0]
        exists = (near >= 0) & (near < others)
        few = np.sort(np.where(exists, alike, -np.inf)[:, 1:], axis=1)[:, ::-1][:, :_NEIGHBOURS]
        rivals[chosen] = np.where(np.isfinite(few), few, usual).mean(axis=1)
    return cosine, rivals


def margins(source: Sequence[Matrix], target: Sequence[Matrix], shape: tuple[int, int], share: float) -> tuple[Matrix, Matrix]:
    """Cosine and margin of every source span of ``shape[0]`` segments with every target span of ``shape[1]``.

    The margin is the cosine less ``share`` times its background, which is half the mean of what each span reaches with the spans beside the
    other, half that of its best matches anywhere. Both have shape (source spans, target spans).
    """
    rows, columns = shape
    cosine = source[rows - 1] @ target[columns - 1].T
    background = 0.5 * (_beside(cosine, columns) + _beside(cosine.T, rows).T) / 2
    background += 0.5 * (_best(cosine)[:, None] + _best(cosine.T)[None, :]) / 2
    return cosine, (cosine - share * background).astype(np.float32)


def _idle(cosines: Cosines, shape: tuple[int, int]) -> Matrix:
    """How much more alike the spans of a shape would be without their most useless outer segment; negative where each is of use.

    ``cosines`` are those of all spans, by shape.
    """
    rows, columns = shape
    without = np.full_like(cosines[shape], -1.0)
    if columns > 1:
        fewer = cosines[rows, columns - 1]
        np.maximum(fewer[:, :-1], fewer[:, 1:], out=without)
    if rows > 1:
        fewer = cosines[rows - 1, columns]
        np.maximum(without, np.maximum(fewer[:-1], fewer[1:]), out=without)
    return without - cosines[shape]


def _beside(cosine: Matrix, step: int) -> Matrix:
    """Mean over the spans directly before and behind each column's; its own value where there are none."""
    total, count = np.zeros_like(cosine), np.zeros(cosine.shape[1], np.float32)
    if cosine.shape[1] > step:
        total[:, step:] += cosine[:, :-step]
        total[:, :-step] += cosine[:, step:]
        count[step:] += 1
        count[:-step] += 1
    beside: Matrix = np.where(count > 0, total / np.maximum(count, 1), cosine)
    return beside


def _best(cosine: Matrix) -> Matrix:
    """Mean of the best few of each row."""
    width = cosine.shape[1]
    if width == 0:
        return np.zeros(len(cosine), np.float32)
    few = min(_NEIGHBOURS, width)
    top: Matrix = np.partition(cosine, width - few, axis=1)[:, width - few :].mean(axis=1)
    return top
