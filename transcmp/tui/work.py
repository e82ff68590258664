"""What the terminal UI asks of the rest of the program. It runs in threads; nothing here knows Textual.

:class:`Work` is the door: the program opens it on :mod:`transcmp.pipeline`, tests on values they made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from msgspec.structs import replace

from transcmp.errors import TranscmpError
from transcmp.model import Bead, Checked, Comparison

if TYPE_CHECKING:
    from transcmp.cache import Cache
    from transcmp.config import Project
    from transcmp.pipeline import Options
    from transcmp.pipeline.jobs import Job
    from transcmp.pipeline.pairing import Pairing


Progress = Callable[[str, int, int], None]
"""Told of the step, units done, units in all."""


class Pair(NamedTuple):
    """A source with one translation, or a mixed document."""

    source: str
    """Path as the user wrote it."""
    target: str | None
    """None: the source is a mixed document, or an alignment that was written as JSON."""
    source_language: str | None = None
    """BCP 47 tag; None: told from the text."""
    target_language: str | None = None

    @property
    def name(self) -> str:
        """What to call it in a list."""
        return self.target or self.source

    @property
    def paths(self) -> tuple[str, ...]:
        """Its files."""
        return (self.source,) if self.target is None else (self.source, self.target)


class Work(Protocol):
    """Comparisons on demand. Each call may take long and may raise TranscmpError."""

    def preview(self, pair: Pair) -> Comparison | None:
        """Both texts at once, not aligned; None where the comparison itself is as quick."""

    def compare(self, pair: Pair, progress: Progress | None = None) -> Comparison:
        """Everything about a pair; ``progress`` is told of it, in the same thread."""

    def check(self, pair: Pair) -> Checked:
        """Score and findings of a pair, without its texts."""

    def arranged(self, comparison: Comparison, beads: Sequence[Bead]) -> Comparison:
        """The comparison with other beads over the same segments, in the order of an alignment; quick."""

    def reassess(self, comparison: Comparison, beads: Sequence[Bead]) -> Comparison:
        """Scores and findings of an alignment that was put right by hand."""

    def realign(self, comparison: Comparison, locked: Sequence[Bead]) -> Comparison:
        """Align anew what is not in ``locked``."""

    def paired(self, comparison: Comparison, bead: int) -> tuple[Pairing, ...]:
        """What belongs together inside a bead; quick, except for the first time."""

    def explain(self, rule: str) -> str:
        """What a rule finds, and why it may be wrong."""


class _Anywhere:
    """The part that is the same wherever comparisons come from."""

    def paired(self, comparison: Comparison, bead: int) -> tuple[Pairing, ...]:
        """See :class:`Work`."""
        from transcmp.pipeline.pairing import paired

        return paired(comparison, bead)

    def arranged(self, comparison: Comparison, beads: Sequence[Bead]) -> Comparison:
        """See :class:`Work`."""
        from transcmp.pipeline import repair

        return repair.arranged(comparison, beads)

    def explain(self, rule: str) -> str:
        """See :class:`Work`."""
        from transcmp import pipeline

        return pipeline.explain(rule)


class PipelineWork(_Anywhere):
    """:class:`Work` by :mod:`transcmp.pipeline`, as the project's settings say."""

    def __init__(self, options: Options, project: Project, cache: Cache | None = None) -> None:
        from transcmp.pipeline import gate

        self.project = project
        # a folder that is made by the first save must be obeyed as well
        self.options = replace(gate.options_for(project, options), folder=str(project.folder))
        self.cache = cache

    def preview(self, pair: Pair) -> Comparison | None:
        """See :class:`Work`."""
        from transcmp import pipeline
        from transcmp.tui.preview import side_by_side
        from transcmp.tui.stored import is_stored

        if is_stored(pair.source):
            return None
        source = pipeline.read(pair.source, options=self.options)
        return side_by_side(source, None if pair.target is None else pipeline.read(pair.target, options=self.options))

    def compare(self, pair: Pair, progress: Progress | None = None) -> Comparison:
        """See :class:`Work`."""
        from transcmp import pipeline
        from transcmp.tui.stored import is_stored, load

        if pair.target is None and is_stored(pair.source):
            return load(Path(pair.source))
        options, rules = self._options(pair), self._rules()
        return self._obeyed(pipeline.assess(pair.source, pair.target, options=options, rules=rules, progress=progress))

    def check(self, pair: Pair) -> Checked:
        """See :class:`Work`; what is in the cache is not made again."""
        from transcmp.pipeline import jobs, pool

        work = jobs.Work(options=self.options, settings=self.project.settings, root=str(self.project.root))
        outcome = pool.run_all([self._job(pair)], work, cache=self.cache, workers=1)[0]
        if outcome.checked is None:
            failed = outcome.failed
            raise TranscmpError(message=failed.message if failed else "cannot be checked", path=failed.path if failed else pair.name)
        return outcome.checked

    def reassess(self, comparison: Comparison, beads: Sequence[Bead]) -> Comparison:
        """See :class:`Work`."""
        from transcmp.pipeline import repair

        return self._obeyed(repair.reassess(comparison, beads, options=self.options, rules=self._rules()))

    def realign(self, comparison: Comparison, locked: Sequence[Bead]) -> Comparison:
        """See :class:`Work`."""
        from transcmp.pipeline import repair

        return self._obeyed(repair.realign(comparison, locked, options=self.options, rules=self._rules()))

    def _rules(self) -> Any:
        """The settings as the rules take them; what they are made of is not this layer's to know."""
        from transcmp.pipeline.jobs import rule_options

        return rule_options(self.project.settings, self.project.root)

    def _job(self, pair: Pair) -> Job:
        from transcmp.pipeline.jobs import Job

        return Job(source=pair.source, target=pair.target, source_language=pair.source_language, target_language=pair.target_language)

    def _options(self, pair: Pair) -> Options:
        return replace(
            self.options,
            source_language=self.options.source_language or pair.source_language,
            target_language=self.options.target_language or pair.target_language,
        )

    def _obeyed(self, comparison: Comparison) -> Comparison:
        """With the findings that settings and comments in the documents leave, as ``check`` tells them."""
        from transcmp.pipeline import jobs

        checked = jobs.of(comparison, self.project.settings).checked
        return comparison if checked is None else replace(comparison, findings=checked.findings)


class MadeWork(_Anywhere):
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

    def compare(self, pair: Pair, progress: Progress | None = None) -> Comparison:  # noqa: ARG002 - the protocol's
        """See :class:`Work`."""
        return self._made[pair]

    def check(self, pair: Pair) -> Checked:
        """See :class:`Work`."""
        from transcmp.config import Settings
        from transcmp.pipeline import jobs

        checked = jobs.of(self._made[pair], Settings()).checked
        assert checked is not None
        return checked

    def reassess(self, comparison: Comparison, beads: Sequence[Bead]) -> Comparison:
        """See :class:`Work`: the new beads, with the figures of before."""
        return self.arranged(comparison, beads)

    def realign(self, comparison: Comparison, locked: Sequence[Bead]) -> Comparison:  # noqa: ARG002 - the protocol's
        """See :class:`Work`: nothing is computed here, so nothing changes."""
        return comparison


def pair_of(comparison: Comparison) -> Pair:
    """The pair that a comparison is about."""
    source, target = comparison.alignment.source.document.path, comparison.alignment.target.document.path
    return Pair(source, None if comparison.mixed else target)
