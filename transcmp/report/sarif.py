"""SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), within what GitHub code scanning takes.

GitHub reads at most 25,000 results of a run and 20 tags of a rule, and shows the 5,000 gravest results ("SARIF support for code scanning"):
the gravest come first, and what does not fit is counted in a notification.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from transcmp._version import __version__
from transcmp.model import CheckRun, Finding, Place
from transcmp.report import Style
from transcmp.report.places import Shown, gravest_first, uri
from transcmp.visible import visible

RESULTS = 25_000
"""Most results that GitHub reads of one run."""
SHOWN = 5_000
"""Most results that GitHub shows of one run."""

_ROOT = "SRCROOT"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def check(run: CheckRun, style: Style) -> Iterator[str]:
    """One SARIF log with one run."""
    items = gravest_first(run)
    rules = _rules(run, items)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "transcmp", "version": __version__, "semanticVersion": __version__, "rules": rules}},
                "invocations": [{"executionSuccessful": not run.unreadable, "toolExecutionNotifications": _notifications(run, items)}],
                "columnKind": "unicodeCodePoints",
                "results": [_result(item, index) for item in items[:RESULTS]],
                "properties": {"signature": run.signature, "passed": run.passed},
            }
        ],
    }
    yield msgspec.json.format(msgspec.json.encode(log), indent=2).decode() + "\n"


def _rules(run: CheckRun, items: Iterable[Shown]) -> list[dict[str, Any]]:
    """Every rule of the run, and those that only findings name (files, thresholds, plugins)."""
    known = dict(run.rules)
    summaries = {visible(item.finding.rule): item.finding.rule for item in items} | known
    return [
        {"id": name, "shortDescription": {"text": visible(summary)}, "properties": {"tags": ["translation"]}}
        for name, summary in sorted(summaries.items())
    ]


def _result(item: Shown, index: dict[str, int]) -> dict[str, Any]:
    finding = item.finding
    result: dict[str, Any] = {
        "ruleId": visible(finding.rule),
        "ruleIndex": index[visible(finding.rule)],
        "level": finding.severity,
        "message": {"text": _message(finding)},
        "locations": [_location(item.path, item.place)],
    }
    if item.other is not None:
        result["relatedLocations"] = [{"id": 1, **_location(item.other_path, item.other), "message": {"text": "source"}}]
    if finding.fingerprint:
        base, _, number = finding.fingerprint.partition("-")
        # the second name is the one that GitHub compares; unlike its own it survives an edit of the line
        result["partialFingerprints"] = {
            "transcmpFingerprint/v1": finding.fingerprint,
            "primaryLocationLineHash": f"{base}:{int(number or 0) + 1}",
        }
    if finding.score is not None:
        result["rank"] = round(100 * finding.score, 2)
    return result


def _message(finding: Finding) -> str:
    """Plain text; ``[`` would begin an embedded link (SARIF 3.11.6)."""
    return visible(finding.message).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _location(path: str, place: Place | None) -> dict[str, Any]:
    address = uri(path)
    artifact = {"uri": address} if address.startswith("file:") else {"uri": address, "uriBaseId": _ROOT}
    start, end = (place.start, place.end) if place is not None else (None, None)
    region = {"startLine": 1}
    if start is not None and end is not None:
        region = {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _notifications(run: CheckRun, items: list[Shown]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"level": "error", "message": {"text": visible(f"{item.path}: {item.message}")}, "locations": [_location(item.path, None)]}
        for item in run.unreadable
    ]
    if len(items) > RESULTS:
        text = f"{len(items) - RESULTS:,} of {len(items):,} results are left out: code scanning takes {RESULTS:,}"
        found.append({"level": "warning", "message": {"text": text}})
    elif len(items) > SHOWN:
        found.append({"level": "note", "message": {"text": f"code scanning shows the {SHOWN:,} gravest of {len(items):,} results"}})
    found += [{"level": "note", "message": {"text": visible(reason)}} for reason in run.reasons]
    return found
