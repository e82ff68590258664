"""GitLab Code Quality: the subset of Code Climate's issues that GitLab reads ("Code Quality report format")."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import msgspec

from transcmp.model import CheckRun
from transcmp.report import Style
from transcmp.report.places import Shown, all_shown, relative
from transcmp.visible import visible

_SEVERITY = {"error": "major", "warning": "minor", "note": "info"}


def check(run: CheckRun, style: Style) -> Iterator[str]:
    """A JSON array of issues; each fingerprint is unique in it, as GitLab asks."""
    seen: dict[str, int] = {}
    issues = [_issue(item, seen) for item in all_shown(run)]
    for broken in run.unreadable:
        fingerprint = _unique(f"unreadable\0{broken.path}", seen)
        issues.append(_entry("unreadable", visible(broken.message), "critical", fingerprint, broken.path, (1, 1)))
    yield msgspec.json.format(msgspec.json.encode(issues), indent=2).decode() + "\n"


def _issue(item: Shown, seen: dict[str, int]) -> dict[str, Any]:
    finding = item.finding
    lines = (item.line, item.place.end.line if item.place is not None else item.line)
    fingerprint = _unique("\0".join((finding.rule, item.path, finding.fingerprint or finding.message)), seen)
    return _entry(finding.rule, visible(finding.message), _SEVERITY[finding.severity], fingerprint, item.path, lines)


def _entry(rule: str, text: str, severity: str, fingerprint: str, path: str, lines: tuple[int, int]) -> dict[str, Any]:
    return {
        "type": "issue",
        "check_name": visible(rule),
        "description": text,
        "categories": ["Bug Risk"],
        "severity": severity,
        "fingerprint": fingerprint,
        "location": {"path": visible(relative(path)), "lines": {"begin": lines[0], "end": lines[1]}},
    }


def _unique(name: str, seen: dict[str, int]) -> str:
    seen[name] = seen.get(name, 0) + 1
    text = name if seen[name] == 1 else f"{name}\0{seen[name]}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
