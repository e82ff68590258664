"""``transcmp lsp``."""

from __future__ import annotations


def lsp() -> int:
    """Speak the Language Server Protocol on standard input and output, for editors: findings while one edits either side."""
    from transcmp import lsp as server

    return server.serve()
