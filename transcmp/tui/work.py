"""What the terminal UI asks of the rest of the program. It runs in threads; nothing here knows Textual.

:class:`Work` is the door: the program opens it on :mod:`transcmp.pipeline`, tests on values they made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from msgspec.structs import replace

from transcmp.errors import TranscmpError, UsageError
from transcmp.files import project_path
from transcmp.model import Bead, Checked, Comparison, Finding
from transcmp.pipeline.gradual import Part

if TYPE_CHECKING:
    from transcmp.cache import Cache
    from transcmp.config import Project
    from transcmp.history import Repository
    from transcmp.pipeline import Options
    from transcmp.pipeline.gradual import How
    from transcmp.pipeline.jobs import Job, Past
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


class Watcher(NamedTuple):
    """Who looks on while a comparison is made."""

    progress: Progress | None = None
    """Told of it, in the thread that does the work; what it raises ends the work."""
    at: Callable[[], int] = int
    """The bead that is looked at: its scores come first."""


class Work(Protocol):
    """Comparisons on demand. Each call may take long and may raise TranscmpError; parts come as soon as they are made."""

    def compare(self, pair: Pair, watcher: Watcher) -> Iterator[Part]:
        """Everything about a pair: both texts, then the beads, then what is known about them."""

    def check(self, pair: Pair) -> Checked:
        """Score and findings of a pair, without its texts and without what was dismissed."""

    def has_history(self) -> bool:
        """Whether it can be told if a translation is older than its source."""

    def arranged(self, comparison: Comparison, beads: Sequence[Bead]) -> Comparison:
        """The comparison with other beads over the same segments, in the order of an alignment; quick."""

    def reassess(self, comparison: Comparison, beads: Sequence[Bead], watcher: Watcher) -> Iterator[Part]:
        """Scores and findings of an alignment that was put right by hand."""

    def realign(self, comparison: Comparison, locked: Sequence[Bead], watcher: Watcher) -> Iterator[Part]:
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

    def __init__(self, options: Options, project: Project, cache: Cache | None = None, pairs: Sequence[Pair] = ()) -> None:
        """``pairs``: those that will be checked; git is asked about all of them at once."""
        from transcmp.pipeline import gate

        self.project = project
        # a folder that is made by the first save must be obeyed as well
        self.options = replace(gate.options_for(project, options), folder=str(project.folder))
        self.cache = cache
        self._pairs = pairs
        self._pasts: dict[Pair, tuple[Past, ...]] | None = None

    def compare(self, pair: Pair, watcher: Watcher) -> Iterator[Part]:
        """See :class:`Work`."""
        from transcmp.pipeline import gradual
        from transcmp.tui.stored import is_stored, load

        if pair.target is None and is_stored(pair.source):
            yield Part(load(Path(pair.source)), "whole")
            return
        options = replace(
            self.options,
            source_language=self.options.source_language or pair.source_language,
            target_language=self.options.target_language or pair.target_language,
        )
        yield from self._obeyed(gradual.assess(pair.source, pair.target, options=options, how=self._how(pair, watcher)))

    def check(self, pair: Pair) -> Checked:
        """See :class:`Work`; what is in the cache is not made again."""
        from transcmp import decisions
        from transcmp.pipeline import jobs, pool

        work = jobs.Work(options=self.options, settings=self.project.settings, root=str(self.project.root))
        outcome = pool.run_all([self._job(pair)], work, cache=self.cache, workers=1)[0]
        checked = outcome.checked
        if checked is None:
            failed = outcome.failed
            raise TranscmpError(message=failed.message if failed else "cannot be checked", path=failed.path if failed else pair.name)
        names = [project_path(path, self.project.root) for path in (pair.source, pair.name)]
        records = decisions.load_decisions_about(self.project.folder, *names)
        applied = decisions.apply(checked.findings, outcome.sketches, records)
        return replace(checked, findings=applied.kept, silenced=checked.silenced + len(applied.silenced))

    def has_history(self) -> bool:
        """See :class:`Work`."""
        return self._repository is not None

    def reassess(self, comparison: Comparison, beads: Sequence[Bead], watcher: Watcher) -> Iterator[Part]:
        """See :class:`Work`."""
        from transcmp.pipeline import repair

        how = self._how(pair_of(comparison), watcher)
        return self._obeyed(repair.reassess(comparison, beads, options=self.options, how=how))

    def realign(self, comparison: Comparison, locked: Sequence[Bead], watcher: Watcher) -> Iterator[Part]:
        """See :class:`Work`."""
        from transcmp.pipeline import repair

        how = self._how(pair_of(comparison), watcher)
        return self._obeyed(repair.realign(comparison, locked, options=self.options, how=how))

    def _how(self, pair: Pair, watcher: Watcher) -> How:
        from transcmp.pipeline.gradual import How
        from transcmp.pipeline.jobs import rule_options

        job = self._job(pair)
        rules = rule_options(self.project.settings, self.project.root)
        return How(rules=rules, history=self._history(job) if job.past else None, progress=watcher.progress, at=watcher.at)

    def _history(self, job: Job) -> Callable[[Comparison], Comparison]:
        from transcmp.pipeline.past import with_history

        return lambda comparison: with_history(comparison, job.past, job.repository, self.options, self.project.settings)

    def _job(self, pair: Pair) -> Job:
        from transcmp.pipeline.jobs import Job

        past = self._past(pair)
        return Job(
            source=pair.source,
            target=pair.target,
            source_language=pair.source_language,
            target_language=pair.target_language,
            past=past,
            repository=str(self._repository.root) if past and self._repository is not None else "",
        )

    @cached_property
    def _repository(self) -> Repository | None:
        """The work tree whose history is asked."""
        from transcmp.pipeline import past

        return past.repository_of(self.project.root) if past.is_wanted(self.project.settings) else None

    def _past(self, pair: Pair) -> tuple[Past, ...]:
        """Revisions of a pair's files. The first question is asked for all pairs; later ones anew, as files may have changed since."""
        if self._repository is None or pair.target is None:
            return ()
        if self._pasts is None:
            self._pasts = {}
            self._pasts.update(self._asked(item for item in dict.fromkeys((pair, *self._pairs)) if item.target is not None))
        found = self._pasts.pop(pair, None)  # another thread may have taken it: the list of files, and the view of a pair
        return self._asked([pair]).get(pair, ()) if found is None else found

    def _asked(self, pairs: Iterable[Pair]) -> dict[Pair, tuple[Past, ...]]:
        from transcmp.pipeline import past

        assert self._repository is not None
        asked = list(pairs)
        try:
            return dict(zip(asked, past.pasts(self._repository, [(item.source, item.target or "") for item in asked]), strict=True))
        except UsageError:  # no commit yet
            return {}

    def _obeyed(self, parts: Iterable[Part]) -> Iterator[Part]:
        """With the findings that settings and comments in the documents leave, as ``check`` tells them."""
        from transcmp.pipeline import jobs

        seen: tuple[Finding, ...] = ()
        obeyed: tuple[Finding, ...] = ()
        for comparison, stage in parts:
            if comparison.findings is not seen:
                checked = jobs.of(comparison, self.project.settings).checked
                seen, obeyed = comparison.findings, comparison.findings if checked is None else checked.findings
            yield Part(replace(comparison, findings=obeyed), stage)


