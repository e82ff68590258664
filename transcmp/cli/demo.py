"""``transcmp demo``."""

from __future__ import annotations

import shutil
import tempfile
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from transcmp import diagnostics
from transcmp.cli.common import Output


def demo(
    folder: Annotated[str | None, Parameter(name="FOLDER")] = None,
    /,
    *,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Check a small article and its translation that come with transcmp, and say how to go on.

    Parameters
    ----------
    folder
        Where to put the two documents; a new temporary folder without it.
    """
    from transcmp import pipeline
    from transcmp.pipeline import gate

    place = Path(folder) if folder else Path(tempfile.mkdtemp(prefix="transcmp-demo-"))
    place.mkdir(parents=True, exist_ok=True)
    with as_file(files("transcmp") / "data" / "demo") as data:
        names = sorted(path.name for path in data.iterdir() if path.is_file() and path.name != "__init__.py")
        for name in names:
            shutil.copyfile(data / name, place / name)
    source, target = (str(place / name) for name in ("article.it.md", "article.en.md"))
    with diagnostics.Progress(output.quiet) as progress:
        run = gate.check(source, target, options=pipeline.DEFAULTS, fail_on="never", progress=progress)
    output.emit("check", None, run)
    output.write([f"\nSee both sides in the terminal UI:\n\n    transcmp view {source} {target}\n"])
    return diagnostics.EXIT_OK
