"""The command line: parse, call, exit."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line ``argv`` (default: this process's) and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == ["--version"]:  # answered without loading a parser
        from transcmp._version import __version__

        print(f"transcmp {__version__}")
        return 0
    from transcmp.cli.app import run

    return run(arguments)
