"""Close looks at the words of two texts, for rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transcmp.checks.context import Look
    from transcmp.embed import Encoder
    from transcmp.evidence.cover import Cover


def looker(encoder: Encoder | None) -> Look:
    """What rules ask for a close look at texts."""

    def look(pairs: Sequence[tuple[str, str]]) -> Sequence[Cover]:
        from transcmp.scoring import covers

        return covers(pairs, encoder=encoder)

    return look
