"""E-mail addresses and telephone numbers."""

from __future__ import annotations

import re

from msgspec import Struct

_W = r"[^\W\u3040-\u30ff\u3400-\u9fff]"
"""A letter, digit or underscore of a script that parts words: kana and Han run on right beside an address."""
_EMAIL = re.compile(rf"(?<!{_W})(?<![.+-])(?:{_W}|[.+-])+@(?:{_W}|-)+(?:\.(?:{_W}|-)+)+")
_PHONE = re.compile(rf"(?<!{_W})(?<![.,:/=-])(?:\+|00)?\(?\d{{1,4}}\)?(?:[ \u00a0/().-]{{1,2}}\d{{1,8}}){{1,6}}(?!{_W}|-|[.,:]\d)")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_CALL = re.compile(
    r"(?:\b(?:tel|phone|fon|telefon\w*|téléphone|teléfono|telefono|telefone|call|fax|mobile|cell|handy|тел\w*)\b\.?:?|電話|电话|☎)\s*[:：]?\s*$",
    re.IGNORECASE,
)


class Contact(Struct, frozen=True):
    """An address or number at which somebody is reached."""

    start: int
    """First offset in the text."""
    end: int
    """Offset behind the last character."""
    text: str
    """As written."""
    value: str
    """E-mail: lower case; telephone: its digits."""


def find_emails(text: str) -> tuple[Contact, ...]:
    """E-mail addresses in ``text``, in order."""
    found = []
    for match in _EMAIL.finditer(text):
        value = match.group().rstrip(".-")
        found.append(Contact(match.start(), match.start() + len(value), value, value.lower()))
    return tuple(found)


def find_phones(text: str) -> tuple[Contact, ...]:
    """Telephone numbers in ``text``: groups of seven digits or more behind a plus sign, a zero, or a word for telephone."""
    found = []
    for match in _PHONE.finditer(text):
        written = match.group().strip()
        digits = re.sub(r"\D", "", written)
        called = _CALL.search(text, max(0, match.start() - 20), match.start()) is not None
        if 7 <= len(digits) <= 15 and (called or written[0] == "+" or digits[0] == "0") and not _DATE.fullmatch(written):
            found.append(Contact(match.start(), match.start() + len(match.group().rstrip()), written, digits))
    return tuple(found)


def same_phone(one: str, two: str) -> bool:
    """Whether two rows of digits may be one number, one of them with its country's code: ``+49 30 123`` and ``030 123``."""
    short, long = sorted((one.lstrip("0"), two.lstrip("0")), key=len)
    return long == short or (len(long) - len(short) <= 3 and long.endswith(short)) or long.replace("0", "", 1) == short
