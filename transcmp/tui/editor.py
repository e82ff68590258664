"""The user's editor, opened at a line."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from transcmp.errors import UsageError


class Place(NamedTuple):
    """A line of a file."""

    path: str
    line: int
    """1-based."""


def command(places: Sequence[Place], environment: Mapping[str, str] = os.environ) -> list[str]:
    """The command that opens all files, the first in front, each at its line as far as the editor can.

    The editor is ``$VISUAL``, else ``$EDITOR``. Raises UsageError where neither names one.
    """
    editor = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(editor)
    except ValueError as error:
        raise UsageError(message=f"the editor is set to {editor!r}: {error}", hint="export EDITOR=vim, for instance") from None
    if not words:
        raise UsageError(message="no editor is set", hint="export EDITOR=vim, for instance")
    name = Path(words[0]).name.removesuffix(".exe").lower()
    # a path may begin with a dash
    return words + _ARGUMENTS.get(name, _plain)([Place(os.path.abspath(place.path), place.line) for place in places])  # noqa: PTH100


def _plain(places: Sequence[Place]) -> list[str]:
    return [place.path for place in places]


def _vim(places: Sequence[Place]) -> list[str]:
    """Windows side by side: ``+LINE`` is for the first, a command moves to each other."""
    words = [f"+{places[0].line}"]
    for place in places[1:]:
        words += ["-c", f"wincmd w | {place.line}"]
    if len(places) > 1:
        words += ["-c", "wincmd t", "-O"]
    return [*words, *(place.path for place in places)]


def _plus(places: Sequence[Place]) -> list[str]:
    return [word for place in places for word in (f"+{place.line}", place.path)]


def _colon(places: Sequence[Place]) -> list[str]:
    return [f"{place.path}:{place.line}" for place in places]


def _code(places: Sequence[Place]) -> list[str]:
    return ["--wait", *(word for place in places for word in ("--goto", f"{place.path}:{place.line}"))]


_ARGUMENTS: dict[str, Callable[[Sequence[Place]], list[str]]] = {
    "vim": _vim,
    "vi": _vim,
    "nvim": _vim,
    "gvim": lambda places: ["-f", *_vim(places)],
    "nano": _plus,
    "emacs": _plus,
    "emacsclient": _plus,
    "micro": _plus,
    "joe": _plus,
    "kak": lambda places: [f"+{places[0].line}", *(place.path for place in places)],
    "hx": _colon,
    "helix": _colon,
    "code": _code,
    "codium": _code,
    "code-insiders": _code,
    "subl": lambda places: ["--wait", *_colon(places)],
}
