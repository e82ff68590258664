"""``transcmp align``."""

from __future__ import annotations

from typing import Annotated

from transcmp.cli.common import Input, Output, need_format, path_argument, spare
from transcmp.diagnostics import Progress
from transcmp.model import Alignment, Unit


def align(
    source: Annotated[str, path_argument("SOURCE")],
    target: Annotated[str | None, path_argument("TARGET")] = None,
    /,
    *,
    unit: Unit = "sentence",
    max_bead: int = 8,
    anchors: str | None = None,
    gold: str | None = None,
    format: str | None = None,
    input: Input = Input(),  # noqa: B008 - frozen
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Align a source with its translation; with one document, its source-language fragments with the rest of it.

    An alignment that was put right in 'transcmp view' and kept in the project's .transcmp folder is obeyed.

    Parameters
    ----------
    source
        The original, or a mixed document.
    target
        Its translation.
    unit
        sentence; fragment: whole blocks; line: every line of the file, whatever its suffix.
    max_bead
        Most segments in a bead, both sides together.
    anchors
        Beads that are known to be right, a line each as in [0, 1]:[2]; they are kept.
    gold
        Beads to compare with, a line each as in [0]:[0, 1]; prints precision, recall and F1 instead of the beads.
    format
        table, json, jsonl, tsv, vecalign ([0]:[0, 1]:0.93, ids from 0, the score last), html, tmx, xliff,
        moses (a file for each language, named by --output and the language), moses-source or moses-target (one of them).
    """
    need_format("align", format, output)
    read = (source, target, anchors, gold, input.srx)
    spare([output.output], read)
    from transcmp import config, pipeline

    folder = config.load().folder
    options = input.options(unit=unit, max_bead=max_bead, anchors=anchors, folder=str(folder) if folder.is_dir() else None)
    with Progress(output.quiet) as progress:
        result = pipeline.align(source, target, options=options, progress=progress)
    if gold is not None:
        output.write([_evaluated(result, gold)])
    else:
        output.emit("align", format, result, read=read)
    return 0


def _evaluated(alignment: Alignment, gold: str) -> str:
    from transcmp import pipeline

    figures = pipeline.evaluate(alignment, gold)
    rows = [f"{name:<7} {figure.precision:9.4f} {figure.recall:9.4f} {figure.f1:9.4f}" for name, figure in figures.items()]
    return "\n".join([f"{'':<7} {'precision':>9} {'recall':>9} {'F1':>9}", *rows, ""])
