"""A finding by its fingerprint, as reports print it: to explain it, to dismiss it, to take the dismissal back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import Struct

from transcmp.cache import Cache
from transcmp.config import Project
from transcmp.decisions import Dismissal, Record, add_dismissal, is_named, load_decisions, record_of, remove_dismissal
from transcmp.errors import UsageError
from transcmp.files import project_path
from transcmp.model import Checked, Finding
from transcmp.pipeline.gate import Progress, outcomes_of
from transcmp.pipeline.options import Options

T = TypeVar("T")


class Named(Struct, frozen=True, kw_only=True):
    """A finding that somebody named."""

    finding: Finding
    pair: Checked
    """What it is a finding of."""
    record: Record
    """What decisions keep of it."""


def find(
    fingerprint: str,
    project: Project,
    *,
    source: str | None = None,
    target: str | None = None,
    options: Options | None = None,
    cache: Cache | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Named:
    """The finding of this fingerprint, or of one that begins so, among those of a pair or of the whole project, known ones too.

    Raises UsageError where there is none or more than one, and what :func:`transcmp.pipeline.gate.check` raises.
    """
    done = outcomes_of(source, target, project, options=options, cache=cache, workers=workers, progress=progress)
    found = [
        Named(
            finding=finding,
            pair=outcome.checked,
            record=record_of(finding, project_path(first, project.root), project_path(second, project.root), sketch),
        )
        for outcome, (first, second) in done.pairs
        if outcome.checked is not None
        for finding, sketch in zip(outcome.checked.findings, outcome.sketches, strict=True)
    ]
    return _only(found, lambda named: named.record, fingerprint, "finding")


def dismiss(named: Named, reason: str, project: Project) -> Dismissal:
    """Dismiss a finding that :func:`find` found. Raises UsageError without a reason."""
    return add_dismissal(project.folder, named.record, need_reason(reason))


def need_reason(reason: str) -> str:
    """``reason``, which must say something: UsageError where it does not."""
    if not reason.strip():
        raise UsageError(message="a dismissal needs a reason", hint='--reason "the source is wrong here"')
    return reason


def take_back(fingerprint: str, project: Project) -> Dismissal:
    """Undo the dismissal of this fingerprint. Raises UsageError where there is none or more than one."""
    dismissal = _only(load_decisions(project.folder), lambda record: record, fingerprint, "dismissal")
    remove_dismissal(project.folder, dismissal)
    return dismissal


def _only(items: Sequence[T], record_of: Callable[[T], Record], fingerprint: str, what: str) -> T:
    found = [item for item in items if is_named(record_of(item).fingerprint, fingerprint)]
    exact = [item for item in found if record_of(item).fingerprint == fingerprint] or found
    if not exact:
        hint = "check shows fingerprints in brackets" if what == "finding" else ".transcmp/decisions.jsonl has them"
        raise UsageError(message=f"no {what} has the fingerprint {fingerprint!r}", hint=hint)
    if len(exact) > 1:
        places = ", ".join(sorted({record_of(item).target for item in exact})[:5])
        raise UsageError(message=f"{len(exact)} {what}s have the fingerprint {fingerprint!r}: {places}", hint="name the pair")
    return exact[0]
