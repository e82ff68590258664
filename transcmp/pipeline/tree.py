"""Which files of a project translate which: the patterns of its settings, applied to what is there.

Nothing outside the project is read: links that lead out are named, links that lead back to a folder above are not followed.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from transcmp.config import LAYOUTS, Captured, Pair, Pattern, Project, Settings, inside
from transcmp.errors import ConfigError, LanguageError
from transcmp.language.tags import ISO_639_1, parse_language
from transcmp.model import Language, Unreadable
from transcmp.pipeline.walk import LEFT_OUT


class FilePair(Struct, frozen=True, kw_only=True, order=True):
    """A source file and where its translation is, or should be; names from the project's root, with ``/``."""

    source: str
    target: str
    source_language: Language
    target_language: Language


class Tree(Struct, frozen=True, kw_only=True):
    """The files of a project."""

    pairs: tuple[FilePair, ...]
    """Both sides are there. Sorted, as the others are."""
    missing: tuple[FilePair, ...]
    """The source is there."""
    orphans: tuple[FilePair, ...]
    """The target is there; ``source`` is the file that it should be a translation of."""
    unreadable: tuple[Unreadable, ...]
    """Folders and links that could not be followed."""


class _Variant(Struct, frozen=True, kw_only=True):
    """Pattern pairs that share their languages."""

    setting: Pair
    sides: tuple[tuple[Pattern, Pattern], ...]
    source_language: Language


class _Match(Struct, frozen=True, kw_only=True):
    """What the files of a tree are to a variant."""

    pairs: tuple[FilePair, ...] = ()
    missing: tuple[FilePair, ...] = ()
    orphans: tuple[FilePair, ...] = ()
    sources: int = 0


def find(project: Project) -> Tree:
    """The pairs of a project. Raises ConfigError where a pair of patterns finds nothing, for then nothing would be checked."""
    settings = project.settings
    names, unreadable = _names(project)
    ignored = [Pattern(text) for text in settings.ignore.paths]
    names = [name for name in names if not any(pattern.match(name) for pattern in ignored)]
    found = []
    for position, pair in enumerate(settings.pairs):
        matches = [_match(variant, names, settings) for variant in _variants(pair, settings)]
        best = max(matches, key=lambda match: (len(match.pairs), match.sources))  # the first of equals
        if not best.sources or not (best.pairs or best.missing or best.orphans):
            raise _nothing(project, position, pair, best)
        found.append(best)
    return Tree(
        pairs=_sorted(item for match in found for item in match.pairs),
        missing=_sorted(item for match in found for item in match.missing),
        orphans=_sorted(item for match in found for item in match.orphans),
        unreadable=tuple(sorted(unreadable, key=lambda item: item.path)),
    )


def _sorted(items: Iterable[FilePair]) -> tuple[FilePair, ...]:
    return tuple(sorted(set(items), key=lambda item: (item.source, item.target)))


def _nothing(project: Project, position: int, pair: Pair, match: _Match) -> ConfigError:
    what = f"layout {pair.layout!r}" if pair.layout else repr(pair.target if match.sources else pair.source)
    hint = (
        "list target_languages for translations that are to come" if match.sources else "patterns start at the folder of the settings file"
    )
    return ConfigError(message=f"pairs[{position}]: no file matches {what}", path=str(project.file or project.root), hint=hint)


def _variants(pair: Pair, settings: Settings) -> list[_Variant]:
    language = parse_language(pair.source_language or settings.source_language)
    groups = LAYOUTS[pair.layout] if pair.layout else (((pair.source, pair.target),),)
    return [
        _Variant(
            setting=pair,
            sides=tuple((Pattern(source, language), Pattern(target)) for source, target in group),
            source_language=language,
        )
        for group in groups
    ]


def _match(variant: _Variant, names: list[str], settings: Settings) -> _Match:
    listed = [parse_language(tag) for tag in variant.setting.target_languages or settings.target_languages]
    targets = [_targets(target, names, variant.source_language, listed) for _, target in variant.sides]
    spellings = _spellings(targets, variant, names)
    languages = listed or sorted({language for found in targets for _, language in found.values()})
    every_target = {name for found in targets for name in found}
    pairs: list[FilePair] = []
    missing: list[FilePair] = []
    orphans: list[FilePair] = []
    count = 0
    for (source, target), found in zip(variant.sides, targets, strict=True):
        sources = {name: captured for name in names if name not in every_target and (captured := source.match(name))}
        count += len(sources)
        for name, captured in sources.items():
            for language in languages:
                other = target.build(captured, spellings.get(language, language))
                item = FilePair(source=name, target=other, source_language=variant.source_language, target_language=language)
                (pairs if other in found else missing).append(item)
        for name, (captured, language) in found.items():
            origin = source.build(captured, spellings.get(variant.source_language, variant.source_language))
            if origin not in sources:
                orphans.append(FilePair(source=origin, target=name, source_language=variant.source_language, target_language=language))
    return _Match(pairs=tuple(pairs), missing=tuple(missing), orphans=tuple(orphans), sources=count)


