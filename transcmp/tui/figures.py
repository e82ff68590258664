"""What is known about a whole document, as lines of text. Pure; nothing here knows Textual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from transcmp.model import Comparison, Side
from transcmp.tui.rows import SEVERITIES, Sheet
from transcmp.visible import percent

Line = tuple[tuple[str, str], ...]
"""Pieces of text with the role of their style."""

_BAR = 40
"""Cells of the longest bar."""


def lines(sheet: Sheet) -> list[Line]:
    """Scores, coverage, histogram, languages and findings of a document."""
    comparison = sheet.comparison
    alignment = comparison.alignment
    found: list[Line] = [(("Documents", "strong"),)]
    for name, side in (("source", alignment.source), ("target", alignment.target)):
        count = len(side.document.line_starts)
        found.append(
            (
                (f"  {name}  ", "quiet"),
                (side.document.path, ""),
                (f"  {side.language} · {count} lines · {len(side.segments)} segments", "quiet"),
            )
        )
    if not comparison.mixed:  # most of a mixed document needs no counterpart: figures about all of it would mean nothing
        found += _scores(comparison)
    found += [(), (("Beads", "strong"), ("  by score", "quiet"))]
    found += _histogram([bead.score for bead in alignment.beads if bead.source and bead.target])
    found += _kinds(sheet)
    found += [(), (("Languages", "strong"), ("  segments", "quiet"))]
    found += _languages((("source", alignment.source), ("target", alignment.target)))
    found += [(), (("Findings", "strong"), ("  by rule", "quiet"))]
    found += _rules(sheet)
    found += [(), (("Signature", "strong"),), ((f"  {comparison.signature or alignment.signature}", "quiet"),)]
    return found


def _scores(comparison: Comparison) -> Iterable[Line]:
    scores = comparison.scores
    yield from ((), (("Scores", "strong"),))
    for name, value in (("alignment", comparison.alignment.score), ("adequacy", scores.adequacy), ("risk", scores.risk)):
        yield ((f"  {name:<10}", "quiet"), *_bar(value), *_interval(comparison.intervals.get(name)))
    if scores.quality is not None:
        yield (("  quality   ", "quiet"), (f"{scores.quality:.3f}", ""))
    yield from ((), (("Coverage", "strong"), ("  characters in beads with two sides", "quiet")))
    yield (("  source    ", "quiet"), *_bar(comparison.coverage.source))
    yield (("  target    ", "quiet"), *_bar(comparison.coverage.target))


def _bar(value: float | None) -> Line:
    if value is None:
        return (("not available", "quiet"),)
    filled = round(value * _BAR)
    return (("█" * filled, "bar"), ("░" * (_BAR - filled), "rail"), (f" {percent(value)} %", ""))


def _interval(ends: tuple[float, float] | None) -> Line:
    """A bootstrap interval in percent, in the numbers of the bar beside it."""
    return () if ends is None else ((f"  {ends[0] * 100:.1f} to {ends[1] * 100:.1f}", "quiet"),)


def _histogram(scores: list[float]) -> Iterable[Line]:
    counts = Counter(min(int(score * 10), 9) for score in scores)
    most = max(counts.values(), default=1)
    for tenth in range(9, -1, -1):
        count = counts[tenth]
        cells = -(-count * _BAR // most) if count else 0
        role = "low" if tenth < 5 else "fair" if tenth < 7 else "bar"
        yield (
            (f"  {tenth * 10:>3}–{tenth * 10 + 9 + (tenth == 9):<3}  ", "quiet"),
            ("█" * cells, role),
            (f" {count}" if count else " ·", "quiet"),
        )


def _kinds(sheet: Sheet) -> Iterable[Line]:
    beads = sheet.comparison.alignment.beads
    kinds = Counter(f"{len(bead.source)}-{len(bead.target)}" for bead in beads)
    moved = sum(bead.moved for bead in beads)
    text = "  ".join(f"{kind}: {count}" for kind, count in kinds.most_common())
    yield ((f"  {text}", ""),)
    if moved:
        yield ((f"  moved: {moved}", ""),)


def _languages(sides: Iterable[tuple[str, Side]]) -> Iterable[Line]:
    for name, side in sides:
        counts = Counter(segment.language for segment in side.segments)
        text = "  ".join(f"{language}: {count}" for language, count in counts.most_common(8))
        yield ((f"  {name}  ", "quiet"), (text or "none", ""))


def _rules(sheet: Sheet) -> Iterable[Line]:
    findings = sheet.comparison.findings
    if not findings:
        yield (("  none", "good"),)
    counts = Counter((SEVERITIES.index(item.severity), item.rule) for item in findings if item.fingerprint not in sheet.hidden)
    for (severity, rule), count in sorted(counts.items()):
        yield ((f"  {count:>5}  ", ""), (rule, SEVERITIES[severity]))
    dismissed = sum(item.fingerprint in sheet.hidden for item in findings)
    if dismissed:
        yield ((f"  {dismissed:>5}  dismissed", "quiet"),)
