"""One pair of a gate's run, from two paths to all that reports and records need of it.

A job and its outcome are small values without texts: they cross process borders and lie in the cache.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from transcmp.config import Settings
from transcmp.errors import ReadError, TranscmpWarning
from transcmp.model import Checked, Comparison, DocumentName, Finding, Severity, Unreadable
from transcmp.pipeline.options import Options

if TYPE_CHECKING:
    from transcmp.checks.options import Options as RuleOptions

FILE_RULES: dict[str, tuple[Severity, str]] = {
    "missing-file": ("error", "a source file has no translation"),
    "orphan-file": ("warning", "a translation has no source file"),
    "low-score": ("error", "a document's score is below the threshold"),
    "low-coverage": ("error", "too little of a source's text has a counterpart"),
    "unused-ignore": ("warning", "a comment that silences findings silences none"),
    "stale": ("warning", "the source has changed since this was translated"),
    "recorded-commit": ("warning", "the commit that front matter records is contradicted by the texts"),
}
"""Rules about files and their history, beside the rules of ``checks``, which are about texts: level and summary."""


class Past(Struct, frozen=True, kw_only=True):
    """A revision of one side."""

    side: Literal["source", "target"]
    commit: str
    date: str
    """Day, ISO 8601."""
    blob: str
    """Git's name of the content; empty: deleted."""
    path: str
    """Its name then, relative to the work tree."""


class Job(Struct, frozen=True, kw_only=True):
    """A pair to check."""

    source: str
    """Path, as reports name it."""
    target: str | None = None
    """None: a mixed document."""
    source_language: str | None = None
    """BCP 47 tag; None: told from the text."""
    target_language: str | None = None
    past: tuple[Past, ...] = ()
    """Revisions of both files in the order of :func:`transcmp.pipeline.stale.find`; empty: no git, or nothing that could be stale."""
    repository: str = ""
    """Top folder of the work tree that the past is in."""


class Work(Struct, frozen=True, kw_only=True):
    """What is the same for every job of a run."""

    options: Options
    settings: Settings
    root: str = "."
    """Of the project."""


class Outcome(Struct, frozen=True, kw_only=True):
    """What came of a job."""

    checked: Checked | None = None
    """None: it could not be read."""
    sketches: tuple[str, ...] = ()
    """Surroundings of ``checked.findings``, for the baseline."""
    unused_source: tuple[Finding, ...] = ()
    """Comments of the source that silenced nothing for this translation."""
    unused_target: tuple[Finding, ...] = ()
    failed: Unreadable | None = None
    signature: str = ""
    notices: tuple[str, ...] = ()
    """What the user should know, once."""


def run(job: Job, work: Work) -> Outcome:
    """Check one pair. Raises no ReadError: that is an outcome, too."""
    from transcmp import pipeline

    options = work.options
    if job.source_language or job.target_language:
        options = replace(
            options,
            source_language=job.source_language or options.source_language,
            target_language=job.target_language or options.target_language,
        )
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            comparison = pipeline.check(job.source, job.target, options=options, rules=rule_options(work.settings, Path(work.root)))
            if job.past:
                from transcmp.pipeline.past import with_history

                comparison = with_history(comparison, job.past, job.repository, options, work.settings)
        except ReadError as error:
            return Outcome(failed=Unreadable(path=error.path or job.source, message=_without_path(error)))
        outcome = of(comparison, work.settings)
    notices = dict.fromkeys(str(item.message) for item in caught if issubclass(item.category, TranscmpWarning))
    return replace(outcome, notices=tuple(notices))


def of(comparison: Comparison, settings: Settings) -> Outcome:
    """The outcome of a comparison: thresholds added, what is ignored taken away, comments obeyed."""
    from transcmp import decisions
    from transcmp.decisions.inline import silence

    source, target = comparison.alignment.source, comparison.alignment.target
    wanted = [finding for finding in comparison.findings if not _ignored(finding, settings)]
    all_findings = (*wanted, *_thresholds(comparison, settings))
    named = decisions.with_fingerprints(replace(comparison, findings=all_findings))
    second = None if comparison.mixed else target.document
    silenced = silence(named.findings, source.document, second, known=_rule_names())
    sketches = decisions.sketches(named)
    names = [DocumentName(path=side.document.path, language=side.language) for side in (source, target)]
    return Outcome(
        checked=Checked(
            source=names[0],
            target=names[1],
            # most of a mixed document has no counterpart and needs none: a score would mean nothing
            score=None if comparison.mixed else comparison.alignment.score,
            coverage=comparison.coverage,
            findings=tuple(named.findings[number] for number in silenced.kept),
            mixed=comparison.mixed,
            silenced=len(named.findings) - len(silenced.kept),
        ),
        sketches=tuple(sketches[number] for number in silenced.kept),
        unused_source=_leveled(silenced.unused_source, settings, target.language),
        unused_target=_leveled(silenced.unused_target, settings, target.language),
        signature=comparison.signature,
    )


def rule_options(settings: Settings, root: Path) -> RuleOptions:
    """The settings of the project at ``root`` as the rules take them."""
    from transcmp.checks.options import Options as RuleOptions
    from transcmp.checks.options import Term

    return RuleOptions(
        settings=settings,
        terms=tuple(Term(source=word, targets=()) for word in settings.ignore.words),
        glossaries=tuple(str(root / name) for name in settings.glossary),
    )


def level(rule: str, settings: Settings, language: str) -> Severity | None:
    """The level of one of :data:`FILE_RULES`; None where it is off."""
    chosen = settings.rule(rule, language).severity or FILE_RULES[rule][0]
    return None if chosen == "off" else chosen


def _leveled(findings: Iterable[Finding], settings: Settings, language: str) -> tuple[Finding, ...]:
    return tuple(
        replace(finding, severity=severity) for finding in findings if (severity := level(finding.rule, settings, language)) is not None
    )


def _thresholds(comparison: Comparison, settings: Settings) -> list[Finding]:
    if comparison.mixed:
        return []
    language = comparison.alignment.target.language
    least_score, least_coverage = settings.least(language)
    found = []
    for rule, name, figure, least in (
        ("low-score", "score", comparison.alignment.score, least_score),
        ("low-coverage", "covered share of the source", comparison.coverage.source, least_coverage),
    ):
        severity = level(rule, settings, language)
        if least is not None and figure < least and severity is not None:
            shown = f"{figure:.3f}" if round(figure, 3) < least else f"{figure:.6g}"  # never "1.000, below 0.9999"
            message = f"the {name} is {shown}, below {least:g}"
            found.append(Finding(rule=rule, severity=severity, message=message, source=None, target=None, score=1 - figure))
    return found


def _ignored(finding: Finding, settings: Settings) -> bool:
    places = [place for place in (finding.target, finding.source) if place is not None]
    if places and places[0].kind in settings.ignore.kinds:
        return True
    return any(re.fullmatch(pattern, place.text, re.DOTALL) for pattern in settings.ignore.patterns for place in places)


def _rule_names() -> tuple[str, ...]:
    from transcmp.checks import RULES

    return (*(rule.id for rule in RULES), *FILE_RULES)


def _without_path(error: ReadError) -> str:
    place = ":".join(str(part) for part in (error.line, error.column) if part is not None)
    hint = f" ({error.hint})" if error.hint else ""
    return f"{f'line {place}: ' if place else ''}{error.message}{hint}"
