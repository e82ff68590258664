"""Markdown for a job summary or a pull-request comment (GitHub Flavored Markdown, which GitLab and Gitea read, too).

A comment holds 65,536 characters: the gravest findings come first, and what does not fit is counted. Text from documents is shown as code,
so that it pings nobody, links nowhere and has no markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcmp.model import Checked, CheckRun
from transcmp.report import Style
from transcmp.report.places import RANK, Shown, shown
from transcmp.report.words import counted, extent
from transcmp.visible import figure, visible_line

ROOM = 60_000
"""Characters after which findings are only counted."""

_EXCERPT = 160
_SPECIAL = re.compile(r"[\\`*_{}\[\]()<>#+!|~@&$]|:(?=//)|(?<=www)\.|^[-=]|(?<=\d)\.(?= )", re.MULTILINE)


def check(run: CheckRun, style: Style) -> Iterator[str]:
    """The verdict, a table of pairs with findings, and the findings of each."""
    yield f"## Translation check: {'failed' if not run.passed else 'incomplete' if run.unreadable else 'passed'}\n\n"
    yield _summary(run)
    for reason in run.reasons:
        yield f"\n{escape(reason)}\n"
    if run.unreadable:
        yield "\nNot checked:\n\n"
        for item in run.unreadable:
            yield f"* {code(item.path)}: {escape(item.message)}\n"
    room, left = ROOM, 0
    for pair in sorted((pair for pair in run.pairs if pair.findings), key=lambda pair: min(RANK[item.severity] for item in pair.findings)):
        text = "".join(_pair(pair))
        if len(text) <= room:
            room -= len(text)
            yield text
        else:
            left += len(pair.findings)
    if left:
        yield f"\n{left:,} more findings did not fit in here.\n"


def _summary(run: CheckRun) -> str:
    counts = [counted(run.count(severity), severity) for severity in RANK if run.count(severity)]
    silenced = sum(pair.silenced for pair in run.pairs)
    text = f"{', '.join(counts) or 'no findings'} in {extent(run)}"
    text += f", mean score {figure(run.score)}" if run.score is not None else ""
    return text + (f"; {silenced:,} silenced\n" if silenced else "\n")


def _pair(pair: Checked) -> Iterator[str]:
    items = sorted((shown(pair, finding) for finding in pair.findings), key=lambda item: RANK[item.finding.severity])
    name = (pair.target or pair.source).path
    languages = pair.source.language + (f" → {pair.target.language}" if pair.target is not None and not pair.mixed else "")
    yield f"\n<details><summary>{code(name)} ({languages}): {len(items)}</summary>\n\n"
    yield "| line | severity | rule | what | text |\n|---:|---|---|---|---|\n"
    for item in items:
        yield _row(item)
    yield "\n</details>\n"


def _row(item: Shown) -> str:
    finding = item.finding
    texts = [place.text for place in (finding.source, finding.target) if place is not None and place.text.strip()]
    quoted = " → ".join(code(" ".join(text.split())[:_EXCERPT]) for text in texts)
    return f"| {item.line} | {finding.severity} | {escape(finding.rule)} | {escape(finding.message)} | {quoted} |\n"


def escape(text: str) -> str:
    """Text that means nothing in Markdown: no markup, no mention, no reference, no link of its own."""
    return _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", visible_line(text))


def code(text: str) -> str:
    """Text as code in a table cell; HTML, because a code span cannot hold ``|`` there."""
    return f"<code>{escape(text)}</code>" if text else ""
