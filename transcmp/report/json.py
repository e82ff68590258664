"""JSON and JSON Lines. The keys are a promise: ``docs/json.md`` and its schemas are generated from the types below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, field

from transcmp import model
from transcmp.report import Style

Score = Annotated[float, Meta(ge=0, le=1)]
LineNumber = Annotated[int, Meta(ge=1)]


class DetectedFragment(Struct, frozen=True):
    """A fragment and its language."""

    id: int
    kind: model.FragmentKind
    language: str
    confidence: Score
    line: LineNumber
    column: LineNumber
    end_line: LineNumber
    end_column: LineNumber
    text: str


class DetectedDocument(Struct, frozen=True):
    """A document and its fragments."""

    path: str
    language: str
    fragments: tuple[DetectedFragment, ...]


class Detect(Struct, frozen=True, kw_only=True):
    """Output of ``transcmp detect --format json``."""

    schema: str = "transcmp/detect/1"
    documents: tuple[DetectedDocument, ...]


class AlignedSegment(Struct, frozen=True):
    """A segment; ``fragment`` is the id of the (first) fragment it stands in."""

    id: int
    fragment: int
    kind: model.FragmentKind
    language: str
    line: LineNumber
    end_line: LineNumber
    text: str


class AlignedSide(Struct, frozen=True):
    """One side of an alignment."""

    path: str
    language: str
    segments: tuple[AlignedSegment, ...]


class Closest(Struct, frozen=True):
    """What came nearest to segments without counterpart."""

    target: tuple[int, ...]
    score: Score


class Bead(Struct, frozen=True):
    """A bead by segment ids; an empty side: omitted or added."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: Score
    moved: bool
    closest: Closest | None


class Align(Struct, frozen=True, kw_only=True):
    """Output of ``transcmp align --format json``."""

    schema: str = "transcmp/align/1"
    signature: str
    source: AlignedSide
    target: AlignedSide
    beads: tuple[Bead, ...]
    score: Score


class Named(Struct, frozen=True):
    """A document by path and language."""

    path: str
    language: str


class Coverage(Struct, frozen=True):
    """Share of each side's characters in beads with two sides."""

    source: Score
    target: Score


class Place(Struct, frozen=True):
    """A stretch of a document; ``end_column`` is the column behind its last character."""

    kind: model.FragmentKind
    language: str
    line: LineNumber
    column: LineNumber
    end_line: LineNumber
    end_column: LineNumber
    text: str


class Finding(Struct, frozen=True):
    """A named fault. In a mixed document its place is ``source`` and ``target`` is null."""

    rule: str
    severity: model.Severity
    message: str
    source: Place | None
    target: Place | None
    score: float | None
    fingerprint: str


class CheckedDocument(Struct, frozen=True):
    """A pair (or a mixed document: both are the same file) and its findings."""

    source: Named
    target: Named | None
    score: Score | None
    coverage: Coverage | None
    findings: tuple[Finding, ...]


class FindingCounts(Struct, frozen=True):
    """Findings by severity."""

    error: int
    warning: int
    note: int


class Summary(Struct, frozen=True):
    """Of the whole run; ``passed`` is false where what was found fails it."""

    documents: int
    findings: FindingCounts
    score: Score | None
    passed: bool
    silenced: int = 0
    reasons: tuple[str, ...] = ()


class Unreadable(Struct, frozen=True):
    """A file that could not be checked, and why."""

    path: str
    message: str


class Check(Struct, frozen=True, kw_only=True):
    """Output of ``transcmp check --format json``; where ``unreadable`` is not empty the exit code is 2 (unless ``--keep-going``)."""

    schema: str = "transcmp/check/1"
    signature: str
    documents: tuple[CheckedDocument, ...]
    unreadable: tuple[Unreadable, ...] = ()
    summary: Summary


class CheckedLine(Struct, frozen=True, kw_only=True):
    """A line of ``transcmp check --format jsonl``: one finding with its documents."""

    schema: str = "transcmp/finding/1"
    source_path: str
    target_path: str | None
    finding: Finding = field()


def detect(documents: Iterable[model.Document], style: Style) -> Iterator[str]:
    """A Detect object."""
    yield pretty(Detect(documents=tuple(map(_detected, documents))))


def detect_lines(documents: Iterable[model.Document], style: Style) -> Iterator[str]:
    """A DetectedDocument a line."""
    for document in documents:
        yield _line(_detected(document))


