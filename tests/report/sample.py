"""Runs of ``check`` for the formats: one with everything that can be in it, one with hostile text everywhere, one that is empty."""

from __future__ import annotations

from typing import Any

from transcmp.model import Checked, CheckRun, Coverage, DocumentName, Finding, Language, Place, Position, Severity, Span, Unreadable

EN, IT = Language("en"), Language("it")


def place(line: int, column: int, text: str, language: Language = IT, lines: int = 1, **more: Any) -> Place:
    end = Position(line + lines - 1, column + len(text) if lines == 1 else len(text) // lines + 1)
    return Place(span=Span(100 * line, 100 * line + len(text)), start=Position(line, column), end=end, kind="paragraph", language=language,
                 text=text, **more)  # fmt: skip


def finding(
    rule: str,
    severity: Severity,
    message: str,
    source: Place | None,
    target: Place | None,
    fingerprint: str = "",
    score: float | None = None,
) -> Finding:
    return Finding(rule=rule, severity=severity, message=message, source=source, target=target, fingerprint=fingerprint, score=score)


def pair(
    source: str, target: str | None, *findings: Finding, score: float | None = 0.8125, mixed: bool = False, silenced: int = 0
) -> Checked:
    return Checked(
        source=DocumentName(path=source, language=EN),
        target=None if target is None else DocumentName(path=target, language=IT),
        score=score,
        coverage=None if score is None else Coverage(source=0.9, target=0.95),
        findings=findings,
        mixed=mixed,
        silenced=silenced,
    )


RULES = (
    ("number", "a number differs"),
    ("omitted", "a passage of the source has no counterpart"),
    ("untranslated", "text is still in the source language"),
)


def full() -> CheckRun:
    """A run in which every case of a place occurs."""
    number = finding(
        "number",
        "error",
        "1987 became 1978 (line 4 of the source)",
        place(4, 27, "1987", EN),
        place(5, 30, "1978"),
        "0123456789abcdef",
        0.97,
    )
    omitted = finding("omitted", "error", "no counterpart in the translation", place(9, 1, "It was sold in 2003. " * 2, EN, lines=2), None,
                      "1111111111111111")  # fmt: skip
    again = finding("omitted", "warning", "no counterpart in the translation", place(30, 1, "It was sold.", EN), None, "1111111111111111-1")
    added = finding("added", "note", "perhaps added", None, place(12, 1, "Una riga in più.", lines=2), "2222222222222222")
    low = finding("low-score", "warning", "score 0.41 is below 0.50", None, None, "3333333333333333")
    missing = finding("missing-file", "error", "no Italian translation (docs/it/new.md)", None, None, "4444444444444444")
    caption = finding("untranslated", "error", "this caption is Italian", place(7, 3, "Foto della casa"), None, "5555555555555555")
    return CheckRun(
        signature="transcmp:0|encoder:use",
        pairs=(
            pair("docs/en/house.md", "docs/it/house.md", number, omitted, again, added, silenced=2),
            pair("docs/en/empty.md", "docs/it/empty.md"),
            pair("docs/en/low.md", "docs/it/low.md", low, score=0.41),
            pair("docs/en/new.md", None, missing, score=None),
            pair("article.md", "article.md", caption, mixed=True),
        ),
        passed=False,
        reasons=("1 finding of the baseline was repaired: run with --update-baseline",),
        rules=RULES,
        unreadable=(Unreadable(path="docs/it/broken.md", message="is not UTF-8 (byte 17)"),),
    )


HOSTILE = (
    "\x1b[31m<script>alert('&\"')</script>]]> | `x` @team #1 ::set-env name=A::1 ##[group] %0A "
    "\u202egnp.exe\ufeff\ufffe\ud800 $HOME\r\n::error::x"
)


def hostile() -> CheckRun:
    """Text and names that try to leave the field they are printed in."""
    path = "docs/it/a\nb ::error:: #?%41,x=[1](http://e) <b>\udcff\\.md"
    bad = finding(f"rule{HOSTILE}", "error", HOSTILE, place(1, 1, HOSTILE, EN), place(2, 2, HOSTILE), "a" * 16)
    return CheckRun(
        signature=HOSTILE.replace("\ud800", ""),
        pairs=(pair(path, path + "x", bad, bad), pair("::warning::.md", "##[command].md", *[bad] * 12)),
        passed=False,
        reasons=(HOSTILE, "::error::from a reason"),
        unreadable=(Unreadable(path=path, message=HOSTILE),),
    )


def many(count: int) -> CheckRun:
    """A run with ``count`` findings: two thirds are notes, the errors come last."""
    severities: tuple[Severity, ...] = ("note", "note", "error")
    pairs = []
    for start in range(0, count, 1000):
        size = min(1000, count - start)
        findings = [
            finding("number", severities[3 * at // size], "a number differs", None, place(at + 1, 1, "12"), f"{start + at:016x}")
            for at in range(size)
        ]
        pairs.append(pair(f"en/{start}.md", f"it/{start}.md", *findings))
    return CheckRun(signature="s", pairs=tuple(pairs), passed=False, rules=RULES)


def clean() -> CheckRun:
    """A run without findings."""
    return CheckRun(signature="transcmp:0", pairs=(pair("en/a.md", "it/a.md"),), passed=True, rules=RULES)


def nothing() -> CheckRun:
    """A run without pairs."""
    return CheckRun(signature="", pairs=(), passed=True)
