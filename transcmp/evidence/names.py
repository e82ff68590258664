"""Names in running text, and how close two spellings are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct

_TOKEN = re.compile(r"[^\W\d_]\w*(?:(?<=\w\w)\.[a-z]{2,4}(?!\w)|\+\+|#(?!\w))?")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:。！？\n]|\s[–—-](?=\s)|^\W*\d+[.)])[\s\"'“”„«»‘’(\[*_¿¡–—-]*$")
_NAME_PART = re.compile(r"[^\W\d_]{3,}")
_UNSPACED = ("ja", "zh")
_ALL_NOUNS = frozenset({"de", "lb"})
_KEPT = 8192  # texts whose names are kept: rules ask for them one after the other, an editor after every edit


class Name(Struct, frozen=True):
    """A word that looks like a name."""

    start: int
    """First offset in the text."""
    end: int
    """Offset behind the last character."""
    text: str
    identifier: bool
    """Whether its form alone says so: a capital inside (``FastAPI``, ``OAuth2``), all capitals (``SSR``), a suffix (``Node.js``)."""
    initial: bool
    """Whether it stands where every word has a capital: at the start of a sentence."""


@lru_cache(maxsize=_KEPT)
def find_names(text: str, language: str) -> tuple[Name, ...]:
    """Capitalised words and identifiers of ``text``, in order.

    In a language that gives every noun a capital only identifiers are found. In scripts without case nothing is.
    """
    nouns = language.split("-")[0].lower() in _ALL_NOUNS
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word.islower() and "." not in word:
            continue
        identifier = is_identifier(word)
        if not identifier and (nouns or not word[0].isupper() or len(word) < 3):
            continue
        initial = _SENTENCE_START.search(text, max(0, match.start() - 12), match.start()) is not None or match.start() == 0
        found.append(Name(match.start(), match.end(), word, identifier, initial))
    return tuple(found)


@lru_cache(maxsize=4 * _KEPT)
def is_identifier(word: str) -> bool:
    """Whether a word's form alone says that it is a name: see :attr:`Name.identifier`."""
    letters = [char for char in word if char.isalpha()]
    if len(word) < 2 or not word[0].isalpha():
        return False
    upper = sum(char.isupper() for char in letters)
    inner = any(char.isupper() for char in word[1:]) and upper < len(letters)
    return inner or (upper == len(letters) >= 2 and upper > 0) or "." in word[2:] or (word[0].isupper() and word.endswith(("#", "+")))


@lru_cache(maxsize=4 * _KEPT)
def fold(word: str) -> str:
    """Lower case without combining marks: ``Irán`` and ``Iran`` are one."""
    if word.isascii():
        return word.lower()
    return "".join(char for char in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(char))


def distance(a: str, b: str, limit: int = 3) -> int:
    """Edits between two words, a transposition counted once (Damerau 1964, restricted); ``limit`` stands for anything from there on."""
    if abs(len(a) - len(b)) >= limit:
        return limit
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, right in enumerate(b, 1):
            cost = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return min(row[-1], limit)


def common_start(one: str, other: str) -> int:
    """How many characters two words have in common at their beginning."""
    size = 0
    while size < min(len(one), len(other)) and one[size] == other[size]:
        size += 1
    return size


def is_slip(right: str, wrong: str) -> bool:
    """Whether ``wrong`` is ``right`` with two letters exchanged, or one doubled: what no language does to a name."""
    if right == wrong:
        return False
    if len(right) == len(wrong):
        first = next(index for index, pair in enumerate(zip(right, wrong, strict=True)) if pair[0] != pair[1])
        return right[:first] + right[first + 1 : first + 2] + right[first] + right[first + 2 :] == wrong
    if len(wrong) == len(right) + 1:
        return any(wrong[:index] + wrong[index + 1 :] == right and wrong[index] == wrong[index - 1] for index in range(1, len(wrong)))
    return False


def is_place(word: str, language: str) -> bool:
    """Whether a language calls a country, region or great city so, by CLDR: ``Finnland`` is no misspelt Finland."""
    return _place_key(word) in _places(language)


def same_place(word: str, language: str, text: str, other_language: str) -> bool:
    """Whether a text of the other language names the place that ``word`` is part of the name of: ``Mosca`` and ``Moskau``."""
    own = _places(language).get(_place_key(word))
    if own is None:
        return False
    there = _places(other_language)
    if any(own & there.get(_place_key(other), frozenset()) for other in _NAME_PART.findall(text)):
        return True
    folded = fold(text)
    return other_language.startswith(_UNSPACED) and any(own & codes and name in folded for name, codes in there.items())


@lru_cache(maxsize=8)
def _places(language: str) -> dict[str, frozenset[str]]:
    """The words of places' names, folded, with the codes of the territories and time zones that are called so."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    codes: dict[str, set[str]] = {}
    for code, name in (*locale.territories.items(), *_cities(locale)):
        for part in [name] if language.startswith(_UNSPACED) else _NAME_PART.findall(name):
            codes.setdefault(_place_key(part), set()).add(code)
    return {word: frozenset(found) for word, found in codes.items()}


def _place_key(word: str) -> str:
    """A word of a place's name without the plural's ending: ``Falkland Islands`` are the Falklands."""
    return fold(word).removesuffix("s")


def _cities(locale: Any) -> Iterator[tuple[str, str]]:
    """Great cities by the time zones that bear their names; a language that calls one as the zone does says nothing of it."""
    from babel import Locale

    for zone in {*Locale("de").time_zones, *locale.time_zones}:
        if "/" in zone:
            yield zone, locale.time_zones.get(zone, {}).get("city", zone.rpartition("/")[2].replace("_", " "))
