"""The gate on 1,000 pairs: cold, warm and unchanged, and with one changed file; CPU of all processes, peak memory of each.

    python bench/gate.py [--pairs 1000] [--jobs N]

The pairs are those of ``../shared/data/docpairs``, repeated; in every repetition each sentence gets a word of its own on both sides, so
that nothing that was computed for one pair can answer for another. Do not edit the package meanwhile: the cache notices.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data" / "docpairs"

SETTINGS = """\
source_language = "en"

[[pairs]]
source = "pages/*/en.md"
target = "pages/*/{lang}.md"

[rules]
missing-file = "off"
"""

GOALS = {"cold": 500.0, "warm, unchanged": 2.5, "one file changed": 3.5}
"""CPU seconds for 1,000 pairs."""
PEAK_GOAL = 600.0
"""MB of one process."""

_SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo zu".split()
_FENCE = re.compile(r"^\s*(```+|~~~+)")
_SENTENCE_END = re.compile(r"(?<=\w)(?=[.!?。！？](?:\s|$|\*|\)|\"))|(?<=\w)(?=\s*\{#)", re.MULTILINE)


def word(number: int) -> str:
    """A name that no language has, another for every number."""
    text = ""
    for _ in range(4):
        number, rest = divmod(number, len(_SYLLABLES))
        text += _SYLLABLES[rest]
    return text.capitalize()


def vary(text: str, own: str) -> str:
    """``text`` with ``own`` in every sentence and heading outside code."""
    lines, inside = [], False
    for line in text.splitlines(keepends=True):
        if _FENCE.match(line):
            inside = not inside
        elif not inside and re.match(r"\s*(#|[*-]\s|\d+\.\s|\w)", line):
            line = _SENTENCE_END.sub(f" {own}", line)
        lines.append(line)
    return "".join(lines)


def make(root: Path, count: int) -> int:
    """Write ``count`` pairs; returns the characters of their sources."""
    rows = [json.loads(line) for path in sorted(DATA.glob("*/**/*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    size = 0
    for number in range(count):
        row, own = rows[number % len(rows)], word(number)
        folder = root / "pages" / f"{number:05}"
        folder.mkdir(parents=True)
        (folder / "en.md").write_text(vary(row["src_text"], own), encoding="utf-8")
        (folder / f"{row['tgt_lang']}.md").write_text(vary(row["tgt_text"], own), encoding="utf-8")
        size += len(row["src_text"])
    (root / "transcmp.toml").write_text(SETTINGS, encoding="utf-8")
    if shutil.which("git"):  # as in CI, so that the history is asked, too
        identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false", "-c", "gc.auto=0"]
        for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "pages"]):
            subprocess.run(["git", *identity, *command], cwd=root, check=True)
    return size


def run(root: Path, jobs: list[str], report: str) -> tuple[float, float, float]:
    """CPU seconds of all processes, wall seconds, and the largest peak memory of one process in MB."""
    command = [sys.executable, "-m", "transcmp", "check", "--fail-on", "never", "--cache-dir", str(root / "cache"), "-o", report, *jobs]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([*command, "--format", "json"], cwd=root, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, after.ru_maxrss / 1024


def main() -> int:
    """Print the table; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--jobs")
    arguments = parser.parse_args()
    if not DATA.is_dir():
        print("the evaluation data (../shared/data) is not on this machine")
        return 0
    jobs = ["--jobs", arguments.jobs] if arguments.jobs else []
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        size = make(root, arguments.pairs)
        print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
        print(f"{arguments.pairs} pairs, {size / 1e6:.1f} MB of sources; goals are for 1,000 pairs\n")
        print("| run              | CPU s | wall s | peak MB | goal          |      |")
        print("|------------------|-------|--------|---------|---------------|------|")
        missed = False
        outputs = []
        for step, goal in GOALS.items():
            if step == "one file changed":
                page = next((root / "pages" / "00007").glob("[!e]*.md"))
                page.write_text(page.read_text(encoding="utf-8") + "\n42\n", encoding="utf-8")
            cpu, wall, peak = run(root, jobs, f"{step[:4]}.json")
            outputs.append((root / f"{step[:4]}.json").read_bytes())
            goal = goal * arguments.pairs / 1000 if step == "cold" else goal
            bad = cpu > goal or peak > PEAK_GOAL
            missed |= bad
            goals = f"{goal:.1f} s, {PEAK_GOAL:.0f} MB"
            print(f"| {step:<16} | {cpu:5.2f} | {wall:6.2f} | {peak:7.0f} | {goals:<13} | {'no' if bad else 'ok'}   |", flush=True)
        if outputs[0] != outputs[1]:
            print("\nthe warm run says something else than the cold one")
            missed = True
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())
