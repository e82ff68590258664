"""The files below a directory that a reader knows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from transcmp.errors import ReadError
from transcmp.readers import SUFFIXES

LEFT_OUT = frozenset({".git", ".hg", ".svn", ".transcmp", ".venv", "node_modules", "__pycache__"})
"""Folders with files of programs, whatever their names end with."""


def walk(folder: str | os.PathLike[str]) -> Iterator[str]:
    """Paths relative to ``folder``, sorted; what is hidden, :data:`LEFT_OUT` and links to folders are left out. Raises ReadError."""
    for parent, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in LEFT_OUT)
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES:
                yield str(path.relative_to(folder))


def _unreadable(error: OSError) -> None:
    raise ReadError(message=error.strerror or str(error), path=error.filename) from error
