"""The door to the pipeline: the list of files and the view of a pair say what ``check`` says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from transcmp.config import Project, Settings
from transcmp.model import Comparison, Finding
from transcmp.pipeline import Options, gate
from transcmp.tui.judgements import Judgements
from transcmp.tui.work import Pair, PipelineWork, Watcher

SOURCE = "# The market\n\nThe market opens at seven every day.\n\nIt sells fruit and vegetables.\n"
TARGET = "# Il mercato\n\nIl mercato apre alle sette ogni giorno.\n\nVende frutta e verdura.\n"


def git(folder: Path, *words: str) -> None:
    name = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", *name, *words], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "texts")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "-q")
    commit(tmp_path, en=SOURCE, it=TARGET, other=TARGET)
    commit(tmp_path, en=SOURCE.replace("at seven", "at half past eight"))
    return Project(root=tmp_path, file=None, settings=Settings())


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


def whole(work: PipelineWork, pair: Pair) -> Comparison:
    *_, (comparison, stage) = work.compare(pair, Watcher())
    assert stage == "whole"
    return comparison


def test_list_and_view_find_what_check_finds(project: Project) -> None:
    pair = Pair("en.md", "it.md")
    work = PipelineWork(Options(), project, pairs=[pair, Pair("en.md", "other.md")])
    assert work.has_history()
    told = gate.check("en.md", "it.md", project=project).pairs[0].findings
    assert "stale" in rules(told)
    assert work.check(pair).findings == told
    assert whole(work, pair).findings == told
    commit(project.root, it=TARGET.replace("alle sette", "alle otto e mezza"))
    assert "stale" not in rules(work.check(pair).findings)  # asked anew, as the files have changed
    assert "stale" not in rules(whole(work, pair).findings)


def test_what_was_dismissed_is_not_counted(project: Project) -> None:
    pair = Pair("en.md", "it.md")
    work = PipelineWork(Options(), project)
    comparison = whole(work, pair)
    stale = next(finding for finding in comparison.findings if finding.rule == "stale")
    Judgements(project.folder).dismiss(comparison, stale, "on purpose")
    checked = work.check(pair)
    assert stale not in checked.findings
    assert checked.silenced == 1


def test_what_was_dismissed_of_another_source_is_still_found(project: Project) -> None:
    work = PipelineWork(Options(), project)
    comparison = whole(work, Pair("en.md", "it.md"))
    stale = next(finding for finding in comparison.findings if finding.rule == "stale")
    judgements = Judgements(project.folder)
    judgements.dismiss(comparison, stale, "on purpose")
    kept = project.folder / "decisions.jsonl"
    kept.write_text(kept.read_text(encoding="utf-8").replace('"source":"en.md"', '"source":"fr.md"'), encoding="utf-8")
    assert judgements.hidden(comparison) == frozenset()
    assert stale.rule in rules(work.check(Pair("en.md", "it.md")).findings)
    assert stale.rule in rules(tuple(finding for pair in gate.check("en.md", "it.md", project=project).pairs for finding in pair.findings))


class _Taken(dict):
    """What another thread takes between a look and a grip."""

    def __contains__(self, _: object) -> bool:
        return True


def test_two_threads_may_ask_for_the_history_of_one_pair(project: Project) -> None:
    work = PipelineWork(Options(), project)
    work._pasts = _Taken()
    assert "stale" in rules(work.check(Pair("en.md", "it.md")).findings)


def test_without_git_staleness_is_not_known(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    work = PipelineWork(Options(), project)
    assert not work.has_history()
    assert "stale" not in rules(work.check(Pair("en.md", "it.md")).findings)


def test_a_repaired_bead_keeps_what_the_history_says(project: Project) -> None:
    work = PipelineWork(Options(), project)
    comparison = whole(work, Pair("en.md", "it.md"))
    *_, (again, _) = work.reassess(comparison, comparison.alignment.beads, Watcher())
    assert again.findings == comparison.findings
