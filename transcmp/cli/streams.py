"""The three standard streams, whatever the caller made of them."""

from __future__ import annotations

import os
import sys


def prepare() -> None:
    """Text is UTF-8 whatever the locale says, what cannot be encoded is shown; a stream that is closed is nobody's."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - for the life of the process
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def read_no_further() -> None:
    """The reader of standard output, ``head`` for instance, has seen enough: what is still written goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def settle() -> None:
    """What standard output cannot take is dropped, once that has been said: the interpreter would try again, and exit with 120."""
    try:
        sys.stdout.flush()
    except OSError:
        read_no_further()
