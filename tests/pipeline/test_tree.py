"""Trees of files: who translates whom, what is missing, what is left over; hostile trees."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from transcmp.config import Project, load
from transcmp.errors import ConfigError
from transcmp.pipeline.tree import Tree, find


def project(root: Path, settings: str, *names: str) -> Project:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    (root / "transcmp.toml").write_text('source_language = "en"\n' + settings, encoding="utf-8")
    return load(root)


def short(tree: Tree) -> dict[str, list[str]]:
    return {
        kind: [f"{pair.source} {pair.target_language} {pair.target}" for pair in getattr(tree, kind)]
        for kind in ("pairs", "missing", "orphans")
        if getattr(tree, kind)
    }


FOLDERS = '[[pairs]]\nsource = "docs/en/**/*.md"\ntarget = "docs/{lang}/**/*.md"\n'


def test_pairs_missing_and_orphans(tmp_path):
    names = (
        "docs/en/a.md",
        "docs/en/x/b.md",
        "docs/de/a.md",
        "docs/de/x/b.md",
        "docs/it/a.md",
        "docs/it/old.md",
        "docs/img/a.md",
        "docs/en/c.txt",
    )
    assert short(find(project(tmp_path, FOLDERS, *names))) == {
        "pairs": ["docs/en/a.md de docs/de/a.md", "docs/en/a.md it docs/it/a.md", "docs/en/x/b.md de docs/de/x/b.md"],
        "missing": ["docs/en/x/b.md it docs/it/x/b.md"],
        "orphans": ["docs/en/old.md it docs/it/old.md"],
    }


def test_listed_languages_are_expected_even_where_nothing_is_yet(tmp_path):
    found = short(find(project(tmp_path, 'target_languages = ["it", "ja"]\n' + FOLDERS, "docs/en/a.md", "docs/it/a.md", "docs/de/a.md")))
    assert found == {"pairs": ["docs/en/a.md it docs/it/a.md"], "missing": ["docs/en/a.md ja docs/ja/a.md"]}


def test_the_languages_spelling_is_that_of_the_tree(tmp_path):
    names = ("docs/en/a.md", "docs/en/b.md", "docs/zh_CN/a.md", "docs/pt-br/a.md", "docs/pt-br/b.md")
    found = find(project(tmp_path, FOLDERS, *names))
    assert short(found)["missing"] == ["docs/en/b.md zh-CN docs/zh_CN/b.md"]
    assert {pair.target_language for pair in found.pairs} == {"zh-CN", "pt-BR"}


def test_suffixes(tmp_path):
    settings = '[[pairs]]\nsource = "content/**/{stem}.md"\ntarget = "content/**/{stem}.{lang}.md"\n'
    names = (
        "content/v1.2.md",
        "content/v1.2.it.md",
        "content/a/b.md",
        "content/a/b.de.md",
        "content/a/lost.de.md",
        "content/what.is.it.md",
    )
    assert short(find(project(tmp_path, settings, *names))) == {
        "pairs": ["content/a/b.md de content/a/b.de.md", "content/v1.2.md it content/v1.2.it.md"],
        "missing": ["content/a/b.md it content/a/b.it.md", "content/v1.2.md de content/v1.2.de.md"],
        "orphans": ["content/a/lost.md de content/a/lost.de.md", "content/what.is.md it content/what.is.it.md"],
    }


@pytest.mark.parametrize(
    ("layout", "names", "pairs"),
    [
        ("docusaurus", ("docs/a.mdx", "i18n/it/docusaurus-plugin-content-docs/current/a.mdx",
                        "blog/p.md", "i18n/it/docusaurus-plugin-content-blog/p.md",
                        "versioned_docs/version-2.0/a.md", "i18n/it/docusaurus-plugin-content-docs/version-2.0/a.md"), 3),
        ("mkdocs-i18n", ("docs/index.md", "docs/index.fr.md", "docs/a/b.md", "docs/a/b.fr.md"), 2),
        ("mkdocs-i18n", ("docs/en/index.md", "docs/fr/index.md"), 1),
        ("hugo", ("content/a.md", "content/a.de.md"), 1),
        ("hugo", ("content/en/a.md", "content/de/a.md"), 1),
        ("hugo", ("content/a.en.md", "content/a.de.md"), 1),
        ("jekyll", ("_i18n/en/a.md", "_i18n/es/a.md"), 1),
        ("jekyll", ("_posts/en/2020-01-01-a.md", "_posts/es/2020-01-01-a.md"), 1),
        ("vitepress", ("docs/a.md", "docs/it/a.md", "docs/it/b/c.md", "docs/b/c.md"), 2),
        ("vitepress", ("docs/en/a.md", "docs/it/a.md"), 1),
        ("vitepress", ("guide/a.md", "it/guide/a.md"), 1),
        ("starlight", ("src/content/docs/a.mdx", "src/content/docs/fr/a.mdx"), 1),
    ],
)  # fmt: skip
def test_layouts(tmp_path, layout, names, pairs):
    found = find(project(tmp_path, f'[[pairs]]\nlayout = "{layout}"\n', *names))
    assert len(found.pairs) == pairs
    assert not found.missing
    assert not found.orphans


def test_a_layout_that_is_partly_translated_says_what_is_missing(tmp_path):
    found = short(find(project(tmp_path, '[[pairs]]\nlayout = "vitepress"\n', "docs/a.md", "docs/b.md", "docs/it/a.md")))
    assert found == {"pairs": ["docs/a.md it docs/it/a.md"], "missing": ["docs/b.md it docs/it/b.md"]}


def test_ignored_paths_are_on_neither_side(tmp_path):
    settings = FOLDERS + '[ignore]\npaths = ["docs/*/**/changelog.md"]\n'
    names = ("docs/en/a.md", "docs/it/a.md", "docs/en/changelog.md", "docs/it/x/changelog.md")
    assert short(find(project(tmp_path, settings, *names))) == {"pairs": ["docs/en/a.md it docs/it/a.md"]}


@pytest.mark.parametrize("names", [(), ("docs/fr/a.md",), ("docs/en/a.md",)])
def test_patterns_that_find_nothing_are_an_error(tmp_path, names):
    with pytest.raises(ConfigError, match=r"pairs\[0\]: no file matches"):
        find(project(tmp_path, FOLDERS, *names))


def test_links_that_lead_out_are_named_and_loops_end(tmp_path):
    root, outside = tmp_path / "repo", tmp_path / "secret"
    outside.mkdir()
    (outside / "passwords.md").write_text("x", encoding="utf-8")
    made = project(root, FOLDERS, "docs/en/a.md", "docs/it/a.md", "docs/en/b.md")
    (root / "docs/en/loop").symlink_to("..", target_is_directory=True)
    (root / "docs/en/self.md").symlink_to("self.md")
    (root / "docs/it/b.md").symlink_to(outside / "passwords.md")
    (root / "docs/it/folder").symlink_to(outside, target_is_directory=True)
    (root / "docs/it/nowhere.md").symlink_to("gone.md")
    (root / "docs/it/nowhere.png").symlink_to("gone.png")
    (root / "docs/it/c.md").symlink_to("../en/b.md")
    found = find(made)
    assert [(item.path, item.message) for item in found.unreadable] == [
        ("docs/en/self.md", "Too many levels of symbolic links"),
        ("docs/it/b.md", "a link that leads outside the project"),
        ("docs/it/folder", "a link that leads outside the project"),
        ("docs/it/nowhere.md", "a link that leads nowhere"),
    ]
    assert "docs/en/a.md it docs/it/a.md" in short(found)["pairs"]
    assert not any("passwords" in pair.target for kind in (found.pairs, found.missing, found.orphans) for pair in kind)


def test_a_root_that_is_a_link_out_is_not_entered(tmp_path):
    root, outside = tmp_path / "repo", tmp_path / "other"
    (outside / "en").mkdir(parents=True)
    (outside / "en" / "a.md").write_text("x", encoding="utf-8")
    made = project(root, FOLDERS, "x.md")
    (root / "docs").symlink_to(outside, target_is_directory=True)
    with pytest.raises(ConfigError, match="no file matches"):
        find(made)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_may_be_any_bytes(tmp_path):
    names = ("new\nline.md", "a b'\"[x]{y}*?.md", os.fsdecode(b"\xff\xfe.md"), "\u202egpj.md", "-rf.md")
    made = project(tmp_path, FOLDERS, *(f"docs/{language}/{name}" for language in ("en", "it") for name in names))
    found = find(made)
    assert {pair.target for pair in found.pairs} == {f"docs/it/{name}" for name in names}
    assert not found.missing
