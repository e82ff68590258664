"""What a translation says of a source that has changed since: read from both files' history, fragment by fragment.

For every fragment of the translation, the last revision in which it was really edited is looked for; the source as it was then (or as the
front matter of that revision says: the commit it follows) is compared with today's. A bumped hash, a new order or new line ends are no
edits, so they hide nothing.

    stale     the source of this fragment has changed: at the target's line, with the words that changed
    omitted   the source has a new fragment, and nothing in the translation is its counterpart
    added     the source's fragment was dropped, its translation is still there
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from transcmp.model import Alignment, Comparison, Document, Finding, Fragment, Place, Span, place_of
from transcmp.pipeline.changes import Change, changes, content_of, difference
from transcmp.pipeline.jobs import Past
from transcmp.pipeline.past import RECORDED

_RECORDED = re.compile(RECORDED.pattern.decode(), re.MULTILINE)
_LIKELY = 2 / 3
"""Score from which a new passage of the source counts as translated by what it is aligned with: scores suppose that two beads in three are
right, so from there on the texts speak for it."""
_BASES = 4  # versions of the source that are aligned with one translation; rarer ones count as the next newer


class _Base(Struct, frozen=True, kw_only=True):
    """The source that fragments of a translation were made from."""

    number: int
    """Position in the past of the source's revision."""
    since: Past
    """The revision of the target that the fragments are from."""


Read = Callable[[Past], Document | None]
"""The document of a revision; None where it cannot be read."""
SourceOf = Callable[[str], str | None]
"""Git's name of the source's content in a commit; None where the commit or the file is not there."""
Align = Callable[[Document, Document], Alignment]


def find(comparison: Comparison, past: Sequence[Past], read: Read, source_of: SourceOf, align: Align) -> tuple[Finding, ...]:
    """Findings of the rules ``stale``, ``omitted``, ``added`` and ``recorded-commit``.

    ``past``: both files' revisions, the newest first; of one commit the target's before the source's.
    """
    source, target = comparison.alignment.source.document, comparison.alignment.target.document
    bases = _bases(target, past, read, source_of)
    if not bases:
        return ()
    found: list[Finding] = []
    main = Counter(base.number for base in bases.values()).most_common(1)[0][0]
    for number in sorted({base.number for base in bases.values()}):
        old = read(past[number])
        if old is None:
            continue
        changed = changes(old, source)
        if not any(change.kind not in ("same", "small") or _reshaped(change, old, source) for change in changed):
            continue
        group = {at: base for at, base in bases.items() if base.number == number}
        view = _View(comparison, old, align(old, target), changed, group)
        found += view.stale()
        found += view.added()
        if number == main:
            found += view.omitted()
    return (*found, *_contradicted(found, target, past, bases, source_of))


