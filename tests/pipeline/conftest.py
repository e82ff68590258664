"""The gate as a user runs it, on a small site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.pipeline import site
from tests.pipeline.found import Found, from_json
from transcmp.cli import main


class Shell:
    """A working directory, a cache of its own, and what a command printed there."""

    def __init__(self, capsys: Any, cache: Path) -> None:
        self._capsys = capsys
        self.cache = cache

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """``check`` with these arguments: exit code, standard output, standard error."""
        return self.run("check", "--jobs", "1", "--cache-dir", str(self.cache), *arguments)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Any command."""
        self._capsys.readouterr()
        code = main(list(arguments))
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def found(self, *arguments: str) -> Found:
        """The findings of ``check``."""
        return from_json(self(*arguments, "--format", "json")[1])


@pytest.fixture
def shell(tmp_path, monkeypatch, capsys):
    """In a folder with the pages of :mod:`tests.pipeline.site`."""
    root = site.write(tmp_path / "site")
    monkeypatch.chdir(root)
    return Shell(capsys, tmp_path / "cache")
