"""``transcmp compare``."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Group, Parameter

from transcmp import diagnostics
from transcmp.cli.common import Input, Output, need_at_least, need_format, need_share, path_argument, spare
from transcmp.cli.metrics import Chosen
from transcmp.model import Unit

TEST = Group("Significance", sort_key=5)


def compare(
    source: Annotated[str, path_argument("SOURCE")],
    translations: Annotated[list[str] | None, path_argument("TRANSLATION")] = None,
    /,
    *,
    reference: Annotated[list[str] | None, Parameter(name="--reference", negative="", consume_multiple=False)] = None,
    fields: str | None = None,
    unit: Unit = "sentence",
    chosen: Chosen = Chosen(),  # noqa: B008 - frozen
    baseline: Annotated[str | None, Parameter(group=TEST)] = None,
    test: Annotated[Literal["bs", "ar"], Parameter(group=TEST)] = "bs",
    samples: Annotated[int | None, Parameter(group=TEST)] = None,
    seed: Annotated[int | None, Parameter(group=TEST)] = None,
    fail_if_worse_than: Annotated[Literal["baseline"] | None, Parameter(group=TEST)] = None,
    p: Annotated[float, Parameter(group=TEST)] = 0.05,
    format: str | None = None,
    input: Input = Input(),  # noqa: B008 - frozen
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Say which translation of a source is better, where, and whether the difference is real.

    Parameters
    ----------
    source
        The original; or a TSV or JSONL file that has everything, with --fields.
    translations
        Two or more translations of it.
    reference
        A trusted translation; may be repeated. Adds BLEU, chrF2, chrF2++ and TER by sacreBLEU.
    fields
        Columns (TSV, numbered from 1 or named by a first line) or keys (JSONL): source=NAME,translation=NAME,...,reference=NAME,...
    unit
        sentence: documents are aligned first; fragment; line: line files, taken line by line.
    baseline
        The translation that the others are tested against; the first without it.
    test
        bs: paired bootstrap; ar: paired approximate randomisation.
    samples
        Of the test; sacreBLEU's number without it.
    seed
        Of the test.
    fail_if_worse_than
        Exit with 1 where a translation is worse than the baseline by the first --metric and the difference is real.
    p
        Level at which a difference is real, after Holm's correction.
    format
        text, json, tsv, markdown, latex or html.
    """
    need_format("compare", format)
    spare([output.output], (source, *(translations or ()), *(reference or ()), input.srx))
    from transcmp import pipeline
    from transcmp.pipeline import columns
    from transcmp.scoring import significance, surface
    from transcmp.scoring.systems import CompareOptions, worse_than_baseline

    trusted = columns.has_reference(fields) if fields is not None else bool(reference)
    metrics = chosen.metrics(surface.METRICS, references=trusted)
    need_at_least(1, "--samples", samples)
    need_at_least(0, "--seed", seed)
    need_share("--p", p)
    how = CompareOptions(
        metrics=metrics.surface,
        neural=metrics.neural,
        baseline=baseline,
        test=test,
        samples=samples,
        seed=significance.SEED if seed is None else seed,
    )
    with diagnostics.Progress(output.quiet) as progress:
        if fields is not None:
            options = input.options(unit="line")
            compared = columns.compare(source, fields, options=options, how=how, progress=progress)
        else:
            options = input.options(unit=unit)
            compared = pipeline.compare(
                source, *(translations or ()), references=reference or (), options=options, how=how, progress=progress
            )
    output.emit("compare", format, compared)
    if fail_if_worse_than is not None:
        by = metrics.first or (metrics.surface[0] if trusted else "quality")
        for name in (worse := worse_than_baseline(compared, by, p)):
            diagnostics.say("error", f"{name} is worse than {compared.baseline} by {by} (p <= {p:g})")
        return diagnostics.EXIT_FINDINGS if worse else diagnostics.EXIT_OK
    return diagnostics.EXIT_OK