class _View:
    """Today's pair seen from an older version of the source."""

    def __init__(
        self, comparison: Comparison, old: Document, alignment: Alignment, changed: Iterable[Change], group: dict[int, _Base]
    ) -> None:
        """``alignment`` is that of the old source with today's target; ``group`` are the target's fragments that were made from it."""
        self._today = comparison.alignment
        self._old = old
        self._group = group
        self._changes = tuple(changed)
        of_old = {change.old: change for change in self._changes if change.old is not None}
        self._claims = {at: [of_old[first] for first in sorted(partners)] for at, partners in _partners(alignment).items() if partners}

    def stale(self) -> Iterator[Finding]:
        """Fragments of the target whose source changed."""
        source, target = self._today.source.document, self._today.target.document
        current = {content_of(target, item) for item in target.fragments if item.kind == "code"}
        for at, base in sorted(self._group.items()):
            own = target.fragments[at]
            for change in self._claims.get(at, ()):
                if change.old is None or change.new is None:
                    continue
                old, new = self._old.fragments[change.old], source.fragments[change.new]
                if change.kind == "changed":
                    if new.kind == "code" and content_of(source, new) in current:
                        continue  # the translation has the new code already
                    what = _what_changed(old, new)
                elif _reshaped(change, self._old, source) and own.kind == old.kind:
                    what = f"the {_name(old)} is a {_name(new)} now"
                else:
                    continue
                yield Finding(
                    rule="stale",
                    severity="warning",
                    message=f"the source changed after this was translated ({base.since.date}): {what}",
                    source=place_of(source, new),
                    target=place_of(target, own),
                )
                break

    def added(self) -> Iterator[Finding]:
        """Fragments of the target whose source was dropped."""
        target, now = self._today.target.document, _partners(self._today, _LIKELY)
        fresh = {change.new for change in self._changes if change.kind == "new"}
        for at, base in sorted(self._group.items()):
            claims = self._claims.get(at, ())
            # a passage that was written anew looks dropped and new at once
            if claims and all(change.kind == "dropped" for change in claims) and not fresh & now.get(at, set()):
                yield Finding(
                    rule="added",
                    severity="warning",
                    message=f"the source dropped this passage after it was translated ({base.since.date})",
                    source=None,
                    target=place_of(target, target.fragments[at]),
                )

    def omitted(self) -> Iterator[Finding]:
        """New fragments of the source without a counterpart of their own."""
        source = self._today.source.document
        counterparts: dict[int, set[int]] = {}
        for at, partners in _partners(self._today, _LIKELY).items():
            for first in partners:
                counterparts.setdefault(first, set()).add(at)
        kept = {at for at, claims in self._claims.items() if any(change.new is not None for change in claims)}
        since = max(base.since.date for base in self._group.values())
        for change in self._changes:
            if change.kind != "new" or change.new is None:
                continue
            fragment = source.fragments[change.new]
            if not counterparts.get(change.new, set()) - kept and _says_something(fragment):
                yield Finding(
                    rule="omitted",
                    severity="error",
                    message=f"the source got this passage after it was translated ({since}), and the translation lacks it",
                    source=place_of(source, fragment),
                    target=None,
                )


def _bases(target: Document, past: Sequence[Past], read: Read, source_of: SourceOf) -> dict[int, _Base]:
    """What each fragment of the target was made from."""
    edited = _edited(target, [(number, item) for number, item in enumerate(past) if item.side == "target" and item.blob], read)
    sources = [number for number, item in enumerate(past) if item.side == "source" and item.blob]
    if not sources:
        return {}
    starts = {number: _start(past, number, read, source_of) for number in set(edited.values())}
    found = {
        at: _Base(number=next((source for source in sources if source >= starts[number]), sources[-1]), since=past[number])
        for at, number in edited.items()
    }
    frequent = [number for number, _ in Counter(base.number for base in found.values()).most_common(_BASES)]

    def common(number: int) -> int:
        return number if number in frequent else max((other for other in frequent if other < number), default=min(frequent))

    return {at: _Base(number=common(base.number), since=base.since) for at, base in found.items()}


def _start(past: Sequence[Past], number: int, read: Read, source_of: SourceOf) -> int:
    """Where in the past the source is that a revision of the target was made from.

    It is the one that the revision's front matter records, else the one in its own commit: the order of the log says little where branches
    were merged.
    """
    document = read(past[number])
    recorded = _recorded(document, past, source_of) if document is not None else None
    own = _position(past, source_of(past[number].commit)) if recorded is None else recorded
    return number if own is None else own


def _recorded(document: Document, past: Sequence[Past], source_of: SourceOf) -> int | None:
    """The position of the source that the front matter says the translation follows."""
    match = _record(document)
    return _position(past, source_of(match[1])) if match else None


def _position(past: Sequence[Past], blob: str | None) -> int | None:
    """The newest revision of the source with this content."""
    return next((at for at, item in enumerate(past) if item.side == "source" and item.blob == blob), None) if blob else None


def _record(document: Document) -> re.Match[str] | None:
    """The recorded commit in a document's front matter."""
    front = next((block.span for block in document.blocks if block.kind == "front-matter"), None)
    return _RECORDED.search(document.text, front.start, front.end) if front is not None else None


