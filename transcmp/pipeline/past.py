"""The history of pairs: which revisions matter, how they are read, and what they add to a comparison."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha1, sha256
from pathlib import Path

from msgspec.structs import replace

from transcmp import history
from transcmp.config import Settings
from transcmp.errors import TranscmpError
from transcmp.history import Repository, Revision
from transcmp.model import Comparison, Document, Finding, Place
from transcmp.pipeline.jobs import Past
from transcmp.pipeline.options import Options

RECORDED = re.compile(
    rb"^[ \t]*[\"']?(?:sourceCommit|source_commit|source-commit|i18n_source_sha|default_lang_commit)[\"']?"
    rb"[ \t]*[:=][ \t]*[\"']?([0-9a-f]{7,64})\b",
    re.MULTILINE,
)
"""The commit that a translation follows, as front matter records it: MDN by ``l10n.sourceCommit``, others by the other names."""


def pasts(repository: Repository, pairs: Sequence[tuple[str, str]]) -> list[tuple[Past, ...]]:
    """The past of each pair of paths, the newest first; empty where the source has not changed since the translation was begun.

    Raises UsageError where git fails.
    """
    names = [tuple(map(repository.name_of, pair)) for pair in pairs]
    known = repository.histories(name for pair in names for name in pair)
    begun = [known[target][-1] if known[source] and known[target] else None for source, target in names]
    asked = [(item.commit, _name_at(known[source], item.age)) for (source, _), item in zip(names, begun, strict=True) if item is not None]
    blobs = iter(repository.blobs_of(asked))
    first = [next(blobs) if item is not None else None for item in begun]
    return [_merged(known[source], known[target], blob, paths) for paths, (source, target), blob in zip(pairs, names, first, strict=True)]


def _name_at(revisions: Sequence[Revision], age: int) -> str:
    """The name that a file had at a commit of this age."""
    return next((item.path for item in revisions if item.age >= age), revisions[-1].path)


def by_work_tree(paths: Iterable[str]) -> Iterator[tuple[Repository, list[int]]]:
    """The work trees that files lie in, each with the positions of its files; submodules are work trees of their own."""
    top_of, found = cache(history.top_of), dict[Path, list[int]]()
    for number, path in enumerate(paths):
        top = top_of(Path(path).parent)
        if top is not None:
            found.setdefault(top, []).append(number)
    for top, numbers in found.items():
        repository = history.find(top)
        if repository is not None:
            yield repository, numbers


def with_history(comparison: Comparison, past: Sequence[Past], root: str, options: Options, settings: Settings) -> Comparison:
    """The comparison with what the history says, at the levels of the settings, in the order of places."""
    from transcmp import readers
    from transcmp.checks.precedence import one_each
    from transcmp.pipeline import sides, stale, steps

    repository = Repository(Path(root))
    source = comparison.alignment.source.document
    paths = {"source": source.path, "target": comparison.alignment.target.document.path}

    @cache
    def read(item: Past) -> Document | None:
        data = repository.content(item.blob)
        try:
            path = paths[item.side]
            format_name = options.input_format or readers.format_of(path)
            return None if data is None else readers.parse(data.decode(options.encoding or "utf-8-sig"), path=path, format=format_name)
        except (TranscmpError, UnicodeDecodeError, LookupError):
            return None

    names = dict.fromkeys((repository.name_of(source.path), *(item.path for item in past if item.side == "source")))

    @cache
    def source_of(name: str) -> str | None:
        commit = repository.resolve(name)
        found = (repository.blob_of(commit, path) for path in names) if commit is not None else ()
        return next((blob for blob in found if blob is not None), None)

    found = stale.find(
        comparison, past, read, source_of, lambda old, new: steps.align(sides.pair(old, new, replace(options, folder=None)), options)[0]
    )
    merged = [*comparison.findings, *_leveled(_news(found, comparison.findings), settings, comparison.alignment.target.language)]
    return replace(comparison, findings=tuple(sorted(one_each(merged), key=_order)))


def is_wanted(settings: Settings) -> bool:
    """Whether the settings ask for the history at all."""
    return settings.rule("stale").severity != "off"


def repository_of(project_root: Path) -> Repository | None:
    """The work tree that a project lies in."""
    return history.find(project_root)


def _merged(source: Sequence[Revision], target: Sequence[Revision], begun: str | None, paths: tuple[str, str]) -> tuple[Past, ...]:
    """Both files' revisions in one order. ``begun`` is the source's content in the commit that began the translation."""
    if not source or not target:
        return ()
    changed = begun != source[0].blob or min(item.age for item in source) < target[-1].age or not _is_unchanged(source[0], Path(paths[0]))
    if not changed and not (len(source) > 1 and records_commit(Path(paths[1]))):
        return ()
    items = [(item.age, side, item) for side, revisions in ((1, source), (0, target)) for item in revisions]
    ordered = sorted(items, key=lambda entry: entry[:2])  # of one commit the target first
    return tuple(
        Past(side="source" if side else "target", commit=item.commit, date=item.date, blob=item.blob, path=item.path)
        for _, side, item in ordered
    )


def records_commit(path: Path) -> bool:
    """Whether a translation may name the commit that it follows."""
    try:
        return RECORDED.search(path.read_bytes()) is not None
    except OSError:
        return False


def _is_unchanged(newest: Revision, path: Path) -> bool:
    """Whether the file is as it was committed last: whether git would give it the same name."""
    try:
        data = path.read_bytes()
    except OSError:
        return True
    digest = sha1(usedforsecurity=False) if len(newest.blob) == 40 else sha256()
    digest.update(b"blob %d\0" % len(data) + data)
    return digest.hexdigest() == newest.blob


def _news(found: Iterable[Finding], known: Sequence[Finding]) -> list[Finding]:
    """Without what the rules about texts found at the same place."""
    return [
        finding
        for finding in found
        if not any(
            other.rule == finding.rule and (_overlap(other.source, finding.source) or _overlap(other.target, finding.target))
            for other in known
        )
    ]


def _overlap(one: Place | None, other: Place | None) -> bool:
    return one is not None and other is not None and one.span.overlaps(other.span)


def _leveled(findings: Iterable[Finding], settings: Settings, language: str) -> list[Finding]:
    leveled = []
    for finding in findings:
        level = settings.rule(finding.rule, language).severity or finding.severity
        if level != "off":
            leveled.append(replace(finding, severity=level))
    return leveled


def _order(finding: Finding) -> tuple[int, int, str]:
    place = finding.target or finding.source
    return (place.span.start if place else 0, place.span.end if place else 0, finding.rule)
