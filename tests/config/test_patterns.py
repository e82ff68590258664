"""Patterns: both sides of a pair name the same page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.config import LAYOUTS, Pattern
from transcmp.config.patterns import pair_fault, pattern_fault


@pytest.mark.parametrize(
    ("source", "target", "name", "language", "expected"),
    [
        ("docs/en/**/*.md", "docs/{lang}/**/*.md", "docs/en/index.md", "de", "docs/de/index.md"),
        ("docs/en/**/*.md", "docs/{lang}/**/*.md", "docs/en/a/b/c.md", "pt-BR", "docs/pt-BR/a/b/c.md"),
        ("docs/**/{stem}.md", "docs/**/{stem}.{lang}.md", "docs/v1.2.md", "it", "docs/v1.2.it.md"),
        ("en/**", "{lang}/**", "en/a/b.rst", "fr", "fr/a/b.rst"),
        ("src/{stem}.{md,mdx}", "i18n/{lang}/{stem}.{md,mdx}", "src/x.mdx", "ja", "i18n/ja/x.mdx"),
        ("v*/en/?.md", "{lang}/v*/{lang}-?.md", "v2/en/a.md", "ko", "ko/v2/ko-a.md"),
        ("a/*/b/*.md", "{lang}/*/*.md", "a/x/b/y.md", "nl", "nl/x/y.md"),
    ],
)
def test_the_other_side_of_a_name(source, target, name, language, expected):
    one, other = Pattern(source), Pattern(target)
    captured = one.match(name)
    assert captured is not None
    assert other.build(captured, language) == expected
    back = other.match(expected)
    assert back is not None
    assert back.language == language
    assert one.build(back, "") == name


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("docs/en/*.md", "docs/en/a/b.md"),
        ("docs/en/**/*.md", "docs/english/a.md"),
        ("docs/{lang}/*.md", "docs/images/a.md"),
        ("docs/{lang}/*.{lang}.md", "docs/de/a.it.md"),
        ("docs/*.md", "docs/a.md\n"),
        ("docs/*.md", "docs/a.mdx"),
    ],
)
def test_names_that_do_not_match(pattern, name):
    assert Pattern(pattern).match(name) is None


@pytest.mark.parametrize("name", ["docs/zh_CN/a.md", "docs/ZH-cn/a.md", "docs/zh-CN/a.md"])
def test_a_given_language_matches_in_any_spelling(name):
    assert Pattern("docs/{lang}/*.md", "zh-CN").match(name) is not None
    assert Pattern("docs/{lang}/*.md", "zh").match(name) is None


def test_names_may_hold_anything():
    name = "docs/en/a\nb [x] {y} *\udcff.md"
    captured = Pattern("docs/en/*.md").match(name)
    assert captured is not None
    assert Pattern("docs/{lang}/*.md").build(captured, "de") == "docs/de/a\nb [x] {y} *\udcff.md"


@pytest.mark.parametrize("pattern", ["/a/*", "../a", "a/../../b", "C:/a", "a\\b", "a/{x}", "a/}b", "a**/b", "a/**b"])
def test_patterns_that_are_refused(pattern):
    assert pattern_fault(pattern)


def test_every_layout_pairs_its_sides():
    for variants in LAYOUTS.values():
        for source, target in (pair for variant in variants for pair in variant):
            assert pattern_fault(source) is pattern_fault(target) is pair_fault(source, target) is None
            assert "{lang}" in target


NAMES = st.lists(st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), min_size=1, max_size=8), min_size=1, max_size=4)


@given(NAMES, st.sampled_from(["de", "pt-BR", "zh_Hant", "nds"]))
def test_there_and_back_is_the_same_name(parts, language):
    one, other = Pattern("docs/en/**/*.md"), Pattern("docs/{lang}/**/*.md")
    name = "docs/en/" + "/".join(parts) + ".md"
    captured = one.match(name)
    assert captured is not None
    back = other.match(other.build(captured, language))
    assert back is not None
    assert one.build(back, "") == name
