"""Annotations of GitHub Actions: workflow commands on standard output ("Workflow commands for GitHub Actions").

GitHub shows ten errors, ten warnings and ten notices of a step. The first ten of each are commands; the rest are lines of the log.
"""

from __future__ import annotations

from collections.abc import Iterator

from transcmp.model import CheckRun
from transcmp.report import Style
from transcmp.report.places import Shown, gravest_first, relative
from transcmp.visible import visible, visible_line

EACH = 10
"""Annotations of one kind that GitHub shows of a step."""

_COMMAND = {"error": "error", "warning": "warning", "note": "notice"}


def check(run: CheckRun, style: Style) -> Iterator[str]:
    """Commands for the gravest findings, log lines for the others, and a count."""
    left = dict.fromkeys(_COMMAND.values(), EACH)
    rest = []
    for item in run.unreadable:
        if left["error"] > 0:
            left["error"] -= 1
            yield _command("error", {"file": relative(item.path), "title": "transcmp: unreadable"}, item.message)
        else:
            rest.append(f"error {item.path}: {item.message}")
    for shown in gravest_first(run):
        kind = _COMMAND[shown.finding.severity]
        if left[kind] > 0:
            left[kind] -= 1
            yield _annotation(kind, shown)
        else:
            rest.append(f"{shown.finding.severity} {shown.path}:{shown.line}: {shown.finding.rule}: {shown.finding.message}")
    if rest:
        yield _log(f"further findings, which GitHub does not annotate ({EACH} of a kind are shown): {len(rest)}")
    for line in rest:
        yield _log(line)
    for reason in run.reasons:
        yield _log(reason)


def _annotation(kind: str, item: Shown) -> str:
    properties = {"file": relative(item.path), "line": str(item.line)}
    if item.place is not None:
        properties["endLine"] = str(item.place.end.line)
        if item.place.start.line == item.place.end.line:  # columns of different lines are refused
            properties |= {"col": str(item.place.start.column), "endColumn": str(item.place.end.column)}
    properties["title"] = f"transcmp: {item.finding.rule}"
    return _command(kind, properties, item.finding.message)


def _command(kind: str, properties: dict[str, str], message: str) -> str:
    values = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{kind} {values}::{_data(message)}\n"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _log(text: str) -> str:
    """A line that the runner takes for no command, whatever a document or file name holds (``::set-env``, ``##[group]``)."""
    line = visible_line(text).replace("##[", "## [")
    return f"· {line}\n" if line.lstrip().startswith("::") else f"{line}\n"
