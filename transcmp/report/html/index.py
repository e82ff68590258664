"""The index: every document with its figures, worst first, and plots over all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from transcmp.model import Checked, CheckRun
from transcmp.report.html.render import render

_BINS = 20


class Bar(Struct, frozen=True, kw_only=True):
    """A bar of a plot."""

    name: str
    count: int
    share: float
    """Of the greatest count, 0..1."""


class Entry(Struct, frozen=True, kw_only=True):
    """A row of the table."""

    checked: Checked
    language: str
    """Of the translation, for the filter."""
    link: str | None
    errors: int
    warnings: int
    notes: int


def index(run: CheckRun, links: Sequence[str | None]) -> str:
    """The index as HTML; ``links`` are the pages' names, None where a pair has none."""
    entries = [_entry(checked, link) for checked, link in zip(run.pairs, links, strict=True) if not _is_silenced(checked)]
    entries.sort(key=lambda entry: (-entry.errors, -entry.warnings, entry.checked.score if entry.checked.score is not None else 2.0))
    return render(
        "index.html.j2",
        "index.js",
        run=run,
        entries=entries,
        silenced=len(run.pairs) - len(entries),
        histogram=_histogram(run),
        rules=_bars(Counter(finding.rule for checked in run.pairs for finding in checked.findings)),
        languages=_languages(entries),
        counts={"error": run.count("error"), "warning": run.count("warning"), "note": run.count("note")},
    )


def _is_silenced(checked: Checked) -> bool:
    """Whether it is a file that is not there, and need not be: there is nothing to show of it."""
    return checked.score is None and checked.target is None and not checked.mixed and bool(checked.silenced) and not checked.findings


def _language(checked: Checked) -> str:
    """The language of the translation; "missing" where there is none."""
    if checked.target is not None:
        return checked.target.language
    return "missing" if any(finding.rule == "missing-file" for finding in checked.findings) else checked.source.language


def _entry(checked: Checked, link: str | None) -> Entry:
    counts = Counter(finding.severity for finding in checked.findings)
    return Entry(
        checked=checked, language=_language(checked), link=link, errors=counts["error"], warnings=counts["warning"], notes=counts["note"]
    )


def _bars(counts: Counter[str]) -> list[Bar]:
    most = max(counts.values(), default=1)
    return [Bar(name=name, count=count, share=count / most) for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _histogram(run: CheckRun) -> list[Bar]:
    counts = Counter(min(int(checked.score * _BINS), _BINS - 1) for checked in run.pairs if checked.score is not None)
    most = max(counts.values(), default=1)
    return [
        Bar(name=f"{place / _BINS:.2f}-{(place + 1) / _BINS:.2f}", count=counts[place], share=counts[place] / most)
        for place in range(_BINS)
    ]


def _languages(entries: Sequence[Entry]) -> list[tuple[str, int, int, float | None]]:
    """Target language, documents, findings and mean score."""
    found: dict[str, list[Checked]] = {}
    for entry in entries:
        found.setdefault(entry.language, []).append(entry.checked)
    table = []
    for language, group in sorted(found.items()):
        scores = [checked.score for checked in group if checked.score is not None]
        mean = sum(scores) / len(scores) if scores else None
        table.append((language, len(group), sum(len(checked.findings) for checked in group), mean))
    return table
