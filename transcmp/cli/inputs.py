"""Paths on the command line to files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from transcmp.errors import ReadError
from transcmp.pipeline.walk import walk


def expand(paths: Iterable[str]) -> list[str]:
    """The files themselves, and for a directory the files below it that a reader knows."""
    found: list[str] = []
    for path in paths:
        if path != "-" and Path(path).is_dir():
            names = [str(Path(path, name)) for name in walk(path)]
            if not names:
                raise ReadError(
                    message="no file here has a format that can be read", path=path, hint="'transcmp doctor' lists the suffixes"
                )
            found.extend(names)
        else:
            found.append(path)
    return found
