"""Files that are whole or not there at all: everything transcmp writes goes through :func:`atomic`.

A new file is written beside its final place, flushed to the disk and renamed over it (POSIX.1-2017, ``rename``: at every moment the name
refers to the old or to the new file). A run that is killed leaves the old file, and at worst a stray ``.name.….tmp``, which nothing reads.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from transcmp.errors import WriteError

TEMPORARY = ".tmp"
"""Suffix of a file that is being written."""

LOCK_WAIT = 10.0
"""Seconds that a process waits for another that is changing a file."""
LOCK_AGE = 60.0
"""Seconds after which a lock is nobody's: the change takes milliseconds."""


@contextlib.contextmanager
def atomic(path: str | os.PathLike[str], *, binary: bool = False, durable: bool = True) -> Iterator[IO[Any]]:
    """A stream whose content becomes ``path`` when the block ends without an exception; otherwise ``path`` is as it was.

    Text is UTF-8 with ``\\n``; folders are made as needed; a symbolic link is written through; what is no regular file (a pipe, a terminal)
    is written directly. ``durable=False`` leaves the time of writing to the system (for what can be made again). Raises WriteError.
    """
    final = Path(os.path.realpath(path))
    try:
        if final.exists() and not stat.S_ISREG(final.stat().st_mode):
            with final.open("wb" if binary else "w", **_text(binary)) as stream:
                yield stream
            return
        final.parent.mkdir(parents=True, exist_ok=True)
        yield from _aside(final, binary, durable)
    except OSError as error:
        raise WriteError(message=f"cannot write: {error.strerror or error}", path=os.fspath(path)) from error


def _aside(final: Path, binary: bool, durable: bool) -> Iterator[IO[Any]]:
    # a long name must leave room for what is added to it; 255 bytes are the limit of most file systems
    aside = final.with_name(f".{os.fsdecode(os.fsencode(final.name)[:200])}.{os.getpid()}.{os.urandom(4).hex()}{TEMPORARY}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0), 0o666)
    try:
        with os.fdopen(descriptor, "wb" if binary else "w", **_text(binary)) as stream:
            yield stream
            stream.flush()
            if durable:
                os.fsync(descriptor)
        with contextlib.suppress(FileNotFoundError):
            aside.chmod(stat.S_IMODE(final.stat().st_mode))
        aside.replace(final)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise
    if durable:
        _sync_folder(final.parent)


def _text(binary: bool) -> dict[str, Any]:
    # surrogates (bytes of a file name that are not UTF-8) become visible instead of an exception
    return {} if binary else {"encoding": "utf-8", "errors": "backslashreplace", "newline": "\n"}


def _sync_folder(folder: Path) -> None:
    """Make a rename last; systems that cannot open a folder (Windows) need nothing."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_atomic(path: str | os.PathLike[str], content: str | bytes, *, durable: bool = True) -> None:
    """Write a whole file by :func:`atomic`. Raises WriteError."""
    with atomic(path, binary=isinstance(content, bytes), durable=durable) as stream:
        stream.write(content)


@contextlib.contextmanager
def alone(path: str | os.PathLike[str]) -> Iterator[None]:
    """The only one of several processes that reads ``path``, changes it and writes it again.

    A file ``path.lock`` that only one can make (POSIX ``O_EXCL``, ``CREATE_NEW`` on Windows) says who; one that is older than
    :data:`LOCK_AGE` is what a killed run left. Raises WriteError after :data:`LOCK_WAIT`.
    """
    lock = Path(f"{os.fspath(path)}.lock")
    end = time.monotonic() + LOCK_WAIT
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        while not _take(lock):
            if time.monotonic() > end:
                said = "another run is changing it"
                raise WriteError(message=said, path=os.fspath(path), hint=f"if there is none, delete {lock}")
            time.sleep(0.02)
    except OSError as error:
        raise WriteError(message=f"cannot write: {error.strerror or error}", path=os.fspath(lock)) from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            lock.unlink()


def _take(lock: Path) -> bool:
    try:
        os.close(os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    except (FileExistsError, PermissionError):  # Windows refuses so what is just being deleted
        if not lock.exists() and not os.access(lock.parent, os.W_OK):
            raise
        with contextlib.suppress(OSError):
            if time.time() - lock.stat().st_mtime > LOCK_AGE:
                lock.unlink()
        return False
    return True


def user_cache_directory() -> Path:
    """Where files that can be made again are kept: ``TRANSCMP_CACHE_DIR``, else the platform's place for them.

    Raises RuntimeError where there is no home directory.
    """
    if chosen := os.environ.get("TRANSCMP_CACHE_DIR"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "transcmp" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "transcmp"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "transcmp"


def from_here(path: str | os.PathLike[str]) -> str:
    """``path`` as seen from the working directory; absolute where no way leads there (another drive on Windows)."""
    try:
        return os.path.relpath(path)
    except ValueError:
        return os.path.abspath(path)  # noqa: PTH100


def project_path(path: str | os.PathLike[str], root: Path) -> str:
    """``path`` as records name it: relative to ``root`` with ``/`` (absolute where it lies outside); valid Unicode also for odd bytes."""
    # not resolved: a link in the tree is named as what it is there
    absolute, base = os.path.abspath(path), os.path.abspath(root)  # noqa: PTH100
    inside = absolute == base or absolute.startswith(base.rstrip(os.sep) + os.sep)
    name = os.path.relpath(absolute, base) if inside else absolute
    return os.fsencode(name).decode("utf-8", "backslashreplace").replace(os.sep, "/")
