"""Dates and times of day, with every reading that they may have. Names of months are CLDR's (Babel)."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "zh")
"""Languages whose ways of writing dates and times are known."""

Reading = tuple[int | None, int | None, int | None]
"""Year, month, day; None: not said."""

_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-]|\.\d)")
_SHORT_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})/(\d{1,2})(?![\d/.-])")
_CJK = re.compile(r"(?:(\d{4}|\d{2})\s?[年年]\s?)?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?[日号號])?")
_AFTER_DAY = r"(?:\.|º|°|er|st|nd|rd|th|-го|-ое)?"
_OF = r"(?:\s*(?:de|del|di|do|of|d['’]|г\.?)\s*|\s*,?\s+)"

_CLOCK = re.compile(r"(?<![\d:.,])([01]?\d|2[0-4])(?:[:：]|(?<=\d)\s?h\s?|\s?Uhr\s|\s?[時时点點]\s?)([0-5]\d)(?!\d|[:.,]\d)")
_DOTTED = re.compile(
    r"(?<![\d:.,])([01]?\d|2[0-4])\.([0-5]\d)(?=\s?(?:Uhr|uur|h\b|godz|ч\b))|(?:\balle|\bore|\bore:|\bum|\bgodz\.)\s(\d{1,2})\.([0-5]\d)(?!\d)"
)
_LOOSE = re.compile(r"(?<![\d:.,])([01]?\d|2[0-4])[.](?=([0-5]\d)(?!\d|[.,:]\d))\d\d|(?<![\d:.,])(\d{1,2})\s?h\s([0-5]\d)(?!\d)")
_WHOLE = re.compile(r"(?<![\d:.,])([01]?\d|2[0-4])\s?(?:h|Uhr|uur|heures?|horas?|ore|часов|часа|godz|[時时点點])(?![^\W\d_]|\s?\d)")
_HOUR = re.compile(r"(?<![\d:.,])(1[0-2]|0?\d)(?:[:.]([0-5]\d))?[\s\u00a0\u202f]?([ap])(?:\.\s?m\b\.?|m\b)", re.IGNORECASE)
_CJK_HALF = re.compile(r"(午前|午後|上午|下午|晚上|早上)\s?$")


class Date(Struct, frozen=True):
    """A date in a text."""

    start: int
    """First offset in the text."""
    end: int
    """Offset behind the last character."""
    text: str
    readings: tuple[Reading, ...]
    """What it may mean, the likeliest first."""

    def agrees(self, other: Date) -> bool:
        """Whether a reading of one says nothing against a reading of the other."""
        return any(_compatible(one, two) for one in self.readings for two in other.readings)


class Time(Struct, frozen=True):
    """A time of day in a text."""

    start: int
    """First offset in the text."""
    end: int
    """Offset behind the last character."""
    text: str
    minutes: tuple[int, ...]
    """Minutes after midnight that it may mean: two where morning and evening are not told apart."""

    def agrees(self, other: Time) -> bool:
        """Whether both may mean the same time."""
        return any(one % 1440 in {two % 1440 for two in other.minutes} for one in self.minutes)


def _compatible(one: Reading, two: Reading) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(_full_year(one), _full_year(two), strict=True))


def _full_year(reading: Reading) -> Reading:
    year = reading[0]
    if year is not None and year < 100:
        year += 2000 if year < 70 else 1900
    return (year, *reading[1:])


def find_dates(text: str, language: str) -> tuple[Date, ...]:
    """Dates in ``text`` that have at least a day and a month, or a month in words and a year, in order."""
    base = language.split("-")[0].lower()
    found: list[Date] = []
    found.extend(_date(match, [(int(match[1]), int(match[2]), int(match[3]))]) for match in _ISO.finditer(text))
    for match in _NUMERIC.finditer(text):
        a, b, year = int(match[1]), int(match[3]), int(match[4])
        orders = [(year, a, b), (year, b, a)] if base == "en" and match[2] == "/" else [(year, b, a), (year, a, b)]
        found.append(_date(match, [reading for reading in orders if _is_day(reading)]))
    for match in _SHORT_NUMERIC.finditer(text):
        a, b = int(match[1]), int(match[2])
        found.append(_date(match, [reading for reading in ((None, b, a), (None, a, b)) if _is_day(reading)]))
    if base in ("ja", "zh"):
        parts = [(match, [int(group) if group else None for group in match.groups()]) for match in _CJK.finditer(text)]
        found.extend(_date(match, [(year, month, day)]) for match, (year, month, day) in parts)
    elif base in LANGUAGES and any(char.isdigit() for char in text):
        found.extend(_named(text, base))
    kept: list[Date] = []
    for date in sorted((date for date in found if date.readings), key=lambda date: (date.start, -date.end)):
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
    return tuple(kept)


def _date(match: re.Match[str], readings: list[Reading]) -> Date:
    return Date(match.start(), match.end(), match.group(), tuple(reading for reading in readings if _is_day(reading)))


def _is_day(reading: Reading) -> bool:
    _, month, day = reading
    return (month is None or 1 <= month <= 12) and (day is None or 1 <= day <= 31)


@lru_cache(maxsize=16)
def month_names(language: str) -> dict[str, int]:
    """Names of the months in a language, lower case: wide and abbreviated, as they stand in dates and alone."""
    from babel import Locale

    months = Locale.parse(language).months
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                names.setdefault(name.lower().rstrip("."), number)
    return {name: number for name, number in names.items() if len(name) > 2 and not name[0].isdigit()}


@lru_cache(maxsize=16)
def calendar_words(language: str) -> frozenset[str]:
    """Names of months and days of the week, lower case; none in a language that CLDR does not know."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return frozenset()
    tables = [*locale.months["format"].values(), *locale.months["stand-alone"].values(), *locale.days["format"].values()]
    return frozenset(name.lower().rstrip(".") for table in tables for name in table.values())


