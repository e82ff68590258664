"""What is known of a run's findings: dismissals and the baseline, applied to all pairs at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from transcmp.config import Project
from transcmp.decisions import Dismissal, Record, apply, load_baseline, load_decisions, record_of, save_baseline
from transcmp.decisions.matching import Applied
from transcmp.files import project_path
from transcmp.model import Checked, Finding
from transcmp.pipeline.jobs import Outcome

Pair = tuple[Outcome, tuple[str, str]]
"""An outcome with the paths of its source and target."""


class Known:
    """The records of a project, and what a run made of them."""

    def __init__(self, project: Project, *, whole: bool, unreadable: Iterable[str] = ()) -> None:
        """``whole``: the run checks everything, so a record about another pair of files is about none.

        ``unreadable``: paths of files and folders that the run could not read: what is known of them is neither used nor repaired.
        """
        self._project = project
        self._whole = whole
        self._unread = tuple(project_path(path, project.root) for path in unreadable)
        self._records: dict[tuple[str, str], list[Record]] = {}
        for record in (*load_decisions(project.folder), *load_baseline(project.folder)):
            if not self._is_unread(record):
                self._records.setdefault((record.source, record.target), []).append(record)
        self._stale: list[Record] = []
        self._written: str = ""

    def apply(self, pairs: Sequence[Pair], *, update: bool = False) -> list[Checked]:
        """The pairs without what is known; with ``update`` everything that is left goes into the baseline. Raises WriteError."""
        keys = [(project_path(source, self._project.root), project_path(target, self._project.root)) for _, (source, target) in pairs]
        applied = [
            self._own(outcome, self._records.pop(key, []) if first else [])
            for (outcome, _), key, first in zip(pairs, keys, _first(keys), strict=True)
        ]
        if self._whole:
            applied = self._moved(pairs, applied)
        if update:
            self._write(pairs, keys, applied)
            applied = [
                Applied(kept=tuple(f for f in item.kept if not self._counts(f)), silenced=item.silenced, stale=()) for item in applied
            ]
        checked = []
        for (outcome, _), item in zip(pairs, applied, strict=True):
            assert outcome.checked is not None
            gone = len(outcome.checked.findings) - len(item.kept)
            checked.append(replace(outcome.checked, findings=item.kept, silenced=outcome.checked.silenced + gone))
        return checked

    def sentences(self) -> tuple[str, ...]:
        """What is to be said: what was repaired, which dismissals are no longer needed, what was written."""
        if self._written:
            return (self._written,)
        dismissals = [record for record in self._stale if isinstance(record, Dismissal)]
        repaired = len(self._stale) - len(dismissals)
        said = []
        if repaired:
            said.append(
                f"{_count(repaired, 'finding')} of the baseline {_is(repaired)} repaired: --update-baseline takes {_it(repaired)} out"
            )
        if dismissals:
            names = ", ".join(sorted({f"{record.target} ({record.rule})" for record in dismissals})[:5])
            said.append(f"{_count(len(dismissals), 'dismissal')} {_is(len(dismissals))} no longer needed: {names}")
        return tuple(said)

    def _own(self, outcome: Outcome, records: list[Record]) -> Applied:
        assert outcome.checked is not None
        found = apply(outcome.checked.findings, outcome.sketches, records)
        dismissed = {record.fingerprint for _, record in found.silenced if isinstance(record, Dismissal)}
        self._stale += [record for record in found.stale if isinstance(record, Dismissal) or record.fingerprint not in dismissed]
        return found

    def _moved(self, pairs: Sequence[Pair], applied: list[Applied]) -> list[Applied]:
        """Let records about files that are gone silence the same findings elsewhere: files are renamed."""
        left = [record for records in self._records.values() for record in records]
        result = []
        for (outcome, _), item in zip(pairs, applied, strict=True):
            usable = [record for record in left if record.sketch]
            if not usable or not item.kept:
                result.append(item)
                continue
            assert outcome.checked is not None
            sketches = dict(zip(map(id, outcome.checked.findings), outcome.sketches, strict=True))
            found = apply(item.kept, [sketches[id(finding)] for finding in item.kept], usable)
            used = {id(record) for _, record in found.silenced}
            left = [record for record in left if id(record) not in used]
            result.append(Applied(kept=found.kept, silenced=(*item.silenced, *found.silenced), stale=item.stale))
        self._stale += left
        return result

    def _write(self, pairs: Sequence[Pair], keys: Sequence[tuple[str, str]], applied: Sequence[Applied]) -> None:
        before = load_baseline(self._project.folder)
        records = []
        for (outcome, _), (source, target), item in zip(pairs, keys, applied, strict=True):
            assert outcome.checked is not None
            dismissed = {id(finding) for finding, record in item.silenced if isinstance(record, Dismissal)}
            records += [
                record_of(finding, source, target, sketch)
                for finding, sketch in zip(outcome.checked.findings, outcome.sketches, strict=True)
                if self._counts(finding) and id(finding) not in dismissed
            ]
        own = set(keys)
        others = [item for item in before if self._is_unread(item) or not (self._whole or (item.source, item.target) in own)]
        save_baseline(self._project.folder, [*others, *records])
        new = sum(self._counts(finding) for item in applied for finding in item.kept)
        gone = sum(not isinstance(record, Dismissal) for record in self._stale)
        self._written = f"the baseline holds {_count(len(records) + len(others), 'finding')}: {new} new, {gone} repaired and taken out"

    def _is_unread(self, record: Record) -> bool:
        return any(path == unread or path.startswith(f"{unread}/") for path in (record.source, record.target) for unread in self._unread)

    def _counts(self, finding: Finding) -> bool:
        """Whether a finding belongs into the baseline: notes only where notes fail the run."""
        return finding.severity != "note" or self._project.settings.fail_on == "note"


def _first(keys: Sequence[tuple[str, str]]) -> list[bool]:
    seen: set[tuple[str, str]] = set()
    return [not (key in seen or seen.add(key)) for key in keys]  # type: ignore[func-returns-value]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _it(number: int) -> str:
    return "it" if number == 1 else "them"
