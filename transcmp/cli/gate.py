"""What ``check`` takes as a gate: settings, thresholds, baseline, cache, further reports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Group, Parameter

from transcmp.cli.common import need_at_least, need_format, need_share
from transcmp.errors import UsageError

if TYPE_CHECKING:
    from transcmp.cache import Cache
    from transcmp.config import Project

GATE = Group("Gate", sort_key=5)
HTML = "html"
"""The report that is a folder, not a file."""


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Gate:
    """How a run is judged, and what it is run with."""

    fail_on: Annotated[Literal["error", "warning", "note", "never"] | None, Parameter(group=GATE)] = None
    """The least severity that fails: error (default), warning, note or never."""
    min_score: Annotated[float | None, Parameter(group=GATE)] = None
    """Least score of a document, 0 to 1."""
    min_coverage: Annotated[float | None, Parameter(group=GATE)] = None
    """Least share of a source's text that has a counterpart, 0 to 1."""
    max_new: Annotated[int | None, Parameter(group=GATE)] = None
    """How many findings may be new without failing."""
    since: Annotated[str | None, Parameter(group=GATE)] = None
    """A git revision: check only pairs of which a file differs from it."""
    update_baseline: Annotated[bool, Parameter(negative="", group=GATE)] = False
    """Take all present findings into .transcmp/baseline.jsonl and end with 0."""
    keep_going: Annotated[bool, Parameter(negative="", group=GATE)] = False
    """Name files that cannot be read, but let the findings alone decide the exit code."""
    report: Annotated[tuple[str, ...], Parameter(group=GATE, negative="", consume_multiple=False)] = ()
    """FORMAT=PATH: write this format to this file, too; html=FOLDER writes pages with an index. May be repeated."""
    config: Annotated[str | None, Parameter(group=GATE)] = None
    """Settings file; the nearest transcmp.toml or pyproject.toml without it."""
    trust: Annotated[bool, Parameter(negative="", group=GATE)] = False
    """Let the settings file name models, plugins and files outside the project."""
    jobs: Annotated[int | None, Parameter(name=["--jobs", "-j"], group=GATE)] = None
    """Worker processes; one a core without it."""
    cache_dir: Annotated[str | None, Parameter(group=GATE)] = None
    """Folder for results that can be used again; the user's cache folder without it."""
    no_cache: Annotated[bool, Parameter(name="--no-cache", negative="", group=GATE)] = False
    """Compute everything anew."""

    def project(self) -> Project:
        """The project of the working directory, the command line over its settings. Raises ConfigError and UsageError."""
        import msgspec

        from transcmp.config import load

        project = load(file=self.config, trust=self.trust)
        need_share("--min-score", self.min_score)
        need_share("--min-coverage", self.min_coverage)
        need_at_least(0, "--max-new", self.max_new)
        need_at_least(1, "--jobs", self.jobs)
        given = {"fail_on": self.fail_on, "min_score": self.min_score, "min_coverage": self.min_coverage, "max_new": self.max_new}
        chosen = {name: value for name, value in given.items() if value is not None}
        return msgspec.structs.replace(project, settings=msgspec.structs.replace(project.settings, **chosen))

    def cache(self, project: Project) -> Cache | None:
        """The cache to use, if any."""
        return None if self.no_cache else cache_of(project, self.cache_dir)

    def reports(self) -> list[tuple[str, str]]:
        """Formats and paths of ``--report``. Raises UsageError before any work is done."""
        pairs = []
        for value in self.report:
            name, equals, path = value.partition("=")
            if not equals or not path:
                raise UsageError(message=f"--report takes FORMAT=PATH, not {value!r}", hint="for example --report sarif=transcmp.sarif")
            if name != HTML:
                need_format("check", name)
            pairs.append((name, path))
        return pairs


def cache_of(project: Project, folder: str | None = None) -> Cache | None:
    """The cache in ``folder``, else where the project's settings say, else in the user's cache folder; None without a home directory."""
    from transcmp.cache import Cache, default_folder

    own = project.root / project.settings.cache_dir if project.settings.cache_dir else None
    chosen = Path(folder) if folder else own or default_folder()
    return None if chosen is None else Cache(chosen)
