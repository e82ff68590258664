"""The terminal UI: read, judge and repair a translation side by side.

It shows values of :mod:`transcmp.model` and computes nothing about translations: whatever it needs is handed in, or asked of
:mod:`transcmp.pipeline`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from transcmp.model import Comparison

__all__ = ["export_svg", "run"]


def run(items: Sequence[Comparison | Callable[[], Comparison]]) -> int:
    """Show a source with its translations until the user quits; the exit code.

    ``items``: one comparison a translation, or a function that makes it (called in a thread, when the translation is first looked at).
    """
    from transcmp.tui import app

    return app.run(items)


def export_svg(comparison: Comparison, size: tuple[int, int] = (120, 40)) -> str:
    """The bead screen as SVG; ``size`` in cells, width before height."""
    from transcmp.tui import app

    return app.export_svg(comparison, size)
