"""What the pages show is what the commands print."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [path for path in (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))) if "```console" in path.read_text(encoding="utf-8")]


@pytest.mark.skipif(sys.platform == "win32", reason="the shown commands use pipes and head")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_console_blocks_are_real(page: Path) -> None:
    run = subprocess.run([sys.executable, "docs/console.py", "--check", str(page)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
