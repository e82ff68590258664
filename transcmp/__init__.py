"""Compare a translation with its source.

    >>> import transcmp
    >>> alignment = transcmp.align("article.it.md", "article.en.md")
    >>> for bead in alignment.beads: ...

The names below load what they need when they are first used (PEP 562).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from transcmp._version import __version__

if TYPE_CHECKING:
    from transcmp.pipeline import Options, align, check, compare, detect, read, score

__all__ = ["Options", "__version__", "align", "check", "compare", "detect", "read", "score"]


def __getattr__(name: str) -> Any:
    """The public names, from :mod:`transcmp.pipeline`."""
    if name in __all__:
        from transcmp import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'transcmp' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
