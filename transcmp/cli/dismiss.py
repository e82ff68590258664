"""``transcmp dismiss``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from transcmp import diagnostics
from transcmp.cli.common import Input, path_argument
from transcmp.cli.gate import cache_of
from transcmp.visible import visible_line


def dismiss(
    fingerprint: Annotated[str, Parameter(name="FINGERPRINT")],
    source: Annotated[str | None, path_argument("SOURCE")] = None,
    target: Annotated[str | None, path_argument("TARGET")] = None,
    /,
    *,
    reason: Annotated[str, Parameter(show_default=False)] = "",
    undo: Annotated[bool, Parameter(negative="")] = False,
    input: Input = Input(),  # noqa: B008 - frozen
) -> int:
    """Silence one finding for good, with a reason, in .transcmp/decisions.jsonl; it stays silent when the text around it changes.

    Parameters
    ----------
    fingerprint
        Of the finding, as reports show it, or its first characters.
    source
        The pair that it is in, or the mixed document; without it the pairs of transcmp.toml are searched.
    target
        The translation.
    reason
        Why it is no fault, for the next reader; needed, except with --undo.
    undo
        Take the dismissal back.
    """
    from transcmp.config import load
    from transcmp.pipeline import dismiss as pipeline

    project = load()
    if undo:
        record, verb = pipeline.take_back(fingerprint, project), "no longer dismissed"
    else:
        pipeline.need_reason(reason)  # before a search that may take long
        options, cache = input.options(), cache_of(project)
        with diagnostics.Progress() as progress:
            named = pipeline.find(fingerprint, project, source=source, target=target, options=options, cache=cache, progress=progress)
        record = pipeline.dismiss(named, reason, project)
        verb = "dismissed"
    print(visible_line(f"{verb}: {record.target}: {record.rule}: {record.text}"))
    return diagnostics.EXIT_OK
