"""What the terminal UI asks of the rest of the program. It runs in threads; nothing here knows Textual.

:class:`Work` is the door: the program opens it on :mod:`transcmp.pipeline`, tests on values they made.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from transcmp.model import Bead, Comparison

if TYPE_CHECKING:
    from transcmp.pipeline import Options


class Pair(NamedTuple):
    """A source with one translation, or a mixed document."""

    source: str
    """Path as the user wrote it."""
    target: str | None
    """None: the source is a mixed document, or an alignment that was written as JSON."""

    @property
    def name(self) -> str:
        """What to call it in a list."""
        return self.target or self.source


class Work(Protocol):
    """Comparisons on demand. Each call may take long and may raise TranscmpError."""

    def preview(self, pair: Pair) -> Comparison | None:
        """Both texts at once, not aligned; None where the comparison itself is as quick."""

    def compare(self, pair: Pair) -> Comparison:
        """Everything about a pair."""

    def reassess(self, comparison: Comparison, beads: Sequence[Bead]) -> Comparison:
        """Scores and findings of an alignment that was put right by hand."""

    def realign(self, comparison: Comparison, locked: Sequence[Bead]) -> Comparison:
        """Align anew what is not in ``locked``."""

    def explain(self, rule: str) -> str:
        """What a rule finds, and why it may be wrong."""


class PipelineWork:
    """:class:`Work` by :mod:`transcmp.pipeline`."""

    def __init__(self, options: Options) -> None:
        self.options = options

    def preview(self, pair: Pair) -> Comparison | None:
        """See :class:`Work`."""
        from transcmp import pipeline
        from transcmp.tui.preview import side_by_side
        from transcmp.tui.stored import is_stored

        if is_stored(pair.source):
            return None
        source = pipeline.read(pair.source, options=self.options)
        return side_by_side(source, None if pair.target is None else pipeline.read(pair.target, options=self.options))

    def compare(self, pair: Pair) -> Comparison:
        """See :class:`Work`."""
        from transcmp import pipeline
        from transcmp.tui.stored import is_stored, load

        if pair.target is None and is_stored(pair.source):
            return load(Path(pair.source))
        return pipeline.compare(pair.source, pair.target, options=self.options)

    def reassess(self, comparison: Comparison, beads: Sequence[Bead]) -> Comparison:
        """See :class:`Work`."""
        from transcmp.pipeline import repair

        return repair.reassess(comparison, beads, options=self.options)

    def realign(self, comparison: Comparison, locked: Sequence[Bead]) -> Comparison:
        """See :class:`Work`."""
        from transcmp.pipeline import repair

        return repair.realign(comparison, locked, options=self.options)

    def explain(self, rule: str) -> str:
        """See :class:`Work`."""
        from transcmp import pipeline

        return pipeline.explain(rule)


class MadeWork:
    """:class:`Work` over comparisons that are there already: for pictures, and for callers with values of their own."""

    def __init__(self, comparisons: Sequence[Comparison]) -> None:
        self._made = {pair_of(item): item for item in comparisons}

    @property
    def pairs(self) -> list[Pair]:
        """The pairs, in order."""
        return list(self._made)

    def preview(self, pair: Pair) -> Comparison | None:  # noqa: ARG002 - the protocol's
        """See :class:`Work`."""
        return None

    def compare(self, pair: Pair) -> Comparison:
        """See :class:`Work`."""
        return self._made[pair]

    def reassess(self, comparison: Comparison, beads: Sequence[Bead]) -> Comparison:
        """See :class:`Work`: the new beads, with the figures of before."""
        from transcmp.tui.repair import with_beads

        return with_beads(comparison, beads)

    def realign(self, comparison: Comparison, locked: Sequence[Bead]) -> Comparison:  # noqa: ARG002 - the protocol's
        """See :class:`Work`: nothing is computed here, so nothing changes."""
        return comparison

    def explain(self, rule: str) -> str:
        """See :class:`Work`: the program knows its rules, whoever made the comparison."""
        from transcmp import pipeline

        return pipeline.explain(rule)


def pair_of(comparison: Comparison) -> Pair:
    """The pair that a comparison is about."""
    source, target = comparison.alignment.source.document.path, comparison.alignment.target.document.path
    return Pair(source, None if comparison.mixed else target)
