"""Writing systems: the first and surest evidence of a language (Unicode, Scripts.txt; names of ISO 15924)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x005A, "Latn"),
    (0x0061, 0x007A, "Latn"),
    (0x00AA, 0x00AA, "Latn"),
    (0x00BA, 0x00BA, "Latn"),
    (0x00C0, 0x00D6, "Latn"),
    (0x00D8, 0x00F6, "Latn"),
    (0x00F8, 0x024F, "Latn"),
    (0x0250, 0x02AF, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0531, 0x058F, "Armn"),
    (0x05D0, 0x05F4, "Hebr"),
    (0x0620, 0x065F, "Arab"),
    (0x066E, 0x06D5, "Arab"),
    (0x06E5, 0x06EF, "Arab"),
    (0x06FA, 0x06FF, "Arab"),
    (0x0700, 0x074F, "Syrc"),
    (0x0750, 0x077F, "Arab"),
    (0x0780, 0x07BF, "Thaa"),
    (0x08A0, 0x08FF, "Arab"),
    (0x0900, 0x0965, "Deva"),
    (0x0970, 0x097F, "Deva"),
    (0x0980, 0x09E3, "Beng"),
    (0x09F0, 0x09FF, "Beng"),
    (0x0A01, 0x0A5E, "Guru"),
    (0x0A70, 0x0A7F, "Guru"),
    (0x0A81, 0x0AE3, "Gujr"),
    (0x0B01, 0x0B63, "Orya"),
    (0x0B82, 0x0BD7, "Taml"),
    (0x0C00, 0x0C63, "Telu"),
    (0x0C80, 0x0CE3, "Knda"),
    (0x0D00, 0x0D63, "Mlym"),
    (0x0D81, 0x0DDF, "Sinh"),
    (0x0E01, 0x0E3A, "Thai"),
    (0x0E40, 0x0E4E, "Thai"),
    (0x0E81, 0x0ECD, "Laoo"),
    (0x0EDC, 0x0EDF, "Laoo"),
    (0x0F00, 0x0FFF, "Tibt"),
    (0x1000, 0x103F, "Mymr"),
    (0x1050, 0x109F, "Mymr"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"),
    (0x1200, 0x139F, "Ethi"),
    (0x13A0, 0x13FF, "Cher"),
    (0x1780, 0x17D3, "Khmr"),
    (0x1820, 0x18AF, "Mong"),
    (0x1C80, 0x1C8F, "Cyrl"),
    (0x1C90, 0x1CBF, "Geor"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"),
    (0x2C60, 0x2C7F, "Latn"),
    (0x2D00, 0x2D2F, "Geor"),
    (0x2D80, 0x2DDF, "Ethi"),
    (0x2DE0, 0x2DFF, "Cyrl"),
    (0x2E80, 0x2FD5, "Hani"),
    (0x3005, 0x3007, "Hani"),
    (0x3041, 0x309F, "Hira"),
    (0x30A1, 0x30FA, "Hira"),
    (0x30FC, 0x30FF, "Hira"),
    (0x3105, 0x312F, "Bopo"),
    (0x3131, 0x318E, "Hang"),
    (0x31F0, 0x31FF, "Hira"),
    (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xA640, 0xA69F, "Cyrl"),
    (0xA722, 0xA7FF, "Latn"),
    (0xA960, 0xA97F, "Hang"),
    (0xAB30, 0xAB6F, "Latn"),
    (0xAC00, 0xD7FF, "Hang"),
    (0xF900, 0xFAFF, "Hani"),
    (0xFB00, 0xFB06, "Latn"),
    (0xFB13, 0xFB17, "Armn"),
    (0xFB1D, 0xFB4F, "Hebr"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFC, "Arab"),
    (0xFF21, 0xFF3A, "Latn"),
    (0xFF41, 0xFF5A, "Latn"),
    (0xFF66, 0xFF9F, "Hira"),
    (0xFFA0, 0xFFDC, "Hang"),
    (0x1B000, 0x1B16F, "Hira"),
    (0x20000, 0x323AF, "Hani"),
)
_STARTS = [start for start, _, _ in _RANGES]

_LATIN_OR_COMMON = re.compile(
    "[^\u0370-\u1dff\u1f00-\u1fff\u2c00-\u2dff\u2e80-\uabff\uac00-\ufaff\ufb07-\ufeff\uff66-\uffdc\U00010000-\U000323af]*"
)
_LATIN_LETTER = re.compile("[A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿⱠ-ⱿꜢ-ꟿꬰ-ꭥﬀ-ﬆＡ-Ｚａ-ｚ]")

UNKNOWN_SCRIPT = "Zyyy"
"""ISO 15924's code for text whose script cannot be told: no letters."""

# A character of Han, kana or Hangul says as much as two to three Latin letters.
_WEIGHT = {"Hani": 3.0, "Jpan": 3.0, "Hang": 3.0}

_LATIN_WORD = re.compile(r"(?<![^\W\d_])[a-zà-öø-ÿ][a-zà-öø-ÿ'’]*")
_LATIN_SENTENCE = 3
"""Latin words in small letters that make a text Latin although it has letters of another script."""

_MOST_LATIN = 20
"""Latin letters for each other one, up to which the Latin ones may all be names."""

_SYMBOLS = frozenset("ΩΔΣΠΦΨΛΘαβγδεζηθλμπρστφχψω")

_SAMPLE = 2000
"""Characters looked at; the rest of a longer text does not change the answer often enough to pay for it."""


