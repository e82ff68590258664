"""Files as they were: real repositories, made here."""

from __future__ import annotations

import shutil

import pytest

from tests.repository import Git
from transcmp import history
from transcmp.errors import TranscmpWarning, UsageError

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def texts(repository: history.Repository, path: str) -> list[str]:
    return [(repository.content(item.blob) or b"").decode() for item in repository.histories([path])[path]]


@pytest.fixture
def git(tmp_path) -> Git:
    return Git(tmp_path / "repo")


def test_the_content_of_many_files_at_once(git):
    commit = git.commit(a="1", b="2")
    found = history.find(git.root)
    assert found is not None
    files = [(commit, "a.md"), (commit, "none.md"), (commit, "a\nb.md"), ("0" * 40, "a.md"), (commit, "b.md"), (commit, "")]
    blobs = found.blobs_of(files)
    assert [blob and found.content(blob) for blob in blobs] == [b"1", None, None, None, b"2", None]
    assert found.blobs_of([]) == ()


def test_the_revisions_of_a_file_the_newest_first(git):
    git.commit(docs__a="one\n" * 9, docs__b="b")
    second = git.commit(docs__a="one\n" * 9 + "two\n")
    git.commit(docs__b="b2", other__c="c")
    found = history.find(git.root / "docs")
    assert found is not None
    assert found.root == git.root.resolve()
    assert texts(found, "docs/a.md") == ["one\n" * 9 + "two\n", "one\n" * 9]
    revisions = found.histories(["docs/a.md", "docs/b.md", "docs/none.md"])
    newest = revisions["docs/a.md"][0]
    assert (newest.commit, newest.date, newest.age) == (second, "2024-01-02", 1)
    assert [item.age for item in revisions["docs/b.md"]] == [0, 2]
    assert revisions["docs/none.md"] == ()


def test_renames_are_followed(git):
    git.commit(docs__a="one\ntwo\nthree\nfour\n")
    git("mv", "docs/a.md", "docs/new.md")
    git.commit(docs__new="one\ntwo\nthree\nfour\nfive\n")
    git.commit(docs__a="another file\n")
    found = history.find(git.root)
    assert found is not None
    assert texts(found, "docs/new.md") == ["one\ntwo\nthree\nfour\nfive\n", "one\ntwo\nthree\nfour\n"]
    assert texts(found, "docs/a.md") == ["another file\n"]


def test_files_outside_are_unknown(git, tmp_path):
    git.commit(**{f"f{number}__a": "text" for number in range(20)})
    (tmp_path / "outside.md").write_text("x", encoding="utf-8")
    (git.root / "link.md").symlink_to(tmp_path / "outside.md")
    found = history.find(git.root)
    assert found is not None
    outside = found.name_of(git.root / "link.md")
    assert outside == found.name_of(tmp_path / "outside.md")
    inside = [found.name_of(git.root / f"f{number}" / "a.md") for number in range(20)]
    revisions = found.histories([outside, *inside])
    assert revisions[outside] == ()
    assert all(len(revisions[path]) == 1 for path in inside)
    assert found.histories([outside]) == {outside: ()}


def test_odd_names(git):
    name = 'docs/new\nline ü "q".md'
    path = git.root / name
    path.parent.mkdir()
    path.write_text("x", encoding="utf-8")
    git.commit()
    found = history.find(git.root)
    assert found is not None
    assert texts(found, name) == ["x"]


def test_what_changed_since(git):
    first = git.commit(a="1", b="1", c="1")
    git.commit(a="2")
    (git.root / "b.md").write_text("2", encoding="utf-8")
    (git.root / "d.md").write_text("new", encoding="utf-8")
    found = history.find(git.root)
    assert found is not None
    assert found.changed_since(first) == {"a.md", "b.md", "d.md"}
    assert found.changed_since("HEAD") == {"b.md", "d.md"}
    for wrong in ("nonsense", "--output=x", ""):
        with pytest.raises(UsageError, match="git knows no revision"):
            found.changed_since(wrong)


def test_commits_by_a_part_of_their_name(git):
    commit = git.commit(a="1")
    found = history.find(git.root)
    assert found is not None
    assert found.resolve(commit[:8]) == commit
    assert found.resolve("0123456789") is None
    blob = found.blob_of(commit, "a.md")
    assert blob is not None
    assert found.content(blob) == b"1"
    assert found.blob_of(commit, "b.md") is None
    assert found.content("0" * 40) is None


def test_a_shallow_clone_is_recognised(git, tmp_path):
    git.commit(a="1")
    git.commit(a="2")
    git("clone", "--depth", "1", git.root.as_uri(), str(tmp_path / "clone"))
    found = history.find(tmp_path / "clone")
    assert found is not None
    assert found.shallow
    assert texts(found, "a.md") == ["2"]
    full = history.find(git.root)
    assert full is not None
    assert not full.shallow


def test_no_repository(tmp_path):
    assert history.find(tmp_path) is None


def test_a_repository_that_git_refuses_is_said(git, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        with pytest.warns(TranscmpWarning, match="not used: git rev-parse: detected dubious ownership"):
            assert history.find(git.root) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.warns(TranscmpWarning, match="not used: git cannot be run"):
        assert history.find(git.root) is None


def test_a_repository_without_commits(git):
    found = history.find(git.root)
    assert found is not None
    with pytest.raises(UsageError, match="git log"):
        found.histories(["a.md"])


PROGRAMS = {
    "fsmonitor": ("", ["core.fsmonitor"]),
    "clean": ("*.md filter=x\n", ["filter.x.clean", "filter.x.smudge"]),
    "required": ("*.md filter=x\n", ["filter.x.clean"]),
    "process": ("*.md filter=x.y\n", ["filter.x.y.process"]),
    "diff": ("*.md diff=x\n", ["diff.x.textconv", "diff.x.command", "diff.external"]),
}


@pytest.mark.parametrize("kind", PROGRAMS)
def test_no_program_that_a_repository_names_is_run(git, tmp_path, kind):
    attributes, keys = PROGRAMS[kind]
    git.commit(a="one", b="two")
    ran, program = tmp_path / "ran", tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{ran}'\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    (git.root / ".gitattributes").write_text(attributes, encoding="utf-8")
    for key in keys:
        git("config", key, str(program))
    if kind == "required":
        git("config", "filter.x.required", "true")
    (git.root / "a.md").write_text("changed", encoding="utf-8")
    found = history.find(git.root)
    assert found is not None
    assert found.histories(["a.md"])["a.md"]
    assert found.changed_since("HEAD") == {"a.md", ".gitattributes"}
    assert not ran.exists()
