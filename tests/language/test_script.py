"""The script of a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from tests.strategies import texts
from transcmp.language import script_of
from transcmp.language.script import SCRIPT_LANGUAGES, chinese_form, script_counts, script_of_letter


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Ciao", "Latn"),
        ("Tiếng Việt", "Latn"),
        ("ﬁne", "Latn"),
        ("Ｗｉｄｅ", "Latn"),
        ("Привет", "Cyrl"),
        ("Καλημέρα", "Grek"),
        ("漢字", "Hani"),
        ("漢字とかな", "Jpan"),
        ("カタカナ", "Jpan"),
        ("ｶﾀｶﾅ", "Jpan"),
        ("한국어", "Hang"),
        ("שלום", "Hebr"),
        ("مرحبا", "Arab"),
        ("สวัสดี", "Thai"),
        ("नमस्ते", "Deva"),
        ("გამარჯობა", "Geor"),
        ("ሰላም", "Ethi"),
        ("12, 3.5 %", "Zyyy"),
        ("", "Zyyy"),
        ("🎉", "Zyyy"),
        ("10 kΩ", "Latn"),
        ("Я люблю FastAPI, Pydantic, Starlette", "Cyrl"),
        ("the word мир means peace", "Latn"),
        ("日本語 and the rest of this is English", "Latn"),
        ("这家餐厅叫做の味道，在北京很有名，很多人都喜欢去那里吃饭", "Hani"),
    ],
)
def test_scripts(text: str, script: str) -> None:
    assert script_of(text) == script


@given(texts(max_size=200))
def test_any_text_has_a_script_and_only_letters_count(text: str) -> None:
    script = script_of(text)
    assert script == "Zyyy" or script in SCRIPT_LANGUAGES or script in ("Bopo",)
    assert sum(script_counts(text).values()) <= len(text) + 1


def test_the_table_names_letters_as_unicode_does() -> None:
    names = {"Latn": "LATIN", "Cyrl": "CYRILLIC", "Grek": "GREEK", "Hebr": "HEBREW", "Arab": "ARABIC", "Thai": "THAI", "Armn": "ARMENIAN"}
    for point in range(0x41, 0x3000):
        character = chr(point)
        name = unicodedata.name(character, "")
        script = script_of_letter(character)
        if script in names and unicodedata.category(character).startswith("L"):
            assert names[script] in name or "COPTIC" in name or "MODIFIER" in name or "ORDINAL" in name, (hex(point), name, script)


def test_chinese_forms() -> None:
    assert chinese_form("這個國家") == "Hant"
    assert chinese_form("这个国家") == "Hans"
    assert chinese_form("你好") is None
