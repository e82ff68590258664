"""``check`` as a run: one pair, a mixed document, or two directories, to one result that passes or fails."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from transcmp import pipeline
from transcmp.errors import ReadError, UsageError
from transcmp.model import Checked, CheckRun, Comparison, DocumentName, Finding
from transcmp.pipeline.options import Options
from transcmp.pipeline.walk import walk

FailOn = Literal["error", "warning", "note", "never"]
_FAILING: dict[str, frozenset[str]] = {
    "error": frozenset({"error"}),
    "warning": frozenset({"error", "warning"}),
    "note": frozenset({"error", "warning", "note"}),
    "never": frozenset(),
}


def check(
    source: str | None,
    target: str | None = None,
    *,
    options: Options = pipeline.DEFAULTS,
    fail_on: FailOn | None = None,
    progress: pipeline.Report | None = None,
) -> CheckRun:
    """Check ``source`` against ``target``, or ``source`` alone as a mixed document; two directories pair by relative path."""
    if source is None:
        raise UsageError(message="nothing to check", hint="name a source and its translation, or one mixed document")
    checked, signature = [], ""
    pairs = list(_pairs(source, target))
    for number, (first, second) in enumerate(pairs):
        comparison = pipeline.check(first, second, options=options)
        signature = signature or comparison.signature
        checked.append(summarise(comparison))
        if progress is not None:
            progress("checking", number + 1, len(pairs))
    return finish(checked, signature, fail_on or "error")


def summarise(comparison: Comparison) -> Checked:
    """What a report needs of a comparison."""
    sides = comparison.alignment.source, comparison.alignment.target
    names = [DocumentName(path=side.document.path, language=side.language) for side in sides]
    return Checked(
        source=names[0],
        target=names[1],
        # most of a mixed document has no counterpart and needs none: a score would mean nothing
        score=None if comparison.mixed else comparison.alignment.score,
        coverage=comparison.coverage,
        findings=comparison.findings,
        mixed=comparison.mixed,
    )


def finish(pairs: Iterable[Checked], signature: str, fail_on: FailOn, reasons: Iterable[str] = ()) -> CheckRun:
    """The run of all pairs, with its verdict."""
    all_pairs = tuple(pairs)
    return CheckRun(
        signature=signature,
        pairs=all_pairs,
        passed=not any(_fails(f, fail_on) for p in all_pairs for f in p.findings),
        reasons=tuple(reasons),
    )


def _fails(finding: Finding, fail_on: FailOn) -> bool:
    return finding.severity in _FAILING[fail_on]


def _pairs(source: str, target: str | None) -> list[tuple[str, str | None]]:
    first = Path(source)
    if not first.is_dir():
        if target is not None and Path(target).is_dir():
            target = str(Path(target, first.name))
        return [(source, target)]
    names = list(walk(first))
    if target is None:
        return [(str(first / name), None) for name in names]
    second = Path(target)
    if not second.is_dir():
        raise UsageError(message="a directory can only be compared with a directory", path=target)
    others = set(walk(second))
    both = [name for name in names if name in others]
    if not both:
        raise ReadError(message=f"no file has the same relative path as in {source}", path=target)
    return [(str(first / name), str(second / name)) for name in both]
