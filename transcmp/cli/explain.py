"""``transcmp explain``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from cyclopts import Parameter

from transcmp.cli.common import Input, Output, path_argument, spare
from transcmp.cli.gate import cache_of

_FINGERPRINT = re.compile(r"[0-9a-f]{4,16}(?:-\d+)?")


def explain(
    rule: Annotated[str | None, Parameter(name="RULE")] = None,
    source: Annotated[str | None, path_argument("SOURCE")] = None,
    target: Annotated[str | None, path_argument("TARGET")] = None,
    /,
    *,
    input: Input = Input(),  # noqa: B008 - frozen
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Say what a rule finds, with an example, why it may be wrong, and how to silence it; without a name, list all rules.

    Parameters
    ----------
    rule
        Id of a rule, as in findings; or the fingerprint of a finding, or its first characters: shows the finding, too.
    source
        With a fingerprint, the pair that it is in, or the mixed document; without it the pairs of transcmp.toml are searched.
    target
        The translation.
    """
    spare([output.output], (source, target, input.srx))
    from transcmp import pipeline

    if rule is None:
        output.write([pipeline.rule_table()])
    elif _FINGERPRINT.fullmatch(rule) and not pipeline.is_rule(rule):
        output.write(_finding(rule, source, target, input, output))
    else:
        output.write([pipeline.explain(rule)])
    return 0


def _finding(fingerprint: str, source: str | None, target: str | None, input: Input, output: Output) -> Iterator[str]:
    from transcmp import pipeline
    from transcmp.config import load
    from transcmp.diagnostics import Progress
    from transcmp.pipeline.dismiss import find
    from transcmp.report import text

    project, options = load(), input.options()
    with Progress(output.quiet) as progress:
        named = find(fingerprint, project, source=source, target=target, options=options, cache=cache_of(project), progress=progress)
    yield from text.finding(named.finding, named.pair, output.style())
    yield "\n" + pipeline.explain(named.finding.rule)
