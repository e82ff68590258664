"""Dismissing a finding by its fingerprint, as reports print it."""

from __future__ import annotations

from typing import TypeVar

from transcmp.cache import Cache
from transcmp.config import Project
from transcmp.decisions import Dismissal, Record, add_dismissal, load_decisions, record_of, remove_dismissal
from transcmp.errors import UsageError
from transcmp.files import project_path
from transcmp.pipeline.gate import outcomes_of
from transcmp.pipeline.options import Options

R = TypeVar("R", bound=Record)

_SHORTEST = 4  # characters of a fingerprint that may stand for all of it


def dismiss(
    fingerprint: str,
    reason: str,
    project: Project,
    *,
    source: str | None = None,
    target: str | None = None,
    options: Options | None = None,
    cache: Cache | None = None,
    workers: int | None = None,
) -> Dismissal:
    """Dismiss the finding of this fingerprint, or of one that begins so, among those of a pair or of the whole project.

    Raises UsageError where there is none or more than one, and what :func:`transcmp.pipeline.gate.check` raises.
    """
    if not reason.strip():
        raise UsageError(message="a dismissal needs a reason", hint='--reason "the source is wrong here"')
    found = [record for record in _records(project, source, target, options, cache, workers) if _fits(record, fingerprint)]
    return add_dismissal(project.folder, _only(found, fingerprint, "finding"), reason)


def take_back(fingerprint: str, project: Project) -> Dismissal:
    """Undo the dismissal of this fingerprint. Raises UsageError where there is none or more than one."""
    dismissal = _only([record for record in load_decisions(project.folder) if _fits(record, fingerprint)], fingerprint, "dismissal")
    remove_dismissal(project.folder, dismissal)
    return dismissal


def _records(
    project: Project, source: str | None, target: str | None, options: Options | None, cache: Cache | None, workers: int | None
) -> list[Record]:
    done = outcomes_of(source, target, project, options=options, cache=cache, workers=workers)
    return [
        record_of(finding, project_path(first, project.root), project_path(second, project.root), sketch)
        for outcome, (first, second) in done.pairs
        if outcome.checked is not None
        for finding, sketch in zip(outcome.checked.findings, outcome.sketches, strict=True)
    ]


def _fits(record: Record, fingerprint: str) -> bool:
    return record.fingerprint == fingerprint or (len(fingerprint) >= _SHORTEST and record.fingerprint.startswith(fingerprint))


def _only(found: list[R], fingerprint: str, what: str) -> R:
    exact = [record for record in found if record.fingerprint == fingerprint] or found
    if not exact:
        raise UsageError(message=f"no {what} has the fingerprint {fingerprint!r}", hint="--format json shows fingerprints")
    if len(exact) > 1:
        places = ", ".join(sorted({record.target for record in exact})[:5])
        raise UsageError(message=f"{len(exact)} {what}s have the fingerprint {fingerprint!r}: {places}", hint="name the pair")
    return exact[0]
