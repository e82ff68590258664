"""The terminal UI: read, judge and repair a translation side by side.

It shows values of :mod:`transcmp.model` and computes nothing about translations: whatever it needs is asked of
:mod:`transcmp.pipeline`, in threads, through the one door :class:`transcmp.tui.work.Work`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transcmp.cache import Cache
    from transcmp.config import Project
    from transcmp.model import Comparison
    from transcmp.pipeline import Options

__all__ = ["export_svg", "run"]


def run(
    source: str | None, targets: Sequence[str], options: Options, *, project: Project, cache: Cache | None = None, watch: bool = False
) -> int:
    """Show a source with its translations until the user quits; the exit code.

    Without targets the source is a mixed document, an alignment that was written as JSON, or a directory of mixed documents; two
    directories pair by relative path; without a source the pairs of the project are listed. ``watch`` reads a file again when it has
    changed. Raises UsageError, ConfigError.
    """
    from transcmp.tui import app

    return app.run(source, targets, options, project=project, cache=cache, watch=watch)


def export_svg(comparison: Comparison, size: tuple[int, int] = (120, 40)) -> str:
    """The bead screen as SVG; ``size`` in cells, width before height."""
    from transcmp.tui import app

    return app.export_svg(comparison, size)
