"""``transcmp demo``."""

from __future__ import annotations

import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from transcmp import diagnostics
from transcmp.cli.common import Output
from transcmp.errors import UsageError
from transcmp.files import write_atomic
from transcmp.report import formats


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
    source, target = (_put(name, place) for name in ("article.it.md", "article.en.md"))
    with diagnostics.Progress(output.quiet) as progress:
        run = gate.check(source, target, options=pipeline.DEFAULTS, fail_on="never", progress=progress)
    report = formats["check"].load("text")(run, output.style())
    output.write([*report, f"\nSee both sides in the terminal UI:\n\n    transcmp view {source} {target}\n"])
    return diagnostics.EXIT_OK


def _put(name: str, folder: Path) -> str:
    """Put a document of the demo into a folder, unless it is there; returns its path. Raises UsageError where another file has its name."""
    path = folder / name
    data = files("transcmp").joinpath("data", "demo", name).read_bytes()
    if not path.exists():
        write_atomic(path, data)
    elif path.read_bytes() != data:
        raise UsageError(message="is there already, and is not the demo's", path=str(path), hint="name another folder")
    return str(path)
