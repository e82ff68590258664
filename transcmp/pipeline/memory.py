"""What is kept from one comparison to the next of documents that hardly differ: an editor compares after every word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from transcmp.pipeline.words import looker

if TYPE_CHECKING:
    from transcmp.checks.context import Look
    from transcmp.embed import Encoder
    from transcmp.evidence.cover import Cover

_KEPT = 4096
"""Pairs of texts whose words' covers are kept; with one more all are forgotten."""


class Memory:
    """Readings of texts and looks at pairs. Not for several threads at a time."""

    def __init__(self) -> None:
        self._encoders: dict[tuple[str, str], Encoder] = {}
        """Those that remember, by name and version."""
        self._covers: dict[tuple[str, str, tuple[str, str]], Cover] = {}
        """By name and version of the encoder, and pair of texts."""

    def encoder(self, encoder: Encoder | None) -> Encoder | None:
        """The encoder, remembering where its vectors compose."""
        from transcmp.embed import SpanEncoder
        from transcmp.embed.remembered import Remembering

        if not isinstance(encoder, SpanEncoder):
            return encoder
        return self._encoders.setdefault((encoder.name, encoder.version), Remembering(encoder))

    def looker(self, encoder: Encoder | None) -> Look:
        """What rules ask for a close look at texts: as :func:`transcmp.pipeline.words.looker`, each pair once."""
        plain = looker(encoder)

        def remembered(pairs: Sequence[tuple[str, str]]) -> Sequence[Cover]:
            if encoder is None:
                return plain(pairs)
            keys = [(encoder.name, encoder.version, pair) for pair in pairs]
            fresh = list(dict.fromkeys(key for key in keys if key not in self._covers))
            found = plain([key[-1] for key in fresh])
            if len(found) != len(fresh):  # an encoder that tells no words apart
                return ()
            self._covers.update(zip(fresh, found, strict=True))
            covers = [self._covers[key] for key in keys]
            if len(self._covers) > _KEPT:
                self._covers.clear()
            return covers

        return remembered
