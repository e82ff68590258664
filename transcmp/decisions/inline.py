"""Silencing in the documents themselves, by their own comments.

    <!-- transcmp: ignore number -->            the block it stands in, or else the next one
    <!-- transcmp: ignore-start number link --> up to
    <!-- transcmp: ignore-end -->               here, or the end of the file
    transcmp-ignore: number                     in front matter: the whole file; a comment there means the same

Without rules all of them are meant. What follows ``--`` is a reason, for people. Any format's comment will do (``{/* */}``, ``//``, ``..``,
``%``, ``#``); what stands in code is an example, not a comment.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from msgspec import Struct

from transcmp.model import Document, Finding, Place, Span

UNUSED = "unused-ignore"
"""Rule of a comment that silences nothing."""

_COMMENT = re.compile(
    r"(?:<!--|\{/\*|/\*|\{#|\{%-?\s*comment\s*-?%\}|//|\.\.|[%#;])\s*transcmp:\s*(?P<verb>ignore(?:-start|-end)?)\b(?P<rest>[^\n]*?)"
    r"\s*(?:-->|\*/\}?|#\}|\{%|$)",
    re.MULTILINE,
)
_KEY = re.compile(r"^[ \t]*transcmp[-_]ignore[ \t]*[:=](?P<rest>[^\n]*(?:\n[ \t]+-[^\n]*)*)$", re.MULTILINE)
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class Ignore(Struct, frozen=True, kw_only=True):
    """A comment that silences, and where."""

    span: Span
    """The comment itself."""
    scope: Span
    """What it silences."""
    rules: tuple[str, ...]
    """Rules that are meant; empty: all."""

    whole: bool = False
    """Whether it silences the file."""

    def covers(self, rule: str, place: Place | None) -> bool:
        """Whether a finding of ``rule`` at ``place`` is meant; one about the whole file (None) only if the file's front matter names it."""
        if place is None:
            return self.whole and rule in self.rules
        inside = self.scope.start <= place.span.start and place.span.end <= self.scope.end
        return (not self.rules or rule in self.rules) and inside


class Silenced(Struct, frozen=True, kw_only=True):
    """Findings of a pair without those that comments silence."""

    kept: tuple[int, ...]
    """Positions of the findings that are left."""
    unused_source: tuple[Finding, ...]
    """Comments of the source that silenced nothing here; with several translations another may have needed them."""
    unused_target: tuple[Finding, ...]


def ignores(document: Document) -> tuple[Ignore, ...]:
    """The comments of a document, in its order."""
    if "transcmp" not in document.text:
        return ()
    code = _code(document)
    whole = Span(0, len(document.text))
    front = [block.span for block in document.blocks if block.kind == "front-matter"]
    found: list[Ignore] = []
    opened: list[tuple[Span, tuple[str, ...]]] = []
    for span, verb, rules in sorted(_written(document, front), key=lambda item: item[0]):
        if any(area.overlaps(span) for area in code):
            continue
        if any(area.overlaps(span) for area in front):
            found.append(Ignore(span=span, scope=whole, rules=rules, whole=True))
        elif verb == "ignore-start":
            opened.append((span, rules))
        elif verb == "ignore-end":
            found += [Ignore(span=start, scope=Span(start.start, span.end), rules=named) for start, named in opened]
            opened.clear()
        else:
            found.append(Ignore(span=span, scope=_block(document, span), rules=rules))
    found += [Ignore(span=start, scope=Span(start.start, whole.end), rules=named) for start, named in opened]
    return tuple(sorted(found, key=lambda item: item.span))


def silence(findings: Collection[Finding], source: Document, target: Document | None, *, known: Collection[str] = ()) -> Silenced:
    """Apply the comments of both documents; ``target`` is None for a document that is checked alone. ``known`` are the names of rules."""
    sides = [(source, ignores(source), 0), *([(target, ignores(target), 1)] if target is not None else [])]
    used: set[tuple[int, int, str]] = set()
    kept = []
    for number, finding in enumerate(findings):
        hit = [
            (side, at, finding.rule if ignore.rules else "")
            for (_, written, side), place in zip(sides, (finding.source, finding.target), strict=False)
            if place is not None or (finding.source is None and finding.target is None)
            for at, ignore in enumerate(written)
            if ignore.covers(finding.rule, place)
        ]
        used.update(hit)
        kept += [] if hit else [number]
    unused = [
        tuple(
            _unused(document, ignore, rule, side, known)
            for at, ignore in enumerate(written)
            for rule in ignore.rules or ("",)
            if (side, at, rule) not in used
        )
        for document, written, side in sides
    ]
    return Silenced(kept=tuple(kept), unused_source=unused[0], unused_target=unused[1] if len(unused) > 1 else ())


def _unused(document: Document, ignore: Ignore, rule: str, side: int, known: Collection[str]) -> Finding:
    text = document.text[ignore.span.start : ignore.span.end]
    place = Place(
        span=ignore.span,
        start=document.position(ignore.span.start),
        end=document.position(ignore.span.end),
        kind="paragraph",
        language=document.language,
        text=f"{text} {rule}".strip() if len(ignore.rules) > 1 else text,
    )
    message = f"this comment silences nothing{f' of rule {rule!r}' if rule else ''}"
    if rule and known and rule not in known:
        near = get_close_matches(rule, known, 1)
        message = f"there is no rule {rule!r}" + (f": did you mean {near[0]!r}?" if near else "")
    return Finding(
        rule=UNUSED, severity="warning", message=message, source=place if side == 0 else None, target=place if side == 1 else None
    )


def _written(document: Document, front: list[Span]) -> Iterator[tuple[Span, str, tuple[str, ...]]]:
    """Place, verb and rules of everything that looks like one of our comments."""
    for match in _COMMENT.finditer(document.text):
        yield Span(*match.span()), match["verb"], _rules(match["rest"])
    for area in front:
        for match in _KEY.finditer(document.text, area.start, area.end):
            rules = _rules(match["rest"])
            yield Span(*match.span()), "ignore", () if rules in (("true",), ("all",)) else rules


def _rules(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_NAME.findall(text.partition("--")[0])))


def _code(document: Document) -> list[Span]:
    """Where a comment is only an example: code blocks and inline code."""
    blocks = [block.span for block in document.blocks if block.kind == "code"]
    return blocks + [mark.span for fragment in document.fragments for mark in fragment.marks if mark.kind == "code"]


def _block(document: Document, span: Span) -> Span:
    """The block that a comment stands in, if that has text, else the next one with text."""
    blocks = [block for block in document.blocks if block.fragments]
    inside = [block.span for block in blocks if block.span.start <= span.start and span.end <= block.span.end]
    if inside:
        return min(inside, key=len)
    starts = [block.span.start for block in blocks]
    at = bisect_left(starts, span.end)
    return blocks[at].span if at < len(blocks) else span