def _targets(pattern: Pattern, names: list[str], source_language: Language, listed: list[Language]) -> dict[str, tuple[Captured, Language]]:
    """The names that match a target pattern in a language, with what the pattern's variable parts stand for."""
    found = {}
    only = listed[0] if len(listed) == 1 and "{lang}" not in pattern.text else None
    for name in names:
        captured = pattern.match(name)
        language = only or (_language(captured.language, listed) if captured is not None and captured.language else None)
        if captured is not None and language is not None and language != source_language:
            found[name] = (captured, language)
    return found


def _language(written: str, listed: list[Language]) -> Language | None:
    """The language that a part of a file name stands for: one of those that are listed, else one with a code of two letters."""
    try:
        language = parse_language(written) if listed or written.replace("_", "-").split("-")[0].lower() in ISO_639_1 else None
    except LanguageError:
        return None
    return None if listed and language not in listed else language


def _spellings(targets: list[dict[str, tuple[Captured, Language]]], variant: _Variant, names: list[str]) -> dict[Language, str]:
    """How the tree writes each language: the most frequent way."""
    counts: dict[Language, Counter[str]] = {}
    for found in targets:
        for captured, language in found.values():
            counts.setdefault(language, Counter())[captured.language] += 1
    for source, _ in variant.sides:
        for name in names if "{lang}" in source.text else ():
            if own := source.match(name):
                counts.setdefault(variant.source_language, Counter())[own.language] += 1
    return {language: min(count, key=lambda written: (-count[written], written)) for language, count in counts.items()}


def _names(project: Project) -> tuple[list[str], list[Unreadable]]:
    """The files below the folders that patterns begin with, and what could not be followed."""
    patterns = {
        pattern
        for pair in project.settings.pairs
        for variant in _variants(pair, project.settings)
        for sides in variant.sides
        for pattern in sides
    }
    folders = {pattern.root for pattern in patterns}
    walk = _Walk(project.root, tuple(patterns))
    names = [name for folder in sorted(folders) if not any(_below(folder, other) for other in folders) for name in walk.files(folder)]
    return names, walk.unreadable


def _below(folder: str, other: str) -> bool:
    return folder != other and (not other or folder.startswith(other + "/"))


class _Walk:
    """A walk through folders that never leaves the root and ends in spite of links."""

    def __init__(self, root: Path, patterns: tuple[Pattern, ...]) -> None:
        self._root = root
        self._patterns = patterns
        self.unreadable: list[Unreadable] = []

    def files(self, folder: str) -> Iterator[str]:
        """Names of all files in a folder and below, sorted within each folder."""
        if not inside(self._root / folder, self._root):
            self._name(folder, "a link that leads outside the project")
            return
        pending: list[tuple[str, tuple[str, ...]]] = [(folder, (os.path.realpath(self._root / folder),))]
        while pending:
            current, above = pending.pop()
            folders = []
            for entry in self._entries(current):
                name = f"{current}/{entry.name}" if current else entry.name
                if self._is_folder(entry, name):
                    real = os.path.realpath(self._root / name) if entry.is_symlink() else f"{above[-1]}{os.sep}{entry.name}"
                    if entry.name not in LEFT_OUT and real not in above:
                        folders.append((name, (*above, real)))
                elif self._is_file(entry, name):
                    yield name
            pending += reversed(folders)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            return sorted(os.scandir(self._root / folder), key=lambda entry: entry.name)
        except FileNotFoundError:
            return []
        except OSError as error:
            self._name(folder, error.strerror or str(error))
            return []

    def _is_folder(self, entry: os.DirEntry[str], name: str) -> bool:
        try:
            if not entry.is_dir():
                return False
        except OSError:  # a link to itself
            return False
        if entry.is_symlink() and not inside(self._root / name, self._root):
            self._name(name, "a link that leads outside the project")
            return False
        return True

    def _is_file(self, entry: os.DirEntry[str], name: str) -> bool:
        """Whether it is a file to look at; a bad link is named if a pattern asks for it."""
        if not entry.is_symlink():
            return entry.is_file()
        if not any(pattern.match(name) for pattern in self._patterns):
            return False
        try:
            if entry.is_dir():
                return False
            if inside(self._root / name, self._root) and entry.is_file():
                return True
            self._name(name, "a link that leads outside the project" if entry.is_file() else "a link that leads nowhere")
        except OSError as error:
            self._name(name, error.strerror or str(error))
        return False

    def _name(self, name: str, message: str) -> None:
        self.unreadable.append(Unreadable(path=name, message=message))
