"""JUnit XML, as Jenkins, GitLab, Azure and CircleCI read it: a suite a pair, a case a finding that fails.

A finding that does not fail the run is written to the suite's output, so that a green run is green in the test tab, too. There is no
standard: the schema is that of the Jenkins xUnit plugin (``junit-10.xsd``).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from transcmp.model import Checked, CheckRun, Unreadable
from transcmp.report import Style
from transcmp.report.places import Shown, shown, xml_text
from transcmp.visible import visible_line


def check(run: CheckRun, style: Style) -> Iterator[str]:
    """A ``testsuites`` document."""
    failing = sum(run.fails(finding) for pair in run.pairs for finding in pair.findings)
    cases = sum(max(1, sum(run.fails(finding) for finding in pair.findings)) for pair in run.pairs) + len(run.unreadable)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="transcmp" tests="{cases}" failures="{failing}" errors="{len(run.unreadable)}">\n'
    for pair in run.pairs:
        yield from _suite(run, pair)
    for item in run.unreadable:
        yield from _unreadable(item)
    yield "</testsuites>\n"


def _suite(run: CheckRun, pair: Checked) -> Iterator[str]:
    items = [shown(pair, finding) for finding in pair.findings]
    failing = [item for item in items if run.fails(item.finding)]
    name = (pair.target or pair.source).path
    yield f'  <testsuite name={_attribute(name)} tests="{max(1, len(failing))}" failures="{len(failing)}" errors="0" skipped="0">\n'
    yield from _properties(pair)
    if not failing:
        yield f'    <testcase name="no failing findings" classname={_attribute(name)}/>\n'
    seen: dict[str, int] = {}
    for item in failing:
        yield from _case(item, name, seen)
    rest = [item for item in items if not run.fails(item.finding)]
    if rest:
        lines = "\n".join(
            f"{visible_line(item.path)}:{item.line}: {item.finding.severity}: {item.finding.rule}: {item.finding.message}" for item in rest
        )
        yield f"    <system-out>{escape(xml_text(lines))}</system-out>\n"
    yield "  </testsuite>\n"


def _properties(pair: Checked) -> Iterator[str]:
    values = [("source", pair.source.path), ("source_language", pair.source.language)]
    if pair.target is not None:
        values += [("target", pair.target.path), ("target_language", pair.target.language)]
    if pair.score is not None:
        values.append(("score", f"{pair.score:.4f}"))
    yield "    <properties>\n"
    for name, value in values:
        yield f"      <property name={_attribute(name)} value={_attribute(value)}/>\n"
    yield "    </properties>\n"


def _case(item: Shown, classname: str, seen: dict[str, int]) -> Iterator[str]:
    finding = item.finding
    # a name that stays when lines move, so that dashboards recognise the case
    name = f"{finding.rule} {finding.fingerprint}".strip()
    seen[name] = seen.get(name, 0) + 1
    name += f" ({seen[name]})" if seen[name] > 1 else ""
    texts = [f"{visible_line(item.path)}:{item.line}: {finding.message}"]
    texts += [f"{side}: {place.text}" for side, place in (("source", finding.source), ("target", finding.target)) if place is not None]
    yield f"    <testcase name={_attribute(name)} classname={_attribute(classname)}>\n"
    yield f"      <failure type={_attribute(finding.severity)} message={_attribute(finding.message)}>"
    yield f"{escape(xml_text(chr(10).join(texts)))}</failure>\n    </testcase>\n"


def _unreadable(item: Unreadable) -> Iterator[str]:
    path = _attribute(item.path)
    yield f'  <testsuite name={path} tests="1" failures="0" errors="1" skipped="0">\n    <testcase name="unreadable" classname={path}>\n'
    yield f'      <error type="unreadable" message={_attribute(item.message)}/>\n    </testcase>\n  </testsuite>\n'


def _attribute(value: str) -> str:
    return quoteattr(xml_text(value))
