"""Several translations of one source, compared, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from transcmp.report import Style
from transcmp.report.systems import cell, metric_names, number, result_of, short_names, signatures
from transcmp.report.text import paint
from transcmp.systems import Bucket, BucketScore, Contrast, Ngram, Result, Sentence, SystemsCompared
from transcmp.visible import visible_line

_BUCKET_METRICS = ("chrF2", "chrF2++", "BLEU", "TER", "COMET", "COMETKiwi", "quality", "adequacy")
"""What buckets are shown by: the first of these that there is."""
_LISTED = 5
_WORST_ROWS = 8


def text(compared: SystemsCompared, style: Style) -> Iterator[str]:
    """Systems down, metrics across, then buckets, n-grams, rows that differ most, and where all disagree."""
    names = short_names(compared)
    yield from _table(compared, names, style)
    for note in compared.notes:
        yield f"note: {visible_line(note)}\n"
    yield from _findings(compared, names, style)
    yield from _buckets(compared, names, style)
    shown = {system.name: name for system, name in zip(compared.systems, names, strict=True)}
    for contrast in compared.ngrams:
        yield from _contrast(contrast, shown, style)
    yield from _rows(compared, shown, style)
    yield from _agreement(compared, names, style)
    yield "\n"
    for metrics, signature in signatures(compared):
        yield paint(style, "dim", f"{metrics}: {signature}") + "\n"
    yield paint(style, "dim", compared.signature) + "\n"


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]], style: Style) -> Iterator[str]:
    """A table: the first column to the left, figures to the right; what does not fit beside it comes below, under the same first column."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(head, *rows, strict=True)]
    blocks: list[list[int]] = [[]]
    for column in range(1, len(head)):
        taken = widths[0] + sum(2 + widths[other] for other in (*blocks[-1], column))
        if blocks[-1] and taken > style.width:
            blocks.append([])
        blocks[-1].append(column)
    for place, block in enumerate(blocks):
        yield "\n" if place else ""
        for line in (head, *rows):
            first = line[0] + " " * (widths[0] - cell_len(line[0]))
            cells = "".join(" " * (2 + widths[column] - cell_len(line[column])) + line[column] for column in block)
            yield paint(style, "bold", first + cells) + "\n" if line is head else f"{first}{cells}".rstrip() + "\n"


def _table(compared: SystemsCompared, names: Sequence[str], style: Style) -> Iterator[str]:
    metrics = metric_names(compared)
    rows = []
    for name, system in zip(names, compared.systems, strict=True):
        results = [result_of(system, metric) for metric in metrics]
        rows.append([f"{name} (baseline)" if system.name == compared.baseline else name, *map(cell, results)])
        if system.name != compared.baseline:
            rows.append(["", *map(_verdict, results)])
    yield from _grid(["", *metrics], rows, style)


def _verdict(result: Result | None) -> str:
    if result is None or result.difference is None:
        return ""
    sign = f"{number(result, result.difference, sign=True)}"
    return sign if result.p_holm is None else f"{sign} p={result.p_holm:.3f}{'*' if result.p_holm <= 0.05 else ' '}"


def _findings(compared: SystemsCompared, names: Sequence[str], style: Style) -> Iterator[str]:
    rules = sorted({rule for system in compared.systems for rule in system.findings})
    if rules:
        yield "\n"
        rows = [[f"  {rule}", *(str(system.findings.get(rule, 0)) for system in compared.systems)] for rule in rules]
        yield from _grid(["findings", *names], rows, style)


def _buckets(compared: SystemsCompared, names: Sequence[str], style: Style) -> Iterator[str]:
    metric = next((name for name in _BUCKET_METRICS if name in metric_names(compared)), None)
    if metric is None:
        return
    for by, group in groupby(compared.buckets, key=lambda bucket: bucket.by):
        yield "\n"
        rows = [[f"  {visible_line(bucket.label)}", str(bucket.rows), *_bucket_cells(bucket, metric)] for bucket in group]
        yield from _grid([f"{metric} by {by}", "rows", *names], rows, style)


def _bucket_cells(bucket: Bucket, metric: str) -> list[str]:
    def shown(score: BucketScore) -> str:
        places = 1 if abs(score.score) >= 1 else 3
        half = "" if score.interval is None else f" ± {(score.interval.high - score.interval.low) / 2:.{places}f}"
        return f"{score.score:.{places}f}{half}"

    return [shown(score) for score in bucket.scores if score.metric == metric]


def _contrast(contrast: Contrast, shown: dict[str, str], style: Style) -> Iterator[str]:
    first, second = shown[contrast.first], shown[contrast.second]
    sides: tuple[tuple[str, Sequence[Ngram]], ...] = ((first, contrast.better_in_first), (second, contrast.better_in_second))
    if not any(found for _, found in sides):
        return
    yield "\n" + paint(style, "bold", f"words: {first} against {second}") + "\n"
    for name, found in sides:
        listed = ", ".join(f"“{visible_line(' '.join(entry.words))}” {entry.first}:{entry.second}" for entry in found[:_LISTED])
        yield f"  better in {name}: {listed or 'none'}\n"


def _rows(compared: SystemsCompared, shown: dict[str, str], style: Style) -> Iterator[str]:
    chosen = sorted(compared.sentences, key=lambda row: -abs(row.difference))[:_WORST_ROWS]
    if chosen:
        yield "\n" + paint(style, "bold", "rows that differ most") + "\n"
    for row in chosen:
        yield f"  row {row.row + 1}, {row.metric} {row.scores[0]:.1f} : {row.scores[1]:.1f}  {visible_line(row.source)}\n"
        for name, words in ((row.first, _marked(row, first=True)), (row.second, _marked(row, first=False))):
            yield f"    {shown[name]}: {visible_line(words)}\n"


def _marked(row: Sentence, *, first: bool) -> str:
    """The words of one side; those that the other has not stand in square brackets."""
    parts = []
    for edit in row.diff:
        words = " ".join(edit.first if first else edit.second)
        if words:
            parts.append(words if edit.same else f"[{words}]")
    return " ".join(parts)


def _agreement(compared: SystemsCompared, names: Sequence[str], style: Style) -> Iterator[str]:
    agreement = compared.agreement
    if agreement is None or len(compared.systems) < 2:
        return
    yield "\n"
    rows = [[f"  {name}", *(f"{figure:.3f}" for figure in figures)] for name, figures in zip(names, agreement.pairs, strict=True)]
    yield from _grid(["agreement", *names], rows, style)
    least = ", ".join(f"{row + 1} ({agreement.rows[row]:.2f})" for row in agreement.least[:_LISTED])
    yield f"  least in rows {least}\n"
