"""Names to implementations, loaded when they are asked for.

A registry maps a name to ``"module:attribute"``, so that listing what exists imports nothing. Installed packages add to one through the
entry point group :attr:`Registry.group` (PyPA entry points specification); a built-in name cannot be replaced by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from importlib import import_module
from typing import Any, Generic, TypeVar

from transcmp.errors import UsageError

T = TypeVar("T")


class Registry(Generic[T]):
    """Implementations of one kind, by name."""

    def __init__(self, kind: str, builtin: Mapping[str, str]) -> None:
        """``kind`` says in messages what one entry is, as in "reader"; ``builtin`` maps names to ``module:attribute``."""
        self.kind = kind
        self.group = f"transcmp.{kind.replace(' ', '_')}s"
        """The entry point group of plugins: ``transcmp.readers``, ``transcmp.check_formats``."""
        self._builtin = dict(builtin)

    @cached_property
    def _plugins(self) -> dict[str, Any]:
        from importlib.metadata import entry_points

        found = sorted(entry_points(group=self.group), key=lambda point: point.name)
        return {point.name: point for point in found if point.name not in self._builtin}

    def __iter__(self) -> Iterator[str]:
        """All names: the built-in ones in their order, then those of plugins, sorted."""
        return iter((*self._builtin, *self._plugins))

    def __contains__(self, name: str) -> bool:
        return name in self._builtin or name in self._plugins

    def load(self, name: str, also: tuple[str, ...] = ()) -> T:
        """The implementation called ``name``; raises UsageError, with the nearest name of these and ``also``, where there is none."""
        if name in self._builtin:
            module, _, attribute = self._builtin[name].partition(":")
            loaded: T = getattr(import_module(module), attribute)
            return loaded
        if name in self._plugins:
            try:
                plugin: T = self._plugins[name].load()
            except Exception as error:
                culprit = self._plugins[name].value
                raise UsageError(message=f"the plugin for {self.kind} {name!r} ({culprit}) does not load: {error}") from error
            return plugin
        names = (*also, *self)
        near = get_close_matches(name, names, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"one of {', '.join(names)}"
        raise UsageError(message=f"no {self.kind} {name!r}", hint=hint)
