"""``transcmp view``."""

from __future__ import annotations

import sys
from typing import Annotated

from transcmp.cli.common import Input, path_argument
from transcmp.errors import UsageError


def view(
    source: Annotated[str, path_argument("SOURCE")],
    targets: Annotated[list[str] | None, path_argument("TARGET")] = None,
    /,
    *,
    watch: bool = False,
    input: Input = Input(),  # noqa: B008 - frozen
) -> int:
    """Read, judge and repair a translation side by side, in the terminal.

    Parameters
    ----------
    source
        The original, a mixed document, or an alignment that 'transcmp align --format json' wrote.
    targets
        One or more translations.
    watch
        Read a file again when it has changed.
    """
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):  # Textual draws on standard error
        raise UsageError(message="view needs a terminal", hint="'transcmp check' and 'transcmp align' print the same")
    from transcmp import tui

    return tui.run(source, targets or (), input.options(), watch=watch)
