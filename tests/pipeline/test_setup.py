"""``transcmp init``: the settings it writes find the pairs that are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcmp.config import read_settings
from transcmp.errors import ConfigError
from transcmp.pipeline.setup import first_pair, look, render

ENGLISH = "# Welcome\n\nThis is the first page of the handbook, and it tells you how to install the program on your computer.\n"
GERMAN = "# Willkommen\n\nDies ist die erste Seite des Handbuchs, und sie erklärt, wie man das Programm auf dem Rechner installiert.\n"
FOLDERS = ("docs/en/**/*.md", "docs/{lang}/**/*.md")
ENDINGS = ("content/**/{stem}.md", "content/**/{stem}.{lang}.md")


def tree(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        german = any(part in ("de", "guide.de.md") or part.endswith(".de.md") for part in path.parts)
        path.write_text(GERMAN if german else ENGLISH, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("names", "pairs", "count", "languages"),
    [
        (("docs/en/a.md", "docs/en/b/c.md", "docs/de/a.md", "docs/de/b/c.md", "README.md"), [FOLDERS], 2, ("de",)),
        (("docs/en/docs/a.md", "docs/de/docs/a.md", "docs/pt-BR/docs/a.md"), [FOLDERS], 2, ("de", "pt-BR")),
        (("a.md", "b.md", "a.de.md"), [("**/{stem}.md", "**/{stem}.{lang}.md")], 1, ("de",)),
        (("content/a.md", "content/x/b.md", "content/a.de.md", "content/x/b.de.md"), [ENDINGS], 2, ("de",)),
        (("docs/a.md", "docs/b.md", "docs/de/a.md"), [("docs/**/*.md", "docs/{lang}/**/*.md")], 1, ("de",)),
        (("en/a.md", "en/b.txt", "de/a.md", "de/b.txt"), [("en/**/*.{md,txt}", "{lang}/**/*.{md,txt}")], 2, ("de",)),
    ],
)  # fmt: skip
def test_trees_without_a_framework(tmp_path, names, pairs, count, languages):
    found = look(tree(tmp_path, *names))
    assert found.settings.source_language == "en"
    assert [(pair.source, pair.target) for pair in found.settings.pairs] == pairs
    assert (found.pairs, found.languages) == (count, languages)


@pytest.mark.parametrize(
    ("marker", "names", "layout"),
    [
        ("docusaurus.config.js", ("docs/a.md", "docs/b.md", "i18n/de/docusaurus-plugin-content-docs/current/a.md"), "docusaurus"),
        ("mkdocs.yml", ("docs/index.md", "docs/index.de.md"), "mkdocs-i18n"),
        ("hugo.toml", ("content/a.md", "content/a.de.md"), "hugo"),
        (".vitepress/config.ts", ("guide/a.md", "de/guide/a.md"), "vitepress"),
        ("astro.config.mjs", ("src/content/docs/a.md", "src/content/docs/de/a.md"), "starlight"),
    ],
)
def test_frameworks(tmp_path, marker, names, layout):
    path = tmp_path / marker
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", encoding="utf-8")
    found = look(tree(tmp_path, *names))
    assert [pair.layout for pair in found.settings.pairs] == [layout]
    assert found.pairs == 1


def test_the_file_says_what_was_found(tmp_path):
    found = look(tree(tmp_path, "docs/en/a.md", "docs/de/a.md", "docs/en/b.md"))
    text = render(found)
    settings = read_settings(text, path="transcmp.toml")
    assert settings == found.settings
    assert "1 pair in de; 1 translation missing, 0 without a source" in text
    # what is commented out is valid, too
    examples = "\n".join(
        line[2:] if line.startswith("# ") and ("=" in line or line.startswith("# [")) else line for line in text.splitlines()
    )
    assert read_settings(examples, path="transcmp.toml") is not None


@pytest.mark.parametrize(
    ("names", "ignored"),
    [
        (("index.md", "fr/index.md", "README.md", "CHANGELOG.md", "about.md"), ("CHANGELOG.md", "README.md")),
        (("index.md", "fr/index.md", "README.md", "fr/README.md"), ()),
        (("docs/index.md", "docs/README.md", "docs/fr/index.md", "README.md"), ()),
    ],
)
def test_pages_about_the_project_itself_need_no_translation(tmp_path, names, ignored):
    found = look(tree(tmp_path, *names))
    assert found.settings.ignore.paths == ignored
    settings = read_settings(render(found), path="transcmp.toml")
    assert settings == found.settings


def test_the_source_language_can_be_given(tmp_path):
    root = tree(tmp_path, "en/a.md", "de/a.md", "de/b.md")
    assert look(root, "de").settings.source_language == "de"


def test_nothing_there(tmp_path):
    with pytest.raises(ConfigError, match="look like a source"):
        look(tree(tmp_path, "a.md", "b.md"))


def test_the_language_is_told_from_what_can_be_read(tmp_path):
    root = tree(tmp_path, "a.md", "a.de.md")
    (root / "large.md").write_bytes(b"word " * 2_000_001)
    (root / "broken.md").write_bytes(b"\xe9" * 5000)
    (root / "gone.md").symlink_to(root / "nowhere.md")
    assert look(root).settings.source_language == "en"
    for name in ("a.md", "large.md"):
        (root / name).unlink()
    with pytest.raises(ConfigError):
        look(root)


def test_odd_names_of_folders_are_written_as_toml(tmp_path):
    found = look(tree(tmp_path, 'my "old"\x7f docs/en/a.md', 'my "old"\x7f docs/de/a.md'))
    settings = read_settings(render(found), path="transcmp.toml")
    assert settings is not None
    assert settings.pairs == found.settings.pairs


@pytest.mark.parametrize(
    ("names", "pair"),
    [
        (["b.md", "a.en.md", "a.it.md"], ("a.en.md", "a.it.md")),
        (["guide.md", "guide.it.md"], ("guide.md", "guide.it.md")),
        (["docs/en/a.md", "docs/it/b.md", "docs/it/a.md"], ("docs/en/a.md", "docs/it/a.md")),
        (["a.md", "it/a.md"], ("a.md", "it/a.md")),
        (["a.md", "b.md", "a.html", "it/c.md"], None),
    ],
)
def test_files_that_look_like_a_pair(names: list[str], pair: tuple[str, str] | None) -> None:
    assert first_pair(names) == pair
