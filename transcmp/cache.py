"""Results by content: what was computed once from the same bytes with the same options is not computed again.

An entry is one file, named by the hash of all that it was made from, so nothing in the cache ever has to be updated or invalidated.
Entries are renamed into place and begin with a hash of their content: a run that is killed, a full disk or another run at the same time can
at worst lose an entry, never give a wrong one.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from transcmp.errors import WriteError
from transcmp.files import TEMPORARY, user_cache_directory, write_atomic

MAX_BYTES = 256 * 1024 * 1024
"""Size above which :meth:`Cache.prune` removes the entries that were used longest ago."""

_OURS = re.compile(rf"[0-9a-f]{{2}}/(?:[0-9a-f]{{38}}|\.[0-9a-f]{{38}}\..*{re.escape(TEMPORARY)})")
_DIGEST = 16  # bytes of hash in front of an entry
_STRAY = 3600.0  # seconds after which a file that was being written belongs to nobody
_TOUCH = 3600.0  # seconds after which the use of an entry is noted: a warm run need not write


class Usage(Struct, frozen=True, kw_only=True):
    """How full a cache is."""

    folder: Path
    entries: int
    size: int
    """In bytes."""


class Cache:
    """A folder of results. Several processes may use it at once."""

    def __init__(self, folder: Path, *, max_bytes: int = MAX_BYTES) -> None:
        """``folder`` is made when something is put into it."""
        self.folder = folder / "results"
        self._max_bytes = max_bytes

    def get(self, key: str) -> bytes | None:
        """What was put under ``key``; None where nothing is, or where it is damaged."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        content = data[_DIGEST:]
        if blake2b(content, digest_size=_DIGEST).digest() != data[:_DIGEST]:
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        self._note_use(path)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content``. Raises WriteError."""
        write_atomic(self._path(key), blake2b(content, digest_size=_DIGEST).digest() + content, durable=False)

    def usage(self) -> Usage:
        """Number and size of the entries."""
        sizes = []
        for entry in self._entries():
            with contextlib.suppress(OSError):  # another run removed it meanwhile
                sizes.append(entry.stat().st_size)
        return Usage(folder=self.folder, entries=len(sizes), size=sum(sizes))

    def clear(self) -> Usage:
        """Remove all entries; returns what was there. Raises WriteError."""
        before = self.usage()
        self._remove(list(self._files()))
        return before

    def prune(self) -> None:
        """Bring the cache back under its size, the longest unused entries first; stray files go, too."""
        now, entries = time.time(), []
        for entry in self._files():
            with contextlib.suppress(OSError):
                status = entry.stat()
                if not entry.name.endswith(TEMPORARY):
                    entries.append((status.st_mtime, status.st_size, entry))
                elif now - status.st_mtime > _STRAY:
                    Path(entry.path).unlink()
        size = sum(item[1] for item in entries)
        for _, own, entry in sorted(entries, key=lambda item: item[0]):
            if size <= self._max_bytes:
                break
            with contextlib.suppress(OSError):
                Path(entry.path).unlink()
                size -= own

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

    def _files(self) -> Iterator[os.DirEntry[str]]:
        """What this class has written; a folder that somebody names may have had ``results`` of its own."""
        with contextlib.suppress(OSError), os.scandir(self.folder) as folders:
            for folder in folders:
                # another run may remove a folder or file that was just listed
                with contextlib.suppress(OSError), os.scandir(folder) as entries:
                    yield from (entry for entry in entries if _OURS.fullmatch(f"{folder.name}/{entry.name}"))

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        return (entry for entry in self._files() if not entry.name.endswith(TEMPORARY))

    def _note_use(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _TOUCH:
                os.utime(path)

    def _remove(self, entries: list[os.DirEntry[str]]) -> None:
        for entry in entries:
            try:
                Path(entry.path).unlink(missing_ok=True)
            except OSError as error:
                raise WriteError(message=f"cannot remove: {error.strerror or error}", path=entry.path) from error


def default_folder() -> Path | None:
    """The user's cache folder; None where there is no home directory."""
    try:
        return user_cache_directory()
    except RuntimeError:
        return None


def key_of(*parts: str | bytes) -> str:
    """A key made of parts, whose order and borders count."""
    digest = blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
