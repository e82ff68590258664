"""Paths on the command line to files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from transcmp.errors import ReadError, UsageError
from transcmp.pipeline.walk import walk


def expand(paths: Iterable[str], input_format: str | None) -> list[str]:
    """The files themselves, and for a directory the files below it that a reader knows."""
    found: list[str] = []
    for path in paths:
        if path == "-":
            if input_format is None:
                raise UsageError(message="standard input has no suffix", path="-", hint="say what it is, as in --input-format markdown")
            found.append(path)
        elif Path(path).is_dir():
            names = [str(Path(path, name)) for name in walk(path)]
            if not names:
                raise ReadError(
                    message="no file here has a format that can be read", path=path, hint="'transcmp doctor' lists the suffixes"
                )
            found.extend(names)
        else:
            found.append(path)
    return found
