"""Repaired alignments on the disk, and the copy that survives a crash."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from transcmp import decisions
from transcmp.model import Bead, Comparison
from transcmp.tui.repair import History, Ids, ids

RECOVERY = "recovery"
"""Folder in ``.transcmp`` for repairs that were not saved when the program ended badly."""


def kept_locks(folder: Path | None, comparison: Comparison) -> frozenset[Ids]:
    """The beads of a comparison that a person set in an earlier session. Raises ConfigError where the file is damaged."""
    if folder is None or comparison.mixed:
        return frozenset()
    alignment = comparison.alignment
    kept = decisions.load_alignment(folder, alignment.source, alignment.target)
    return frozenset() if kept is None else frozenset(ids(kept.beads[number]) for number in kept.pinned)


def save(folder: Path, comparison: Comparison, locked: Iterable[Bead]) -> Path:
    """Keep the alignment as it was repaired; returns its file. Raises WriteError, and then nothing has changed."""
    stay = {ids(bead) for bead in locked}
    pinned = [number for number, bead in enumerate(comparison.alignment.beads) if ids(bead) in stay]
    return decisions.save_alignment(folder, comparison.alignment, pinned=pinned)


def save_recovery(folder: Path, comparison: Comparison, locked: Iterable[Bead]) -> Path:
    """Keep unsaved repairs beside the kept alignments. Raises WriteError."""
    return save(folder / RECOVERY, comparison, locked)


def discard_recovery(folder: Path, comparison: Comparison) -> None:
    """Forget the unsaved repairs of a pair: they were saved, taken back or given up."""
    sides = comparison.alignment.source, comparison.alignment.target
    path = decisions.alignment_path(folder / RECOVERY, *(side.document.path for side in sides))
    path.unlink(missing_ok=True)


def recovered(folder: Path | None, comparison: Comparison) -> History | None:
    """The repairs that an earlier run could not save, if both files are as they were then."""
    if folder is None or comparison.mixed:
        return None
    alignment = comparison.alignment
    kept = decisions.load_alignment(folder / RECOVERY, alignment.source, alignment.target)
    if kept is None or not kept.fresh:
        return None
    return History(kept.beads, [ids(kept.beads[number]) for number in kept.pinned])
