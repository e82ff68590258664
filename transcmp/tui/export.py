"""What is shown, as a file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from msgspec.structs import replace

from transcmp import report
from transcmp.errors import UsageError
from transcmp.files import write_atomic
from transcmp.model import Checked, Comparison, DocumentName
from transcmp.tui.rows import Sheet

FORMATS = ("HTML", "TSV", "TMX", "SVG", "JSON")
"""The whole comparison with its findings; the beads that are shown (two); the screen; the whole alignment, to be viewed again."""


def suggested(comparison: Comparison, name: str) -> str:
    """A name that no file has yet, after the target's, in the current folder, so that an export never lies among the documents unasked."""
    stem = Path(comparison.alignment.target.document.path).stem or "transcmp"
    names = (f"{stem}{'' if number == 1 else f'-{number}'}.{name.lower()}" for number in count(1))
    return next(name for name in names if not Path(name).exists())


def write(sheet: Sheet, rows: Sequence[int], name: str, path: Path, *, picture: str = "") -> None:
    """Write a sheet in one of :data:`FORMATS`; ``rows`` are those that are shown, ``picture`` is what SVG writes.

    Raises UsageError where there is such a file, which may be the very translation, and WriteError.
    """
    if path.is_file():
        raise UsageError(message="is there already", path=str(path), hint="name another file")
    if name == "SVG":
        write_atomic(path, picture)
    elif name == "HTML":
        write_atomic(path, _page(sheet))
    else:
        alignment = sheet.comparison.alignment
        if name != "JSON":
            alignment = replace(alignment, beads=tuple(sheet.bead(row) for row in rows))
        write_atomic(path, "".join(report.formats["align"].load(name.lower())(alignment, report.Style())))


def _page(sheet: Sheet) -> str:
    """All of it as one page, without the findings that were dismissed."""
    from transcmp.report.html.page import page

    comparison = sheet.comparison
    findings = tuple(finding for finding in comparison.findings if finding.fingerprint not in sheet.hidden)
    source, target = (
        DocumentName(path=side.document.path, language=side.language) for side in (comparison.alignment.source, comparison.alignment.target)
    )
    checked = Checked(
        source=source,
        target=target,
        score=None if comparison.mixed else comparison.alignment.score,
        coverage=comparison.coverage,
        findings=findings,
        mixed=comparison.mixed,
        silenced=len(comparison.findings) - len(findings),
    )
    return page(checked, replace(comparison, findings=findings), alone=True)
