"""Files as they were, from git. Nothing here reads documents; everything else works without git.

One ``git log`` tells the history of all files at once, renames followed; contents are fetched when they are needed.
"""

from __future__ import annotations

import os
import subprocess
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from transcmp.errors import TranscmpWarning, UsageError

LONGEST = 60
"""Revisions of one file that are looked at, the newest first."""

_SAFE = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "log.showSignature=false", "log.showRoot=true", "diff.orderFile=/dev/null")
"""A stranger's repository may name programs in its settings: none of these commands may run one. Others change what git prints."""
_QUIET = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
"""Nothing is fetched, not even what a partial clone left out."""
_OF_ANOTHER = frozenset(
    "GIT_DIR GIT_WORK_TREE GIT_IMPLICIT_WORK_TREE GIT_COMMON_DIR GIT_INDEX_FILE GIT_PREFIX GIT_NAMESPACE GIT_OBJECT_DIRECTORY"
    " GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_SHALLOW_FILE GIT_GRAFT_FILE GIT_REPLACE_REF_BASE GIT_NO_REPLACE_OBJECTS"
    " GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS".split()
)
"""What a hook's git hands down: the work tree is the one that the files lie in, whatever repository the hook is of."""

_FOLDERS = 16  # folders that git is asked about one by one; for more it is asked about what they have in common

_SEPARATOR = "\x1e"  # in front of each commit


class Revision(Struct, frozen=True, kw_only=True):
    """A file's content after a commit that changed it."""

    commit: str
    """40 hexadecimal digits, or 64 in a repository of SHA-256."""
    date: str
    """Day of the commit, ISO 8601."""
    blob: str
    """Git's name of the content; empty: the file was deleted."""
    path: str
    """Its name then, relative to the work tree."""
    age: int
    """Position of the commit in the log of the project's files, 0 the newest; a commit is never before its parents."""


class Repository:
    """A git work tree."""

    def __init__(self, root: Path) -> None:
        """``root``: its top folder, as :func:`find` gives it."""
        self.root = root

    @property
    def empty(self) -> bool:
        """Whether nothing was committed yet."""
        try:
            return not self._run("rev-parse", "--verify", "--quiet", "HEAD")
        except UsageError:
            return True

    @property
    def shallow(self) -> bool:
        """Whether older commits are missing, as in a CI checkout of depth 1."""
        return self._run("rev-parse", "--is-shallow-repository").strip() == "true"

    def name_of(self, path: str | os.PathLike[str]) -> str:
        """How git names a file of this work tree, links resolved; its whole path where it lies outside."""
        real, root = Path(path).resolve(), self.root.resolve()
        return (real.relative_to(root) if real.is_relative_to(root) else real).as_posix()

    def histories(self, paths: Iterable[str]) -> dict[str, tuple[Revision, ...]]:
        """Revisions of each of ``paths`` (as :meth:`name_of` gives them), the newest first; empty for a file git does not know."""
        wanted = list(dict.fromkeys(paths))
        inside = [path for path in wanted if not Path(path).is_absolute()]
        if not inside:
            return dict.fromkeys(wanted, ())
        layout = ("--raw", "--no-abbrev", "-M", "-z", "--date=short", f"--format={_SEPARATOR}%H %ad")
        log = self._run("log", "--topo-order", *layout, "--", *_folders(inside))
        found: dict[str, list[Revision]] = {path: [] for path in wanted}
        current = {path: path for path in wanted}  # the name that a file had at this point of the log: its name today
        for age, (commit, date, blob, path, old) in _changes(log):
            today = current.pop(path, None)
            if today is None:
                continue
            if len(found[today]) < LONGEST:
                found[today].append(Revision(commit=commit, date=date, blob=blob, age=age, path=path))
            if old:
                current[old] = today
        return {path: tuple(revisions) for path, revisions in found.items()}

    def content(self, blob: str) -> bytes | None:
        """The bytes of a revision; None where they are not in this clone."""
        try:
            return self._run_bytes("cat-file", "blob", blob)
        except UsageError:
            return None

    def resolve(self, name: str) -> str | None:
        """The commit that ``name`` (a hash or its beginning) stands for; None where there is none."""
        if not name or name.startswith("-"):
            return None
        try:
            return self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").strip() or None
        except UsageError:
            return None

    def changed_since(self, revision: str) -> frozenset[str]:
        """Files that differ from ``revision``, new ones included, relative to the root. Raises UsageError for an unknown revision."""
        if self.resolve(revision) is None:
            raise UsageError(message=f"git knows no revision {revision!r}", hint="a shallow clone may lack it: fetch it, or fetch-depth: 0")
        layout = ("--no-ext-diff", "--ignore-submodules=dirty", "--name-only", "-z", "--no-renames")
        changed = self._run("diff", *layout, revision, "--", settings=self._unfiltered())
        fresh = self._run("ls-files", "--others", "--exclude-standard", "-z")
        return frozenset(filter(None, (changed + fresh).split("\0")))

    def blob_of(self, commit: str, path: str) -> str | None:
        """Git's name of the content of ``path`` in ``commit``; None where it is not there."""
        try:
            return self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:{path}").strip() or None
        except UsageError:
            return None

    def blobs_of(self, files: Sequence[tuple[str, str]]) -> tuple[str | None, ...]:
        """The same for many pairs of commit and path, by one process; None also for a path with a line break in it."""
        asked = [number for number, (_, path) in enumerate(files) if "\n" not in path]
        found: list[str | None] = [None] * len(files)
        names = b"".join(os.fsencode(f"{files[number][0]}:{files[number][1]}\n") for number in asked)
        lines = self._run_bytes("cat-file", "--batch-check=%(objecttype) %(objectname)", given=names).splitlines() if asked else []
        for number, line in zip(asked, lines, strict=True):
            found[number] = line.split()[1].decode() if line.startswith(b"blob ") else None
        return tuple(found)

    def _unfiltered(self) -> list[str]:
        """Settings that switch the programs off through which git would send the content of files to compare it (gitattributes, filter)."""
        try:
            names = self._run("config", "--name-only", "-z", "--get-regexp", r"^filter\..*\.(clean|smudge|process)$").split("\0")
        except UsageError:  # there is none
            return []
        if any("=" in name for name in names):  # which no setting can name on a command line
            raise UsageError(message="git: a filter of this repository cannot be switched off", hint="see git config --get-regexp filter")
        off = dict.fromkeys((*filter(None, names), *(f"{name.rpartition('.')[0]}.required" for name in names if name)))
        return [f"{name}={'false' if name.endswith('.required') else ''}" for name in off]

    def _run(self, *arguments: str, settings: Sequence[str] = ()) -> str:
        return os.fsdecode(self._run_bytes(*arguments, settings=settings))

    def _run_bytes(self, *arguments: str, given: bytes = b"", settings: Sequence[str] = ()) -> bytes:
        chosen = [part for setting in (*_SAFE, *settings) for part in ("-c", setting)]
        command = ["git", *chosen, "--no-optional-locks", "--no-pager", *arguments]
        env = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER} | _QUIET
        try:
            done = subprocess.run(command, cwd=self.root, capture_output=True, input=given, check=False, env=env)
        except OSError as error:
            raise UsageError(message=f"git cannot be run: {error.strerror or error}") from error
        if done.returncode:
            lines = os.fsdecode(done.stderr).strip().splitlines()
            said = next((line for line in lines if line.startswith("fatal: ")), lines[-1] if lines else f"exit code {done.returncode}")
            raise UsageError(message=f"git {arguments[0]}: {said.removeprefix('fatal: ')}")
        return done.stdout


