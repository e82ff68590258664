"""``transcmp check``."""

from __future__ import annotations

from typing import Annotated, Literal

from transcmp import diagnostics
from transcmp.cli.common import Input, Output, need_format, path_argument
from transcmp.model import Severity


def check(
    source: Annotated[str | None, path_argument("SOURCE")] = None,
    target: Annotated[str | None, path_argument("TARGET")] = None,
    /,
    *,
    fail_on: Literal["error", "warning", "note", "never"] | None = None,
    show: Severity = "warning",
    format: str | None = None,
    input: Input = Input(),  # noqa: B008 - frozen
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Name what is wrong, at a line and column. Exit 0: nothing at or above --fail-on; 1: findings; 2: could not be done.

    Parameters
    ----------
    source
        The original, a mixed document, or a directory; without it, the pairs of transcmp.toml.
    target
        Its translation; two directories pair by relative path.
    fail_on
        The least severity that fails: error (default), warning, note or never.
    show
        The least severity that the text format shows; machine formats have all.
    format
        text, json or jsonl.
    """
    need_format("check", format)
    from transcmp.pipeline import gate

    with diagnostics.Progress(output.quiet) as progress:
        run = gate.check(source, target, options=input.options(), fail_on=fail_on, progress=progress)
    output.emit("check", format, run, show)
    return diagnostics.EXIT_OK if run.passed else diagnostics.EXIT_FINDINGS
