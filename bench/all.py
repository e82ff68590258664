"""Every benchmark, one after the other: ``make bench``.

Each is a script of its own with a docstring that says what it measures; one whose data is not on this machine says so and is passed over.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BENCHMARKS = (
    "startup",
    "size",
    "readers",
    "language",
    "alignment",
    "quality",
    "faults",
    "compare",
    "stale",
    "report",
    "gate",
    "lsp",
    "tui",
)
"""In the order of the steps that they measure. Scripts that fit models are not benchmarks and stand beside them."""


def main() -> int:
    """Run what is there; 1 where one of them failed or missed a goal."""
    failed = []
    for name in BENCHMARKS:
        script = HERE / f"{name}.py"
        if script.exists():
            print(f"\n== {script.relative_to(HERE.parent)}", flush=True)
            if subprocess.run([sys.executable, str(script)], check=False).returncode:
                failed.append(name)
    if failed:
        print(f"\nmissed or failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
