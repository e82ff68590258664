"""Staleness read from history: what the source's edits mean for a translation, in real repositories."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from typing import Any

import pytest

from tests.repository import Git
from transcmp.cli import main

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

EN = """\
# The mill

The old mill stands at the end of the valley, where the river turns to the south.

Visitors are welcome every day from nine to five. The entrance is free.

The wheel was repaired by the carpenter of the village in the spring.

In the garden there is an old pear tree with a bench under it.
"""
DE = """\
# Die Mühle

Die alte Mühle steht am Ende des Tals, wo der Fluss nach Süden abbiegt.

Besucher sind jeden Tag von neun bis fünf willkommen. Der Eintritt ist frei.

Das Rad wurde im Frühling vom Zimmermann des Dorfes repariert.

Im Garten steht ein alter Birnbaum mit einer Bank darunter.
"""
SETTINGS = 'source_language = "en"\nfail_on = "warning"\n[[pairs]]\nsource = "en/*.md"\ntarget = "{lang}/*.md"\n'
CARPENTER = EN.replace("by the carpenter of the village", "by two smiths from the city")


@pytest.fixture
def git(tmp_path, monkeypatch) -> Git:
    git = Git(tmp_path / "repo")
    (git.root / "transcmp.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.chdir(git.root)
    monkeypatch.setenv("TRANSCMP_CACHE_DIR", str(tmp_path / "cache"))
    return git


@pytest.fixture
def found(capsys):
    def run(*arguments: str) -> list[tuple[str, int]]:
        """Rule and line (the target's, if there is one) of every finding."""
        main(["check", "--jobs", "1", "--format", "json", *arguments])
        documents = json.loads(capsys.readouterr().out)["documents"]
        findings: list[Any] = [finding for pair in documents for finding in pair["findings"]]
        return [(item["rule"], (item["target"] or item["source"] or {"line": 0})["line"]) for item in findings]

    return run


def with_front(text: str, commit: str, key: str = "source_commit") -> str:
    return f"---\nauthor: ada\n{key}: {commit}\n---\n\n{text}"


def test_an_edit_of_the_source_makes_its_translation_stale(git, found, capsys):
    git.commit(en__a=EN, de__a=DE)
    assert found() == []
    git.commit(en__a=CARPENTER)
    assert found() == [("stale", 7)]
    main(["check", "--jobs", "1"])
    message = "the source changed after this was translated (2024-01-01): “the carpenter of the village” became “two smiths from the city”"
    assert message in re.sub(r"\s+", " ", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("anew", "rules"),
    [
        ("The price was doubled by the board of the company in the spring.", ["stale"]),
        ("The wheel was replaced by the new owner last year, and tickets are sold at the gate.", ["added", "omitted"]),
    ],
)
def test_what_the_history_explains_is_not_mistranslated_too(git, found, anew, rules):
    git.commit(en__a=EN, de__a=DE)
    git.commit(en__a=EN.replace("The wheel was repaired by the carpenter of the village in the spring.", anew))
    assert found() == [(rule, 7) for rule in rules]
    (git.root / "transcmp.toml").write_text(SETTINGS + '[rules]\nstale = "off"\n', encoding="utf-8")
    assert found() == [("mistranslated", 7)]


def test_an_edit_that_is_not_committed_counts(git, found):
    git.commit(en__a=EN, de__a=DE)
    (git.root / "en/a.md").write_text(CARPENTER, encoding="utf-8")
    assert found() == [("stale", 7)]
    (git.root / "de/a.md").write_text(DE.replace("vom Zimmermann des Dorfes", "von zwei Schmieden aus der Stadt"), encoding="utf-8")
    assert found() == []


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("stands at the end", "stands\nat the  end"),
        lambda text: text.replace("valley", "vallley"),
        lambda text: text.replace("five. The", "five! The"),
        lambda text: text.replace("\n\n", "\n\n\n"),
    ],
    ids=["re-wrapped", "typo", "punctuation", "blank lines"],
)
def test_small_edits_are_not_stale(git, found, edit):
    git.commit(en__a=EN, de__a=DE)
    assert edit(EN) != EN
    git.commit(en__a=edit(EN))
    assert [item for item in found() if item[0] == "stale"] == []


