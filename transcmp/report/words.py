"""Words that formats for people share."""

from __future__ import annotations

from transcmp.model import CheckRun


def counted(count: int, noun: str) -> str:
    """A number with its noun: ``1 pair``, ``1,200 pairs``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def extent(run: CheckRun) -> str:
    """What was checked: documents, or pairs; a file without its counterpart is no pair."""
    if all(pair.target is None or pair.mixed for pair in run.pairs):
        return counted(len(run.pairs), "document")
    alone = sum(pair.target is None for pair in run.pairs)
    return counted(len(run.pairs) - alone, "pair") + (f" and {counted(alone, 'file')} without a counterpart" if alone else "")
