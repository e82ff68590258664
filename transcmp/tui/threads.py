"""Work beside the event loop.

The threads are daemons: unlike with ``asyncio.to_thread``, quitting does not wait until a long comparison has come to its end. Python
must not take itself apart while one of them is in native code, though (the process is aborted then): see :func:`leave`.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing, suppress
from typing import Any, TypeVar

from transcmp.errors import TranscmpError, unexpected

T = TypeVar("T")

_NAME = "transcmp-work"
_PATIENCE = 0.3
"""Seconds in which all work that was told to stop may do so."""


class Stopped(BaseException):
    """Nobody waits for the work any more; not an Exception, so that nothing on its way takes it for an error."""


async def in_thread(function: Callable[..., T], *args: Any) -> T:
    """Run a function in a thread of its own and wait for it. Raises its TranscmpError; any other error becomes one."""
    async with aclosing(each_in_thread(lambda _: [function(*args)])) as results:
        async for result in results:
            return result
    raise AssertionError("a list of one has one item")


async def each_in_thread(make: Callable[[Callable[[], None]], Iterable[T]]) -> AsyncGenerator[T]:
    """Iterate in a thread of its own; items come as they are made. Errors as :func:`in_thread`.

    ``make`` gets a function to call now and then: it raises :class:`Stopped` once nobody takes the items any more.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
    stopped = threading.Event()

    def alive() -> None:
        if stopped.is_set():
            raise Stopped

    def put(kind: str, value: object) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(queue.put_nowait, (kind, value))

    threading.Thread(target=_iterate, args=(make, alive, put), daemon=True, name=_NAME).start()
    try:
        while True:
            kind, value = await queue.get()
            if kind == "end":
                return
            if kind == "error":
                raise value
            yield value
    finally:
        stopped.set()


def leave(code: int) -> int:
    """Give work a moment to stop; where some goes on, end the process at once with ``code``, else return it.

    Files are written aside and renamed, so nothing is lost with a thread.
    """
    end = time.monotonic() + _PATIENCE
    for thread in threading.enumerate():
        if thread.name == _NAME:
            thread.join(max(0.0, end - time.monotonic()))
    if any(thread.name == _NAME for thread in threading.enumerate()):
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)
    return code


def _iterate(make: Callable[[Callable[[], None]], Iterable[T]], alive: Callable[[], None], put: Callable[[str, object], None]) -> None:
    try:
        for item in make(alive):
            alive()
            put("item", item)
        put("end", None)
    except Stopped:
        pass
    except TranscmpError as error:
        put("error", error)
    except Exception as error:  # a mistake of the program: it must cost this piece of work, not the user's day
        put("error", unexpected(error))