def _edited(target: Document, revisions: Sequence[tuple[int, Past]], read: Read) -> dict[int, int]:
    """Fragments of the target to the position in the past of the revision that they are from; without those of the working tree only.

    A fragment that a revision lacks may be in an older one as it is: of two branches that were merged, each has what the other lacks.
    """
    names = {at: at for at in range(len(target.fragments))}
    contents = {at: content_of(target, fragment) for at, fragment in enumerate(target.fragments)}
    newer, found = target, dict[int, int]()
    for number, item in revisions:
        older = read(item)
        if older is None:
            break
        before = {change.new: change.old for change in changes(older, newer) if change.kind in ("same", "small")}
        names = {today: old for today, at in names.items() if (old := before.get(at)) is not None}
        names |= _again(contents, names, older)
        found |= dict.fromkeys(names, number)
        newer = older
    return found


def _again(contents: dict[int, str], names: dict[int, int], older: Document) -> dict[int, int]:
    """Fragments that were lost on the way, and are in an older version as they are today."""
    free: dict[str, list[int]] = {}
    taken = set(names.values())
    for fragment in reversed(older.fragments) if len(names) < len(contents) else ():
        if fragment.id not in taken:
            free.setdefault(content_of(older, fragment), []).append(fragment.id)
    return {today: free[text].pop() for today, text in contents.items() if today not in names and free.get(text)}


def _contradicted(
    found: Iterable[Finding], target: Document, past: Sequence[Past], bases: dict[int, _Base], source_of: SourceOf
) -> Iterator[Finding]:
    """Whether today's front matter says that the translation follows a commit, while stale fragments are older than that."""
    match, position = _record(target), _recorded(target, past, source_of)
    lines = sorted({finding.target.start.line for finding in found if finding.rule == "stale" and finding.target is not None})
    if match is None or position is None or not lines or all(base.number <= position for base in bases.values()):
        return
    shown = ", ".join(map(str, lines[:5])) + ("…" if len(lines) > 5 else "")
    place = Place(
        span=Span(*match.span(1)),
        start=target.position(match.start(1)),
        end=target.position(match.end(1)),
        kind="front-matter",
        language=target.language,
        text=match[1],
    )
    message = f"the translation is said to follow {match[1][:10]}, but passages are older than that, and stale (line {shown})"
    yield Finding(rule="recorded-commit", severity="warning", message=message, source=None, target=place)


def _partners(alignment: Alignment, least: float = 0.0) -> dict[int, set[int]]:
    """Fragments of the target to those of the source that they are aligned with, by beads of at least this score."""
    found: dict[int, set[int]] = {}
    for bead in alignment.beads:
        for at in {alignment.target.segments[number].fragment for number in bead.target} if bead.score >= least else ():
            found.setdefault(at, set()).update(alignment.source.segments[number].fragment for number in bead.source)
    return found


def _what_changed(old: Fragment, new: Fragment) -> str:
    before, after = difference(old.text, new.text)
    if before and after:
        return f"“{before}” became “{after}”"
    if after:
        return f"“{after}” is new"
    if before:
        return f"“{before}” is gone"
    links = [{mark.value for mark in item.marks if mark.kind in ("link", "image")} for item in (old, new)]
    for value, other in zip(sorted(links[0] - links[1]), sorted(links[1] - links[0]), strict=False):
        return f"the link {value} became {other}"
    return "its layout" if new.kind == "code" else "its markup"


def _reshaped(change: Change, old: Document, new: Document) -> bool:
    """Whether a fragment became one of another kind: a paragraph an item of a list."""
    return change.old is not None and change.new is not None and old.fragments[change.old].kind != new.fragments[change.new].kind


def _name(fragment: Fragment) -> str:
    return fragment.kind.replace("-", " ")


def _says_something(fragment: Fragment) -> bool:
    return fragment.kind == "code" or any(character.isalpha() for character in fragment.text)
