"""``transcmp mutate``."""

from __future__ import annotations

from typing import Annotated, Literal

from transcmp import diagnostics
from transcmp.cli.common import Input, Output, path_argument


def mutate(
    source: Annotated[str, path_argument("SOURCE")],
    target: Annotated[str, path_argument("TARGET")],
    /,
    *,
    seed: int = 0,
    rounds: int = 3,
    kinds: str | None = None,
    min_recall: float | None = None,
    format: Literal["text", "json"] = "text",
    input: Input = Input(),  # noqa: B008 - frozen
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Plant known faults in a pair that you trust and see which of them are caught. No file is changed.

    Parameters
    ----------
    source
        The original.
    target
        A translation of it without faults.
    seed
        Another seed plants the faults in other places.
    rounds
        Faults of each kind that are planted by themselves; then all kinds at once.
    kinds
        Only these, as in number,omitted.
    min_recall
        Exit with 1 where a smaller share is found, 0..1.
    format
        text or json.
    """
    from transcmp import selftest
    from transcmp.report import mutate as formats

    chosen = [kind.strip() for kind in kinds.split(",")] if kinds else selftest.KINDS
    with diagnostics.Progress(output.quiet) as progress:
        result = selftest.mutate(source, target, seed=seed, rounds=rounds, kinds=chosen, options=input.options(), progress=progress)
    writer = formats.json if format == "json" else formats.text
    output.write(writer(selftest.summary(result), output.style()))
    missed = min_recall is not None and result.recall < min_recall
    return diagnostics.EXIT_FINDINGS if missed else diagnostics.EXIT_OK
