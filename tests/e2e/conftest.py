"""The real command, as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def transcmp(tmp_path: Path) -> Run:
    """Run ``transcmp ARGUMENTS`` in an empty folder; ``stdin``: text to read; ``env``: variables to add."""

    def run(*arguments: str | Path, stdin: str | bytes = b"", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "transcmp", *map(str, arguments)],
            input=stdin.encode("utf-8") if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, **(env or {})},
            check=False,
            timeout=120,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return run


@pytest.fixture
def corpora() -> Path:
    """The project's corpora."""
    return ROOT / "corpora"
