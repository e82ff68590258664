"""Numbers in running text, with every value that a writer of the language may have meant.

Marks of thousands and decimals differ between languages and between a language and the technical text written in it, so a figure such as
``1.000`` has two readings; two numbers agree if one reading of each is the same. The language's own reading (CLDR's number symbols) stands
first.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from transcmp.evidence.number_words import find_number_words, scale_words

_HARD_SPACES = "\u00a0\u202f\u2009"
_PLAIN = r"\d+(?:[.,'’·٫٬]\d+)*"
_FIGURE = re.compile(rf"\d{{1,3}}(?:[{_HARD_SPACES}]\d{{3}})+(?!\d)(?:[.,]\d+)?|{_PLAIN}")
_SPACED_FIGURE = re.compile(rf"(?<!\d)\d{{1,3}}(?:[ {_HARD_SPACES}]\d{{3}})+(?![\d.]\d)(?!\d)(?:,\d+)?|{_PLAIN}")
_GROUPED = re.compile(rf"\d{{1,3}}(?:([.,'’·٬]|[ {_HARD_SPACES}])\d{{3}})(?:\1\d{{3}})*")
_MERIDIEM = re.compile(r"(?:[:.]\d\d)?\s?[ap]\.?\s?m\b", re.IGNORECASE)
_DECADE = re.compile(r"['’]?s\b")
_PARTY = re.compile(r"rd[-\s]part(?:y|ies)", re.IGNORECASE)  # elsewhere it is a word of its own: Drittanbieter, tiers
_SUFFIX = re.compile(r"[kK](?![\w])|[mM](?![\w])")
_SCALE = re.compile(r"[\s\u00a0\u202f-]?([^\W\d_]+)")
_ROMAN = re.compile(r"\b(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?=\b|(?:er|e|ème|º|ª|°)\b)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_SPACED = frozenset("fr ru pl pt cs fi no nb nn sv uk bg hu sk et lv lt".split())
_COMMA_DECIMAL = frozenset("de es fr it nl pl pt ru cs da fi hu nb nn no sv tr uk id ro sk sl hr sr bg el".split())


class Number(Struct, frozen=True):
    """A number in a text."""

    start: int
    """First offset in the text."""
    end: int
    """Offset behind the last character."""
    text: str
    """As written."""
    values: tuple[str, ...]
    """Every reading in plain notation (``1000``, ``1.5``, ``0.132.0``), the language's own first."""
    figure: bool
    """Whether it is written in digits. A number in words agrees with a figure, and its absence proves nothing."""
    exact: bool = True
    """Whether the words can mean nothing else; False for an article or ``both``."""

    def agrees(self, other: Number) -> bool:
        """Whether a reading of one is a reading of the other."""
        return any(value in other.values for value in self.values)


@lru_cache(maxsize=8192)  # texts: rules ask for the same one after the other, an editor after every edit
def find_numbers(text: str, language: str) -> tuple[Number, ...]:
    """Numbers in ``text``, in order: figures of any script, number words of the known languages, Roman numerals.

    ``language`` is a BCP 47 tag; of an unknown one only figures are found.
    """
    base = language.split("-")[0].lower()
    figure = _SPACED_FIGURE if base in _SPACED else _FIGURE
    found = [number for match in figure.finditer(text) for number in _figures(text, match, base)]
    ends = {number.end for number in found}
    scales = scale_words(base)
    for word in find_number_words(text, base):
        scales_figure = text[word.start : word.end].lower() in scales and (word.start in ends or word.start - 1 in ends)
        if not scales_figure:
            found.append(Number(word.start, word.end, text[word.start : word.end], (str(word.value),), False, word.exact))
    found.extend(_romans(text))
    found.sort(key=lambda number: (number.start, number.end))
    return tuple(found)


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in text)


