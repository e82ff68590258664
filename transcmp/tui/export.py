"""What is shown, as a file."""

from __future__ import annotations

from pathlib import Path

from transcmp import report
from transcmp.files import write_atomic
from transcmp.model import Comparison

_OTHERS = (("TSV", "tsv"), ("TMX", "tmx"), ("HTML", "html"), ("JSON", "json"))
"""Formats of ``transcmp align`` that make sense here, by the name shown; those that are not installed are left out."""


def formats() -> list[str]:
    """Names of the formats that can be written."""
    known = report.formats["align"]
    return ["SVG", *(name for name, key in _OTHERS if key in known)]


def suggested(comparison: Comparison, name: str) -> str:
    """A file name: that of the target, in the current folder, so that an export never lies among the documents unasked."""
    return f"{Path(comparison.alignment.target.document.path).stem or 'transcmp'}.{name.lower()}"


def write(comparison: Comparison, name: str, path: Path, *, picture: str = "") -> None:
    """Write a comparison's alignment in a format; ``picture`` is what SVG writes. Raises WriteError."""
    if name == "SVG":
        write_atomic(path, picture)
        return
    make = report.formats["align"].load(dict(_OTHERS)[name])
    write_atomic(path, "".join(make(comparison.alignment, report.Style())))
