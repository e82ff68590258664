"""Plant, check, and count what was caught."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from transcmp import pipeline, readers
from transcmp.config import Project, Settings
from transcmp.errors import UsageError
from transcmp.model import Alignment, Comparison, Document, Finding, Place, Span
from transcmp.pipeline import Options, gate, jobs
from transcmp.report.mutate import KindCount, Mutated, PlantedFault
from transcmp.selftest.edits import Edit, Plan, apply, clear_of, moved
from transcmp.selftest.plant import PLANTERS, Ground

KINDS = tuple(PLANTERS)
"""Kinds of faults that can be planted."""

_MARGIN = 200  # characters between faults of one copy, so that each is seen on its own


class Result(Struct, frozen=True, kw_only=True):
    """What the current configuration catches."""

    signature: str
    faults: tuple[PlantedFault, ...]

    @property
    def recall(self) -> float:
        """Share of the faults that were found; 1 where none could be planted."""
        return sum(fault.found for fault in self.faults) / len(self.faults) if self.faults else 1.0


def summary(result: Result) -> Mutated:
    """The result as its formats take it, counted by kind."""
    counts = {}
    for kind in KINDS:
        found = [fault.found for fault in result.faults if fault.kind == kind]
        if found:
            counts[kind] = KindCount(planted=len(found), found=sum(found), recall=round(sum(found) / len(found), 4))
    recall = round(result.recall, 4) if result.faults else None
    return Mutated(signature=result.signature, faults=result.faults, recall=recall, by_kind=counts)


def mutate(
    source: str,
    target: str,
    *,
    seed: int = 0,
    rounds: int = 3,
    kinds: Iterable[str] = KINDS,
    options: Options = pipeline.DEFAULTS,
    project: Project | None = None,
    progress: pipeline.Report | None = None,
) -> Result:
    """Plant faults in a trusted pair and see which errors and warnings ``check`` gives for them, with the settings of ``project``.

    Each kind is planted by itself ``rounds`` times, each time elsewhere, and then as many kinds as fit at once. Raises UsageError for an
    unknown kind.
    """
    wanted = tuple(kinds)
    for kind in wanted:
        if kind not in PLANTERS:
            raise UsageError(message=f"no kind of fault {kind!r}", hint=f"one of {', '.join(KINDS)}")
    chosen = project or Project(root=Path(), file=None, settings=Settings())
    checker = _Checker(chosen, replace(gate.options_for(chosen, options), folder=None))
    sound, found = checker.check(source, target)
    copies = list(_copies(sound.alignment, wanted, Random(seed), rounds))
    known = {finding.fingerprint for finding in found}
    faults: list[PlantedFault] = []
    for number, plans in enumerate(copies):
        faults.extend(_check(sound, plans, known, checker))
        if progress is not None:
            progress("planting faults", number + 1, len(copies))
    return Result(signature=f"{sound.signature}|seed:{seed}|rounds:{rounds}", faults=tuple(faults))


def _copies(alignment: Alignment, kinds: tuple[str, ...], random: Random, rounds: int) -> Iterator[list[Plan]]:
    """The faults of each damaged copy: one alone in most, all kinds in the last."""
    ground = Ground(alignment)
    at_once: list[Plan] = []
    for kind in kinds:
        for number, plan in enumerate(PLANTERS[kind](ground, random)):
            if number >= rounds:
                break
            yield [plan]
        for plan in PLANTERS[kind](ground, random):
            if clear_of(plan, at_once, _MARGIN):
                at_once.append(plan)
                break
    if len(at_once) > 1:
        yield at_once


class _Checker:
    """``check`` as a project has it, without what people decided about single findings and beads."""

    def __init__(self, project: Project, options: Options) -> None:
        self._settings = project.settings
        self._rules = jobs.rule_options(project.settings, project.root)
        self._options = options

    def check(self, source: pipeline.Source, target: pipeline.Source) -> tuple[Comparison, tuple[Finding, ...]]:
        """The comparison, and the errors and warnings that a user is told."""
        comparison = pipeline.check(source, target, options=self._options, rules=self._rules)
        checked = jobs.of(comparison, self._settings).checked
        findings = () if checked is None else checked.findings
        return comparison, tuple(finding for finding in findings if finding.severity != "note")


def _check(sound: Comparison, plans: list[Plan], known: set[str], checker: _Checker) -> Iterator[PlantedFault]:
    documents = {"source": sound.alignment.source.document, "target": sound.alignment.target.document}
    edits = {side: [edit for plan in plans for edit in plan.edits if edit.side == side] for side in documents}
    damaged = {side: _damaged(document, edits[side]) for side, document in documents.items()}
    fresh = [finding for finding in checker.check(damaged["source"], damaged["target"])[1] if finding.fingerprint not in known]
    for plan in plans:
        spans = {side: _after(getattr(plan, side), edits[side], damaged[side]) for side in documents}
        rules = tuple(sorted({finding.rule for finding in fresh if _touches(finding, spans)}))
        yield PlantedFault(
            kind=plan.kind,
            source=damaged["source"].position(spans["source"].start),
            target=damaged["target"].position(spans["target"].start),
            before=plan.before.strip(),
            after=plan.after.strip(),
            found=bool(rules),
            by=rules,
        )


def _damaged(document: Document, edits: Iterable[Edit]) -> Document:
    return readers.parse(apply(document.text, edits), path=document.path, format=document.format)


def _after(span: Span, edits: Iterable[Edit], document: Document) -> Span:
    """A span of the sound text in the damaged one, never beyond its end."""
    made = list(edits)
    start = min(moved(span.start, made), len(document.text))
    return Span(start, max(start, min(moved(span.end, made), len(document.text))))


def _touches(finding: Finding, spans: dict[str, Span]) -> bool:
    sides: tuple[tuple[Place | None, Span], ...] = ((finding.source, spans["source"]), (finding.target, spans["target"]))
    return any(place is not None and place.span.start <= span.end and span.start <= place.span.end for place, span in sides)
