"""Checkstyle's report format (version 1.0.0 of its schema), which many code hosts and review bots read."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from transcmp.model import CheckRun
from transcmp.report import Style
from transcmp.report.places import Shown, all_shown, relative, xml_text

_SEVERITY = {"error": "error", "warning": "warning", "note": "info"}


def check(run: CheckRun, style: Style) -> Iterator[str]:
    """A ``checkstyle`` document: a ``file`` for every document with findings, in the order of their names."""
    files: dict[str, list[Shown]] = {}
    for item in all_shown(run):
        files.setdefault(relative(item.path), []).append(item)
    broken = {relative(item.path): item.message for item in run.unreadable}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="1.0.0">\n'
    for path in sorted({*files, *broken}):
        yield f"  <file name={_attribute(path)}>\n"
        for item in files.get(path, []):
            yield _error(item)
        if path in broken:
            yield f'    <error line="1" severity="error" message={_attribute(broken[path])} source="transcmp.unreadable"/>\n'
        yield "  </file>\n"
    yield "</checkstyle>\n"


def _error(item: Shown) -> str:
    column = f' column="{item.place.start.column}"' if item.place is not None else ""
    severity, source = _SEVERITY[item.finding.severity], _attribute(f"transcmp.{item.finding.rule}")
    return f'    <error line="{item.line}"{column} severity="{severity}" message={_attribute(item.finding.message)} source={source}/>\n'


def _attribute(value: str) -> str:
    return quoteattr(xml_text(value))
