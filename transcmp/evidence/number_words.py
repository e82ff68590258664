"""Numbers written as words: ``two``, ``einundzwanzig``, ``quatre-vingt-dix``, ``三十``.

The words of a language are data (``data/number_words/<language>.toml``); reading them is one grammar for all: units add up, hundreds and
scales multiply what stands before them. Chinese and Japanese numerals are read by place value.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct

LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru")
"""Languages whose number words are spelled with letters and known."""

_CJK_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "両": 2, "两": 2, "双": 2, "半": 2}
_CJK_PLACES = {"十": 10, "百": 100, "千": 1000}
_CJK_SCALES = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
_CJK = re.compile("[" + "".join((*_CJK_DIGITS, *_CJK_PLACES, *_CJK_SCALES)) + "]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class NumberWord(Struct, frozen=True):
    """A number in words."""

    start: int
    """First offset in the text."""
    end: int
    """Offset behind the last character."""
    value: int
    exact: bool
    """False for words which only may mean the number: an article, ``both``, ``dozens``."""


class _Words(Struct, frozen=True):
    """The number words of one language, as in its data file."""

    joiners: tuple[str, ...] = ()
    compound: bool = False
    units: dict[str, int] = {}
    hundreds: dict[str, int] = {}
    scales: dict[str, int] = {}
    ordinals: dict[str, int] = {}
    loose: dict[str, int] = {}


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    import msgspec

    data = files("transcmp.evidence").joinpath("data", "number_words", f"{language}.toml").read_bytes()
    return msgspec.convert(tomllib.loads(data.decode()), _Words)


def scale_words(language: str) -> dict[str, int]:
    """Words that multiply a figure before them (``million``, ``Mrd``, ``万``), lower case."""
    if language in ("ja", "zh"):
        return _CJK_SCALES
    return _words(language).scales if language in LANGUAGES else {}


def find_number_words(text: str, language: str) -> tuple[NumberWord, ...]:
    """Numbers in words in ``text``; ``language`` is the primary subtag (``pt`` for ``pt-BR``). Empty where the language is not known."""
    if language in ("ja", "zh"):
        found = [(match.start(), match.end(), _cjk_value(match.group())) for match in _CJK.finditer(text)]
        return tuple(NumberWord(start, end, value, end - start > 1 and value > 10) for start, end, value in found)
    if language not in LANGUAGES:
        return ()
    return tuple(_phrases(text, _words(language)))


def _cjk_value(text: str) -> int:
    if len(text) > 1 and all(char in _CJK_DIGITS for char in text):
        return int("".join(str(_CJK_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _CJK_DIGITS:
            digit = _CJK_DIGITS[char]
        elif char in _CJK_PLACES:
            section += max(digit, 1) * _CJK_PLACES[char]
            digit = 0
        else:
            total += max(section + digit, 1) * _CJK_SCALES[char]
            section = digit = 0
    return total + section + digit


def _phrases(text: str, words: _Words) -> list[NumberWord]:
    found: list[NumberWord] = []
    run: list[str] = []  # the number being read, as morphemes
    first = last = edge = 0

    def finish() -> None:
        value = _value(run, words)
        if value is not None:
            found.append(NumberWord(first, last, value, True))
        run.clear()

    for match in _WORD.finditer(text):
        word = match.group().lower()
        gap = text[edge : match.start()]
        joined = bool(run) and gap.strip() in ("", "-") and len(gap) <= 2
        parts = _morphemes(word, words)
        if parts and joined and _value([*run, *parts], words) is not None:
            run.extend(parts)
        elif parts:
            finish()
            run.extend(parts)
            first = match.start()
        elif joined and word in words.joiners:
            run.append(word)
            edge = match.end()
            continue
        else:
            finish()
            value = words.ordinals.get(word)
            exact = value is not None and value > 2  # second is a span of time too
            if value is None:
                value = words.loose.get(word)
            if value is not None:
                found.append(NumberWord(match.start(), match.end(), value, exact))
            continue
        last = edge = match.end()
    finish()
    return found


@lru_cache(maxsize=4096)
def _split(word: str, language_words: tuple[str, ...]) -> tuple[str, ...] | None:
    for size in range(len(word), 0, -1):
        if word[:size] in language_words:
            if size == len(word):
                return (word,)
            rest = _split(word[size:], language_words)
            if rest is not None:
                return (word[:size], *rest)
    return None


def _morphemes(word: str, words: _Words) -> tuple[str, ...]:
    if word in words.units or word in words.hundreds or word in words.scales:
        return (word,)
    if not words.compound or len(word) < 6:
        return ()
    parts = _split(word, (*words.units, *words.hundreds, *words.scales, *(joiner for joiner in words.joiners if joiner.isalpha())))
    return parts if parts and parts[0] not in words.joiners and parts[-1] not in words.joiners else ()


def _value(parts: list[str], words: _Words) -> int | None:
    """The number that the morphemes spell, or None where they do not make one number (``one two``)."""
    parts = list(parts)
    while parts and parts[-1] in words.joiners:
        parts.pop()
    if not parts:
        return None
    total = current = 0
    floor = 10**18  # what is added next must be smaller than this
    joined = False
    for part in parts:
        if part in words.joiners:
            joined = True
            continue
        if part in words.hundreds:
            if current >= 100:
                return None
            current, floor = max(current, 1) * words.hundreds[part], 100
        elif part in words.scales:
            total, current, floor = total + max(current, 1) * words.scales[part], 0, words.scales[part]
        else:
            unit = words.units[part]
            if unit == 20 and current % 100 == 4 and part.startswith("vingt"):  # quatre-vingts
                current, floor = current + 76, 20
            elif joined and 0 < current % 100 < 10 <= unit < 100 and words.compound:  # einundzwanzig
                current, floor = current + unit, 0
            elif unit < floor and (unit or not current):
                current, floor = current + unit, _below(unit, part)
            else:
                return None
        joined = False
    return total + current


def _below(unit: int, part: str) -> int:
    """What may follow a unit inside one number: a smaller place; in French 10-19 after ``soixante``, 7-9 after ``dix``."""
    if unit >= 100:
        return 100
    if part == "soixante":
        return 20
    return 10 if unit >= 20 or part == "dix" else 0
