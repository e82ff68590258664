"""Which findings are known, and which records have become useless."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from transcmp.decisions.fingerprints import base_of, resemblance
from transcmp.decisions.records import Record
from transcmp.model import Finding

SAME_SURROUNDINGS = 0.3
"""Least resemblance of surroundings at which a record is about a finding. Paragraphs that have nothing to do with each other share
one word in ten; a paragraph of four sentences of which one is new, six."""


class Applied(Struct, frozen=True, kw_only=True):
    """Findings of one pair, told apart by what is known."""

    kept: tuple[Finding, ...]
    """Not silenced, in their order."""
    silenced: tuple[tuple[Finding, Record], ...]
    """With the record that silences each."""
    stale: tuple[Record, ...]
    """Records that silence nothing any more: what they are about was repaired."""


def apply(findings: Sequence[Finding], sketches: Sequence[str], records: Iterable[Record]) -> Applied:
    """Let ``records`` (dismissals first, then the baseline) silence findings, each record one finding at most.

    A record is about a finding if their fingerprints agree, the number of the occurrence apart, and their surroundings resemble each other;
    where several could be meant the pairs that resemble most are taken first. ``sketches`` are those of ``findings``.
    """
    known: dict[str, list[Record]] = {}
    for record in records:
        known.setdefault(base_of(record.fingerprint), []).append(record)
    found: dict[str, list[int]] = {}
    for number, finding in enumerate(findings):
        found.setdefault(base_of(finding.fingerprint), []).append(number)
    matched: dict[int, Record] = {}
    stale: list[Record] = []
    for base, candidates in known.items():
        stale += _match(found.get(base, []), candidates, findings, sketches, matched)
    return Applied(
        kept=tuple(finding for number, finding in enumerate(findings) if number not in matched),
        silenced=tuple((findings[number], matched[number]) for number in sorted(matched)),
        stale=tuple(stale),
    )


def _match(
    numbers: list[int], records: list[Record], findings: Sequence[Finding], sketches: Sequence[str], matched: dict[int, Record]
) -> list[Record]:
    """Pair findings and records of one fingerprint, the most alike first; returns the records that are left."""
    pairs = [
        (-resemblance(record.sketch, sketches[number]), record.fingerprint != findings[number].fingerprint, at, number)
        for at, record in enumerate(records)
        for number in numbers
    ]
    used: set[int] = set()
    for distance, _, at, number in sorted(pairs):
        if -distance >= SAME_SURROUNDINGS and at not in used and number not in matched:
            used.add(at)
            matched[number] = records[at]
    return [record for at, record in enumerate(records) if at not in used]
