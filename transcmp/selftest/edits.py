"""Faults as edits of a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from transcmp.model import Span


class Edit(Struct, frozen=True, kw_only=True):
    """Replace a stretch of one document."""

    side: Literal["source", "target"]
    span: Span
    """In the text as it was."""
    text: str
    """What stands there afterwards."""


class Plan(Struct, frozen=True, kw_only=True):
    """A fault to plant: its edits, and what they do in words."""

    kind: str
    edits: tuple[Edit, ...]
    before: str
    """The text at the place, before."""
    after: str
    """And afterwards; empty: it was removed."""
    source: Span
    """Where the fault is in the source, as it was."""
    target: Span
    """And in the target."""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; they must not overlap."""
    parts: list[str] = []
    last = 0
    for edit in sorted(edits, key=lambda item: (item.span.start, item.span.end)):
        parts += (text[last : edit.span.start], edit.text)
        last = edit.span.end
    return "".join((*parts, text[last:]))


def moved(offset: int, edits: Iterable[Edit]) -> int:
    """Where an offset of the old text lies in the new one; inside an edit: at the new text's end."""
    shift = 0
    for edit in sorted(edits, key=lambda item: item.span):
        if edit.span.end <= offset:
            shift += len(edit.text) - len(edit.span)
        elif edit.span.start < offset:
            return edit.span.start + shift + min(len(edit.text), offset - edit.span.start)
    return offset + shift


def clear_of(plan: Plan, others: Iterable[Plan], margin: int) -> bool:
    """Whether a fault lies at least ``margin`` characters from all others, on both sides."""
    for other in others:
        for side in ("source", "target"):
            one, two = getattr(plan, side), getattr(other, side)
            if one.start - margin < two.end and two.start - margin < one.end:
                return False
    return True