def find(start: Path) -> Repository | None:
    """The work tree that ``start`` lies in; None without one. Warns where there is one, and git cannot be run or refuses it."""
    if top_of(start) is None:
        return None
    try:
        found = Repository(start)
        top = found._run("rev-parse", "--show-toplevel").rstrip("\n")
        return Repository(Path(top)) if top else None
    except UsageError as error:
        warnings.warn(f"the history in git is not used: {error.message}", TranscmpWarning, stacklevel=2)
        return None


def top_of(start: Path) -> Path | None:
    """The folder with a ``.git`` (a file in a submodule or a further work tree) that ``start`` lies in; git is not asked."""
    real = start.resolve()
    return next((folder for folder in (real, *real.parents) if (folder / ".git").exists()), None)


def _folders(paths: Iterable[str]) -> list[str]:
    """The outermost folders of ``paths``, or what they have in common."""
    folders = {path.rpartition("/")[0] for path in paths}
    outermost = sorted(folder for folder in folders if not any(other != folder and _is_below(folder, other) for other in folders))
    if len(outermost) > _FOLDERS:
        outermost = [os.path.commonpath(outermost)]
    return [f":(literal){folder}" if folder else "." for folder in outermost]


def _is_below(folder: str, other: str) -> bool:
    return not other or folder.startswith(f"{other}/")


class _Change(NamedTuple):
    commit: str
    date: str
    blob: str
    path: str
    old: str
    """The name before; empty: the file is new."""


def _changes(log: str) -> Iterator[tuple[int, _Change]]:
    """Position of the commit, and each change in it, of ``git log --raw -z``."""
    parts = iter(log.split("\0"))
    age, commit, date = -1, "", ""
    for part in parts:
        if part.startswith(_SEPARATOR):
            commit, _, date = part[len(_SEPARATOR) :].partition(" ")
            age += 1
            continue
        fields = part.lstrip("\n:").split(" ")
        if len(fields) < 5:
            continue
        blob, status = fields[3:5]
        first = next(parts, "")
        path = next(parts, "") if status[0] in "RC" else first
        yield age, _Change(commit, date, "" if status[0] == "D" else blob, path, "" if status[0] == "A" else first)
