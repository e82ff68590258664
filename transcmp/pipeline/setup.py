"""A first settings file: what a tree of files looks like, as patterns.

Frameworks are known by a file of theirs; anything else by folders and endings that are language codes and hold the same names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from transcmp.config import NAME, Ignore, Pair, Project, Settings
from transcmp.errors import ConfigError, ReadError
from transcmp.language.tags import ISO_639_1
from transcmp.pipeline import tree
from transcmp.pipeline.walk import walk

_MARKERS: dict[str, tuple[str, ...]] = {
    "docusaurus": ("docusaurus.config.*",),
    "starlight": ("astro.config.*",),
    "vitepress": (".vitepress", "docs/.vitepress", "src/.vitepress"),
    "mkdocs-i18n": ("mkdocs.yml", "mkdocs.yaml"),
    "hugo": ("hugo.*", "config.toml", "config/_default"),
    "jekyll": ("_config.yml", "_config.yaml"),
}
_TAG = re.compile(r"([a-z]{2})(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?")
_ABOUT_THE_PROJECT = re.compile(
    r"(?:readme|changelog|contributing|code_of_conduct|security|license|authors|governance)\b[\w.-]*", re.IGNORECASE
)
_TRIED = 20  # files that are read to tell a language
_GROUPS = 6  # a tree with more kinds of pairs is for its owner to describe


class Found(Struct, frozen=True, kw_only=True):
    """What a tree looks like."""

    settings: Settings
    """With source language and pairs."""
    languages: tuple[str, ...]
    """Target languages, sorted."""
    pairs: int
    missing: int
    orphans: int


class _Group(Struct, frozen=True, kw_only=True):
    """Names that differ in a language code only."""

    before: str
    """Pattern in front of the code, with its ``/``; for a code in the file's ending the folder."""
    suffix: bool
    """Whether the code is an ending, as in ``guide.it.md``."""


def look(root: Path, source_language: str | None = None) -> Found:
    """The settings that fit ``root`` best. Raises ConfigError where nothing looks like a translation."""
    names = [name.replace("\\", "/") for name in walk(root)]
    candidates = [*_frameworks(root, names, source_language), *_patterns(root, names, source_language)]
    found = [item for settings in candidates if (item := _without_own_pages(root, settings)) is not None and item.pairs]
    if not found:
        hint = f"describe the pairs in {NAME} yourself: see docs/configuration.md"
        raise ConfigError(message="no two files here look like a source and its translation", path=str(root), hint=hint)
    return max(found, key=lambda item: (item.pairs, -item.missing - item.orphans))  # the first of equals


def first_pair(names: Iterable[str]) -> tuple[str, str] | None:
    """The first two of some relative paths that differ in a language code only, or in that one has none."""
    seen: dict[tuple[str, bool, str], str] = {}
    plain = {name.replace("\\", "/"): name for name in names}
    for name in plain:
        for group, _, rest in _codes(name):
            if (bare := _bare(group, rest)) in plain:
                return plain[bare], plain[name]
            other = seen.setdefault((group.before, group.suffix, rest), name)
            if other != name:
                return plain[other], plain[name]
    return None


def render(found: Found) -> str:
    """The settings file, with comments."""
    pairs = "\n".join(_render_pair(pair) for pair in found.settings.pairs)
    paths = ", ".join(map(_quoted, found.settings.ignore.paths))
    ignored = f"[ignore]\npaths = [{paths}]" if paths else '# [ignore]\n# paths = ["**/changelog.md"]'
    return f"""\
# Settings of transcmp, described in docs/configuration.md.
# Found here: {summary(found)}.

source_language = "{found.settings.source_language}"

# Languages that must be complete; without this line those that the tree has.
# target_languages = [{", ".join(f'"{tag}"' for tag in found.languages)}]

# The least severity that makes `transcmp check` fail: error, warning, note or never.
fail_on = "error"

{pairs}
# [rules]
# number = "warning"           # error, warning, note or off
# missing-file = "warning"     # a source without translation

# [languages.{found.languages[0]}]
# min_score = 0.5              # least score of a document, 0 to 1
# rules = {{ missing-file = "off" }}

{ignored}
# kinds = ["code"]             # kinds of fragment
# words = ["Kubernetes"]       # what stays as it is in every language
"""


def summary(found: Found) -> str:
    """What was found, in one line."""

    def count(number: int, noun: str) -> str:
        return f"{number:,} {noun}" + ("" if number == 1 else "s")

    languages = ", ".join(found.languages)
    return f"{count(found.pairs, 'pair')} in {languages}; {count(found.missing, 'translation')} missing, {found.orphans:,} without a source"


def _render_pair(pair: Pair) -> str:
    if pair.layout:
        return f'[[pairs]]\nlayout = "{pair.layout}"\n'
    return f"[[pairs]]\nsource = {_quoted(pair.source)}\ntarget = {_quoted(pair.target)}\n"


