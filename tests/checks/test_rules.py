"""The rules, on the cases in ``cases/``: every rule runs on every case, so each case also says that no other rule speaks up.

A case file is TOML, one file a rule; a case has

    title       what it shows
    sort        wild (seen in a published text), synthetic, negative (must find nothing), known-failure
    languages   source and target, default ["en", "de"]
    source, target   items as in tests/builders.py; or `mixed` and `foreign` for a mixed document
    beads       pairs of segment ids, default one to one; `moved`: positions of moved beads
    tables      whether a list of items is a table, each item a cell
    background  whether six ordinary beads follow, which tell the ratio of lengths
    score       of the first bead
    look        whether the default encoder looks at words
    rules       settings of rules, as in transcmp.toml
    terms, words, declared, metadata   the glossary, fixed words, declared languages, front matter
    find        the findings expected, in order: rule, severity, and where it matters message, source, target (words)
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests import builders
from transcmp import checks
from transcmp.checks.options import Term
from transcmp.config.settings import Ignore, Settings, Thresholds
from transcmp.embed import choose
from transcmp.errors import ConfigError, UsageError
from transcmp.model import Comparison, Language
from transcmp.pipeline.words import looker

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
SORTS = {"wild", "synthetic", "negative", "known-failure"}


BACKGROUND = [
    ("The morning in the village was quiet and cold.", "Der Morgen im Dorf war still und kalt."),
    ("Nobody had lit a fire in the kitchen yet.", "Noch hatte niemand in der Küche Feuer gemacht."),
    ("A dog barked somewhere behind the church.", "Irgendwo hinter der Kirche bellte ein Hund."),
    ("Then the first bus came down the hill.", "Dann kam der erste Bus den Hügel herunter."),
    ("Two women got off and walked to the market.", "Zwei Frauen stiegen aus und gingen zum Markt."),
    ("They carried baskets full of apples.", "Sie trugen Körbe voller Äpfel."),
]
"""Beads that tell the ratio of lengths."""


def items(raw: list[Any], *, tables: bool = False) -> list[builders.Item | builders.Table]:
    return [(builders.Table if tables else tuple)(item) if isinstance(item, list) else item for item in raw]


def comparison(case: dict[str, Any]) -> Comparison:
    languages = tuple(case.get("languages", ("en", "de")))
    if "mixed" in case:
        return builders.mixed(items(case["mixed"]), case["foreign"], case.get("beads", ()), languages=languages)
    source, target = (items(case[side], tables=case.get("tables", False)) for side in ("source", "target"))
    beads = case.get("beads")
    if case.get("background"):
        sizes = [sum(1 if isinstance(item, str) else len(item) for item in side) for side in (source, target)]
        beads = [*(beads or [[[i], [i]] for i in range(sizes[0])]), *([[sizes[0] + i], [sizes[1] + i]] for i in range(len(BACKGROUND)))]
        source, target = [*source, *(one for one, _ in BACKGROUND)], [*target, *(two for _, two in BACKGROUND)]
    made = builders.compare(
        source,
        target,
        beads,
        languages=languages,
        moved=case.get("moved", ()),
        source_languages={int(key): value for key, value in case.get("source_languages", {}).items()},
        target_languages={int(key): value for key, value in case.get("target_languages", {}).items()},
        declared=tuple(case.get("declared", (None, None))),
        metadata=tuple(case.get("metadata", ({}, {}))),
    )
    if "score" in case:
        first = replace(made.alignment.beads[0], score=case["score"])
        made = replace(made, alignment=replace(made.alignment, beads=(first, *made.alignment.beads[1:])))
    return made


def options(case: dict[str, Any]) -> checks.Options:
    terms = tuple(
        Term(source=term["source"], targets=tuple(term.get("targets", ())), forbidden=tuple(term.get("forbidden", ())))
        for term in case.get("terms", ())
    )
    return checks.Options(terms=terms, settings=Settings(ignore=Ignore(words=tuple(case.get("words", ()))), rules=case.get("rules", {})))


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
    found = checks.run(
        comparison(case), options(case), looker(choose("use", *map(Language, case["languages"]))) if case.get("look") else None
    )
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


def test_every_rule_of_facts_has_cases_in_every_language() -> None:
    for rule in checks.RULES:
        if rule.family == "facts":
            cases = tomllib.loads((Path(__file__).parent / "cases" / f"{rule.id}.toml").read_text(encoding="utf-8"))["case"]
            seen = {language for case in cases for language in case.get("languages", ("en", "de"))}
            assert set(checks.FACTS) <= seen, rule.id


def test_a_page_says_where_its_rule_is_silent() -> None:
    for rule in checks.RULES:
        said = f"Languages: {' '.join(rule.languages)}; in others the rule is silent."
        assert (said in checks.page(rule.id)) == bool(rule.languages), rule.id


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


def test_levels_are_obeyed() -> None:
    made = builders.compare(["Wait 30 days."], ["Warten Sie 13 Tage."])
    levels = {level: checks.run(made, checks.Options(settings=Settings(rules={"number": level}))) for level in ("off", "note", "warning")}
    assert [[finding.severity for finding in found] for found in levels.values()] == [[], ["note"], ["warning"]]
    assert not checks.run(made, checks.Options(only=("link",)))
    for_german = Settings(languages={"de": Thresholds(rules={"number": "off"})})
    assert not checks.run(made, checks.Options(settings=for_german))


def test_an_unknown_option_is_refused() -> None:
    made = builders.compare(["Wait."], ["Warten Sie."])
    with pytest.raises(ConfigError, match="no option 'colour'"):
        checks.run(made, checks.Options(settings=Settings(rules={"number": {"colour": 1}})))


def test_an_unknown_rule_has_no_page() -> None:
    with pytest.raises(UsageError, match="did you mean 'number'"):
        checks.page("numbers")


def test_the_overview_names_every_rule() -> None:
    text = (Path(__file__).parents[2] / "docs" / "rules" / "README.md").read_text(encoding="utf-8")
    assert [line.split("]")[0].split("[")[1] for line in text.splitlines() if line.startswith("| [")] == [
        rule.id for family in dict.fromkeys(rule.family for rule in checks.RULES) for rule in checks.RULES if rule.family == family
    ]
