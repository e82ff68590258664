"""``name``: names that the translation misspells, replaces or lacks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from transcmp.checks.context import Context, Pair, Part, finding
from transcmp.checks.strangers import strangers
from transcmp.evidence.copies import blank
from transcmp.evidence.links import find_links
from transcmp.evidence.names import Name, common_start, distance, find_names, fold, is_identifier, is_place, is_slip
from transcmp.language import base
from transcmp.model import Finding, Severity

_KEPT = 0.8
"""Share of a name's other places where the translation has it, from which it counts as a name that is kept."""
_ALWAYS = 3
"""Other places, all with the name, from which its absence in one is a warning."""
_PLAIN = re.compile(r"(?<!\w)[^\W\dA-Z_][^\W\d_]+(?!\w)")


class _Use(Struct):
    """How a pair of documents treats a name."""

    source: int = 0
    """Beads whose source has it."""
    kept: int = 0
    """Of these, beads whose target has it too."""


def name(context: Context) -> Iterator[Finding]:
    """Names of the source that its translation lacks, where the documents show that the name is kept; and names that only one side has."""
    judge = _Judge(context)
    done: set[int] = set()
    for pair in context.prose:
        for found in judge.of_pair(pair):
            done.add(pair.index)
            yield found
    yield from strangers(context, done, judge.plain)


class _Judge:
    """What the two documents say about names, counted once."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.capitals = base(context.target.language) not in ("de", "lb")
        self.plain = (
            {word for pair in context.prose for word in _PLAIN.findall(pair.source.prose)},
            {word for pair in context.prose for word in _PLAIN.findall(pair.target.prose)},
        )
        self.uses: dict[str, _Use] = {}
        self.words: Counter[str] = Counter()
        self.known = {fold(one.text) for pair in context.beads for one in find_names(pair.source.text, "und")}
        for pair in context.prose:
            target = fold(_spoken(pair.target))
            self.words.update(one.text for one in find_names(pair.target.prose, "und"))
            for word in {one.text for one in self.names(pair.source)}:
                use = self.uses.setdefault(word, _Use())
                use.source += 1
                use.kept += fold(word) in target

    def names(self, part: Part) -> list[Name]:
        """Names of the source; a word that it also writes without a capital is none."""
        found = _whole(part, find_names(part.prose, self.context.source.language))
        return [one for one in found if one.identifier or one.text.lower() not in self.plain[0]]

    def strange(self, part: Part) -> list[Name]:
        """Names of the target that the source has nowhere."""
        found = _whole(part, find_names(part.prose, "und"))
        return [one for one in found if fold(one.text) not in self.known and (one.identifier or one.text.lower() not in self.plain[1])]

    def of_pair(self, pair: Pair) -> Iterator[Finding]:
        """Findings of one bead, each name once."""
        target = fold(_spoken(pair.target))
        seen: set[str] = set()
        for one in self.names(pair.source):
            key = fold(one.text)
            if key in seen:
                continue
            seen.add(key)
            if key in target:
                said = fold(_spoken(pair.source)).count(key)
                slip = self.slip(pair, one) if target.count(key) < said else None
                if slip is not None:
                    yield self.report(pair, one, slip, "warning")
            elif not (len(key) > 3 and key.removesuffix("s") in target) and not self.is_near(pair, key):
                yield from self.judge(pair, one)

    def judge(self, pair: Pair, one: Name) -> Iterator[Finding]:
        """Whether a name that the target lacks is misspelt, replaced or missing there."""
        use = self.uses[one.text]
        others = use.source - 1
        is_kept = others >= 1 and use.kept >= _KEPT * others
        slip = self.slip(pair, one, sure=one.identifier or is_kept)
        if slip is not None:
            yield self.report(pair, one, slip, "warning")
            return
        if not one.identifier and not is_kept:
            return
        replacing = next((other for other in self.strange(pair.target) if self.may_replace(other)), None)
        # an abbreviation may have another form in another language (UN, ONU)
        if replacing is not None and (is_kept or (is_identifier(replacing.text) and not one.text.isupper())):
            yield self.report(pair, one, replacing, "warning")
        elif is_kept and (one.identifier or pair.source.segments[0].kind != "heading"):  # there, capitals are a matter of style
            yield self.report(pair, one, None, "warning" if others >= _ALWAYS and use.kept == others else "note")

    def slip(self, pair: Pair, one: Name, *, sure: bool = True) -> Name | None:
        """A misspelling of a name in the target; ``sure``: the name is kept, so that near spellings count."""
        language = base(self.context.target.language)
        limit = 1 + self.uses[one.text].kept
        found = (
            other for other in self.strange(pair.target) if _misspelt(one, other, language, sure=sure) and self.words[other.text] <= limit
        )
        return next(found, None)

    def may_replace(self, other: Name) -> bool:
        """Whether a strange word can be a name in the place of another one."""
        return self.words[other.text] == 1 and (other.identifier or (self.capitals and not other.initial and other.text[0].isupper()))

    def is_near(self, pair: Pair, key: str) -> bool:
        """Whether a neighbouring bead has the name more often in its target: it crossed the end of a sentence."""
        near = [self.context.beads[index] for index in (pair.index - 1, pair.index + 1) if 0 <= index < len(self.context.beads)]
        return any(fold(one.target.text).count(key) > fold(one.source.text).count(key) for one in near)

    def report(self, pair: Pair, one: Name, other: Name | None, severity: Severity) -> Finding:
        """The finding for one name."""
        if other is None:
            target, words = pair.target.place(), f"the source says {one.text}, which the translation lacks here"
        else:
            target, words = pair.target.place(other.start, other.end), f"the source says {one.text}, the translation {other.text}"
        source = pair.source.place(one.start, one.end)
        return finding(self.context, "name", severity, words, source=source, target=target, bead=pair.index)


def _spoken(part: Part) -> str:
    """The text without addresses, code included."""
    return blank(part.text, [(link.start, link.end) for link in find_links(part.text)])


def _whole(part: Part, names: tuple[Name, ...]) -> list[Name]:
    """The names that no tag cuts: two links side by side do not make one word."""
    edges = {offset for mark in part.marks for offset in (mark.start, mark.end)}
    return [one for one in names if not any(one.start < edge < one.end for edge in edges)]


def _misspelt(one: Name, other: Name, language: str, *, sure: bool) -> bool:
    right, wrong = one.text.casefold(), other.text.casefold()
    if len(right) < 3 or other.text.isascii() != one.text.isascii() or fold(right) == fold(wrong):
        return False
    if is_slip(right, wrong):
        return sure or not is_place(other.text, language)
    if not sure or _is_inflected(one, wrong):
        return False
    if len(right) <= 4:
        return len(wrong) == len(right) and distance(right, wrong) <= 1
    return distance(right, wrong) <= 2


def _is_inflected(one: Name, wrong: str) -> bool:
    """Whether two words differ in their endings only; of an identifier, in its last letter at most."""
    right = one.text.casefold()
    if one.identifier:
        return len(right) > 4 and wrong.startswith(right[:-1])
    size = common_start(right, wrong)
    return size >= 4 and max(len(right), len(wrong)) - size <= 3
