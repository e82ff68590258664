"""``transcmp score``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from transcmp.cli.common import Input, Output, need_format, path_argument
from transcmp.diagnostics import Progress
from transcmp.model import Unit


def score(
    source: Annotated[str, path_argument("SOURCE")],
    target: Annotated[str | None, path_argument("TARGET")] = None,
    /,
    *,
    reference: Annotated[list[str] | None, Parameter(name="--reference", negative="")] = None,
    unit: Unit = "sentence",
    format: str | None = None,
    input: Input = Input(),  # noqa: B008 - frozen
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Score every bead and the document: alignment, adequacy, quality, risk; coverage of both sides.

    Parameters
    ----------
    source
        The original, or a mixed document.
    target
        Its translation.
    reference
        A trusted translation of the same source; adds BLEU, chrF2 and TER by sacreBLEU with their signatures. May be repeated.
    unit
        sentence, fragment or line.
    format
        text or json.
    """
    need_format("score", format)
    from transcmp import pipeline
    from transcmp.report.scores import Metric, ScoreReport

    options = input.options(unit=unit)
    with Progress(output.quiet) as progress:
        comparison = pipeline.score(source, target, options=options, progress=progress)
        metrics = pipeline.reference_metrics(comparison, reference or (), options=options)
    rows = tuple(Metric(name=metric.metric, score=metric.score, signature=metric.signature) for metric in metrics)
    output.emit("score", format, ScoreReport(comparison=comparison, metrics=rows))
    return 0
