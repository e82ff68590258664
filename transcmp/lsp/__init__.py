"""The language server: findings while one edits, in any editor that speaks the Language Server Protocol 3.17.

    places.py     positions and paths of the protocol, and ours
    workspace.py  which files belong together, their texts as they are in the editor, their comparison
    server.py     the protocol's requests, answered from the workspace

It computes nothing itself: :mod:`transcmp.pipeline` compares, :mod:`transcmp.decisions` keeps judgements.
"""

from __future__ import annotations

from transcmp.errors import MissingExtraError

__all__ = ["serve"]


def serve() -> int:
    """Speak the protocol on standard input and output until the editor says ``exit``. Raises MissingExtraError without pygls."""
    try:
        import pygls  # noqa: F401 - only to say how to get it
    except ImportError as error:
        raise MissingExtraError(message="the language server needs pygls, which is not installed", extra="lsp") from error
    from transcmp.lsp.server import make

    make().start_io()
    return 0