class MadeWork(_Anywhere):
    """:class:`Work` over comparisons that are there already: for pictures, and for callers with values of their own."""

    def __init__(self, comparisons: Sequence[Comparison]) -> None:
        self._made = {pair_of(item): item for item in comparisons}

    @property
    def pairs(self) -> list[Pair]:
        """The pairs, in order."""
        return list(self._made)

    def compare(self, pair: Pair, watcher: Watcher) -> Iterator[Part]:  # noqa: ARG002 - the protocol's
        """See :class:`Work`."""
        yield Part(self._made[pair], "whole")

    def check(self, pair: Pair) -> Checked:
        """See :class:`Work`."""
        from transcmp.config import Settings
        from transcmp.pipeline import jobs

        checked = jobs.of(self._made[pair], Settings()).checked
        assert checked is not None
        return checked

    def has_history(self) -> bool:
        """See :class:`Work`."""
        return False

    def reassess(self, comparison: Comparison, beads: Sequence[Bead], watcher: Watcher) -> Iterator[Part]:  # noqa: ARG002 - the protocol's
        """See :class:`Work`: the new beads, with the figures of before."""
        yield Part(self.arranged(comparison, beads), "whole")

    def realign(self, comparison: Comparison, locked: Sequence[Bead], watcher: Watcher) -> Iterator[Part]:  # noqa: ARG002 - the protocol's
        """See :class:`Work`: nothing is computed here, so nothing changes."""
        yield Part(comparison, "whole")


def pair_of(comparison: Comparison) -> Pair:
    """The pair that a comparison is about."""
    source, target = comparison.alignment.source.document.path, comparison.alignment.target.document.path
    return Pair(source, None if comparison.mixed else target)
