"""Formats for code hosts: golden files, published schemas, hostile text and the hosts' limits.

``TRANSCMP_GOLDEN=write pytest tests/report/test_ci_formats.py`` writes the golden files anew; read the difference before it is committed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report import sample
from tests.report.valid import commands, validate, xml
from transcmp._version import __version__
from transcmp.model import CheckRun, Unreadable
from transcmp.report import Style, formats
from transcmp.report.places import seen_from, short_fingerprints
from transcmp.report.sarif import RESULTS, SHOWN

HERE = Path(__file__).parent
SUFFIXES = {"sarif": "sarif", "junit": "xml", "checkstyle": "xml", "gitlab": "json", "github": "txt", "markdown": "md"}
RUNS: dict[str, Callable[[], CheckRun]] = {"full": sample.full, "hostile": sample.hostile, "clean": sample.clean, "nothing": sample.nothing}


def write(name: str, run: CheckRun) -> str:
    return "".join(formats["check"].load(name)(run, Style()))


@pytest.mark.parametrize("name", SUFFIXES)
def test_golden(name):
    path = HERE / "golden" / f"{name}.{SUFFIXES[name]}"
    text = write(name, sample.full()).replace(f'"{__version__}"', '"VERSION"')
    if os.environ.get("TRANSCMP_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("name", formats["check"])
def test_every_format_is_valid(name, run):
    validate(name, write(name, RUNS[run]()))


@pytest.mark.parametrize("run", RUNS)
def test_gitlabs_fingerprints_are_unique(run):
    issues = json.loads(write("gitlab", RUNS[run]()))
    fingerprints = [issue["fingerprint"] for issue in issues]
    assert len(set(fingerprints)) == len(fingerprints)
    assert not any(issue["location"]["path"].startswith("./") for issue in issues)


@pytest.mark.parametrize("run", RUNS)
def test_junits_counts_are_right(run):
    value = RUNS[run]()
    root = xml(write("junit", value))
    assert int(root.get("tests")) == len(root.findall(".//testcase"))
    assert (
        int(root.get("failures")) == len(root.findall(".//failure")) == sum(value.fails(f) for pair in value.pairs for f in pair.findings)
    )
    assert int(root.get("errors")) == len(root.findall(".//error")) == len(value.unreadable)
    for suite in root:
        names = [case.get("name") for case in suite.findall("testcase")]
        assert len(set(names)) == len(names) == int(suite.get("tests"))


@pytest.mark.parametrize("run", RUNS)
def test_checkstyle_is_complete(run):
    value = RUNS[run]()
    root = xml(write("checkstyle", value))
    assert len(root.findall(".//error")) == sum(len(pair.findings) for pair in value.pairs) + len(value.unreadable)
    names = [item.get("name") for item in root]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("whole", "short"),
    [
        (["0123456789abcdef", "1123456789abcdef-2"], ["012345", "112345-2"]),
        (["0123456789abcdef", "0123456789abcdef-1"], ["012345", "012345-1"]),
        (["0123456789abcdef", "0123456889abcdef", "ff"], ["01234567", "01234568", "ff"]),
        ([], []),
        ([""], [""]),
    ],
)
def test_fingerprints_are_shown_as_short_as_they_can_be(whole, short):
    findings = [sample.finding("x", "error", "m", None, None, name) for name in whole]
    run = CheckRun(signature="s", pairs=(sample.pair("a", "b", *findings),), passed=False)
    assert short_fingerprints(run) == dict(zip(whole, short, strict=True))


def test_sarif_says_where_on_both_sides():
    results = json.loads(write("sarif", sample.full()))["runs"][0]["results"]
    number = next(result for result in results if result["ruleId"] == "number")
    target = number["locations"][0]["physicalLocation"]
    source = number["relatedLocations"][0]["physicalLocation"]
    assert target["artifactLocation"] == {"uri": "docs/it/house.md", "uriBaseId": "SRCROOT"}
    assert target["region"] == {"startLine": 5, "startColumn": 30, "endLine": 5, "endColumn": 34}
    assert source["artifactLocation"]["uri"] == "docs/en/house.md"
    assert source["region"]["startLine"] == 4
    assert number["partialFingerprints"]["transcmpFingerprint/v1"] == "0123456789abcdef"
    lines = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results if result["ruleId"] == "omitted"]
    assert lines == ["1111111111111111:1", "1111111111111111:2"]
    assert [result["level"] for result in results] == sorted(
        (result["level"] for result in results), key=["error", "warning", "note"].index
    )


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("./docs/a b.md", "docs/a%20b.md"),
        ("docs/été#1?.md", "docs/%C3%A9t%C3%A9%231%3F.md"),
        ("a/b\udcff\n.md", "a/b%FF%0A.md"),
        ("/tmp/x.md", "file:///tmp/x.md"),
        ("c:x/y.md", "c%3Ax/y.md"),
    ],
)
def test_paths_become_uris(path, uri):
    from transcmp.report.places import uri as make

    assert make(path) == uri
    if not uri.startswith("file:"):
        assert unquote_to_bytes(uri) == path.removeprefix("./").encode("utf-8", "surrogateescape")


def test_paths_can_be_those_from_further_up(tmp_path, monkeypatch):
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    run = CheckRun(
        signature="s",
        pairs=(sample.pair("x.md", "../y.md"), sample.pair(str(tmp_path / "z.md"), None), sample.pair("-", "../../../out.md")),
        passed=True,
        unreadable=(Unreadable(path="c/d.md", message="m"),),
    )
    seen = seen_from(run, str(tmp_path))
    paths = [(pair.source.path, pair.target.path if pair.target else None) for pair in seen.pairs]
    assert paths == [("a/b/x.md", "a/y.md"), ("z.md", None), ("-", "../../../out.md")]
    assert seen.unreadable[0].path == "a/b/c/d.md"


def test_sarif_keeps_githubs_limits_the_gravest_first():
    log = json.loads(write("sarif", sample.many(RESULTS + 1000)))["runs"][0]
    assert len(log["results"]) == RESULTS
    errors = [result["level"] for result in log["results"]].count("error")
    assert errors == sample.many(RESULTS + 1000).count("error")
    assert {result["level"] for result in log["results"][:SHOWN]} == {"error"}
    assert "1,000 of 26,000 results are left out" in log["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert all(len(rule["properties"]["tags"]) <= 20 for rule in log["tool"]["driver"]["rules"])
    few = json.loads(write("sarif", sample.many(SHOWN + 1)))["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert few[0]["message"]["text"] == "code scanning shows the 5,000 gravest of 5,001 results"


def test_github_annotates_ten_of_a_kind_and_lists_the_rest():
    text = write("github", sample.many(100))
    assert len([line for line in commands(text) if line.startswith("::error ")]) == 10
    assert len([line for line in commands(text) if line.startswith("::notice ")]) == 10
    assert "are shown): 80" in text
    assert len(text.splitlines()) == 101


def test_github_commands_cannot_be_forged():
    text = write("github", sample.hostile())
    assert all(re.match(r"::(error|warning|notice) file=", line) for line in commands(text))
    assert len(commands(text)) == 10
    assert "::set-env" not in {line[:9] for line in text.splitlines()}


def test_github_gives_columns_only_within_a_line():
    text = write("github", sample.full())
    assert "file=docs/it/house.md,line=5,endLine=5,col=30,endColumn=34,title=transcmp%3A number::1987 became 1978" in text
    assert "file=docs/en/house.md,line=9,endLine=10,title=" in text


def test_markdown_fits_a_comment_and_counts_the_rest():
    text = write("markdown", sample.many(3000))
    assert len(text) < 65_536
    shown = text.count("| number |")
    assert f"\n{3000 - shown:,} more findings did not fit in here.\n" in text


def test_markdown_renders_text_as_text():
    from markdown_it import MarkdownIt

    page = MarkdownIt("gfm-like").render(write("markdown", sample.hostile()))
    assert "<script" not in page
    assert "<a " not in page
    assert "<b>" not in page
    assert "alert('" in page.replace("&#39;", "'").replace("&quot;", '"')
    assert not re.search(r"(?<![\w&])[@#]\w", re.sub(r"<[^>]+>", "", write("markdown", sample.hostile())).replace("&#", "&"))
    rows = re.findall(r"^\| \d.*$", write("markdown", sample.hostile()), re.MULTILINE)
    assert len(rows) == 14
    assert all(row.count("|") == 6 for row in rows)


TEXTS = st.text(max_size=40)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(sorted(SUFFIXES)))
def test_any_text_makes_a_valid_report(message, text, name):
    run = CheckRun(
        signature="s",
        pairs=(sample.pair(f"en/{text}", f"it/{text}", sample.finding("x", "error", message, None, sample.place(1, 1, text))),),
        passed=False,
    )
    report = write(name, run)
    report.encode("utf-8")
    validate(name, report)
    assert name != "github" or len(commands(report)) == 1


@pytest.mark.parametrize(
    ("passed", "unreadable", "verdict"),
    [(True, (), "passed"), (False, (), "failed"), (True, ("a.md",), "incomplete"), (False, ("a.md",), "failed")],
)
def test_a_summary_says_passed_only_where_all_was_checked(passed, unreadable, verdict):
    items = tuple(Unreadable(path=path, message="is not UTF-8") for path in unreadable)
    run = CheckRun(signature="s", pairs=(), passed=passed, unreadable=items)
    assert write("markdown", run).splitlines()[0] == f"## Translation check: {verdict}"
