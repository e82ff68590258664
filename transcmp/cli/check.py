"""``transcmp check``."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated

from transcmp import diagnostics
from transcmp.cli.common import Input, Output, need_format, path_argument, spare
from transcmp.cli.gate import HTML, Gate
from transcmp.model import CheckRun, Severity
from transcmp.report import FOR_HOSTS

_MANY = 20
"""Findings of a project from which it is not mended in an afternoon."""


def check(
    source: Annotated[str | None, path_argument("SOURCE")] = None,
    target: Annotated[str | None, path_argument("TARGET")] = None,
    /,
    *,
    show: Severity = "warning",
    format: str | None = None,
    gate: Gate = Gate(),  # noqa: B008 - frozen
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
    show
        The least severity that the text format shows; machine formats have all.
    format
        text, json, jsonl, sarif, junit, github, gitlab, checkstyle or markdown.
    """
    need_format("check", format)
    reports = gate.reports()
    project = gate.project()
    written = (output.output, *(path for name, path in reports if name != HTML))
    spare(written, (source, target, input.srx, *project.files))
    from transcmp.pipeline import gate as pipeline

    with diagnostics.Progress(output.quiet) as progress:
        run = pipeline.check(
            source,
            target,
            project=project,
            options=input.options(),
            since=gate.since,
            update_baseline=gate.update_baseline,
            cache=gate.cache(project),
            workers=gate.jobs,
            progress=progress,
        )
    spare(written, run.files)
    for item in run.unreadable:
        diagnostics.say("error", f"{item.path}: {item.message}")
    output.emit("check", format, _for_host(run, format), show)
    for name, path in reports:
        if name == HTML:
            from transcmp.cli.site import write_site

            with diagnostics.Progress(output.quiet) as progress:
                write_site(path, run, project, input.options(), progress)
        else:
            Output(output=path, no_color=True).emit("check", name, _for_host(run, name))
    if not run.passed and not output.quiet and sys.stderr.isatty():
        _say_next_step(run, source, target, project.folder)
    if run.unreadable and not gate.keep_going:
        return diagnostics.EXIT_ERROR
    return diagnostics.EXIT_OK if run.passed else diagnostics.EXIT_FINDINGS


def _say_next_step(run: CheckRun, source: str | None, target: str | None, folder: Path) -> None:
    """What somebody at a terminal may want to do about findings."""
    from transcmp.decisions import BASELINE

    count = sum(len(pair.findings) for pair in run.pairs)
    paths = "".join(f" {shlex.quote(path)}" for path in (source, target) if path is not None)
    if source is None and count >= _MANY and not (folder / BASELINE).exists():
        diagnostics.say("note", "'transcmp check --update-baseline' accepts what is there today, so that only new findings fail")
    elif count:
        explain = f"'transcmp explain ID{paths}' says more of a finding, by its name in brackets"
        diagnostics.say("note", f"'transcmp view{paths}' shows both sides; {explain}")


def _for_host(run: CheckRun, format: str | None) -> CheckRun:
    """The run as the format's readers want it: with paths from the top of the work tree, where there is one."""
    if format not in FOR_HOSTS:
        return run
    from transcmp.history import top_of
    from transcmp.report.places import seen_from

    top = top_of(Path.cwd())
    return run if top is None or top == Path.cwd() else seen_from(run, str(top))
