"""A run that is killed at any moment leaves nothing that the next one stumbles over; runs at the same time agree."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.pipeline import site
from transcmp.cli import main
from transcmp.decisions import load_baseline

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, for a run must begin with everything loaded")
FORK = multiprocessing.get_context("fork")


def _run(root: Path, cache: Path, arguments: list[str], out: Path | None = None) -> None:
    os.chdir(root)
    sys.stdout = sys.stderr = io.StringIO()
    code = main(["check", "--jobs", "1", "--cache-dir", str(cache), *arguments])
    if out is not None:
        out.write_text(str(code), encoding="utf-8")


def _change(root: Path, number: int) -> None:
    """Something for the run to compute."""
    path = root / "docs/de/guide/tour.md"
    path.write_text(site.PAGES["docs/de/guide/tour.md"] + f"\nNummer {number}.\n", encoding="utf-8")


@pytest.mark.parametrize("moments", [25, pytest.param(200, marks=pytest.mark.slow)])
def test_killed_while_writing_cache_baseline_or_report(tmp_path, monkeypatch, capsys, moments):
    root, cache = site.write(tmp_path / "site"), tmp_path / "cache"
    monkeypatch.chdir(root)
    reports = {name: root / f"report.{name}" for name in ("sarif", "json")}
    arguments = ["--update-baseline", *(item for name, path in reports.items() for item in ("--report", f"{name}={path}"))]
    start = time.monotonic()
    assert main(["check", "--jobs", "1", "--cache-dir", str(cache), *arguments]) == 0
    start = time.monotonic()
    _change(root, 0)
    main(["check", "--jobs", "1", "--cache-dir", str(cache), *arguments])
    length = time.monotonic() - start
    moment = random.Random(8)
    for number in range(1, moments + 1):
        _change(root, number)
        process = FORK.Process(target=_run, args=(root, cache, arguments))
        process.start()
        time.sleep(moment.uniform(0, 1.2 * length))
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert len(load_baseline(root / ".transcmp")) >= 8
        for path in reports.values():
            json.loads(path.read_text(encoding="utf-8"))
    capsys.readouterr()
    assert main(["check", "--jobs", "1", "--cache-dir", str(cache), "--format", "json"]) in (0, 1)
    after = capsys.readouterr().out
    assert main(["check", "--jobs", "1", "--no-cache", "--format", "json"]) in (0, 1)
    assert capsys.readouterr().out == after


def test_two_runs_at_once_on_one_cache_agree(tmp_path):
    root, cache = site.write(tmp_path / "site"), tmp_path / "cache"
    outs = [tmp_path / f"{number}.json" for number in range(4)]
    for _ in range(3):
        runs = [
            FORK.Process(target=_run, args=(root, cache, ["--format", "json", "-o", str(out)], out.with_suffix(".code"))) for out in outs
        ]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        texts = {out.read_bytes() for out in outs}
        assert len(texts) == 1
        assert {out.with_suffix(".code").read_text(encoding="utf-8") for out in outs} == {"1"}


@pytest.mark.slow
def test_three_unreadable_files_among_a_thousand(tmp_path, monkeypatch, capsys):
    root = tmp_path / "site"
    pages = {}
    for number in range(1000):
        pages[f"docs/en/{number}.md"] = f"# Page {number}\n\nThe house has {number + 2} windows.\n"
        pages[f"docs/de/{number}.md"] = f"# Seite {number}\n\nDas Haus hat {number + 2} Fenster.\n"
    site.write(root, pages)
    for number, data in ((17, b"\xff\xfe\x00"), (423, b"a\xe9b"), (999, b"\x80")):
        (root / f"docs/de/{number}.md").write_bytes(data)
    (root / "docs/de/500.md").write_text("# Seite 500\n\nDas Haus hat 7 Fenster.\n", encoding="utf-8")
    monkeypatch.chdir(root)
    for more, expected in (([], 2), (["--keep-going"], 1)):
        assert main(["check", "--format", "jsonl", "--cache-dir", str(tmp_path / "cache"), *more]) == expected
        printed = capsys.readouterr()
        assert {json.loads(line)["target_path"] for line in printed.out.splitlines()} == {"docs/de/500.md"}
        assert [line.split(": ")[2] for line in printed.err.splitlines()] == [f"docs/de/{number}.md" for number in (17, 423, 999)]
