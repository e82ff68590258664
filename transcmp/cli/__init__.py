"""The command line: parse, call, exit."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

# Our matrices are small: a second BLAS thread spends more time waiting than working, and sums in another order. One thread is quicker, and
# the same input gives the same bytes on every machine. Whoever sets the variables is obeyed.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line ``argv`` (default: this process's) and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == ["--version"] and sys.stdout is not None:  # answered without loading a parser
        from transcmp._version import __version__

        try:
            print(f"transcmp {__version__}", flush=True)
        except OSError as error:
            from transcmp.cli.app import not_written

            return not_written(error)
        return 0
    from transcmp.cli.app import run

    return run(arguments)
