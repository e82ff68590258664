"""``transcmp explain``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from transcmp.cli.common import Output


def explain(
    rule: Annotated[str | None, Parameter(name="RULE")] = None,
    /,
    *,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Say what a rule finds, with an example, why it may be wrong, and how to silence it; without a name, list all rules.

    Parameters
    ----------
    rule
        Id of a rule, as in findings.
    """
    from transcmp import pipeline

    output.write([pipeline.explain(rule) if rule else pipeline.rule_table()])
    return 0