def test_a_passage_that_became_one_of_another_kind_is_stale(git, found, capsys):
    git.commit(en__a=EN, de__a=DE)
    git.commit(en__a=EN.replace("\nVisitors", "\n* Visitors"))
    assert ("stale", 5) in found()
    main(["check", "--jobs", "1"])
    assert "the paragraph is a list item now" in re.sub(r"\s+", " ", capsys.readouterr().out)
    (git.root / "de/a.md").write_text(DE.replace("\nBesucher", "\n* Besucher"), encoding="utf-8")
    assert found() == []


def test_a_translation_that_followed_is_fresh(git, found):
    git.commit(en__a=EN, de__a=DE)
    git.commit(en__a=CARPENTER)
    git.commit(de__a=DE.replace("vom Zimmermann des Dorfes", "von zwei Schmieden aus der Stadt"))
    assert found() == []


def test_an_edit_elsewhere_in_the_translation_hides_nothing(git, found):
    git.commit(en__a=EN, de__a=DE)
    git.commit(en__a=CARPENTER)
    git.commit(de__a=DE.replace("Im Garten steht ein alter Birnbaum", "Im Garten wächst ein sehr alter, schöner Birnbaum"))
    assert [item for item in found() if item[0] == "stale"] == [("stale", 7)]


def test_a_bumped_hash_a_new_order_and_new_line_ends_hide_nothing(git, found):
    first = git.commit(en__a=EN)
    git.commit(de__a=with_front(DE, first))
    second = git.commit(en__a=CARPENTER)
    heading, mill, visitors, wheel, garden = DE.rstrip("\n").split("\n\n")
    moved = (
        "\n\n".join([heading, visitors.replace("willkommen. ", "willkommen.\n"), mill.replace("Tals, ", "Tals,\n"), garden, wheel]) + "\n"
    )
    git.commit(de__a=with_front(moved, second))
    lines = (git.root / "de/a.md").read_text(encoding="utf-8").splitlines()
    stale = [line for rule, line in found() if rule == "stale"]
    assert [lines[line - 1] for line in stale] == [wheel]
    assert ("recorded-commit", 3) in found()


def test_a_recorded_commit_that_is_honest_is_no_finding(git, found):
    first = git.commit(en__a=EN)
    git.commit(de__a=with_front(DE, first))
    second = git.commit(en__a=CARPENTER)
    assert found() == [("stale", 12)]
    git.commit(de__a=with_front(DE.replace("vom Zimmermann des Dorfes", "von zwei Schmieden aus der Stadt"), second))
    assert found() == []


@pytest.mark.parametrize("key", ["source_commit", "  sourceCommit", "i18n_source_sha", "default_lang_commit"])
def test_a_translation_that_came_late_is_held_against_the_commit_it_follows(git, found, key):
    first = git.commit(en__a=EN)
    git.commit(en__a=CARPENTER)
    front = with_front(DE, first, key)
    git.commit(de__a=front.replace("  sourceCommit", "l10n:\n  sourceCommit"))
    assert [rule for rule, _ in found()] == ["stale"]


