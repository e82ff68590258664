"""Time from a key to the last byte, first paint, bytes and memory of the terminal UI, in a pseudo-terminal.

    python bench/tui.py [--beads 10000 100000] [--size 120x40] [--json FILE]

On a busy machine the clock measures the others: what counts is the time by the clock or, if that is less, the time that the program had a
processor (Linux tells it) and one frame of its screen. Both are printed.

The program is the real one, ``transcmp view alignment.json``, on a made alignment. Findings are not in such a file, so ``n`` is measured on
the same program over a comparison with a finding every 250 beads. Ends with 1 where a figure is over its limit.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

WORDS = "the market opens every morning at seven and closes after lunch when everybody goes back home with full bags and bread".split()
QUIET = 0.08
"""Seconds without a byte after which an answer is complete; the last byte, not the end of the quiet, is what counts."""
LIMITS = {"first paint": {10_000: 1.2, 100_000: 2.5}, "j": 30.0, "n": 30.0, "]": 30.0, "PgDn": 50.0, "search": 50.0, "match": 50.0}
"""Seconds for the first paint; milliseconds for the 95th percentile of a key."""
FRAME = 1000 / 60
"""Milliseconds between two pictures that Textual sends, at most."""
STEP_BYTES = 2_000
MEMORY = {10_000: 200}
"""Megabytes."""


@dataclass
class Figure:
    """One measured quantity."""

    name: str
    value: float
    unit: str
    limit: float | None
    note: str = ""

    @property
    def holds(self) -> bool:
        return self.limit is None or self.value <= self.limit


def text(number: int) -> str:
    """A sentence of 6 to 27 words with a number of its own."""
    return " ".join(WORDS[(number * 7 + place) % len(WORDS)] for place in range(6 + number * 13 % 22)) + f" {number}."


def made(beads: int) -> dict[str, object]:
    """An alignment as ``transcmp align --format json`` writes it."""

    def side(path: str, language: str) -> dict[str, object]:
        segments = [
            {"id": n, "fragment": n, "kind": "paragraph", "language": language, "line": 2 * n + 1, "end_line": 2 * n + 1, "text": text(n)}
            for n in range(beads)
        ]
        return {"path": path, "language": language, "segments": segments}

    pairs = [
        {"source": [n], "target": [n], "score": 0.4 if n % 250 == 100 else 0.6 + (n * 37 % 40) / 100, "moved": False, "closest": None}
        for n in range(beads)
    ]
    source, target = side("made.it.txt", "it"), side("made.en.txt", "en")
    return {"schema": "transcmp/align/1", "signature": "made", "source": source, "target": target, "beads": pairs, "score": 0.8}


class Terminal:
    """A program in a pseudo-terminal."""

    def __init__(self, command: Sequence[str], size: tuple[int, int]) -> None:
        self.started = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execvpe(command[0], list(command), environment)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def read(self, wait: float) -> bytes:
        """What comes within ``wait`` seconds; empty: nothing."""
        ready, _, _ = select.select([self.descriptor], [], [], wait)
        try:
            return os.read(self.descriptor, 1 << 16) if ready else b""
        except OSError:  # it has ended
            return b""

    def until(self, wanted: bytes, limit: float = 60.0) -> float:
        """Seconds from the start until ``wanted`` was sent."""
        seen, end = b"", time.perf_counter() + limit
        while time.perf_counter() < end:
            seen = (seen + self.read(0.5))[-(1 << 20) :]
            if wanted in seen:
                return time.perf_counter() - self.started
        raise TimeoutError(f"{wanted!r} was not shown within {limit} s: {seen[-2000:]!r}")

    def settle(self, quiet: float = 0.5) -> None:
        """Read until nothing comes."""
        while self.read(quiet):
            pass

    def worked(self) -> float:
        """Seconds that the program's threads had a processor so far (Linux); 0 where that is not told."""
        total = 0.0
        for path in Path(f"/proc/{self.pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError, IndexError):
                total += int(path.read_text().split()[0]) / 1e9
        return total

    def processor(self) -> float:
        """Processor seconds of the program so far, threads that have ended included, in steps of a hundredth (Linux)."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def press(self, keys: bytes) -> tuple[float, float, int]:
        """Milliseconds until the last byte of the answer, those that the program worked for it, and its size."""
        before = self.worked()
        begin = last = time.perf_counter()
        os.write(self.descriptor, keys)
        count = 0
        wait = 2.0
        while data := self.read(wait):
            last = time.perf_counter()
            count += len(data)
            wait = QUIET
        return (last - begin) * 1000, (self.worked() - before) * 1000, count

    def memory(self) -> float:
        """Largest resident set so far, in megabytes (Linux)."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def close(self) -> None:
        """Quit as a user does."""
        os.write(self.descriptor, b"q")
        self.settle(0.3)
        with_time = time.perf_counter() + 3
        while time.perf_counter() < with_time:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return
            time.sleep(0.05)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def keys(terminal: Terminal, name: str, key: bytes, count: int) -> Figure:
    """Press a key many times."""
    return figure_of(name, [terminal.press(key) for _ in range(count)])


def figure_of(name: str, answers: Sequence[tuple[float, float, int]]) -> Figure:
    """The 95th percentile of answers; see the top for which time counts."""
    times = [min(wall, work + FRAME) if work else wall for wall, work, _ in answers]
    walls, work = [wall for wall, _, _ in answers], [work for _, work, _ in answers]
    sizes = [size for _, _, size in answers if size]
    note = f"median {percentile(times, 0.5):.1f}, work p95 {percentile(work, 0.95):.1f}, clock p95 {percentile(walls, 0.95):.1f} ms, "
    note += f"{percentile(sizes or [0], 0.5):.0f} bytes"
    return Figure(f"{name} p95", percentile(times, 0.95), "ms", LIMITS[name], note)  # type: ignore[arg-type]


def measure(beads: int, size: tuple[int, int], folder: Path) -> list[Figure]:
    """All figures for one size of document."""
    path = folder / f"made-{beads}.json"
    path.write_text(json.dumps(made(beads)), encoding="utf-8")
    shown = text(0).split()[0].encode()
    terminal = Terminal([sys.executable, "-m", "transcmp", "view", str(path)], size)
    wall = terminal.until(shown)
    work = terminal.processor()
    first = min(wall, work * 1.5) if work else wall  # a third of a start waits for the disk and the terminal
    figures = [Figure("first paint", first, "s", LIMITS["first paint"].get(beads), f"work {work:.2f} s, clock {wall:.2f} s")]  # type: ignore[attr-defined]
    terminal.settle()
    figures.append(keys(terminal, "j", b"j", 100))
    still = [step for _, _, step in (terminal.press(key) for key in [b"k", b"j"] * 20)]  # back and forth: nothing scrolls after the first
    figures.append(Figure("j without scrolling", max(still[4:]), "bytes", STEP_BYTES))
    for name, key, count in (("]", b"]", 30), ("PgDn", b"\x1b[6~", 60)):
        figures.append(keys(terminal, name, key, count))
    answers = []
    terminal.press(b"\x1b[H")
    for number in range(40):
        terminal.press(b"/")
        terminal.press(f"{(number * 397 + 150) % beads}\\.".encode())
        answers.append(terminal.press(b"\r"))
    figures.append(figure_of("search", answers))
    terminal.press(b"/")
    terminal.press(b"absent")
    wall, work, _ = terminal.press(b"\r")
    note = f"work {work:.1f} ms; a thousand beads at a time, other keys go on"
    figures.append(Figure("search through all", wall, "ms", None, note))
    figures.append(Figure("memory", terminal.memory(), "MB", MEMORY.get(beads)))
    terminal.close()
    terminal = Terminal([sys.executable, str(Path(__file__).resolve()), "--with-findings", str(path)], size)
    terminal.until(shown)
    terminal.settle()
    figures.insert(2, keys(terminal, "n", b"n", 30))
    terminal.close()
    return figures


def while_comparing(size: tuple[int, int], folder: Path, paragraphs: int = 1500) -> list[Figure]:
    """A pair that is not aligned yet: when its text is there, and how long a key takes while it is compared."""
    for name in ("one.en.txt", "two.en.txt"):
        (folder / name).write_text("\n\n".join(text(number) for number in range(paragraphs)) + "\n", encoding="utf-8")
    terminal = Terminal([sys.executable, "-m", "transcmp", "view", *(str(folder / name) for name in ("one.en.txt", "two.en.txt"))], size)
    wall = terminal.until(text(0).split()[0].encode())
    work = terminal.processor()
    figures = [Figure("text of a pair", min(wall, work * 1.5) if work else wall, "s", None, f"work {work:.2f} s, clock {wall:.2f} s")]
    walls = []
    for number in range(60):
        walls.append(terminal.press(b"jk"[number % 2 : number % 2 + 1])[0])
        time.sleep(0.02)
    note = f"median {percentile(walls, 0.5):.1f} ms by the clock; the threads that compare share the processor"
    figures.append(Figure("j while comparing p95", percentile(walls, 0.95), "ms", None, note))
    terminal.close()
    return figures


def with_findings(path: str) -> int:
    """The program over a comparison of the file, with a finding where the score is low."""
    from msgspec.structs import replace

    from transcmp.model import Finding, place_of
    from transcmp.tui.app import made_viewer
    from transcmp.tui.stored import load

    comparison = load(Path(path))
    source = comparison.alignment.source
    low = [number for number, bead in enumerate(comparison.alignment.beads) if bead.score < 0.5]
    findings = tuple(
        Finding(
            rule="number",
            severity="error",
            message=f"a made finding in line {2 * number + 1}",
            source=place_of(source.document, source.segments[number], 0, 3),
            target=None,
            bead=number,
            fingerprint=str(number),
        )
        for number in low
    )
    return made_viewer([replace(comparison, findings=findings)]).run() or 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--beads", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--size", default="120x40", help="cells, width before height")
    parser.add_argument("--json", help="write the figures to this file, too")
    parser.add_argument("--with-findings", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.with_findings:
        return with_findings(given.with_findings)
    size = tuple(int(part) for part in given.size.split("x"))
    results: dict[int, list[Figure]] = {}
    with tempfile.TemporaryDirectory() as folder:
        # the first start compiles and warms the file cache; users start again and again
        subprocess.run([sys.executable, "-c", "import transcmp.tui.app"], check=True)
        for beads in given.beads:
            print(f"{beads:,} beads, {given.size}")
            results[beads] = measure(beads, (size[0], size[1]), Path(folder))
            for figure in results[beads]:
                limit = "" if figure.limit is None else f"  limit {figure.limit:g}"
                mark = "ok  " if figure.holds else "OVER"
                print(f"  {mark} {figure.name:<20} {figure.value:9.2f} {figure.unit:<5}{limit:<14} {figure.note}")
        print(f"a pair that is not aligned, {given.size}")
        results[0] = while_comparing((size[0], size[1]), Path(folder))
        for figure in results[0]:
            print(f"  {figure.name:<25} {figure.value:9.2f} {figure.unit:<5} {figure.note}")
    if given.json:
        Path(given.json).write_text(
            json.dumps({str(beads): [asdict(item) for item in found] for beads, found in results.items()}, indent=1)
        )
    return 0 if all(figure.holds for found in results.values() for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
