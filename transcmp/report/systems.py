"""The formats of ``compare``: several translations of one source, for programs, spreadsheets, pages and papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from transcmp.report import Style
from transcmp.report.json import pretty
from transcmp.report.scores import places
from transcmp.systems import Agreement, Bucket, Contrast, Result, Sentence, SystemResult, SystemsCompared
from transcmp.visible import visible_line


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
    yield pretty(Json(**fields))


def short_names(compared: SystemsCompared) -> list[str]:
    """Names of the systems, one line each, without the folders that all have."""
    parts = [visible_line(system.name).split("/") for system in compared.systems]
    common = 0
    while all(len(part) > common + 1 for part in parts) and len({part[common] for part in parts}) == 1:
        common += 1
    return ["/".join(part[common:]) for part in parts]


def signatures(compared: SystemsCompared) -> list[tuple[str, str]]:
    """Every signature, behind the names of the metrics that have it."""
    found: dict[str, list[str]] = {}
    for result in compared.systems[0].metrics:
        found.setdefault(result.signature, []).append(result.name)
    return [(", ".join(names), signature) for signature, names in found.items()]


def cell(result: Result | None) -> str:
    """A score with half the width of its interval, as sacreBLEU prints it."""
    if result is None or result.score is None:
        return "-"
    half = "" if result.interval is None else f" ± {number(result, (result.interval.high - result.interval.low) / 2)}"
    return number(result, result.score) + half


def number(result: Result, value: float, *, sign: bool = False) -> str:
    """A value of the result's metric, with the places that it has."""
    return f"{value:{'+' if sign else ''}.{places(result.name)}f}"


def metric_names(compared: SystemsCompared) -> list[str]:
    """All metrics, in the order of tables."""
    return list(dict.fromkeys(result.name for system in compared.systems for result in system.metrics))


def result_of(system: SystemResult, name: str) -> Result | None:
    """What a metric says of a system."""
    return next((result for result in system.metrics if result.name == name), None)


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
    names = metric_names(compared)
    yield "| system | " + " | ".join(names) + " |\n|---|" + "---:|" * len(names) + "\n"
    for shown, system in zip(short_names(compared), compared.systems, strict=True):
        cells = [_starred(result_of(system, name)) for name in names]
        yield f"| {_escaped(shown)} | " + " | ".join(cells) + " |\n"
    yield "\n" + f"\\* differs from {_escaped(compared.baseline)}, p ≤ .05 after Holm. Signature: `{compared.signature}`\n"


def _starred(result: Result | None) -> str:
    star = r"\*" if result is not None and result.p_holm is not None and result.p_holm <= 0.05 else ""
    return cell(result) + star


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
    names = metric_names(compared)
    yield "% " + compared.signature + "\n"
    yield "\\begin{tabular}{l" + "r" * len(names) + "}\n\\toprule\n"
    yield "System & " + " & ".join(_arrow(compared, name) for name in names) + " \\\\\n\\midrule\n"
    best = {name: _best(compared, name) for name in names}
    for shown, system in zip(short_names(compared), compared.systems, strict=True):
        cells = [_latex_cell(result_of(system, name), best[name]) for name in names]
        yield shown.translate(_LATEX) + " & " + " & ".join(cells) + " \\\\\n"
    yield "\\bottomrule\n\\end{tabular}\n"


def _arrow(compared: SystemsCompared, name: str) -> str:
    result = result_of(compared.systems[0], name)
    return name.translate(_LATEX) + (r" $\uparrow$" if result is None or result.higher_is_better else r" $\downarrow$")


def _best(compared: SystemsCompared, name: str) -> float | None:
    found = [result for system in compared.systems if (result := result_of(system, name)) is not None and result.score is not None]
    if not found:
        return None
    scores = [result.score for result in found if result.score is not None]
    return max(scores) if found[0].higher_is_better else min(scores)


def _latex_cell(result: Result | None, best: float | None) -> str:
    if result is None or result.score is None:
        return "--"
    figure = number(result, result.score)
    if result.score == best:
        figure = rf"\textbf{{{figure}}}"
    return figure + (r"$^\dagger$" if result.p_holm is not None and result.p_holm <= 0.05 else "")
