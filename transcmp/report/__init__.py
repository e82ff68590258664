"""Formats: values of the model in, text out. A format decides nothing and opens nothing.

A format is a function ``(value, style) -> iterable of str``. Which value it takes depends on the verb: ``detect`` an iterable of Documents,
``align`` an Alignment, ``score`` a ScoreReport, ``compare`` a SystemsCompared, ``check`` a CheckRun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from transcmp.model import Severity
from transcmp.registry import Registry


class Style(Struct, frozen=True, kw_only=True):
    """How a person will see it; machine formats ignore all of it."""

    color: bool = False
    """Whether SGR sequences may be used."""
    width: int = 80
    """Terminal cells in a line."""
    show: Severity = "warning"
    """Findings of a lesser severity are left out of formats for people."""


Format = Callable[[Any, Style], Iterable[str]]

formats: dict[str, Registry[Format]] = {
    "detect": Registry(
        "detect format",
        {
            "text": "transcmp.report.text:detect",
            "json": "transcmp.report.json:detect",
            "jsonl": "transcmp.report.json:detect_lines",
            "tsv": "transcmp.report.text:detect_tsv",
        },
    ),
    "align": Registry(
        "align format",
        {
            "table": "transcmp.report.text:align",
            "json": "transcmp.report.json:align",
            "jsonl": "transcmp.report.json:align_lines",
            "tsv": "transcmp.report.text:align_tsv",
            "vecalign": "transcmp.report.text:align_vecalign",
            "html": "transcmp.report.html.page:align",
            "tmx": "transcmp.report.tmx:align",
            "xliff": "transcmp.report.xliff:align",
            "moses-source": "transcmp.report.moses:source",
            "moses-target": "transcmp.report.moses:target",
        },
    ),
    "score": Registry("score format", {"text": "transcmp.report.scores:text", "json": "transcmp.report.scores:json"}),
    "score-pairs": Registry("scored pairs format", {"jsonl": "transcmp.report.scores:pairs"}),
    "compare": Registry(
        "compare format",
        {
            "text": "transcmp.report.systems_text:text",
            "json": "transcmp.report.systems:json",
            "tsv": "transcmp.report.systems:tsv",
            "markdown": "transcmp.report.systems:markdown",
            "latex": "transcmp.report.systems:latex",
            "html": "transcmp.report.html.systems:html",
        },
    ),
    "check": Registry(
        "check format",
        {
            "text": "transcmp.report.text:check",
            "json": "transcmp.report.json:check",
            "jsonl": "transcmp.report.json:check_lines",
            "sarif": "transcmp.report.sarif:check",
            "junit": "transcmp.report.junit:check",
            "github": "transcmp.report.github:check",
            "gitlab": "transcmp.report.gitlab:check",
            "checkstyle": "transcmp.report.checkstyle:check",
            "markdown": "transcmp.report.markdown:check",
        },
    ),
}
"""The formats of each verb; the first is the default."""

Files = Callable[[Any, Style], Iterable[tuple[str, Iterable[str]]]]
"""A format of several files: for each, what is put behind the name that the user gives, and its text."""

file_formats: dict[str, Registry[Files]] = {"align": Registry("align format", {"moses": "transcmp.report.moses:files"})}
"""The formats of each verb that make several files."""

FOR_HOSTS = frozenset({"sarif", "github", "gitlab", "checkstyle"})
"""Formats of ``check`` that code hosts read: they want paths from the top of the work tree."""
