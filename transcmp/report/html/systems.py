"""Several translations of one source as one page, with plots that answer to the pointer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from transcmp.report import Style
from transcmp.report.html.render import figure, render
from transcmp.report.systems import short_names, signatures
from transcmp.systems import Bucket, BucketScore, Result, SystemsCompared

_BINS = 20
_WIDTH, _HEIGHT = 300.0, 200.0
_MOST_POINTS = 3000
"""Points of a scatter plot: more are neither seen nor drawn quickly, and every k-th row is shown."""

_MOST_SENTENCES = 20
_ACROSS = 60
"""Rows of the text in a line of the map of agreement."""


class Bin(Struct, frozen=True):
    """A bar of a histogram, in the plot's units."""

    x: float
    y: float
    width: float
    height: float
    label: str


class Histogram(Struct, frozen=True, kw_only=True):
    """How the sentences of one system score."""

    system: str
    bins: tuple[Bin, ...]


class Point(Struct, frozen=True):
    """A sentence in a scatter plot."""

    x: float
    y: float
    row: int


class Scatter(Struct, frozen=True, kw_only=True):
    """Sentence scores of one system against another's."""

    first: int
    """Position of the system on the horizontal axis."""
    second: int
    points: tuple[Point, ...]


class BucketCell(Struct, frozen=True, kw_only=True):
    """One system in one bucket."""

    figure: str
    interval: str
    """Empty: none."""
    x: float
    """Where the bar of the interval begins, in per cent of the metric's range; its width likewise."""
    width: float


class BucketRow(Struct, frozen=True, kw_only=True):
    """A bucket by one metric, a cell a system."""

    by: str
    label: str
    rows: int
    cells: tuple[BucketCell, ...]


class Plots(Struct, frozen=True, kw_only=True):
    """The plots of one metric."""

    metric: str
    low: float
    """Score at the left and lower edge."""
    high: float
    histograms: tuple[Histogram, ...]
    scatters: tuple[Scatter, ...]
    buckets: tuple[BucketRow, ...]


class Square(Struct, frozen=True):
    """A row of the text on the map of agreement."""

    x: int
    y: int
    row: int
    agreement: float


def html(compared: SystemsCompared, style: Style) -> Iterator[str]:
    """The page, complete in itself: no request leaves it."""
    names = [system.name for system in compared.systems]
    yield render(
        "systems.html.j2",
        "systems.js",
        compared=compared,
        names=names,
        short=(short := short_names(compared)),
        shown=dict(zip(names, short, strict=True)),
        metrics=[result.name for result in compared.systems[0].metrics],
        plots=[_plots(metric, scores, compared.buckets) for metric, scores in compared.row_scores.items()],
        sentences=sorted(compared.sentences, key=lambda row: -abs(row.difference))[:_MOST_SENTENCES],
        squares=_squares(compared),
        across=_ACROSS,
        rules=sorted({rule for system in compared.systems for rule in system.findings}),
        texts=list(zip(*compared.row_texts, strict=True)) if compared.row_texts else [],
        told=_told,
        signatures=signatures(compared),
        width=_WIDTH,
        height=_HEIGHT,
    )


def _told(result: Result) -> str:
    """What the test says of a difference, in a word."""
    if result.difference is None:
        return "baseline"
    if result.p_holm is None:
        return "not tested"
    gain = result.difference if result.higher_is_better else -result.difference
    return ("better" if gain > 0 else "worse") if result.p_holm <= 0.05 else "no real difference"


def _squares(compared: SystemsCompared) -> list[Square]:
    """The text from its first row to its last, :data:`_ACROSS` rows a line."""
    agreement = compared.agreement
    return [Square(row % _ACROSS, row // _ACROSS, row, alike) for row, alike in enumerate(agreement.rows)] if agreement is not None else []


def _bucket_rows(metric: str, buckets: Sequence[Bucket]) -> Iterator[BucketRow]:
    own = [[score for score in bucket.scores if score.metric == metric] for bucket in buckets]
    ends = [end for scores in own for score in scores for end in _ends(score)]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    scale = 100 / (high - low or 1)
    for bucket, scores in zip(buckets, own, strict=True):
        cells = []
        for score in scores:
            left, right = _ends(score)
            interval = f"{figure(left, metric)} to {figure(right, metric)}" if score.interval is not None else ""
            width = max(1.0, (right - left) * scale)
            x = min(99.0, (left - low) * scale)
            cells.append(BucketCell(figure=figure(score.score, metric), interval=interval, x=round(x, 1), width=round(width, 1)))
        yield BucketRow(by=bucket.by, label=bucket.label, rows=bucket.rows, cells=tuple(cells))


def _ends(score: BucketScore) -> tuple[float, float]:
    return (score.score, score.score) if score.interval is None else (score.interval.low, score.interval.high)


def _plots(metric: str, scores: Sequence[Sequence[float]], buckets: Sequence[Bucket]) -> Plots:
    values = [value for row in scores for value in row]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if metric in ("BLEU", "chrF2", "chrF2++"):
        low, high = 0.0, 100.0
    high = high if high > low else low + 1
    most = max((count for row in scores for count in _counts(row, low, high)), default=1)
    return Plots(
        metric=metric,
        low=low,
        high=high,
        histograms=tuple(Histogram(system=str(number), bins=tuple(_bins(row, low, high, most))) for number, row in enumerate(scores)),
        scatters=tuple(
            _scatter(first, second, scores, low, high) for first in range(len(scores)) for second in range(first + 1, len(scores))
        ),
        buckets=tuple(_bucket_rows(metric, buckets)),
    )


def _counts(values: Iterable[float], low: float, high: float) -> list[int]:
    counts = [0] * _BINS
    for value in values:
        counts[min(_BINS - 1, max(0, int((value - low) / (high - low) * _BINS)))] += 1
    return counts


def _bins(values: Sequence[float], low: float, high: float, most: int) -> Iterator[Bin]:
    width, step = _WIDTH / _BINS, (high - low) / _BINS
    for number, count in enumerate(_counts(values, low, high)):
        height = count / max(1, most) * _HEIGHT
        label = f"{low + number * step:.2f} to {low + (number + 1) * step:.2f}: {count}"
        yield Bin(number * width + 1, _HEIGHT - height, width - 2, height, label)


def _scatter(first: int, second: int, scores: Sequence[Sequence[float]], low: float, high: float) -> Scatter:
    step = max(1, -(-len(scores[first]) // _MOST_POINTS))
    points = []
    for row in range(0, len(scores[first]), step):
        x, y = ((scores[side][row] - low) / (high - low) for side in (first, second))
        points.append(Point(round(x * _WIDTH, 1), round((1 - y) * _HEIGHT, 1), row))
    return Scatter(first=first, second=second, points=tuple(points))
