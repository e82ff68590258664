"""The gate on a whole tree: exactly the expected findings, in every format; baseline, cache, workers, broken files, hostile settings."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest
from lxml import etree

from tests.pipeline import site
from tests.pipeline.found import READERS, Found, from_json, from_junit, from_markdown, from_sarif, from_text
from transcmp.cli import main

BREAD, TOUR, EVENTS, PRICES = "docs/it/guide/bread.md", "docs/de/guide/tour.md", "docs/en/guide/events.md", "docs/it/guide/prices.md"
ERRORS: Found = {
    ("untranslated", BREAD, 1), ("untranslated", BREAD, 3), ("untranslated", BREAD, 5), ("number", TOUR, 3), ("missing-file", EVENTS, 1),
}  # fmt: skip
WARNINGS: Found = {("orphan-file", PRICES, 1)}
ALL = ERRORS | WARNINGS  # events.md is missing twice: in Italian an error, in German a warning


@pytest.mark.parametrize("name", READERS)
def test_exactly_the_expected_findings_in_every_format(shell, name):
    code, out, err = shell("--format", name)
    assert READERS[name](out) == ALL
    assert (code, err) == (1, "")


def test_junit_fails_only_what_fails_the_run(shell):
    assert from_junit(shell("--format", "junit")[1]) == ERRORS
    assert from_junit(shell("--format", "junit", "--fail-on", "warning")[1]) == ALL


def test_further_reports_in_the_same_run(shell, tmp_path):
    paths = {name: tmp_path / f"out.{name}" for name in ("sarif", "junit", "markdown")}
    code, out, _ = shell(*(item for name, path in paths.items() for item in ("--report", f"{name}={path}")))
    assert code == 1
    assert from_text(out) == ALL
    assert from_sarif(paths["sarif"].read_text(encoding="utf-8")) == ALL
    assert from_junit(paths["junit"].read_text(encoding="utf-8")) == ERRORS
    assert from_markdown(paths["markdown"].read_text(encoding="utf-8")) == ALL


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1), (("--fail-on", "never"), 0), (("--fail-on", "warning"), 1), (("--min-score", "0.999999", "--fail-on", "never"), 0),
        (("--max-new", "100"), 0), (("--max-new", "2"), 1),
        (("--min-score", "1.5"), 2), (("--max-new", "-1"), 2), (("--report", "sarif"), 2), (("--report", "nonsense=x"), 2),
        (("--format", "nonsense"), 2), (("--config", "nowhere.toml"), 2), (("--jobs", "0"), 2),
        (("docs/en/nothing.md", "docs/de/index.md"), 2),
    ],
)  # fmt: skip
def test_exit_codes(shell, arguments, code):
    got, out, err = shell(*arguments)
    assert got == code
    assert bool(err) == (code == 2)
    assert code != 2 or not out


def test_a_baseline_lets_through_what_is_old_and_nothing_else(shell):
    code, out, _ = shell("--update-baseline")
    assert code == 0
    assert "the baseline holds 8 findings: 8 new, 0 repaired and taken out" in out
    once = Path(".transcmp/baseline.jsonl").read_bytes()
    assert shell()[0] == 0
    assert shell("--update-baseline")[0] == 0
    assert Path(".transcmp/baseline.jsonl").read_bytes() == once
    site.write(Path(), site.WORSE, None)
    assert shell.found() == {("number", TOUR, 5)}
    assert shell()[0] == 1
    assert shell("--max-new", "1")[0] == 0


def test_what_was_repaired_is_told_and_leaves_the_baseline(shell):
    shell("--update-baseline")
    site.write(Path(), site.FIXED, None)
    Path(PRICES).unlink()
    code, out, _ = shell()
    assert code == 0
    assert "2 findings of the baseline are repaired: --update-baseline takes them out" in out
    assert "6 findings: 0 new, 2 repaired and taken out" in shell("--update-baseline")[1]
    assert len(Path(".transcmp/baseline.jsonl").read_bytes().splitlines()) == 6
    assert "repaired" not in shell()[1]


def test_a_renamed_page_keeps_its_baseline(shell):
    shell("--update-baseline")
    for language in ("en", "de", "it"):
        Path(f"docs/{language}/guide/tour.md").rename(f"docs/{language}/guide/walk.md")
    code, out, _ = shell()
    assert (code, "repaired" in out) == (0, False)


def test_one_pair_leaves_the_rest_of_the_baseline_alone(shell):
    shell("--update-baseline")
    before = Path(".transcmp/baseline.jsonl").read_bytes()
    code, out, _ = shell("docs/en/guide/tour.md", TOUR)
    assert (code, "repaired" in out) == (0, False)
    assert shell("docs/en/guide/tour.md", TOUR, "--update-baseline")[0] == 0
    assert Path(".transcmp/baseline.jsonl").read_bytes() == before


def test_what_was_dismissed_is_not_taken_for_repaired(shell, capsys):
    found = [finding for pair in json.loads(shell("--format", "json")[1])["documents"] for finding in pair["findings"]]
    number = next(finding for finding in found if finding["rule"] == "number")
    shell("--update-baseline")
    assert main(["dismiss", number["fingerprint"], "--reason", "the cart is older"]) == 0
    assert "repaired" not in shell()[1]


def test_what_cannot_be_read_today_is_not_taken_for_repaired(shell):
    shell("--update-baseline")
    before = Path(".transcmp/baseline.jsonl").read_bytes()
    whole = Path(TOUR).read_bytes()
    Path(TOUR).write_bytes(b"caf\xe9")
    code, out, _ = shell()
    assert (code, "repaired" in out) == (2, False)
    assert shell("--update-baseline")[0] == 2
    assert Path(".transcmp/baseline.jsonl").read_bytes() == before
    Path(TOUR).write_bytes(whole)
    assert shell()[0] == 0


def test_dismissals_silence_and_are_missed_when_they_do_nothing(shell):
    from transcmp.decisions import Record, add_dismissal

    finding = next(
        finding
        for pair in json.loads(shell("--format", "json")[1])["documents"]
        for finding in pair["findings"]
        if finding["rule"] == "number"
    )
    shell("--update-baseline")
    record = next(
        json.loads(line) for line in Path(".transcmp/baseline.jsonl").read_bytes().splitlines() if finding["fingerprint"].encode() in line
    )
    Path(".transcmp/baseline.jsonl").unlink()
    add_dismissal(Path(".transcmp"), Record(**record), "the cart is older")
    assert shell.found() == ALL - {("number", TOUR, 3)}
    site.write(Path(), site.FIXED, None)
    assert "1 dismissal is no longer needed: docs/de/guide/tour.md (number)" in shell()[1]


def test_comments_silence_and_are_told_when_they_do_nothing(shell):
    page = site.PAGES["docs/en/guide/tour.md"]
    site.write(Path(), {"docs/en/guide/tour.md": page.replace("6 metres", "7 metres"),
                        "docs/it/guide/tour.md": site.PAGES["docs/it/guide/tour.md"].replace("6 metri", "7 metri")}, None)  # fmt: skip
    assert shell.found() == ALL | {("unused-ignore", "docs/en/guide/tour.md", 7)}
    site.write(Path(), {EVENTS: "---\ntranscmp-ignore: missing-file\n---\n\n" + site.PAGES[EVENTS]}, None)
    assert ("missing-file", EVENTS, 1) not in shell.found()


def test_thresholds_of_a_language(shell):
    settings = site.SETTINGS.replace("[languages.it.rules]", "[languages.de]\nmin_score = 0.9999999\n\n[languages.it.rules]")
    site.write(Path(), {}, settings)
    low = {item for item in shell.found() if item[0] == "low-score"}
    assert low
    assert {path.split("/")[1] for _, path, _ in low} == {"de"}
    figures = re.findall(r"the score is ([\d.]+), below 1\n", shell("--show", "error")[1])
    assert all(float(figure) < 0.9999999 for figure in figures)


def test_rules_can_be_turned_down_and_off(shell):
    settings = site.SETTINGS.replace(
        "[rules]", '[rules]\nuntranslated = "off"\nwrong-language = "off"\nnumber = "note"\norphan-file = "off"'
    )
    site.write(Path(), {}, settings)
    assert shell.found() == {("number", TOUR, 3), ("missing-file", EVENTS, 1)}
    site.write(Path(), {}, settings.replace("untranslated =", "untranslatd ="))
    code, _, err = shell()
    assert code == 2
    assert "transcmp.toml:8: rules.untranslatd: there is no rule 'untranslatd' (did you mean 'untranslated'?)" in err
    site.write(Path(), {}, settings.replace('number = "note"', 'number = { severty = "note" }'))
    assert "rules.number.severty: there is no option 'severty' (did you mean 'severity'?)" in shell()[2]


def test_glossaries_and_words_that_stay(shell):
    settings = 'glossary = ["terms.tsv"]\n' + site.SETTINGS + 'words = ["Birnbaum"]\n'
    site.write(Path(), {}, settings)
    assert "glossary[0]: there is no file 'terms.tsv'" in shell()[2]
    Path("terms.tsv").write_text("source\ttarget\npear tree\tObstbaum\n", encoding="utf-8")
    assert {(rule, path) for rule, path, _ in shell.found() - ALL} == {("glossary", TOUR), ("glossary", "docs/it/guide/tour.md")}
    Path("terms.tsv").write_text("source\ttarget\npear tree\tBirnbaum|pero\n", encoding="utf-8")
    assert shell.found() == ALL


def test_kinds_and_patterns_can_be_ignored(shell):
    site.write(Path(), {}, site.SETTINGS + 'kinds = ["heading"]\npatterns = ["18\\\\d\\\\d"]\n')
    assert shell.found() == ALL - {("untranslated", BREAD, 1), ("number", TOUR, 3)}


@pytest.mark.parametrize("keep_going", [False, True])
def test_files_that_cannot_be_read_are_named_and_the_rest_is_checked(shell, keep_going):
    Path("docs/de/index.md").write_bytes(b"\xff\xfe\x00broken")
    Path("docs/it/index.md").write_bytes(b"# x\n\n\xe9\xe8 latin-1\n")
    code, out, err = shell("--format", "json", *(["--keep-going"] if keep_going else []))
    assert from_json(out) == ALL
    assert [item["path"] for item in json.loads(out)["unreadable"]] == ["docs/de/index.md", "docs/it/index.md"]
    assert code == (1 if keep_going else 2)
    assert re.findall(r"^transcmp: error: (\S+):", err, re.MULTILINE) == ["docs/de/index.md", "docs/it/index.md"]


def test_a_cold_and_a_warm_run_and_several_workers_say_the_same_bytes(shell, capsys):
    cold = shell("--format", "json")[1]
    assert shell("--format", "json")[1] == cold
    assert shell("--format", "json", "--no-cache")[1] == cold
    assert main(["check", "--jobs", "3", "--no-cache", "--format", "json"]) == 1
    assert capsys.readouterr().out == cold
    for entry in (shell.cache / "results").rglob("*"):
        if entry.is_file():
            entry.write_bytes(entry.read_bytes()[:-3])
    assert shell("--format", "json")[1] == cold


@pytest.mark.parametrize("name", ["rules.py", "constants.toml", "models/quality.json"])
def test_a_result_is_not_used_again_when_a_file_of_the_program_has_changed(tmp_path, name):
    from transcmp.pipeline import pool

    for path in (tmp_path / "rules.py", tmp_path / "constants.toml", tmp_path / "models" / "quality.json"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("one", encoding="utf-8")
    before = pool._environment(tmp_path)
    assert pool._environment(tmp_path) == before
    (tmp_path / name).write_text("another", encoding="utf-8")
    assert pool._environment(tmp_path) != before


def test_the_cache_answers_and_only_for_what_did_not_change(shell, monkeypatch):
    from transcmp.pipeline import jobs, pool

    monkeypatch.setattr(pool, "_environment", lambda: b"the same, whoever edits the package meanwhile")
    computed = []
    run = jobs.run
    monkeypatch.setattr(jobs, "run", lambda job, work: computed.append(job.target) or run(job, work))
    shell()
    assert len(computed) == 6
    computed.clear()
    shell()
    assert computed == []
    site.write(Path(), site.WORSE, None)
    assert ("number", TOUR, 5) in shell.found()
    assert computed == [TOUR]
    computed.clear()
    site.write(Path(), {}, site.SETTINGS.replace("[rules]", '[rules]\nnumber = "off"'))
    shell()
    assert len(computed) == 6


def test_a_subfolder_sees_the_whole_project(shell, monkeypatch):
    monkeypatch.chdir("docs/en")
    assert shell.found() == {(rule, os.path.relpath(Path("../..") / path), line) for rule, path, line in ALL}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('encoder = "sentence-transformers:./evil"', "encoder names a model or plugin"),
        ('srx = "../rules.srx"', "srx points outside the project"),
        ('[[pairs]]\nsource = "../*.md"\ntarget = "{lang}/*.md"', "points outside the project"),
    ],
)
def test_settings_of_strangers(shell, settings, message):
    text = settings + "\n" + site.SETTINGS if not settings.startswith("[[") else site.SETTINGS + settings
    site.write(Path(), {}, text)
    code, out, err = shell()
    assert (code, out) == (2, "")
    assert message in err


def test_without_settings_there_is_a_hint(shell):
    Path("transcmp.toml").unlink()
    code, _, err = shell()
    assert code == 2
    assert "transcmp init" in err


@pytest.mark.skipif(sys.platform != "linux" or not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_exit_2_and_a_sentence(shell):
    code, _, err = shell("-o", "/dev/full")
    assert code == 2
    assert err == "transcmp: error: /dev/full: cannot write: No space left on device\n"


def test_a_folder_that_cannot_be_written_is_exit_2_and_a_sentence(shell):
    Path(".transcmp").write_text("in the way", encoding="utf-8")
    code, _, err = shell("--update-baseline")
    assert code == 2
    assert err.count("\n") == 1
    assert ".transcmp" in err
    Path(".transcmp").unlink()
    code, _, err = shell("-o", "transcmp.toml/report.json")
    assert code == 2
    assert "cannot write" in err


def test_the_text_report_names_findings_and_explain_and_dismiss_take_the_names(shell):
    named = re.findall(r"^ +\S+ +\w+ +([\w-]+): .* \[(.*)\]$", shell()[1], re.MULTILINE)
    assert len(named) == 8
    assert len(set(named)) == 8
    for rule, name in named:
        code, out, err = shell.run("explain", name)
        assert (code, err) == (0, "")
        assert f"  {rule}: " in out.split(f"# {rule}")[0]
        assert f"[{name}" in out
        code, out, err = shell.run("dismiss", name, "--reason", "so it is")
        assert (code, err) == (0, "")
        assert f": {rule}: " in out
    assert shell()[0] == 0
    code, _, err = shell.run("explain", "00000000")
    assert code == 2
    assert "no finding has the fingerprint '00000000' (check shows fingerprints in brackets)" in err


def test_explain_and_dismiss_use_the_projects_own_cache(shell, monkeypatch):
    from transcmp.pipeline import jobs, pool

    monkeypatch.setattr(pool, "_environment", lambda: b"the same, whoever edits the package meanwhile")
    site.write(Path(), {}, 'cache_dir = "kept"\n' + site.SETTINGS)
    name = re.findall(r"number: .* \[(.*)\]", shell.run("check", "--jobs", "1")[1])[0]
    monkeypatch.setattr(jobs, "run", lambda *_: pytest.fail("computed anew"))
    assert shell.run("explain", name)[0] == 0
    assert shell.run("dismiss", name, "--reason", "so it is")[0] == 0


def test_dismiss_by_fingerprint_and_take_it_back(shell, capsys):
    found = [finding for pair in json.loads(shell("--format", "json")[1])["documents"] for finding in pair["findings"]]
    number = next(finding for finding in found if finding["rule"] == "number")
    assert main(["dismiss", number["fingerprint"][:6], "--reason", "the cart is older"]) == 0
    assert "dismissed: docs/de/guide/tour.md: number: 1817" in capsys.readouterr().out
    assert shell.found() == ALL - {("number", TOUR, 3)}
    assert main(["dismiss", number["fingerprint"], "--undo"]) == 0
    assert shell.found() == ALL
    assert main(["dismiss", number["fingerprint"], "docs/en/guide/tour.md", TOUR, "--reason", "x"]) == 0
    assert shell.found() == ALL - {("number", TOUR, 3)}
    for arguments in (["ffffffff", "--reason", "x"], [number["fingerprint"]], ["ffffffff", "--undo"]):
        assert main(["dismiss", *arguments]) == 2


ODD = os.fsdecode(b"ne\nw\xff <b>::error::%0A.md")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize("name", [*READERS, "junit"])
def test_names_of_any_bytes_reach_every_report(shell, name, tmp_path):
    for language, page in (("en", "docs/en/guide/tour.md"), ("de", TOUR)):
        Path(f"docs/{language}/{ODD}").write_bytes(Path(page).read_bytes())
    out = tmp_path / "out"
    code, _, err = shell("--format", name, "-o", str(out))
    assert (code, err) == (1, "")
    text = out.read_bytes().decode("utf-8")
    assert "\nw" not in re.sub(r"^wheel.*", "", text, flags=re.MULTILINE)
    if name in ("json", "gitlab", "sarif"):
        json.loads(text)
    elif name in ("junit", "checkstyle"):
        etree.fromstring(text.encode())
    assert not re.search(r"^::error::", text, re.MULTILINE)
    assert shell("--update-baseline")[0] == 0
    assert shell()[0] == 0


def test_files_without_a_counterpart_in_the_other_directory_are_named(shell):
    Path("docs/de/guide/only.md").write_text("Nur hier.\n", encoding="utf-8")
    packaged = Path("docs/en/node_modules/some/README.md")
    packaged.parent.mkdir(parents=True)
    packaged.write_text("A package.\n", encoding="utf-8")
    code, _, err = shell("docs/en", "docs/de")
    assert code == 1
    assert err == (
        "transcmp: note: docs/en has files that docs/de has not; they are not checked: guide/events.md\n"
        "transcmp: note: docs/de has files that docs/en has not; they are not checked: guide/only.md\n"
    )
    for number in range(8):
        Path(f"docs/de/{number}.md").write_text("Nur hier.\n", encoding="utf-8")
    assert "not checked: 0.md, 1.md, 2.md, 3.md, 4.md and 4 more" in shell("docs/en", "docs/de")[2]


def test_files_that_look_like_a_pair_are_told_where_each_is_checked_by_itself(shell):
    _, _, err = shell("docs")
    assert err.startswith("transcmp: note: ")
    assert "look like translations of each other; each file of docs is checked by itself ('transcmp init' sets pairs up" in err
    assert "look like" not in shell("docs/en")[2]


def test_a_figure_below_a_threshold_is_shown_below_it():
    from msgspec.structs import replace

    from tests.decisions.build import comparison
    from transcmp.config import Settings
    from transcmp.pipeline import jobs

    made = comparison("One house.", "Una casa.")
    made = replace(made, alignment=replace(made.alignment, score=0.99996))
    checked = jobs.of(made, Settings(min_score=0.99999)).checked
    assert checked is not None
    (found,) = [finding for finding in checked.findings if finding.rule == "low-score"]
    assert found.message == "the score is 0.99996, below 0.99999"
    checked = jobs.of(replace(made, alignment=replace(made.alignment, score=0.61234)), Settings(min_score=0.7)).checked
    assert checked is not None
    assert [finding.message for finding in checked.findings if finding.rule == "low-score"] == ["the score is 0.612, below 0.7"]
