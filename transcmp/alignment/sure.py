"""What words alone are sure of: of a long pair, a slow encoder need not read that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from transcmp.alignment.kernel import Step
from transcmp.alignment.relation import distinct
from transcmp.alignment.texts import Texts
from transcmp.alignment.tiers import beads_of, gather, settle
from transcmp.embed import Encoder, SpanEncoder

if TYPE_CHECKING:
    from transcmp.alignment import AlignOptions

READ_WHOLE = 1000
"""Segments of both sides together up to which all are read: twenty seconds or so."""
SURE = 0.65
"""Least probability of a bead, and of those beside it; ``bench/alignment_unsure.py`` shows others."""


def sure(source: Texts, target: Texts, encoder: Encoder | None, options: AlignOptions, fixed: Sequence[Step] = ()) -> list[Step]:
    """Beads of 1-1, besides the ``fixed`` ones, that need not be read; none where all can be read."""
    rows, columns = len(source.segments), len(target.segments)
    if encoder is None or isinstance(encoder, SpanEncoder) or rows + columns <= READ_WHOLE:
        return []
    tier, path = settle(gather(source, target, None, options), rows, columns, fixed)
    beads = beads_of(path)
    tier = tier.weighed(beads, distinct(source.texts, target.texts, beads))
    good = np.zeros(len(path) + 2, bool)
    good[[0, -1]] = True  # the ends of a document are no doubt
    paired = [place for place, step in enumerate(path, start=1) if step.rows and step.columns]
    good[paired] = tier.probabilities(beads) >= SURE
    given = {step.row for step in fixed}
    return [
        step
        for place, step in enumerate(path)
        if step.rows == step.columns == 1 and good[place : place + 3].all() and step.row not in given
    ]
