"""The formats of ``compare``: several translations of one source, as a table for a terminal, a file, a page or a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from transcmp.report import Style
from transcmp.report.scores import places
from transcmp.report.text import paint
from transcmp.systems import Agreement, Bucket, Contrast, Ngram, Result, Sentence, SystemResult, SystemsCompared
from transcmp.visible import visible_line

_SHOWN_BUCKET_METRICS = ("chrF2", "BLEU", "quality", "adequacy")
_LISTED = 5
_WORST_ROWS = 8


class Json(Struct, frozen=True, kw_only=True):
    """Output of ``transcmp compare --format json``: the schema's name beside :class:`transcmp.systems.SystemsCompared`."""

    schema: str = "transcmp/compare/1"
    signature: str
    baseline: str
    rows: int
    references: int
    systems: tuple[SystemResult, ...]
    buckets: tuple[Bucket, ...]
    ngrams: tuple[Contrast, ...]
    sentences: tuple[Sentence, ...]
    agreement: Agreement | None
    row_scores: Mapping[str, tuple[tuple[float, ...], ...]]
    notes: tuple[str, ...]


def json(compared: SystemsCompared, style: Style) -> Iterator[str]:
    """A Json object."""
    fields = {name: getattr(compared, name) for name in SystemsCompared.__struct_fields__ if name in Json.__struct_fields__}
    yield msgspec.json.format(msgspec.json.encode(Json(**fields)), indent=2).decode() + "\n"


def text(compared: SystemsCompared, style: Style) -> Iterator[str]:
    """Systems down, metrics across, then buckets, n-grams, rows that differ most, and where all disagree."""
    yield from _table(compared, style)
    for note in compared.notes:
        yield f"note: {visible_line(note)}\n"
    yield from _findings(compared, style)
    yield from _buckets(compared, style)
    for contrast in compared.ngrams:
        yield from _contrast(contrast, style)
    yield from _rows(compared, style)
    yield from _agreement(compared, style)
    signatures = {result.signature: result.name for system in compared.systems for result in system.metrics}
    yield "\n"
    for signature, name in signatures.items():
        yield paint(style, "dim", f"{name}: {signature}") + "\n"
    yield paint(style, "dim", compared.signature) + "\n"


def _table(compared: SystemsCompared, style: Style) -> Iterator[str]:
    names = _metric_names(compared)
    width = max(6, *(len(visible_line(system.name)) for system in compared.systems))
    yield paint(style, "bold", f"{'':{width}}  " + "  ".join(f"{name:>18}" for name in names)) + "\n"
    for system in compared.systems:
        cells = [_cell(_result(system, name)) for name in names]
        role = "  baseline" if system.name == compared.baseline else ""
        yield f"{visible_line(system.name):{width}}  " + "  ".join(f"{cell:>18}" for cell in cells) + role + "\n"
        if system.name != compared.baseline:
            yield f"{'':{width}}  " + "  ".join(f"{_verdict(_result(system, name)):>18}" for name in names) + "\n"


def _cell(result: Result | None) -> str:
    if result is None or result.score is None:
        return "-"
    half = "" if result.interval is None else f" ± {_number(result, (result.interval.high - result.interval.low) / 2)}"
    return _number(result, result.score) + half


def _verdict(result: Result | None) -> str:
    if result is None or result.difference is None:
        return ""
    sign = f"{_number(result, result.difference, sign=True)}"
    return sign if result.p_holm is None else f"{sign} p={result.p_holm:.3f}{'*' if result.p_holm <= 0.05 else ' '}"


def _number(result: Result, value: float, *, sign: bool = False) -> str:
    return f"{value:{'+' if sign else ''}.{places(result.name)}f}"


def _metric_names(compared: SystemsCompared) -> list[str]:
    return list(dict.fromkeys(result.name for system in compared.systems for result in system.metrics))


def _result(system: SystemResult, name: str) -> Result | None:
    return next((result for result in system.metrics if result.name == name), None)


def _findings(compared: SystemsCompared, style: Style) -> Iterator[str]:
    rules = sorted({rule for system in compared.systems for rule in system.findings})
    if rules:
        yield "\n" + paint(style, "bold", "findings") + "\n"
        for rule in rules:
            counts = ", ".join(f"{visible_line(system.name)} {system.findings.get(rule, 0)}" for system in compared.systems)
            yield f"  {rule:<20} {counts}\n"


def _buckets(compared: SystemsCompared, style: Style) -> Iterator[str]:
    names = _metric_names(compared)
    metric = next((name for name in _SHOWN_BUCKET_METRICS if name in names), None)
    if metric is None:
        return
    last = ""
    for bucket in compared.buckets:
        if bucket.by != last:
            yield "\n" + paint(style, "bold", f"{metric} by {bucket.by}") + "\n"
            last = bucket.by
        cells = [
            f"{score.score:.1f}" if abs(score.score) >= 1 else f"{score.score:.3f}" for score in bucket.scores if score.metric == metric
        ]
        yield f"  {visible_line(bucket.label):<28} {bucket.rows:>6} rows  " + "  ".join(f"{cell:>8}" for cell in cells) + "\n"


