"""``negation``: one side says no, the other does not."""

from __future__ import annotations

from collections.abc import Iterator

from transcmp.checks.context import Context, finding
from transcmp.evidence.negation import LANGUAGES, find_negations, may_deny
from transcmp.language import base
from transcmp.model import Finding


def negation(context: Context) -> Iterator[Finding]:
    """Beads of which one side says no, and the other has no word that could mean it."""
    languages = context.source.language, context.target.language
    if base(languages[0]) not in LANGUAGES:
        return
    for pair in context.prose:
        one, two = find_negations(pair.source.prose, languages[0]), find_negations(pair.target.prose, languages[1])
        if one and not two and not may_deny(pair.target.prose, languages[1]):
            words = f"the source says “{pair.source.text[slice(*one[0])]}”, nothing in the translation denies it"
            places = pair.source.place(*one[0]), pair.target.place()
        elif two and not one and not may_deny(pair.source.prose, languages[0]):
            words = f"the translation says “{pair.target.text[slice(*two[0])]}”, nothing in the source denies it"
            places = pair.source.place(), pair.target.place(*two[0])
        else:
            continue
        yield finding(context, "negation", "note", words, source=places[0], target=places[1], bead=pair.index)