def align(alignment: model.Alignment, style: Style) -> Iterator[str]:
    """An Align object."""
    yield pretty(
        Align(
            signature=alignment.signature,
            source=_side(alignment.source),
            target=_side(alignment.target),
            beads=tuple(map(_bead, alignment.beads)),
            score=round(alignment.score, 4),
        )
    )


def align_lines(alignment: model.Alignment, style: Style) -> Iterator[str]:
    """A bead a line, with its texts: what a corpus tool wants."""
    source, target = alignment.source.segments, alignment.target.segments
    for bead in alignment.beads:
        yield _line(
            {
                "source": [source[number].text for number in bead.source],
                "target": [target[number].text for number in bead.target],
                "score": round(bead.score, 4),
                "moved": bead.moved,
            }
        )


def check(run: model.CheckRun, style: Style) -> Iterator[str]:
    """A Check object."""
    counts = FindingCounts(error=run.count("error"), warning=run.count("warning"), note=run.count("note"))
    summary = Summary(
        documents=len(run.pairs),
        findings=counts,
        score=_rounded(run.score),
        passed=run.passed,
        silenced=sum(pair.silenced for pair in run.pairs),
        reasons=run.reasons,
    )
    unread = tuple(Unreadable(item.path, item.message) for item in run.unreadable)
    yield pretty(Check(signature=run.signature, documents=tuple(map(_checked, run.pairs)), unreadable=unread, summary=summary))


def check_lines(run: model.CheckRun, style: Style) -> Iterator[str]:
    """A finding a line."""
    for pair in run.pairs:
        target = None if pair.target is None else pair.target.path
        for finding in pair.findings:
            yield _line(CheckedLine(source_path=pair.source.path, target_path=target, finding=_finding(finding)))


def _detected(document: model.Document) -> DetectedDocument:
    return DetectedDocument(document.path, document.language, tuple(_fragment(document, fragment) for fragment in document.fragments))


def _fragment(document: model.Document, fragment: model.Fragment) -> DetectedFragment:
    start, end = document.position(fragment.span.start), document.position(fragment.span.end)
    return DetectedFragment(
        id=fragment.id,
        kind=fragment.kind,
        language=fragment.language,
        confidence=round(fragment.confidence, 4),
        line=start.line,
        column=start.column,
        end_line=end.line,
        end_column=end.column,
        text=fragment.text,
    )


def _side(side: model.Side) -> AlignedSide:
    segments = []
    for item in side.segments:
        line, end_line = side.document.lines(item.span)
        segments.append(AlignedSegment(item.id, item.fragment, item.kind, item.language, line, end_line, item.text))
    return AlignedSide(side.document.path, side.language, tuple(segments))


def _bead(bead: model.Bead) -> Bead:
    closest = None if bead.closest is None else Closest(bead.closest.target, round(bead.closest.score, 4))
    return Bead(bead.source, bead.target, round(bead.score, 4), bead.moved, closest)


def _checked(pair: model.Checked) -> CheckedDocument:
    return CheckedDocument(
        source=Named(pair.source.path, pair.source.language),
        target=None if pair.target is None else Named(pair.target.path, pair.target.language),
        score=_rounded(pair.score),
        coverage=None if pair.coverage is None else Coverage(round(pair.coverage.source, 4), round(pair.coverage.target, 4)),
        findings=tuple(map(_finding, pair.findings)),
    )


def _finding(finding: model.Finding) -> Finding:
    return Finding(
        finding.rule,
        finding.severity,
        finding.message,
        _place(finding.source),
        _place(finding.target),
        _rounded(finding.score),
        finding.fingerprint,
    )


def _place(place: model.Place | None) -> Place | None:
    if place is None:
        return None
    return Place(place.kind, place.language, place.start.line, place.start.column, place.end.line, place.end.column, place.text)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _encode(value: Any) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # a lone surrogate: no UTF-8 text can hold it
        return msgspec.json.encode(_without_surrogates(msgspec.to_builtins(value)))


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value


def pretty(value: Any) -> str:
    """A value as indented JSON; what no UTF-8 can hold (a byte of a file name, half a surrogate pair) is a question mark."""
    return msgspec.json.format(_encode(value), indent=2).decode("utf-8") + "\n"


def _line(value: Any) -> str:
    return _encode(value).decode("utf-8") + "\n"