def _contrast(contrast: Contrast, style: Style) -> Iterator[str]:
    sides: tuple[tuple[str, Sequence[Ngram]], ...] = (
        (contrast.first, contrast.better_in_first),
        (contrast.second, contrast.better_in_second),
    )
    if not any(found for _, found in sides):
        return
    yield "\n" + paint(style, "bold", f"words: {visible_line(contrast.first)} against {visible_line(contrast.second)}") + "\n"
    for name, found in sides:
        listed = ", ".join(f"“{visible_line(' '.join(entry.words))}” {entry.first}:{entry.second}" for entry in found[:_LISTED])
        yield f"  better in {visible_line(name)}: {listed or 'none'}\n"


def _rows(compared: SystemsCompared, style: Style) -> Iterator[str]:
    chosen = sorted(compared.sentences, key=lambda row: -abs(row.difference))[:_WORST_ROWS]
    if chosen:
        yield "\n" + paint(style, "bold", "rows that differ most") + "\n"
    for row in chosen:
        yield f"  row {row.row + 1}, {row.metric} {row.scores[0]:.1f} : {row.scores[1]:.1f}  {visible_line(row.source)}\n"
        for name, words in ((row.first, _marked(row, first=True)), (row.second, _marked(row, first=False))):
            yield f"    {visible_line(name)}: {visible_line(words)}\n"


def _marked(row: Sentence, *, first: bool) -> str:
    """The words of one side; those that the other has not stand in square brackets."""
    parts = []
    for edit in row.diff:
        words = " ".join(edit.first if first else edit.second)
        if words:
            parts.append(words if edit.same else f"[{words}]")
    return " ".join(parts)


def _agreement(compared: SystemsCompared, style: Style) -> Iterator[str]:
    agreement = compared.agreement
    if agreement is None or len(compared.systems) < 2:
        return
    yield "\n" + paint(style, "bold", "agreement") + "\n"
    for one, system in enumerate(compared.systems):
        for two in range(one + 1, len(compared.systems)):
            yield f"  {visible_line(system.name)} and {visible_line(compared.systems[two].name)}: {agreement.pairs[one][two]:.3f}\n"
    least = ", ".join(f"{row + 1} ({agreement.rows[row]:.2f})" for row in agreement.least[:_LISTED])
    yield f"  least in rows {least}\n"


def tsv(compared: SystemsCompared, style: Style) -> Iterator[str]:
    """A header, then a line a system and metric: the figures with full precision."""
    yield "system\tmetric\tscore\tlow\thigh\tdifference\tp\tp_holm\tsignature\n"
    for system in compared.systems:
        for result in system.metrics:
            interval = (None, None) if result.interval is None else (result.interval.low, result.interval.high)
            values = (result.score, *interval, result.difference, result.p_value, result.p_holm)
            name = system.name.replace("\t", " ").replace("\n", " ")
            yield "\t".join([name, result.name, *("" if value is None else repr(value) for value in values), result.signature]) + "\n"


def markdown(compared: SystemsCompared, style: Style) -> Iterator[str]:
    """A table; a star marks a difference from the baseline that is real (p <= .05 after Holm)."""
    names = _metric_names(compared)
    yield "| system | " + " | ".join(names) + " |\n|---|" + "---:|" * len(names) + "\n"
    for system in compared.systems:
        cells = [_starred(_result(system, name)) for name in names]
        yield f"| {_escaped(system.name)} | " + " | ".join(cells) + " |\n"
    yield "\n" + f"\\* differs from {_escaped(compared.baseline)}, p ≤ .05 after Holm. Signature: `{compared.signature}`\n"


def _starred(result: Result | None) -> str:
    star = r"\*" if result is not None and result.p_holm is not None and result.p_holm <= 0.05 else ""
    return _cell(result) + star


def _escaped(name: str) -> str:
    return visible_line(name).replace("\\", "\\\\").replace("|", "\\|").replace("`", "\\`").replace("*", "\\*").replace("_", "\\_")


_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def latex(compared: SystemsCompared, style: Style) -> Iterator[str]:
    """A tabular (booktabs); the best figure of a column is bold, a dagger marks a real difference from the baseline."""
    names = _metric_names(compared)
    yield "% " + compared.signature + "\n"
    yield "\\begin{tabular}{l" + "r" * len(names) + "}\n\\toprule\n"
    yield "System & " + " & ".join(_arrow(compared, name) for name in names) + " \\\\\n\\midrule\n"
    best = {name: _best(compared, name) for name in names}
    for system in compared.systems:
        cells = [_latex_cell(_result(system, name), best[name]) for name in names]
        yield visible_line(system.name).translate(_LATEX) + " & " + " & ".join(cells) + " \\\\\n"
    yield "\\bottomrule\n\\end{tabular}\n"


def _arrow(compared: SystemsCompared, name: str) -> str:
    result = _result(compared.systems[0], name)
    return name.translate(_LATEX) + (r" $\uparrow$" if result is None or result.higher_is_better else r" $\downarrow$")


def _best(compared: SystemsCompared, name: str) -> float | None:
    found = [result for system in compared.systems if (result := _result(system, name)) is not None and result.score is not None]
    if not found:
        return None
    scores = [result.score for result in found if result.score is not None]
    return max(scores) if found[0].higher_is_better else min(scores)


def _latex_cell(result: Result | None, best: float | None) -> str:
    if result is None or result.score is None:
        return "--"
    figure = _number(result, result.score)
    if result.score == best:
        figure = rf"\textbf{{{figure}}}"
    return figure + (r"$^\dagger$" if result.p_holm is not None and result.p_holm <= 0.05 else "")
