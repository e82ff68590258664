"""Two documents of which one is in the reverse order of the other: a search in order finds nothing, and so nothing is learned from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from transcmp.alignment.kernel import Step
from transcmp.alignment.texts import Texts
from transcmp.alignment.tiers import gather, settle

if TYPE_CHECKING:
    from transcmp.alignment import AlignOptions


def backwards(source: Texts, target: Texts, options: AlignOptions) -> list[Step]:
    """The best path through ``target`` read from its end, by words alone; steps count the target's segments from its beginning."""
    turned = Texts(target.side, target.segments[::-1])
    rows, columns = len(source.segments), len(target.segments)
    _, path = settle(gather(source, turned, None, options), rows, columns)
    return [replace(step, column=columns - step.column + step.columns) for step in path]
