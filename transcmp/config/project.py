"""Where a project's settings are, and whether they may be obeyed."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from transcmp.config.locate import line_of
from transcmp.config.settings import Settings
from transcmp.config.validate import Key, faults, show
from transcmp.errors import ConfigError

NAME = "transcmp.toml"
"""The settings file."""
FOLDER = ".transcmp"
"""Folder at the project's root for what people decided: baseline, dismissals, kept alignments."""

_SAFE_ENCODERS = ("auto", "use", "e5", "lexical")
_SAFE_DETECTORS = ("default", "langdetect", "lingua")


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """A tree of files with its settings."""

    root: Path
    """Folder that patterns and records are relative to: that of the settings file, else the git root, else where the search began."""
    file: Path | None
    """The settings file; None: there is none, all settings are the defaults."""
    settings: Settings

    @property
    def folder(self) -> Path:
        """:data:`FOLDER` of this project."""
        return self.root / FOLDER

    @property
    def files(self) -> tuple[Path, ...]:
        """The settings file and those that it names."""
        named = (*self.settings.glossary, *([self.settings.srx] if self.settings.srx else []))
        return (*([self.file] if self.file else []), *(self.root / name for name in named))


def load(start: str | os.PathLike[str] = ".", *, file: str | os.PathLike[str] | None = None, trust: bool = False) -> Project:
    """The project that ``start`` belongs to: the nearest settings file upwards, not above the git root; ``file`` names one instead.

    With ``trust`` settings may name models, plugins and files outside the project. Raises ConfigError with line and key.
    """
    if file is not None:
        path = Path(file)
        project = Project(root=path.absolute().parent, file=path, settings=_settings(path, required=True) or Settings())
    else:
        project = _find(Path(start).absolute())
    if not trust and project.file is not None:
        _refuse_untrusted(project)
    return project


def read_settings(text: str, *, path: str, table: str = "") -> Settings | None:
    """The settings in the text of a TOML file; None where it has no ``table`` (dotted). Raises ConfigError."""
    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _broken(error, path) from error
    prefix: Key = tuple(table.split(".")) if table else ()
    for name in prefix:
        data = data.get(name) if isinstance(data, dict) else None
        if data is None:
            return None
    found = faults(data)
    if not found:
        return msgspec.convert(data, Settings)
    first, *others = ((line_of(text, (*prefix, *fault.key)), fault) for fault in found)
    more = "".join(f"; line {line}: {fault.message}" for line, fault in others)
    raise ConfigError(message=first[1].message + more, path=path, line=first[0], hint=first[1].hint)


def line_of_key(project: Project, key: str) -> int | None:
    """1-based line of a key (``rules.number``) in a project's settings file; None where it cannot be told."""
    if project.file is None:
        return None
    prefix: Key = ("tool", "transcmp") if project.file.name == "pyproject.toml" else ()
    try:
        return line_of(project.file.read_text(encoding="utf-8"), (*prefix, *key.split(".")))
    except (OSError, UnicodeDecodeError):
        return None


def _find(start: Path) -> Project:
    start = start if start.is_dir() else start.parent
    root = None
    for folder in (start, *start.parents):
        for name, required in ((NAME, True), ("pyproject.toml", False)):
            path = folder / name
            if path.is_file() and (settings := _settings(path, required=required)) is not None:
                return Project(root=folder, file=path, settings=settings)
        if (folder / ".git").exists():
            root = folder
            break
    return Project(root=root or start, file=None, settings=Settings())


def _settings(path: Path, *, required: bool) -> Settings | None:
    table = "tool.transcmp" if path.name == "pyproject.toml" else ""
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise ConfigError(message=f"not UTF-8 (byte {error.start})", path=str(path)) from error
    except OSError as error:
        raise ConfigError(message=f"cannot read: {error.strerror or error}", path=str(path)) from error
    settings = read_settings(text, path=str(path), table=table)
    if settings is None and required and table:
        raise ConfigError(message=f"has no table [{table}]", path=str(path))
    return settings


def _broken(error: tomllib.TOMLDecodeError, path: str) -> ConfigError:
    match = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(error))
    if match:
        return ConfigError(message=f"not TOML: {match[1]}", path=path, line=int(match[2]), column=int(match[3]))
    return ConfigError(message=f"not TOML: {error}", path=path)


def _refuse_untrusted(project: Project) -> None:
    """Settings come with the files to check, perhaps from a stranger: they may not choose what code runs or what lies outside."""
    for key, reason in _untrusted(project):
        line = line_of(Path(project.file or "").read_text(encoding="utf-8"), key) if project.file else None
        hint = "use --trust if you trust this project, or give it on the command line"
        raise ConfigError(message=f"{show(key)} {reason}", path=str(project.file), line=line, hint=hint)


def _untrusted(project: Project) -> Iterator[tuple[Key, str]]:
    settings = project.settings
    prefix: Key = ("tool", "transcmp") if project.file and project.file.name == "pyproject.toml" else ()
    if settings.encoder not in _SAFE_ENCODERS:
        yield (*prefix, "encoder"), f"names a model or plugin, {settings.encoder!r}"
    if settings.detector not in _SAFE_DETECTORS:
        yield (*prefix, "detector"), f"names a plugin, {settings.detector!r}"
    files: list[tuple[Key, str]] = [(("srx",), settings.srx), (("cache_dir",), settings.cache_dir)]
    files += [(("glossary", at), name) for at, name in enumerate(settings.glossary)]
    for key, name in files:
        if name and not inside(project.root / name, project.root):
            yield (*prefix, *key), f"points outside the project, {name!r}"


def inside(path: Path, root: Path) -> bool:
    """Whether ``path`` lies in ``root`` when all links are followed."""
    real, base = os.path.realpath(path), os.path.realpath(root)
    return real == base or real.startswith(base.rstrip(os.sep) + os.sep)
