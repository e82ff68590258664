"""Standard error and exit codes: nothing else in transcmp writes there or chooses them.

Standard output is data; what people are told goes to standard error, one line each, with controls made visible.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from transcmp.errors import TranscmpError
from transcmp.visible import visible_line

EXIT_OK = 0
"""Nothing at or above ``--fail-on``."""
EXIT_FINDINGS = 1
"""Findings at or above ``--fail-on``, or a threshold missed."""
EXIT_ERROR = 2
"""Usage, configuration, unreadable input, unwritable output."""

_PROGRESS_AFTER = 1.0  # seconds: a bar that flashes by only disturbs


def say(kind: str, text: str) -> None:
    """Write ``transcmp: kind: text`` as one line."""
    try:
        sys.stderr.write(f"transcmp: {kind}: {visible_line(text)}\n")
        sys.stderr.flush()
    except OSError:
        pass  # standard error is closed: there is nobody to tell


def report_error(error: TranscmpError) -> int:
    """Tell about an error that ends the run; returns :data:`EXIT_ERROR`."""
    say("error", str(error))
    return EXIT_ERROR


@contextmanager
def warnings_to_stderr(quiet: bool) -> Iterator[None]:
    """Show each warning of transcmp once, as a line; with ``quiet`` none, and those of libraries never."""
    shown: set[str] = set()

    def show(message: Warning | str, category: type[Warning], *_: Any, **__: Any) -> None:
        from transcmp.errors import TranscmpWarning

        text = str(message)
        if not quiet and issubclass(category, TranscmpWarning) and text not in shown:
            shown.add(text)
            say("note", text)

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = show
        yield


class Progress:
    """A bar on standard error for what takes over a second, if that is a terminal; otherwise silent."""

    def __init__(self, quiet: bool = False) -> None:
        self._enabled = not quiet and sys.stderr.isatty()
        self._start = time.monotonic()
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}

    def __call__(self, step: str, done: int, total: int) -> None:
        """``done`` of ``total`` units of ``step`` are finished."""
        if not self._enabled or time.monotonic() - self._start < _PROGRESS_AFTER:
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._bar.start()
        if step not in self._tasks:
            self._tasks[step] = self._bar.add_task(visible_line(step), total=total)
        self._bar.update(self._tasks[step], completed=done, total=total)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
