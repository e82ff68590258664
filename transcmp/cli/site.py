"""``--report html=DIR``: the report that is a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from transcmp.cli.common import spare
from transcmp.config import Project
from transcmp.diagnostics import Progress
from transcmp.errors import ReadError
from transcmp.files import write_atomic
from transcmp.model import Checked, CheckRun, Comparison
from transcmp.pipeline import Options


def write_site(folder: str, run: CheckRun, project: Project, options: Options, progress: Progress) -> None:
    """Write the pages of a run; the index comes last, so that it never names a page that is not there. Raises WriteError, and UsageError
    where a page would be written over a file that was read.

    Each pair is compared again for its page, with scores, and forgotten when the page is written.
    """
    from transcmp.pipeline import assess
    from transcmp.pipeline.gate import options_for
    from transcmp.pipeline.jobs import rule_options
    from transcmp.report.html import INDEX, page_name, site

    names = [INDEX, *(page_name(number, pair) for number, pair in enumerate(run.pairs))]
    spare([Path(folder, name) for name in names], (*run.files, *project.files))
    base, rules = options_for(project, options), rule_options(project.settings, project.root)

    def comparison(pair: Checked) -> Comparison | None:
        if pair.target is None:
            return None
        chosen = replace(base, source_language=pair.source.language, target_language=pair.target.language)
        try:
            return assess(pair.source.path, None if pair.mixed else pair.target.path, options=chosen, rules=rules)
        except ReadError:
            return None  # a missing file, or one that vanished since: its row in the index says so

    def comparisons() -> Iterator[Comparison | None]:
        for number, pair in enumerate(run.pairs):
            yield comparison(pair)
            progress("writing pages", number + 1, len(run.pairs))

    for name, text in site(run, comparisons()):
        write_atomic(Path(folder, name), text)
