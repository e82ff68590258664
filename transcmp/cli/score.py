"""``transcmp score``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from transcmp.cli.common import Input, Output, need_format, path_argument, spare
from transcmp.cli.metrics import Chosen
from transcmp.diagnostics import Progress
from transcmp.errors import UsageError
from transcmp.model import Unit


def score(
    source: Annotated[str | None, path_argument("SOURCE")] = None,
    target: Annotated[str | None, path_argument("TARGET")] = None,
    /,
    *,
    reference: Annotated[list[str] | None, Parameter(name="--reference", negative="")] = None,
    pairs: Annotated[str | None, Parameter(name="--pairs", allow_leading_hyphen=True)] = None,
    unit: Unit = "sentence",
    format: str | None = None,
    chosen: Chosen = Chosen(),  # noqa: B008 - frozen
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
        A trusted translation of the same source; adds BLEU, chrF2 and TER by sacreBLEU, or those of --metric. May be repeated.
    pairs
        Instead of documents: a file (or -) of lines ``source<TAB>target`` or JSON with those keys; prints four scores a line as JSON.
    unit
        sentence, fragment or line.
    format
        text or json; with --pairs jsonl.
    """
    spare([output.output], (source, target, pairs, input.srx, *(reference or ())))
    if pairs is not None:
        if source is not None or reference or chosen != Chosen() or format not in (None, "jsonl"):
            raise UsageError(message="--pairs takes no documents, no --reference, no metrics and only --format jsonl")
        return _pairs(pairs, unit, input, output)
    if source is None:
        raise UsageError(message="nothing to score", hint="name a source and its translation, or --pairs FILE")
    need_format("score", format)
    from transcmp import pipeline
    from transcmp.report.scores import Metric, ScoreReport

    options = input.options(unit=unit)
    metrics = chosen.metrics(("BLEU", "chrF2", "TER"), references=bool(reference))
    with Progress(output.quiet) as progress:
        comparison = pipeline.score(source, target, options=options, progress=progress)
        results = pipeline.reference_metrics(comparison, reference or (), metrics=metrics, options=options)
    rows = tuple(Metric(name=one.name, score=one.score, signature=one.signature) for one in results if one.score is not None)
    output.emit("score", format, ScoreReport(comparison=comparison, metrics=rows))
    return 0


def _pairs(path: str, unit: Unit, input: Input, output: Output) -> int:
    from transcmp.pipeline.pairs import score_pairs

    with Progress(output.quiet) as progress:
        scored = score_pairs(path, options=input.options(unit=unit), progress=progress)
    output.emit("score-pairs", "jsonl", scored)
    return 0
