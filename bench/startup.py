"""CPU seconds of whole processes, from fork to exit, children included: medians of several runs, with goals.

    python bench/startup.py [--runs 5]

A cold check is a new process with the files in the page cache and transcmp's own cache as it is. The mixed document is ``../shared/seed``
where that is on this machine, else the one of ``corpora/``.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
SEED = next(iter(sorted((ROOT.parent / "shared" / "seed").glob("*.md"))), ROOT / "corpora" / "mixed-en-it" / "report.md")
PAIR = [str(ROOT / "corpora" / "news-it-en" / name) for name in ("article.it.md", "article.en.md")]
LANGUAGES = ["--source-language", "it", "--target-language", "en"]

COMMANDS: tuple[tuple[str, list[str], float | None], ...] = (
    ("python -c pass", ["-c", "pass"], None),
    ("import transcmp", ["-c", "import transcmp"], None),
    ("--version", ["-m", "transcmp", "--version"], 0.2),
    ("--help", ["-m", "transcmp", "--help"], 0.3),
    ("detect, mixed document", ["-m", "transcmp", "detect", str(SEED)], None),
    ("check, mixed document, languages given", ["-m", "transcmp", "check", str(SEED), *LANGUAGES], 1.0),
    ("check, mixed document, languages detected", ["-m", "transcmp", "check", str(SEED)], 1.5),
    ("check, news-it-en, languages given", ["-m", "transcmp", "check", *PAIR, *LANGUAGES], None),
)


def spent(command: list[str]) -> tuple[float, float, float]:
    """CPU seconds, wall seconds and peak memory (MB) of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: exit {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, usage.ru_maxrss / 1024


def main() -> int:
    """Print the table; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; medians of {runs} runs\n")
    print(f"| {'command':<42} | CPU s | wall s | peak MB | goal |      |")
    print(f"|{'-' * 44}|-------|--------|---------|------|------|")
    missed = 0
    for name, command, goal in COMMANDS:
        spent(command)  # page cache and byte code
        figures = [spent(command) for _ in range(runs)]
        cpu, wall, memory = (median(column) for column in zip(*figures, strict=True))
        verdict = "" if goal is None else "ok" if cpu <= goal else "miss"
        missed += verdict == "miss"
        print(f"| {name:<42} | {cpu:5.2f} | {wall:6.2f} | {memory:7.0f} | {'' if goal is None else goal!s:<4} | {verdict:<4} |")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
