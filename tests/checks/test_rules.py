"""The rules, on the cases in ``cases/``: every rule runs on every case, so each case also says that no other rule speaks up.

A case file is TOML, one file a rule; a case has

    title       what it shows
    sort        wild (seen in a published text), synthetic, negative (must find nothing), known-failure
    languages   source and target, default ["en", "de"]
    source, target   items as in tests/builders.py; or `mixed` and `foreign` for a mixed document
    beads       pairs of segment ids, default one to one; `moved`: positions of moved beads
    find        the findings expected, in order: rule, severity, and where it matters message, source, target (words)
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from transcmp import checks
from transcmp.model import Comparison

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
SORTS = {"wild", "synthetic", "negative", "known-failure"}


def items(raw: list[Any]) -> list[builders.Item]:
    return [tuple(item) if isinstance(item, list) else item for item in raw]


def comparison(case: dict[str, Any]) -> Comparison:
    languages = tuple(case.get("languages", ("en", "de")))
    if "mixed" in case:
        return builders.mixed(items(case["mixed"]), case["foreign"], case.get("beads", ()), languages=languages)
    return builders.compare(
        items(case["source"]),
        items(case["target"]),
        case.get("beads"),
        languages=languages,
        moved=case.get("moved", ()),
        source_languages={int(key): value for key, value in case.get("source_languages", {}).items()},
        target_languages={int(key): value for key, value in case.get("target_languages", {}).items()},
    )


def load() -> list[Any]:
    parameters = []
    for path in CASES:
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            marks = [pytest.mark.xfail(reason=case.get("reason", "known"))] if case["sort"] == "known-failure" else []
            parameters.append(pytest.param(path.stem, case, id=f"{path.stem}: {case['title']}", marks=marks))
    return parameters


@pytest.mark.parametrize(("rule", "case"), load())
def test_case(rule: str, case: dict[str, Any]) -> None:
    assert case["sort"] in SORTS
    found = checks.run(comparison(case))
    expected = case.get("find", [])
    assert (case["sort"] == "negative") == (not expected)
    said = [(finding.rule, finding.severity, finding.message) for finding in found]
    assert [(rule, severity) for rule, severity, _ in said] == [(one.get("rule", rule), one["severity"]) for one in expected], said
    for finding, one in zip(found, expected, strict=True):
        assert one.get("message", finding.message) == finding.message
        for side in ("source", "target"):
            place = getattr(finding, side)
            if side in one:
                assert (place.text if place else "") == one[side]


def test_every_rule_has_cases_both_ways() -> None:
    for rule in checks.RULES:
        path = Path(__file__).parent / "cases" / f"{rule.id}.toml"
        assert path in CASES, f"no cases for {rule.id}"
        sorts = {case["sort"] for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]}
        assert "negative" in sorts
        assert sorts & {"wild", "synthetic"}


def test_findings_point_at_their_words() -> None:
    for _, case in (parameter.values for parameter in load()):
        made = comparison(case)
        for finding in checks.run(made):
            for place, side in ((finding.source, made.alignment.source), (finding.target, made.alignment.target)):
                if place is None:
                    continue
                assert place.start == side.document.position(place.span.start)
                assert place.end == side.document.position(place.span.end)
                assert set(place.segments) <= {segment.id for segment in side.segments}
                assert place.text.split()[:1] == [] or place.text.split()[0][:1] in side.document.text[place.span.start : place.span.end]


def test_the_table_is_consistent() -> None:
    assert len(checks.rules) == len(checks.RULES)
    for rule in checks.RULES:
        assert rule.summary
        assert callable(rule.load())
        assert checks.page(rule.id).startswith(f"# {rule.id}\n")
