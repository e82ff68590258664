"""``number``: figures that the two sides do not share."""

from __future__ import annotations

from collections.abc import Iterator

from transcmp.checks.context import Context, Pair, Part, finding
from transcmp.checks.quantities import explained
from transcmp.evidence.amounts import currency_at, unit_at
from transcmp.evidence.number_words import LANGUAGES
from transcmp.evidence.numbers import Number
from transcmp.model import Finding, Severity

_SMALL = frozenset({"0", "1"})
"""Numbers whose words have other uses: ``one of them``."""
_SPELT = 100
"""Numbers below this are often written in words."""


def number(context: Context) -> Iterator[Finding]:
    """Figures of one side which no number of the other agrees with."""
    for pair in context.prose:
        missing = _alone(pair.source.numbers, pair.target.numbers)
        extra = _alone(pair.target.numbers, pair.source.numbers)
        spelt = _alone_in_words(pair.source.numbers, pair.target.numbers), _alone_in_words(pair.target.numbers, pair.source.numbers)
        if missing or extra:
            missing = [one for one in missing if not explained(pair, one, source=True)]
            extra = [one for one in extra if not explained(pair, one, source=False)]
        for own, other in ((missing, extra), (spelt[0], extra), (missing, spelt[1]), spelt):
            while own and other:
                yield _changed(context, pair, own.pop(0), other.pop(0))
        for one in missing:
            severity: Severity = "note" if _may_be_a_word(one, pair.target) else "warning"
            words = f"the source says {_with_unit(pair.source, one)}, the translation does not have the number"
            places = pair.source.place(one.start, one.end), pair.target.place()
            yield finding(context, "number", severity, words, source=places[0], target=places[1], bead=pair.index)
        for one in extra:
            severity = "note" if _may_be_a_word(one, pair.source) else "warning"
            words = f"the translation says {_with_unit(pair.target, one)}, the source does not have the number"
            places = pair.source.place(), pair.target.place(one.start, one.end)
            yield finding(context, "number", severity, words, source=places[0], target=places[1], bead=pair.index)


def _may_be_a_word(one: Number, other: Part) -> bool:
    """Whether a small figure may stand in words in a language whose number words are not known."""
    value = one.values[0]
    return other.language not in (*LANGUAGES, "ja", "zh") and value.isdigit() and int(value) < _SPELT


def _alone(own: tuple[Number, ...], others: tuple[Number, ...]) -> list[Number]:
    """Figures with a value that the other side has nowhere, each once. How often a value is said is a matter of style."""
    found: list[Number] = []
    for one in own:
        if one.figure and not any(one.agrees(other) for other in others) and not any(one.agrees(other) for other in found):
            found.append(one)
    return found


def _alone_in_words(own: tuple[Number, ...], others: tuple[Number, ...]) -> list[Number]:
    """The same for number words that can mean nothing else. They prove nothing but against a number left alone on the other side."""
    words = [one for one in own if not one.figure and one.exact and not set(one.values) <= _SMALL]
    return [one for one in words if not any(one.agrees(other) for other in others)]


def _changed(context: Context, pair: Pair, one: Number, other: Number) -> Finding:
    words = f"the source says {_with_unit(pair.source, one)}, the translation {other.text}"
    return finding(
        context,
        "number",
        "error",
        words,
        source=pair.source.place(one.start, one.end),
        target=pair.target.place(other.start, other.end),
        bead=pair.index,
    )


def _with_unit(part: Part, one: Number) -> str:
    """The number as written, with the unit or currency behind it: ``30 days``."""
    unit = unit_at(part.text, one.end, part.language) or currency_at(part.text, one.start, one.end)
    return part.text[one.start : unit.end] if unit is not None and unit.start >= one.end else one.text
