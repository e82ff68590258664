"""``email``, ``phone``: how somebody is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from transcmp.checks.context import Context, Pair, finding
from transcmp.evidence.contacts import Contact, find_emails, find_phones, same_phone
from transcmp.model import Finding


def email(context: Context) -> Iterator[Finding]:
    """E-mail addresses that only one side has."""
    for pair in context.prose:
        if "@" in pair.source.text or "@" in pair.target.text:
            yield from _differing(context, pair, "email", "e-mail address", find_emails, lambda one, two: one == two)


def phone(context: Context) -> Iterator[Finding]:
    """Telephone numbers that only one side has; with or without a country's code, in any grouping."""
    for pair in context.prose:
        yield from _differing(context, pair, "phone", "telephone number", find_phones, same_phone)


def _differing(
    context: Context, pair: Pair, rule: str, what: str, find: Callable[[str], tuple[Contact, ...]], same: Callable[[str, str], bool]
) -> Iterator[Finding]:
    source, target = find(pair.source.text), find(pair.target.text)
    lost = [one for one in source if not any(same(one.value, two.value) for two in target)]
    gained = [two for two in target if not any(same(one.value, two.value) for one in source)]
    while lost and gained:
        one, two = lost.pop(0), gained.pop(0)
        words = f"the source has the {what} {one.text}, the translation {two.text}"
        place, other = pair.source.place(one.start, one.end), pair.target.place(two.start, two.end)
        yield finding(context, rule, "error", words, source=place, target=other, bead=pair.index)
    for one in lost:
        words, place = f"the translation lacks the {what} {one.text}", pair.source.place(one.start, one.end)
        yield finding(context, rule, "warning", words, source=place, target=pair.target.place(), bead=pair.index)
    for two in gained:
        words, place = f"the translation has the {what} {two.text}, the source does not", pair.target.place(two.start, two.end)
        yield finding(context, rule, "warning", words, source=pair.source.place(), target=place, bead=pair.index)
