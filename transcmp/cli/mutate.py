"""``transcmp mutate``."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from transcmp import diagnostics
from transcmp.cli.common import Input, Output, need_at_least, need_share, path_argument, spare


def mutate(
    source: Annotated[str, path_argument("SOURCE")],
    target: Annotated[str, path_argument("TARGET")],
    /,
    *,
    seed: int = 0,
    rounds: int = 3,
    kinds: str | None = None,
    min_recall: float | None = None,
    config: str | None = None,
    trust: Annotated[bool, Parameter(negative="")] = False,
    format: Literal["text", "json"] = "text",
    input: Input = Input(),  # noqa: B008 - frozen
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Plant known faults in a pair that you trust and see which of them your settings catch. No file is changed.

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
        Exit with 1 where a smaller share is found, 0..1, or nothing could be planted.
    config
        Settings file; the nearest transcmp.toml or pyproject.toml without it.
    trust
        Let the settings file name models, plugins and files outside the project.
    format
        text or json.
    """
    from transcmp import selftest
    from transcmp.config import load
    from transcmp.report import mutate as formats

    need_at_least(1, "--rounds", rounds)
    need_share("--min-recall", min_recall)
    project = load(file=config, trust=trust)
    spare([output.output], (source, target, input.srx, *project.files))
    chosen = [kind.strip() for kind in kinds.split(",")] if kinds else selftest.KINDS
    with diagnostics.Progress(output.quiet) as progress:
        result = selftest.mutate(
            source, target, seed=seed, rounds=rounds, kinds=chosen, options=input.options(), project=project, progress=progress
        )
    writer = formats.json if format == "json" else formats.text
    output.write(writer(selftest.summary(result), output.style()))
    missed = min_recall is not None and (not result.faults or result.recall < min_recall)
    return diagnostics.EXIT_FINDINGS if missed else diagnostics.EXIT_OK
