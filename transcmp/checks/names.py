"""``name``: names that the translation misspells, replaces or lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from transcmp.checks.context import Context, Pair, finding
from transcmp.evidence.names import Name, distance, find_names, fold, is_identifier, is_slip
from transcmp.model import Finding, Severity

_KEPT = 0.8
"""Share of a name's other places where the translation has it, from which it counts as a name that is kept."""


class _Use(Struct):
    """How a pair of documents treats a name."""

    source: int = 0
    """Beads whose source has it."""
    kept: int = 0
    """Of these, beads whose target has it too."""


def name(context: Context) -> Iterator[Finding]:
    """Names of the source that its translation lacks, where the documents show that the name is kept."""
    pairs = context.prose
    uses = _uses(context)
    words = Counter(found.text for pair in pairs for found in find_names(pair.target.prose, "und"))
    known = {fold(found.text) for pair in context.beads for found in find_names(pair.source.text, "und")}
    for pair in pairs:
        yield from _of_pair(context, pair, uses, words, known)


def _uses(context: Context) -> dict[str, _Use]:
    uses: dict[str, _Use] = {}
    for pair in context.prose:
        target = fold(pair.target.text)
        for word in {found.text for found in find_names(pair.source.prose, context.source.language)}:
            use = uses.setdefault(word, _Use())
            use.source += 1
            use.kept += fold(word) in target
    return uses


def _of_pair(context: Context, pair: Pair, uses: dict[str, _Use], words: Counter[str], known: set[str]) -> Iterator[Finding]:
    target = fold(pair.target.text)
    reported: set[str] = set()
    for one in find_names(pair.source.prose, context.source.language):
        key = fold(one.text)
        if key in reported or key in target or _near(context, pair, key):
            continue
        reported.add(key)
        use = uses[one.text]
        strange = [other for other in find_names(pair.target.prose, "und") if fold(other.text) not in known]
        yield from _judge(context, pair, one, use, strange, words)


def _judge(context: Context, pair: Pair, one: Name, use: _Use, strange: list[Name], words: Counter[str]) -> Iterator[Finding]:
    others = use.source - 1
    is_kept = others >= 1 and use.kept >= _KEPT * others
    sure = one.identifier or is_kept
    for other in strange:
        if _misspelt(one, other, sure=sure) and words[other.text] <= 1 + use.kept:
            text = f"the source says {one.text}, the translation {other.text}"
            yield _finding(context, pair, one, other, "warning", text)
            return
    if not sure or (one.initial and not one.identifier and not is_kept):
        return
    replacing = [other for other in strange if _may_replace(context, other) and words[other.text] == 1]
    if replacing and (is_kept or (is_identifier(replacing[0].text) and not one.text.isupper())):  # UN is ONU elsewhere
        text = f"the source says {one.text}, the translation {replacing[0].text}"
        yield _finding(context, pair, one, replacing[0], "warning", text)
    elif is_kept:
        severity: Severity = "warning" if others >= 3 and use.kept == others else "note"
        yield _finding(context, pair, one, None, severity, f"the source says {one.text}, which the translation lacks here")


def _misspelt(one: Name, other: Name, *, sure: bool) -> bool:
    right, wrong = one.text, other.text
    if len(right) < 3 or other.text.isascii() != one.text.isascii() or fold(right) == fold(wrong):
        return False
    if is_slip(right.casefold(), wrong.casefold()):
        return True
    if not sure:
        return False
    ending = wrong.startswith(right[:-1]) and len(right) > 4  # inflected
    if len(right) <= 4:
        return len(wrong) == len(right) and not ending and distance(right.casefold(), wrong.casefold()) <= 1
    return not ending and distance(right.casefold(), wrong.casefold()) <= 2


def _may_replace(context: Context, other: Name) -> bool:
    from transcmp.language import base

    if other.identifier:
        return True
    return not other.initial and other.text[0].isupper() and base(context.target.language) not in ("de", "lb")


def _near(context: Context, pair: Pair, key: str) -> bool:
    """Whether a neighbouring bead has the name on its target side only: it crossed the end of a sentence."""
    for index in (pair.index - 1, pair.index + 1):
        if 0 <= index < len(context.beads):
            near = context.beads[index]
            if fold(near.target.text).count(key) > fold(near.source.text).count(key):
                return True
    return False


def _finding(context: Context, pair: Pair, one: Name, other: Name | None, severity: Severity, text: str) -> Finding:
    target = pair.target.place() if other is None else pair.target.place(other.start, other.end)
    return finding(context, "name", severity, text, source=pair.source.place(one.start, one.end), target=target, bead=pair.index)
