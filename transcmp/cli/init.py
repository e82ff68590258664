"""``transcmp init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from transcmp import diagnostics
from transcmp.errors import UsageError


def init(
    folder: Annotated[str, Parameter(name="FOLDER")] = ".",
    /,
    *,
    source_language: str | None = None,
    force: Annotated[bool, Parameter(negative="")] = False,
    dry_run: Annotated[bool, Parameter(negative="")] = False,
) -> int:
    """Look at a tree of documents and write a commented transcmp.toml that fits it.

    Parameters
    ----------
    folder
        The project's root.
    source_language
        Language of the originals; told from the tree without it.
    force
        Replace a settings file that is there.
    dry_run
        Print the file instead of writing it.
    """
    from transcmp.config import NAME
    from transcmp.files import write_atomic
    from transcmp.pipeline import setup

    root = Path(folder)
    if not root.is_dir():
        raise UsageError(message="not a directory", path=folder)
    path = root / NAME
    if path.exists() and not (force or dry_run):
        raise UsageError(message="is there already", path=str(path), hint="--force replaces it, --dry-run only prints")
    found = setup.look(root, source_language)
    text = setup.render(found)
    if dry_run:
        print(text, end="")
        return diagnostics.EXIT_OK
    write_atomic(path, text)
    print(f"{path}: {setup.summary(found)}. Next: transcmp check")
    return diagnostics.EXIT_OK
