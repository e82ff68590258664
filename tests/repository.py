"""Real git repositories, made by tests."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


class Git:
    """A repository with a clock of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.day = 0
        root.mkdir(exist_ok=True)
        self("init")

    def __call__(self, *arguments: str) -> str:
        date = f"2024-01-{self.day + 1:02}T12:00:00Z"
        env = {
            **os.environ,
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_DATE": date,
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_SYSTEM": "/dev/null",
        }
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
        return subprocess.run(["git", *identity, *arguments], cwd=self.root, env=env, check=True, capture_output=True, text=True).stdout

    def commit(self, **files: str) -> str:
        """Write files (``__`` is ``/``, ``_md`` ends a name) and commit everything; returns the commit."""
        for name, text in files.items():
            path = self.root / (name.replace("__", "/").removesuffix("_md") + ".md")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self("add", "-A")
        self("commit", "--allow-empty", "-m", "x")
        self.day += 1
        return self("rev-parse", "HEAD").strip()