def _quoted(text: str) -> str:
    """A string of TOML 1.0; of all characters that have to be escaped there JSON leaves one."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _without_own_pages(root: Path, settings: Settings) -> Found | None:
    """What the settings find; pages at the top that are about the project, such as its readme, are left out if none is translated."""
    try:
        found = tree.find(Project(root=root, file=None, settings=settings))
    except ConfigError:
        return None
    translated = {pair.source for pair in found.pairs}
    own = sorted({pair.source for pair in found.missing if _ABOUT_THE_PROJECT.fullmatch(pair.source)} - translated)
    return _try(root, replace(settings, ignore=Ignore(paths=tuple(own))) if own else settings)


def _try(root: Path, settings: Settings) -> Found | None:
    try:
        found = tree.find(Project(root=root, file=None, settings=settings))
    except ConfigError:
        return None
    languages = {pair.target_language for pair in (*found.pairs, *found.missing)}
    return Found(
        settings=settings,
        languages=tuple(sorted(languages)),
        pairs=len(found.pairs),
        missing=len(found.missing),
        orphans=len(found.orphans),
    )


def _frameworks(root: Path, names: list[str], source_language: str | None) -> Iterator[Settings]:
    for layout, markers in _MARKERS.items():
        if any(any(root.glob(marker)) for marker in markers):
            language = source_language or _source_language(root, names)
            if language:
                yield Settings(source_language=language, pairs=(Pair(layout=layout),))


def _source_language(root: Path, names: Iterable[str]) -> str | None:
    """The language of files in which no code stands, told from the largest that can be read."""
    plain = [name for name in names if not any(_is_code(part) for part in (*PurePosixPath(name).parts[:-1], *_endings(name)))]
    if not plain:
        return "en"
    from transcmp import pipeline

    for name in sorted(plain, key=lambda name: (-_size(root / name), name))[:_TRIED]:
        try:
            language = pipeline.detect(root / name).language
        except ReadError:
            continue
        return None if language == "und" else language
    return None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # a link that leads nowhere
        return 0


def _patterns(root: Path, names: list[str], source_language: str | None) -> Iterator[Settings]:
    """Settings for groups of names: all that fit together, then each alone."""
    groups: dict[_Group, dict[str, set[str]]] = {}
    for name in names:
        for group, code, rest in _codes(name):
            groups.setdefault(group, {}).setdefault(code, set()).add(rest)
    plain = set(names)
    pairs: dict[str, list[Pair]] = {}
    for group, by_code in groups.items():
        source = source_language or _most(by_code)
        if source in by_code and len(by_code) > 1:
            shared = sum(len(by_code[source] & rests) for code, rests in by_code.items() if code != source)
            if shared:
                pairs.setdefault(source, []).append(_pair(group, source, by_code))
        bare = {rest for rests in by_code.values() for rest in rests if _bare(group, rest) in plain}
        if bare and (language := source_language or _source_language(root, [_bare(group, rest) for rest in sorted(bare)])):
            pairs.setdefault(language, []).append(_pair(group, "", by_code))
    for language, own in pairs.items():
        if len(own) <= _GROUPS:
            yield Settings(source_language=language, pairs=tuple(own))
        yield from (Settings(source_language=language, pairs=(pair,)) for pair in own)


def _codes(name: str) -> Iterator[tuple[_Group, str, str]]:
    """Every way to read a language code in a name: the group, the code, and what is left."""
    parts = PurePosixPath(name).parts
    for position, part in enumerate(parts[:-1]):
        if _is_code(part):
            before = "".join(f"{item}/" for item in parts[:position])
            yield _Group(before=before, suffix=False), part, "/".join(parts[position + 1 :])
    endings = _endings(name)
    if len(endings) > 1 and _is_code(endings[-2]):
        stem = name[: -len(f"{endings[-2]}.{endings[-1]}")]
        top = f"{parts[0]}/" if len(parts) > 1 else ""
        yield _Group(before=top, suffix=True), endings[-2], f"{stem}{endings[-1]}"


def _endings(name: str) -> list[str]:
    return PurePosixPath(name).name.split(".")[1:]


def _bare(group: _Group, rest: str) -> str:
    return rest if group.suffix else group.before + rest


def _pair(group: _Group, source: str, by_code: dict[str, set[str]]) -> Pair:
    endings = sorted({_endings(rest)[-1] for rests in by_code.values() for rest in rests if _endings(rest)})
    ending = endings[0] if len(endings) == 1 else "{" + ",".join(endings) + "}"
    if group.suffix:
        own = f".{source}" if source else ""
        return Pair(source=f"{group.before}**/{{stem}}{own}.{ending}", target=f"{group.before}**/{{stem}}.{{lang}}.{ending}")
    own = f"{source}/" if source else ""
    return Pair(source=f"{group.before}{own}**/*.{ending}", target=f"{group.before}{{lang}}/**/*.{ending}")


def _most(by_code: dict[str, set[str]]) -> str:
    """The language with most files; English where it is among them."""
    return max(by_code, key=lambda code: (len(by_code[code]), code == "en", code))


def _is_code(part: str) -> bool:
    match = _TAG.fullmatch(part)
    return match is not None and match[1] in ISO_639_1
