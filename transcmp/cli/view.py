"""``transcmp view``."""

from __future__ import annotations

import sys
from typing import Annotated

from transcmp.cli.common import Input, path_argument
from transcmp.errors import UsageError


def view(
    source: Annotated[str | None, path_argument("SOURCE")] = None,
    targets: Annotated[list[str] | None, path_argument("TARGET")] = None,
    /,
    *,
    watch: bool = False,
    config: str | None = None,
    trust: bool = False,
    input: Input = Input(),  # noqa: B008 - frozen
) -> int:
    """Read, judge and repair a translation side by side, in the terminal.

    Parameters
    ----------
    source
        The original, a mixed document, a directory, or an alignment that 'transcmp align --format json' wrote; without it, the pairs of
        transcmp.toml.
    targets
        One or more translations; two directories pair by relative path.
    watch
        Read a file again when it has changed.
    config
        Settings file; the nearest transcmp.toml or pyproject.toml without it.
    trust
        Let the settings file name models, plugins and files outside the project.
    """
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):  # Textual draws on standard error
        raise UsageError(message="view needs a terminal", hint="'transcmp check' and 'transcmp align' print the same")
    from transcmp import tui
    from transcmp.cli.gate import Gate

    gate = Gate(config=config, trust=trust)
    project = gate.project()
    from transcmp.tui.threads import leave

    return leave(tui.run(source, targets or (), input.options(), project=project, cache=gate.cache(project), watch=watch))