def script_of(text: str) -> str:
    """The script a text is written in: an ISO 15924 code; ``Zyyy`` where it has no letters.

    ``Jpan`` is kana with or without Han (kana decide: Chinese has none), ``Hani`` Han alone, ``Hang`` Korean. Names and code in a
    Japanese or Russian text are Latin, the reverse is rare: Latin letters in the majority count only if they make words in small letters.
    """
    if _LATIN_OR_COMMON.fullmatch(text):
        return "Latn" if _LATIN_LETTER.search(text) else UNKNOWN_SCRIPT
    counts = script_counts(text)
    if not counts:
        return UNKNOWN_SCRIPT
    first, *rest = sorted(counts, key=lambda script: -counts[script] * _WEIGHT.get(script, 1.0))
    if first != "Latn" or not rest or counts[rest[0]] * _MOST_LATIN < counts["Latn"]:
        return first
    if rest[0] == "Grek" and all(letter in _SYMBOLS for letter in text[:_SAMPLE] if script_of_letter(letter) == "Grek"):
        return first
    return first if len(_LATIN_WORD.findall(text, 0, _SAMPLE)) >= _LATIN_SENTENCE else rest[0]


def script_counts(text: str) -> dict[str, int]:
    """How many letters of each script a text has, in its first 2,000 characters; Han beside kana is counted as ``Jpan``."""
    counts: dict[str, int] = {}
    for character, number in Counter(text[:_SAMPLE]).items():
        script = script_of_letter(character)
        if script:
            counts[script] = counts.get(script, 0) + number
    kana = counts.pop("Hira", 0)
    han = counts.get("Hani", 0)
    # one kana in a long Chinese text is a quoted brand (の); one in four characters is Japanese
    if kana and (not han or kana * 20 >= han):
        counts["Jpan"] = kana + counts.pop("Hani", 0)
    if counts.pop("Bopo", 0):
        counts["Hani"] = counts.get("Hani", 0) + 1
    return counts


def script_of_letter(character: str) -> str | None:
    """The script of one character, ``Hira`` for both kana; None if it is no letter of a known script."""
    point = ord(character)
    at = bisect_right(_STARTS, point) - 1
    if at < 0 or point > _RANGES[at][1]:
        return None
    return _RANGES[at][2]


_LATIN = """
en de fr es it pt nl pl sv da no fi cs hu ro tr vi id ms ca hr sk sl et lt lv is eu sq tl az af cy ga gl la eo lb sw mt  bs
so yo zu xh st tn ts sn om lg mi uz
"""
SCRIPT_LANGUAGES: dict[str, tuple[str, ...]] = {
    "Latn": tuple(_LATIN.split()),
    "Cyrl": ("ru", "uk", "bg", "sr", "be", "mk", "mn", "kk", "ky", "tg"),
    "Arab": ("ar", "fa", "ur", "ku", "ps", "ug", "sd"),
    "Deva": ("hi", "mr", "ne", "sa"),
    "Beng": ("bn", "as"),
    "Hebr": ("he", "yi"),
    "Ethi": ("am", "ti"),
    "Hani": ("zh", "ja"),
    "Jpan": ("ja",),
    "Hang": ("ko",),
    "Grek": ("el",),
    "Thai": ("th",),
    "Laoo": ("lo",),
    "Khmr": ("km",),
    "Mymr": ("my",),
    "Armn": ("hy",),
    "Geor": ("ka",),
    "Taml": ("ta",),
    "Telu": ("te",),
    "Knda": ("kn",),
    "Mlym": ("ml",),
    "Sinh": ("si",),
    "Gujr": ("gu",),
    "Guru": ("pa",),
    "Orya": ("or",),
    "Thaa": ("dv",),
    "Tibt": ("bo",),
    "Syrc": ("syr",),
    "Mong": ("mn",),
    "Cher": ("chr",),
}
"""Languages written in each script, the likeliest first; those after the first are known to a model or written in that script only."""

_OF_LANGUAGE = {code: script for script, codes in reversed(SCRIPT_LANGUAGES.items()) for code in codes} | {"ja": "Jpan"}
_EXPLICIT = re.compile(r"-(Latn|Cyrl|Arab|Deva|Hans|Hant|Jpan|Kore|Grek|Hebr)\b")


def script_of_language(language: str) -> str:
    """The script a language is written in, by its tag: ``Latn`` unless the table or the tag says otherwise."""
    explicit = _EXPLICIT.search(language)
    if explicit:
        return {"Hans": "Hani", "Hant": "Hani", "Kore": "Hang"}.get(explicit[1], explicit[1])
    return _OF_LANGUAGE.get(language.partition("-")[0], "Latn")


_SIMPLIFIED = frozenset(
    "这国来为们说时个会学对发经过还进后动开关种点业样现实间问题体头长门见车东书电话语读写让认识请谁谢应该将从两与万义习乐买卖亲产价众优传伤运输网络页码软设备数据库处术标签选项显视频图档启执错误结构类"
)
_TRADITIONAL = frozenset(
    "這國來為們說時個會學對發經過還進後動開關種點業樣現實間問題體頭長門見車東書電話語讀寫讓認識請誰謝應該將從兩與萬義習樂買賣親產價眾優傳傷運輸網絡頁碼軟設備數據庫處術標籤選項顯視頻圖檔啟執錯誤結構類"
)
# The same characters in both forms, the commonest of those that differ.


def chinese_form(text: str) -> str | None:
    """``Hans`` or ``Hant``, by the characters that are written differently; None where a Chinese text has none of them."""
    simplified = sum(character in _SIMPLIFIED for character in text[:_SAMPLE])
    traditional = sum(character in _TRADITIONAL for character in text[:_SAMPLE])
    return None if simplified == traditional else "Hans" if simplified > traditional else "Hant"
