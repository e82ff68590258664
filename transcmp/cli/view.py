"""``transcmp view``."""

from __future__ import annotations

import sys
from functools import partial
from typing import Annotated

from transcmp.cli.common import Input, path_argument
from transcmp.errors import UsageError


def view(
    source: Annotated[str, path_argument("SOURCE")],
    targets: Annotated[list[str] | None, path_argument("TARGET")] = None,
    /,
    *,
    input: Input = Input(),  # noqa: B008 - frozen
) -> int:
    """Read, judge and repair a translation side by side, in the terminal.

    Parameters
    ----------
    source
        The original, or a mixed document.
    targets
        One or more translations.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(message="view needs a terminal", hint="'transcmp check' and 'transcmp align' print the same")
    from transcmp import pipeline, tui

    options = input.options()
    others: list[str | None] = list(targets or ()) or [None]
    return tui.run([partial(pipeline.compare, source, target, options=options) for target in others])
