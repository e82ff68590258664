"""``date``, ``time``, ``currency``, ``unit``: what numbers say besides their value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from transcmp.checks.context import Context, Pair, Part, finding
from transcmp.evidence.amounts import Amount, currency_at, unit_at
from transcmp.evidence.dates import Date, Time, find_dates, find_times
from transcmp.evidence.numbers import Number
from transcmp.model import Finding

_WORDS = frozenset("in a y p at to".split())
"""Signs of units that are words as well (inch, year, ...)."""


class _Found(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


M = TypeVar("M", Date, Time)


def date(context: Context) -> Iterator[Finding]:
    """Dates of both sides of which neither has a counterpart."""
    for pair in context.prose:
        if _has_figures(pair):
            yield from _differing(context, pair, "date", find_dates)


def time(context: Context) -> Iterator[Finding]:
    """Times of day of both sides of which neither has a counterpart."""
    for pair in context.prose:
        if _has_figures(pair):
            yield from _differing(context, pair, "time", find_times)


def _has_figures(pair: Pair) -> bool:
    return all(any(number.figure for number in part.numbers) for part in (pair.source, pair.target))


def _differing(context: Context, pair: Pair, rule: str, find: Callable[[str, str], tuple[M, ...]]) -> Iterator[Finding]:
    source = find(pair.source.prose, context.source.language)
    target = find(pair.target.prose, context.target.language) if source else ()
    for one, other in zip(_alone(source, target), _alone(target, source), strict=False):
        yield _changed(context, pair, rule, one, other, f"the source says {one.text}, the translation {other.text}")


def _alone(own: Sequence[M], others: Sequence[M]) -> list[M]:
    return [one for one in own if not any(one.agrees(other) for other in others)]


def _changed(context: Context, pair: Pair, rule: str, one: _Found, other: _Found, words: str) -> Finding:
    source, target = pair.source.place(one.start, one.end), pair.target.place(other.start, other.end)
    return finding(context, rule, "error", words, source=source, target=target, bead=pair.index)


def explained(pair: Pair, number: Number, *, source: bool) -> bool:
    """Whether a figure is part of a date, time or telephone number that the other side has in another form."""
    from transcmp.evidence.contacts import find_phones, same_phone

    own, other = (pair.source, pair.target) if source else (pair.target, pair.source)
    dates = [one for one in find_dates(own.prose, own.side.language) if one.start <= number.start < one.end]
    if dates and any(one.agrees(two) for one in dates for two in find_dates(other.prose, other.side.language)):
        return True
    times = [one for one in find_times(own.prose, own.side.language, loose=True) if one.start <= number.start < one.end]
    if times and any(one.agrees(two) for one in times for two in find_times(other.prose, other.side.language, loose=True)):
        return True
    phones = [one for one in find_phones(own.prose) if one.start <= number.start < one.end]
    return any(same_phone(one.value, two.value) for one in phones for two in find_phones(other.prose))


def currency(context: Context) -> Iterator[Finding]:
    """Amounts of equal value in different currencies."""

    def find(part: Part, number: Number) -> Amount | None:
        return currency_at(part.prose, number.start, number.end)

    for pair in context.prose:
        yield from _counted(context, pair, "currency", find)


def unit(context: Context) -> Iterator[Finding]:
    """Measures of equal value in different units."""

    def find(part: Part, number: Number) -> Amount | None:
        found = unit_at(part.prose, number.end, part.language)
        return None if found is None or found.text in _WORDS else found

    for pair in context.prose:
        yield from _counted(context, pair, "unit", find)


def _counted(context: Context, pair: Pair, rule: str, find: Callable[[Part, Number], Amount | None]) -> Iterator[Finding]:
    """Figures that both sides have, each with what it counts there; only where neither unit has a counterpart."""
    figures = [number for number in pair.source.numbers if number.figure]
    others = [number for number in pair.target.numbers if number.figure]
    for number in figures:
        same = [other for other in others if number.agrees(other)]
        one = find(pair.source, number) if same else None
        if one is None:
            continue
        found = [(other, find(pair.target, other)) for other in same]
        if any(two is None or one.agrees(two) for _, two in found):
            continue
        other, two = found[0]
        if two is not None:
            first, second = _with(pair.source, number, one), _with(pair.target, other, two)
            words = f"the source says {first.text}, the translation {second.text}"
            yield _changed(context, pair, rule, first, second, words)


def _with(part: Part, number: Number, amount: Amount) -> Number:
    """The number together with its unit."""
    start, end = min(number.start, amount.start), max(number.end, amount.end)
    return Number(start, end, part.text[start:end], number.values, True)