def test_a_repository_of_sha_256(tmp_path, monkeypatch, found):
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")
    git = Git(tmp_path / "long")
    (git.root / "transcmp.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.chdir(git.root)
    git.commit(en__a=EN)
    git.commit(de__a=DE)
    second = git.commit(en__a=CARPENTER)
    assert len(second) == 64
    git.commit(de__a=with_front(DE, second))
    assert found() == [("recorded-commit", 3), ("stale", 12)]


def test_new_passages_are_omitted_and_dropped_ones_added(git, found):
    git.commit(en__a=EN, de__a=DE)
    parts = EN.split("\n\n")
    parts[1:2] = []
    git.commit(en__a="\n\n".join([*parts, "A shop sells bread and flour from Monday to Friday, and cake on Sundays.\n"]))
    assert sorted(found()) == [("added", 3), ("omitted", 10)]


def test_renames_are_followed(git, found):
    git.commit(en__a=EN, de__a=DE)
    for language in ("en", "de"):
        git("mv", f"{language}/a.md", f"{language}/mill.md")
    git.commit()
    git.commit(en__mill=CARPENTER)
    assert found() == [("stale", 7)]


@pytest.mark.parametrize("edited_first", [True, False])
def test_a_translation_made_on_a_branch_follows_the_source_of_that_branch(git, found, edited_first):
    git.commit(en__a=EN)
    git("checkout", "-b", "translation")
    if edited_first:
        git("checkout", "main")
        git.commit(en__a=CARPENTER)
        git("checkout", "translation")
    git.commit(de__a=DE)
    git("checkout", "main")
    if not edited_first:
        git.commit(en__a=CARPENTER)
    git("merge", "--no-ff", "translation")
    assert found() == [("stale", 7)]


def test_edits_of_two_branches_are_both_known(git, found):
    git.commit(en__a=EN, de__a=DE)
    git("checkout", "-b", "other")
    git.commit(de__a=DE.replace("Im Garten steht ein alter Birnbaum", "Im Garten wächst ein sehr alter, schöner Birnbaum"))
    git("checkout", "main")
    git.commit(de__a=DE.replace("Das Rad wurde im Frühling vom", "Das große Rad wurde im vorigen Frühling von dem"))
    git("merge", "other")
    git.commit(en__a=CARPENTER.replace("an old pear tree with a bench under it", "an apple tree with a table beside it"))
    assert [item for item in found() if item[0] == "stale"] == [("stale", 7), ("stale", 9)]


def test_a_repository_without_commits_and_a_broken_one(git, found, capsys):
    for name, text in (("en", CARPENTER), ("de", DE)):
        (git.root / name).mkdir()
        (git.root / name / "a.md").write_text(text, encoding="utf-8")
    assert [item for item in found() if item[0] == "stale"] == []
    git.commit(en__a=EN)
    git.commit(en__a=CARPENTER)
    shutil.rmtree(git.root / ".git" / "objects")
    (git.root / ".git" / "objects").mkdir()
    assert main(["check", "--jobs", "1"]) in (0, 1)
    assert "nothing can be found stale" in capsys.readouterr().err


@pytest.mark.parametrize(
    "variables",
    [
        {"GIT_DIR": "elsewhere/.git", "GIT_WORK_TREE": "elsewhere"},
        {"GIT_INDEX_FILE": "none", "GIT_OBJECT_DIRECTORY": "none"},
        {"GIT_LITERAL_PATHSPECS": "1"},
    ],
    ids=lambda variables: next(iter(variables)),
)
def test_variables_that_a_hook_of_another_repository_sets(git, found, monkeypatch, variables):
    git.commit(en__a=EN, de__a=DE)
    git.commit(en__a=CARPENTER)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert found() == [("stale", 7)]


@pytest.mark.parametrize(
    "setting",
    ["diff.orderFile=none", "diff.renames=false", "log.showRoot=false", "color.ui=always", "diff.external=false", "log.follow=true"],
)
def test_settings_of_the_repository_change_nothing(git, found, setting):
    git.commit(en__a=EN, de__a=DE)
    for language in ("en", "de"):
        git("mv", f"{language}/a.md", f"{language}/mill.md")
    git.commit(en__mill=CARPENTER)
    git("config", *setting.split("="))
    assert found() == [("stale", 7)]
    assert found("--since", "HEAD~1") == [("stale", 7)]


def test_a_work_tree_and_a_link_to_it(git, found, tmp_path, monkeypatch):
    git.commit(en__a=EN, de__a=DE)
    git.commit(en__a=CARPENTER)
    git("worktree", "add", str(tmp_path / "tree"), "--detach")
    (tmp_path / "link").symlink_to(tmp_path / "tree")
    for place in ("tree", "link"):
        monkeypatch.chdir(tmp_path / place)
        assert found() == [("stale", 7)], place


def test_files_of_another_repository_and_of_a_submodule(git, found, tmp_path, monkeypatch):
    inner = Git(tmp_path / "inner")
    inner.commit(en__a=EN, de__a=DE)
    inner.commit(en__a=CARPENTER)
    monkeypatch.chdir(tmp_path)
    assert found("inner/en/a.md", "inner/de/a.md") == [("stale", 7)]
    git("-c", "protocol.file.allow=always", "submodule", "add", inner.root.as_uri(), "docs")
    git.commit(en__a=EN, de__a=DE)
    settings = SETTINGS + '[[pairs]]\nsource = "docs/en/*.md"\ntarget = "docs/{lang}/*.md"\n'
    (git.root / "transcmp.toml").write_text(settings, encoding="utf-8")
    monkeypatch.chdir(git.root)
    assert found() == [("stale", 7)]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems want Unicode names")
@pytest.mark.parametrize(
    "name", [b"a b.md", b"-x.md", b"\xfc.md", b"a\x1eb.md", b"a\nb.md", b"a'$(x)\".md", "\u202e\U0001f600.md".encode()]
)
def test_hostile_file_names(git, found, name):
    for text in (EN, CARPENTER):
        for folder, content in (("en", text), ("de", DE)):
            (git.root / folder).mkdir(exist_ok=True)
            (git.root / folder / os.fsdecode(name)).write_text(content, encoding="utf-8")
        git.commit()
    assert found() == [("stale", 7)]
    assert found("--since", "HEAD~1") == [("stale", 7)]


def test_a_shallow_clone_says_so(git, tmp_path, monkeypatch, capsys):
    git.commit(en__a=EN, de__a=DE)
    git.commit(en__a=CARPENTER)
    git("clone", "--depth", "1", git.root.as_uri(), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    assert main(["check", "--jobs", "1"]) == 0
    assert "the clone is shallow" in capsys.readouterr().err


def test_without_git_and_without_the_rule_the_texts_speak_alone(git, found):
    git.commit(en__a=EN, de__a=DE)
    git.commit(en__a=CARPENTER)
    (git.root / "transcmp.toml").write_text(SETTINGS + '[rules]\nstale = "off"\n', encoding="utf-8")
    assert [item for item in found() if item[0] == "stale"] == []
    (git.root / "transcmp.toml").write_text(SETTINGS, encoding="utf-8")
    shutil.rmtree(git.root / ".git")
    assert [item for item in found() if item[0] == "stale"] == []


def test_the_cache_knows_histories(git, found):
    git.commit(en__a=EN, de__a=DE, en__b=EN, de__b=DE)
    assert found() == []
    git.commit(en__a=CARPENTER)
    git.commit(en__a=EN)
    assert found() == []
    git.commit(en__a=CARPENTER, en__b=CARPENTER, de__b=DE.replace("vom Zimmermann des Dorfes", "von zwei Schmieden aus der Stadt"))
    assert found() == found() == [("stale", 7)]
    git.commit(other="x")
    assert found() == [("stale", 7)]


def test_since_looks_only_at_pairs_that_a_change_touches(git, found):
    first = git.commit(en__a=EN, de__a=DE, en__b=EN, de__b=DE.replace("Süden", "Süden, 7 Meter"), en__c=EN)
    assert ("missing-file", 0) in found()
    assert found("--since", "HEAD") == []
    git.commit(en__a=CARPENTER)
    assert found("--since", first) == [("stale", 7)]
    assert main(["check", "--since", "nonsense"]) == 2
    shutil.rmtree(git.root / ".git")
    assert main(["check", "--since", "HEAD"]) == 2
