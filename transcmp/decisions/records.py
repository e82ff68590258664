"""Baseline and dismissals on the disk: a JSON object a line, sorted, so that version control merges them.

``.transcmp/baseline.jsonl`` holds findings that were there when the gate was put up; ``.transcmp/decisions.jsonl`` what people decided:
findings that somebody dismissed, with who, when and why, and remarks on beads.
"""

from __future__ import annotations

import datetime
import getpass
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from transcmp.errors import ConfigError
from transcmp.files import alone, write_atomic
from transcmp.model import Finding

BASELINE = "baseline.jsonl"
DECISIONS = "decisions.jsonl"

_EXCERPT = 80  # characters of a record that only tell people what it is about


class Record(Struct, frozen=True, kw_only=True, order=True, omit_defaults=True):
    """A finding that is known, in a file."""

    target: str
    """Path of the target from the project's root, with ``/``; of a mixed document and of a missing file the source's."""
    source: str
    """Path of the source."""
    rule: str
    fingerprint: str
    sketch: str = ""
    """What stands around it, as :func:`transcmp.decisions.sketches` gives it."""
    text: str = ""
    """The words it is about, cut; for people, never compared."""


class Dismissal(Record, frozen=True, kw_only=True, order=True, omit_defaults=True):
    """A finding that somebody looked at and does not want to see again."""

    reason: str
    author: str = ""
    date: str = ""
    """Day of the decision, ISO 8601."""


class Remark(Struct, frozen=True, kw_only=True, order=True, omit_defaults=True):
    """What somebody says of a bead, for other people."""

    target: str
    """Path of the target from the project's root, with ``/``; of a mixed document the source's."""
    source: str
    """Path of the source."""
    bead: str
    """A digest of the bead's words on both sides: the remark is about these words, wherever they stand."""
    text: str
    """The beginning of the bead, for people; never compared."""
    comment: str = ""
    accepted: bool = False
    """Whether the translation was found to be fine."""
    author: str = ""
    date: str = ""
    """Day of the last change, ISO 8601."""


T = TypeVar("T", bound=Struct)


def record_of(finding: Finding, source: str, target: str | None, sketch: str = "") -> Record:
    """The baseline's record of a finding; paths as :func:`transcmp.files.project_path` gives them."""
    place = finding.target or finding.source
    return Record(
        target=source if target is None else target,
        source=source,
        rule=finding.rule,
        fingerprint=finding.fingerprint,
        sketch=sketch,
        text=excerpt(place.text) if place is not None else "",
    )


def excerpt(text: str) -> str:
    """The beginning of a text on one line, as valid Unicode: for people."""
    line = " ".join(text.split())
    line = line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"
    return line.encode("utf-8", "replace").decode()


def load_baseline(folder: Path) -> tuple[Record, ...]:
    """The baseline of a project's ``.transcmp`` folder; empty where there is none. Raises ConfigError with the line."""
    return _load_lines(folder / BASELINE, msgspec.json.Decoder(Record).decode)


def load_decisions(folder: Path) -> tuple[Dismissal, ...]:
    """The dismissals of a project's ``.transcmp`` folder; empty where there are none. Raises ConfigError with the line."""
    return tuple(item for item in _load_all(folder) if isinstance(item, Dismissal))


def load_decisions_about(folder: Path, source: str, target: str) -> tuple[Dismissal, ...]:
    """The dismissals of one pair, named as records name it. Raises as :func:`load_decisions`."""
    return tuple(item for item in load_decisions(folder) if (item.source, item.target) == (source, target))


def load_remarks_of_all(folder: Path) -> tuple[Remark, ...]:
    """The remarks of a project's ``.transcmp`` folder; empty where there are none. Raises ConfigError with the line."""
    return tuple(item for item in _load_all(folder) if isinstance(item, Remark))


def save_baseline(folder: Path, records: Iterable[Record]) -> None:
    """Replace the baseline. Raises WriteError."""
    _save_lines(folder / BASELINE, records)


def save_decisions(folder: Path, records: Iterable[Dismissal]) -> None:
    """Replace the dismissals; remarks stay. Raises WriteError and ConfigError."""
    _save_lines(folder / DECISIONS, (*records, *load_remarks_of_all(folder)))


def save_remarks_of_all(folder: Path, records: Iterable[Remark]) -> None:
    """Replace the remarks; dismissals stay. Raises WriteError and ConfigError."""
    _save_lines(folder / DECISIONS, (*records, *load_decisions(folder)))


def add_dismissal(folder: Path, record: Record, reason: str, *, author: str | None = None, date: str | None = None) -> Dismissal:
    """Dismiss a finding: ``author`` is this user unless given, ``date`` today (UTC). An older dismissal of it is replaced."""
    dismissal = Dismissal(
        **msgspec.structs.asdict(record),
        reason=" ".join(reason.split()),
        author=user() if author is None else author,
        date=date or datetime.datetime.now(datetime.UTC).date().isoformat(),
    )
    with alone(folder / DECISIONS):
        others = [item for item in load_decisions(folder) if not _same(item, record)]
        save_decisions(folder, [*others, dismissal])
    return dismissal


def remove_dismissal(folder: Path, record: Record) -> bool:
    """Take a dismissal back; whether there was one."""
    with alone(folder / DECISIONS):
        known = load_decisions(folder)
        left = [item for item in known if not _same(item, record)]
        if len(left) < len(known):
            save_decisions(folder, left)
    return len(left) < len(known)


def _same(one: Record, other: Record) -> bool:
    return (one.target, one.source, one.fingerprint) == (other.target, other.source, other.fingerprint)


def user() -> str:
    """Who decides: ``TRANSCMP_AUTHOR``, else ``GIT_AUTHOR_NAME``, else the account; empty where none is known."""
    try:
        return os.environ.get("TRANSCMP_AUTHOR") or os.environ.get("GIT_AUTHOR_NAME") or getpass.getuser()
    except (OSError, KeyError, ImportError):  # no account with this number, as in some containers
        return ""


class _Shape(Struct):
    """What tells the records of :data:`DECISIONS` apart."""

    bead: str | None = None


def _load_all(folder: Path) -> tuple[Dismissal | Remark, ...]:
    """All records of :data:`DECISIONS`."""
    shape, dismissal, remark = msgspec.json.Decoder(_Shape), msgspec.json.Decoder(Dismissal), msgspec.json.Decoder(Remark)
    return _load_lines(folder / DECISIONS, lambda line: (dismissal if shape.decode(line).bead is None else remark).decode(line))


def _load_lines(path: Path, decode: Callable[[bytes], T]) -> tuple[T, ...]:
    """The records of a file, an object a line; empty where there is none. Raises ConfigError with the line."""
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ConfigError(message=f"cannot read: {error.strerror or error}", path=str(path)) from error
    records = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            records.append(decode(line))
        except msgspec.DecodeError as error:
            conflict = line.startswith((b"<<<<<<<", b"=======", b">>>>>>>"))
            hint = "a merge conflict: keep the lines of both sides" if conflict else None
            raise ConfigError(message=f"not a record: {error}", path=str(path), line=number, hint=hint) from error
    return tuple(records)


def _save_lines(path: Path, records: Iterable[Struct]) -> None:
    """Replace a file of records by these, sorted. Raises WriteError."""
    lines = sorted({msgspec.json.encode(record) for record in records})
    write_atomic(path, b"".join(line + b"\n" for line in lines))