@lru_cache(maxsize=16)
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(map(re.escape, month_names(language)), key=len, reverse=True))
    month = rf"(?<!\w)(?P<month>{names})(?!\w)\.?"
    day, year = rf"(?<![\d.,:])(?P<day>\d{{1,2}})(?!\d|[.,:]\d|\s?%){_AFTER_DAY}", r"(?P<year>\d{4})(?!\d|-\d)"
    patterns = [rf"{day}(?:{_OF}|\s*){month}(?:{_OF}{year})?", rf"{month}{_OF}{year}"]
    if language == "en":  # elsewhere the month stands behind the day
        patterns.append(rf"{month}\s+{day}(?:,?\s+{year})?")
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _named(text: str, language: str) -> list[Date]:
    names = month_names(language)
    found = []
    for pattern in _patterns(language):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            month = names[groups["month"].lower()]
            year, day = (int(groups[key]) if groups.get(key) else None for key in ("year", "day"))
            found.append(_date(match, [(year, month, day)]))
    return found


def find_times(text: str, language: str, *, loose: bool = False) -> tuple[Time, ...]:
    """Times of day in ``text`` with minutes, or with a half of the day (``3 pm``), in order.

    With ``loose`` also what may be one, if the other side says so: ``14.30`` anywhere.
    """
    base = language.split("-")[0].lower()
    found: list[Time] = []
    for match in _HOUR.finditer(text):
        hour, minute = int(match[1]) % 12, int(match[2] or 0)
        found.append(Time(match.start(), match.end(), match.group(), ((hour + (12 if match[3].lower() == "p" else 0)) * 60 + minute,)))
    taken = [(time.start, time.end) for time in found]
    patterns = (_CLOCK, _DOTTED, *((_LOOSE,) if loose else ())) if base in LANGUAGES else (_CLOCK,)
    for pattern in patterns:
        for match in pattern.finditer(text):
            hours, minutes = [group for group in match.groups() if group is not None]
            start = match.start(next(index for index, group in enumerate(match.groups(), 1) if group is not None))
            if not any(start < end and begin < match.end() for begin, end in taken):
                found.append(Time(start, match.end(), text[start : match.end()], _minutes(text, start, int(hours), int(minutes))))
                taken.append((start, match.end()))
    if loose:
        alone = [one for one in _WHOLE.finditer(text) if not any(one.start() < end and begin < one.end() for begin, end in taken)]
        found.extend(Time(one.start(), one.end(), one.group(), _minutes(text, one.start(), int(one[1]), 0)) for one in alone)
    return tuple(sorted(found, key=lambda time: time.start))


def _minutes(text: str, start: int, hour: int, minute: int) -> tuple[int, ...]:
    half = _CJK_HALF.search(text, max(0, start - 4), start)
    if half:
        late = half[1] in ("午後", "下午", "晚上")
        return ((hour % 12 + (12 if late else 0)) * 60 + minute,)
    both = (hour * 60 + minute, (hour + 12) * 60 + minute)
    return both if hour <= 12 else both[:1]