def _figures(text: str, match: re.Match[str], base: str) -> list[Number]:
    """The numbers of one run of digits and marks: mostly one, several for ``1,2,3``."""
    written = match.group()
    plain = _digits(written)
    readings = _readings(plain, base)
    if not readings:  # a list without spaces
        found = []
        offset = match.start()
        for part in re.split(r"([^\d])", written):
            if part.isdigit():
                found.append(Number(offset, offset + len(part), part, (_strip(_digits(part)),), True))
            offset += len(part)
        return found
    values = list(readings)
    _extend(values, text, match.start(), match.end(), base)
    figure = _PARTY.match(text, match.end()) is None
    return [Number(match.start(), match.end(), written, tuple(dict.fromkeys(values)), figure, figure)]


def _strip(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _readings(plain: str, base: str) -> list[str]:
    """All readings of digits and marks, the language's own first; empty if it is no single number."""
    marks = re.findall(r"\D", plain)
    if not marks:
        return [_strip(plain)]
    groups = re.split(r"\D", plain)
    grouped = _GROUPED.fullmatch(plain) is not None and groups[0] != "0"
    whole = _strip("".join(groups))
    if len(marks) == 1:
        if marks[0] not in ".,٫·" and grouped:
            return [whole]
        if marks[0] not in ".,٫·":
            return []
        decimal = f"{_strip(groups[0])}.{groups[1]}"
        if not grouped:
            # 3.10 may be a version, 3,10 may not
            return [decimal] if marks[0] == "." else list(dict.fromkeys([decimal, decimal.rstrip("0").rstrip(".")]))
        comma = base in _COMMA_DECIMAL
        return [decimal, whole] if (marks[0] == ",") == comma else [whole, decimal]
    if grouped:
        return [whole] if marks[0] != "." else [whole, ".".join(groups)]
    if set(marks) == {"."}:
        return [".".join(groups)]  # a version, an address, a date
    head, last = marks[:-1], marks[-1]
    if last in ".,٫" and len(set(head)) == 1 and last not in head and all(len(group) == 3 for group in groups[1:-1]):
        return [f"{_strip(''.join(groups[:-1]))}.{groups[-1]}"]
    return []


def _extend(values: list[str], text: str, start: int, end: int, base: str) -> None:
    """Add the readings that the words around a figure allow: ``3 pm`` is 15, ``1.5 million`` 1500000, ``1990s`` 90."""
    first = values[0]
    if first.isdigit() and int(first) <= 12 and len(first) <= 2:
        before = text[max(0, start - 3) : start]
        if _MERIDIEM.match(text, end) and not before.endswith(":"):
            hour = int(first) % 12
            values.append(str(hour + 12 if re.search(r"p", text[end : end + 8], re.IGNORECASE) else hour))
    if first.isdigit() and 1700 <= int(first) < 2100 and first.endswith("0") and (_DECADE.match(text, end) or base != "en"):
        values.append(first[2:])
    multiple = 0
    suffix = _SUFFIX.match(text, end)
    scale = _SCALE.match(text, end)
    if suffix:
        multiple = 1000 if suffix.group() in "kK" else 1000000
    elif scale and base in ("ja", "zh"):
        multiple = scale_words(base).get(text[scale.start(1)], 0)
    elif scale:
        multiple = scale_words(base).get(scale.group(1).lower(), 0)
    if multiple:
        values.extend([_times(value, multiple) for value in values if value.count(".") <= 1])


def _times(value: str, multiple: int) -> str:
    from decimal import Decimal

    product = Decimal(value) * multiple
    return str(int(product)) if product == int(product) else format(product.normalize(), "f")


def _romans(text: str) -> list[Number]:
    found = []
    for match in _ROMAN.finditer(text):
        written = match.group()
        if not written or written == "I":
            continue
        total = 0
        for char, following in zip(written, (*written[1:], ""), strict=True):
            value = _ROMAN_VALUES[char]
            total += -value if value < _ROMAN_VALUES.get(following, 0) else value
        found.append(Number(match.start(), match.end(), written, (str(total),), False, False))
    return found
