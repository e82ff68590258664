"""BCP 47 tags, and the languages that file names declare."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.errors import LanguageError
from transcmp.language import base, language_of_path, parse_language, same_language, script_of_language
from transcmp.language.tags import model_code


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("EN", "en"),
        ("en_us", "en-US"),
        ("pt-br", "pt-BR"),
        ("PT_BR.UTF-8", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("ZH_HANS", "zh-Hans"),
        ("sr@latin", "sr-Latn"),
        ("es-419", "es-419"),
        ("de-CH-1996", "de-CH-1996"),
        ("sl-rozaj-biske", "sl-rozaj-biske"),
        ("en-u-ca-gregory-x-own", "en-u-ca-gregory-x-own"),
        ("x-klingon", "x-klingon"),
        ("ita", "it"),
        ("ger", "de"),
        ("zho", "zh"),
        ("iw", "he"),
        ("in", "id"),
        ("sh", "sr-Latn"),
        ("fil", "fil"),
        ("und", "und"),
        ("zxx", "zxx"),
        (" en ", "en"),
    ],
)
def test_tags_are_normalised(written: str, tag: str) -> None:
    assert parse_language(written) == tag
    assert parse_language(tag) == tag


@pytest.mark.parametrize(
    "written", ["", " ", "e", "en--us", "en-", "-en", "xq", "1a", "en us", "en-USA1234567890", "日本", "it\0", "en\n-us"]
)
def test_what_is_no_tag_is_a_language_error(written: str) -> None:
    with pytest.raises(LanguageError):
        parse_language(written)


def test_a_name_in_english_gets_a_hint() -> None:
    with pytest.raises(LanguageError, match="did you mean 'it'"):
        parse_language("Italian")


@given(st.text(max_size=12))
def test_any_text_is_a_tag_or_a_language_error(written: str) -> None:
    try:
        tag = parse_language(written)
    except LanguageError:
        return
    assert parse_language(tag) == tag
    assert base(tag) == tag.split("-")[0].lower()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("en", "en-GB", True),
        ("pt-BR", "pt-PT", True),
        ("nb", "no", True),
        ("zh", "zh-Hant", True),
        ("zh-TW", "zh-Hant", True),
        ("zh-Hans", "zh-Hant", False),
        ("zh-CN", "zh-HK", False),
        ("it", "es", False),
    ],
)
def test_same_language(one: str, other: str, same: bool) -> None:
    first, second = parse_language(one), parse_language(other)
    assert same_language(first, second) is same_language(second, first) is same


def test_model_codes_and_scripts() -> None:
    assert [model_code(parse_language(tag)) for tag in ("nn", "sr-Latn", "sr", "pt-BR", "cmn")] == ["no", "hr", "sr", "pt", "zh"]
    assert [script_of_language(tag) for tag in ("it", "ru", "sr-Latn", "zh-Hant", "ja", "uk", "xx")] == [
        "Latn",
        "Cyrl",
        "Latn",
        "Hani",
        "Jpan",
        "Cyrl",
        "Latn",
    ]


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("article.it.md", "it"),
        ("README.pt-BR.md", "pt-BR"),
        ("README_zh-CN.md", "zh-CN"),
        ("a/b/page.zh-hant.html", "zh-Hant"),
        ("page.fr.html.j2", "fr"),
        ("docs/de/tutorial/index.md", "de"),
        ("docs/zh-hant/intro.md", "zh-Hant"),
        ("locale/pt_BR/LC_MESSAGES/django.po", "pt-BR"),
        ("res/values-fr/strings.xml", "fr"),
        ("res/values-pt-rBR/strings.xml", "pt-BR"),
        ("messages_de.properties", "de"),
        ("i18n/es.json", "es"),
        (r"docs\it\index.md", "it"),
        ("docs/en/guide.it.md", "it"),
        ("what-is.md", None),
        ("sign_in.md", None),
        ("article.md", None),
        ("is.md", None),
        ("src/main.py", None),
        ("-", None),
        ("", None),
        ("version.1.2.md", None),
    ],
)
def test_languages_of_paths(path: str, language: str | None) -> None:
    assert language_of_path(path) == language


@given(st.text(max_size=30))
def test_any_path_has_a_language_or_none(path: str) -> None:
    found = language_of_path(path)
    assert found is None or parse_language(found) == found
