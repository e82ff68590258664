"""The formats of ``score``: four numbers a bead and a document, never mixed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec
from msgspec import Struct

from transcmp import model
from transcmp.report import Style
from transcmp.report.json import pretty
from transcmp.report.text import paint
from transcmp.visible import figure, percent, visible_line


class UncoveredWord(Struct, frozen=True, kw_only=True):
    """A word of one side that the other side does not cover: perhaps left out of the target, or added in it."""

    side: Literal["source", "target"]
    segment: int
    """As in ``source`` or ``target`` of its bead."""
    start: int
    """First offset in the segment's text, in code points."""
    end: int
    """Offset behind its last character."""
    text: str
    cover: float
    """How much of it the other side covers, 0..1."""


class ScoredBead(Struct, frozen=True, kw_only=True):
    """A bead with its four scores; null where no honest answer is available."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    source_line: int | None
    target_line: int | None
    alignment: float | None
    adequacy: float | None
    quality: float | None
    risk: float | None
    lack: model.Lack | None = None
    """Why one of them is null: ``untranslated``, the target is still in the source's language; ``one-sided``, there is no text on one side;
    ``no-encoder``, no encoder that tells words apart covers both languages."""
    uncovered: tuple[UncoveredWord, ...] = ()
    """Words that adequacy misses on the other side."""


class Metric(Struct, frozen=True, kw_only=True):
    """A metric of the whole, named as sacreBLEU prints it; COMET and COMETKiwi as their authors write them."""

    name: str
    score: float
    signature: str


class Scored(Struct, frozen=True, kw_only=True):
    """Output of ``transcmp score --format json``."""

    schema: str = "transcmp/score/1"
    signature: str
    source: str
    target: str
    scores: dict[str, float | None]
    lack: model.Lack | None = None
    """Why one of them is null, as for a bead."""
    intervals: dict[str, tuple[float, float]] = {}
    """Bootstrap interval (95 %) of each that is known."""
    coverage: dict[str, float]
    beads: tuple[ScoredBead, ...]
    metrics: tuple[Metric, ...] = ()


class ScoreReport(Struct, frozen=True, kw_only=True):
    """What the formats of ``score`` take."""

    comparison: model.Comparison
    metrics: tuple[Metric, ...] = ()
    """Against ``--reference``; empty without one."""


def places(name: str) -> int:
    """Decimal places of a score: sacreBLEU's metrics run to 100 and are printed as it prints them; scores of 0..1 need more."""
    return 1 if name in ("BLEU", "chrF2", "chrF2++", "TER") else 2 if name == "quality" else 3


_NAMES = ("alignment", "adequacy", "quality", "risk")
_LACKS = {"untranslated": "still in the source language"}
"""What the text says of a bead; of the others its other columns, or one line on standard error, say enough."""


def json(report: ScoreReport, style: Style) -> Iterator[str]:
    """A Scored object."""
    comparison = report.comparison
    alignment = comparison.alignment
    words = _words(comparison)
    beads = tuple(_bead(comparison, number, words) for number in range(len(alignment.beads)))
    scored = Scored(
        signature=comparison.scores_signature,
        source=alignment.source.document.path,
        target=alignment.target.document.path,
        scores={name: _rounded(getattr(comparison.scores, name)) for name in _NAMES},
        lack=comparison.scores.lack,
        intervals={name: (round(low, 4), round(high, 4)) for name, (low, high) in comparison.intervals.items()},
        coverage={"source": round(comparison.coverage.source, 4), "target": round(comparison.coverage.target, 4)},
        beads=beads,
        metrics=report.metrics,
    )
    yield pretty(scored)


def pairs(scored: Iterable[model.Scores], style: Style) -> Iterator[str]:
    """An object with the four scores a pair, in order, and ``lack`` where one of them is null."""
    for scores in scored:
        figures: dict[str, float | str | None] = {name: _rounded(getattr(scores, name)) for name in _NAMES}
        if scores.lack is not None:
            figures["lack"] = scores.lack
        yield msgspec.json.encode(figures).decode() + "\n"


def text(report: ScoreReport, style: Style) -> Iterator[str]:
    """A line a bead: lines of both sides, kind, the four scores; then the document's, with their intervals."""
    comparison = report.comparison
    yield paint(style, "bold", f"{'source':>7} {'target':>7}  bead  " + " ".join(f"{name:>9}" for name in _NAMES)) + "\n"
    for number, bead in enumerate(comparison.alignment.beads):
        item = _bead(comparison, number, {})
        lines = " ".join(f"{'-' if line is None else line:>7}" for line in (item.source_line, item.target_line))
        figures = " ".join(f"{_figure(getattr(item, name)):>9}" for name in _NAMES)
        remarks = "".join(f"  {word}" for word in ("moved" * bead.moved, _LACKS.get(item.lack or "", "")) if word)
        yield f"{lines}  {len(bead.source)}-{len(bead.target)}   {figures}{remarks}\n"
    yield "\n"
    for name in _NAMES:
        yield f"{name:<10} {_figure(getattr(comparison.scores, name))}{_interval(comparison, name)}\n"
    yield f"coverage   source {percent(comparison.coverage.source, 1)}%, target {percent(comparison.coverage.target, 1)}%\n"
    for metric in report.metrics:
        yield f"{metric.name:<10} {metric.score:.{places(metric.name)}f}  {paint(style, 'dim', metric.signature)}\n"
    yield paint(style, "dim", visible_line(comparison.scores_signature)) + "\n"


_Words = dict[tuple[str, int], list[UncoveredWord]]
"""Uncovered words by side and segment."""


def _words(comparison: model.Comparison) -> _Words:
    sides = {"source": comparison.alignment.source, "target": comparison.alignment.target}
    found: _Words = {}
    for word in comparison.uncovered:
        text = sides[word.side].segments[word.segment].text[word.start : word.end]
        told = UncoveredWord(
            side=word.side, segment=word.segment, start=word.start, end=word.end, text=text, cover=round(1 - word.score, 4)
        )
        found.setdefault((word.side, word.segment), []).append(told)
    return found


def _bead(comparison: model.Comparison, number: int, words: _Words) -> ScoredBead:
    alignment = comparison.alignment
    bead, scores = alignment.beads[number], comparison.bead_scores[number]
    return ScoredBead(
        source=bead.source,
        target=bead.target,
        source_line=_line(alignment.source, bead.source),
        target_line=_line(alignment.target, bead.target),
        **{name: _rounded(getattr(scores, name)) for name in _NAMES},
        lack=scores.lack,
        uncovered=tuple(
            word
            for side, ids in (("source", bead.source), ("target", bead.target))
            for segment in ids
            for word in words.get((side, segment), ())
        ),
    )


def _line(side: model.Side, numbers: tuple[int, ...]) -> int | None:
    return side.document.position(side.segments[numbers[0]].span.start).line if numbers else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _interval(comparison: model.Comparison, name: str) -> str:
    ends = comparison.intervals.get(name)
    return "" if ends is None else f"  {ends[0]:.3f} to {ends[1]:.3f}"


def _figure(value: float | None) -> str:
    return "-" if value is None else figure(value, 3)
