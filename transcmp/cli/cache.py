"""``transcmp cache``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from transcmp import diagnostics
from transcmp.errors import UsageError


def cache(
    action: Annotated[Literal["info", "clear"], Parameter(name="ACTION")] = "info",
    /,
    *,
    cache_dir: str | None = None,
) -> int:
    """Show or empty the folder of results that check can use again.

    Parameters
    ----------
    action
        info (where it is and how full) or clear.
    cache_dir
        The folder; the user's cache folder without it.
    """
    from transcmp.cache import MAX_BYTES, Cache, default_folder

    folder = Path(cache_dir) if cache_dir else default_folder()
    if folder is None:
        raise UsageError(message="there is no home directory to keep a cache in", hint="name a folder with --cache-dir")
    found = Cache(folder)
    usage = found.clear() if action == "clear" else found.usage()
    verb = "removed " if action == "clear" else ""
    print(f"{usage.folder}: {verb}{usage.entries:,} results, {usage.size / 1e6:.1f} MB of at most {MAX_BYTES / 1e6:.0f} MB")
    return diagnostics.EXIT_OK
