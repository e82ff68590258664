"""What is made of what was read: alignments, scores, findings."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from transcmp.model.texts import Document, Fragment, FragmentKind, Language, Position, Segment, Side, Span

Severity = Literal["error", "warning", "note"]
"""How grave a finding is; ``note`` is shown on request only."""


_ENOUGH_BEADS, _BACKWARDS = 5, -0.9
"""Beads of which an order can be told, and the correlation of their places down to which it is the reverse one."""


class Closest(Struct, frozen=True, kw_only=True):
    """The passage that came nearest to segments without counterpart."""

    target: tuple[int, ...]
    """Segment ids on the other side."""
    score: float
    """As :attr:`Bead.score`, had the two been paired."""


class Bead(Struct, frozen=True, kw_only=True):
    """One unit of an alignment (Gale and Church 1993): segments of both sides, or of one side only."""

    source: tuple[int, ...]
    """Source segment ids, ascending; empty: added."""
    target: tuple[int, ...]
    """Target segment ids, ascending; empty: omitted."""
    score: float
    """Calibrated probability that the two sides translate each other, 0..1; 0 for a bead with one side."""
    moved: bool = False
    """Whether it was matched out of order."""
    closest: Closest | None = None
    """For a bead with source segments only: what came nearest."""


class Alignment(Struct, frozen=True, kw_only=True):
    """Which segments translate which. Every segment of both sides is in exactly one bead."""

    source: Side
    target: Side
    beads: tuple[Bead, ...]
    """In source order; a bead without source stands behind the bead of the target segment before it."""
    score: float
    """Mean score of the beads weighted by characters of both sides; segments without counterpart count as 0."""
    signature: str
    """How it was made: version, tier, encoder, unit, options (as in sacreBLEU)."""

    @property
    def backwards(self) -> bool:
        """Whether the target says from its end to its beginning what the source says: five beads or more, and hardly two in order.

        By the rank correlation of Spearman (1904), over beads that are right more likely than not.
        """
        places = [bead.target[0] for bead in self.beads if bead.source and bead.target and bead.score >= 0.5]
        ranks = {place: rank for rank, place in enumerate(sorted(places))}
        apart, count = sum((ranks[place] - rank) ** 2 for rank, place in enumerate(places)), len(places)
        return count >= _ENOUGH_BEADS and 1 - 6 * apart / (count * (count * count - 1)) <= _BACKWARDS

    def pairs(self) -> tuple[tuple[str, str, float], ...]:
        """The texts of both sides and the score of each bead, in order; segments of one side are joined by a space."""
        return tuple(
            (
                " ".join(self.source.segments[number].text for number in bead.source),
                " ".join(self.target.segments[number].text for number in bead.target),
                bead.score,
            )
            for bead in self.beads
        )

    def _repr_html_(self) -> str:
        """A table for notebooks (IPython's display protocol); all text is escaped."""
        from html import escape

        cell = "<td style='text-align:left'>"
        rows = "".join(
            f"<tr>{cell}{escape(source)}</td>{cell}{escape(target)}</td><td>{score:.2f}</td></tr>" for source, target, score in self.pairs()
        )
        head = f"<tr><th>{escape(self.source.language)}</th><th>{escape(self.target.language)}</th><th>score</th></tr>"
        return f"<table>{head}{rows}</table><p>{escape(self.signature)}</p>"


Lack = Literal["untranslated", "one-sided", "no-encoder"]
"""Why a score is missing.

* ``untranslated``: the target is a copy of the source in its language. Its adequacy is 0, its risk 1, and there is no quality to rank.
* ``one-sided``: there is no text on one side.
* ``no-encoder``: no encoder that tells words apart covers both languages.
"""


class Scores(Struct, frozen=True, kw_only=True):
    """Four different questions about a bead or a document; None where no honest answer is available."""

    alignment: float | None = None
    """Are these the right segments? A calibrated probability, 0..1."""
    adequacy: float | None = None
    """How much of each side does the other cover? 0..1."""
    quality: float | None = None
    """For ranking translations of one source; unbounded, higher is better."""
    risk: float | None = None
    """How likely is a named error? 0..1."""
    lack: Lack | None = None
    """Why one of them is missing; None where none is."""


class Coverage(Struct, frozen=True, kw_only=True):
    """Share of each side's characters that are in beads with two sides, 0..1."""

    source: float
    target: float


class Place(Struct, frozen=True, kw_only=True):
    """Where a finding is: a stretch of one document."""

    span: Span
    """In the document's text."""
    start: Position
    """The span's first character, for people."""
    end: Position
    """The position behind the span's last character."""
    kind: FragmentKind
    language: Language
    text: str
    """The words the finding is about, markup removed."""
    segments: tuple[int, ...] = ()
    """Ids of the segments it touches on its side; empty where the fault lies outside all segments."""


def place_of(document: Document, passage: Fragment | Segment, start: int = 0, end: int | None = None) -> Place:
    """The place of ``passage.text[start:end]`` in its document; a segment's place names the segment."""
    stop = len(passage.text) if end is None else end
    span = passage.locate(start, stop)
    return Place(
        span=span,
        start=document.position(span.start),
        end=document.position(span.end),
        kind=passage.kind,
        language=passage.language,
        text=passage.text[start:stop],
        segments=(passage.id,) if isinstance(passage, Segment) else (),
    )


class Finding(Struct, frozen=True, kw_only=True):
    """A named fault at a place on one or both sides."""

    rule: str
    """Id of the rule, as in ``transcmp explain RULE``."""
    severity: Severity
    message: str
    """One sentence: what was expected and what was found, with line numbers, in words an editor understands."""
    source: Place | None
    target: Place | None
    score: float | None = None
    """The figure the rule decided on, 0..1, higher is graver; None where the rule is yes or no."""
    fingerprint: str = ""
    """Stable name of this finding: survives re-wrapping, moved lines and edits elsewhere in its paragraph."""
    bead: int | None = None
    """Position in ``Alignment.beads``, if it belongs to one."""
    evidence: tuple[str, ...] = ()
    """What the rule decided on, a line each: words, their figures, the threshold. ``transcmp explain`` shows it; empty where the places say
    it all."""


class Uncovered(Struct, frozen=True, kw_only=True):
    """A word of a bead that nothing on the other side stands for: perhaps omitted (source) or added (target)."""

    side: Literal["source", "target"]
    segment: int
    """Id of its segment on that side."""
    start: int
    """First offset in the segment's text."""
    end: int
    """Offset behind its last character."""
    score: float
    """How little of it is covered, 0..1, higher is worse."""


class Comparison(Struct, frozen=True, kw_only=True):
    """Everything known about one pair of documents, or one mixed document."""

    alignment: Alignment
    mixed: bool
    """Whether both sides are fragments of one document."""
    coverage: Coverage
    bead_scores: tuple[Scores, ...] = ()
    """A Scores a bead, in the alignment's order; empty where scores were not asked for."""
    scores: Scores = Scores()
    """Of the whole document."""
    intervals: dict[str, tuple[float, float]] = {}
    """Bootstrap intervals (95 %) of the document's scores, by their names."""
    scores_signature: str = ""
    """How the scores were made: encoder, models and resampling; empty where scores were not asked for."""
    uncovered: tuple[Uncovered, ...] = ()
    """Words that the other side does not cover, in order; empty where scores were not asked for."""
    findings: tuple[Finding, ...] = ()
    """In the order of their places."""
    signature: str = ""
    """How the findings were made: the alignment's signature, rules and options."""


class DocumentName(Struct, frozen=True, kw_only=True):
    """A document as reports name it."""

    path: str
    """As the user wrote it."""
    language: Language


class Checked(Struct, frozen=True, kw_only=True):
    """What ``check`` says of one pair: all that a report needs, without the texts."""

    source: DocumentName
    target: DocumentName | None
    """None: there is no translation (``missing-file``), or the source stands alone."""
    score: float | None
    """As :attr:`Alignment.score`; None where nothing was compared."""
    coverage: Coverage | None
    findings: tuple[Finding, ...]
    mixed: bool = False
    """Whether source and target are one file."""
    silenced: int = 0
    """Findings that a dismissal, an inline comment or the baseline covers; they are not in ``findings``."""


class Unreadable(Struct, frozen=True, kw_only=True):
    """A file that could not be checked."""

    path: str
    """As the user wrote it."""
    message: str
    """What is wrong with it."""


class CheckRun(Struct, frozen=True, kw_only=True):
    """The result of one run of ``check``."""

    signature: str
    pairs: tuple[Checked, ...]
    passed: bool
    """Whether what was found lets it pass: nothing at or above ``--fail-on``, no threshold missed. What is unreadable is not asked."""
    reasons: tuple[str, ...] = ()
    """Why it did not pass, and what else must be said: one sentence each."""
    fail_on: Literal["error", "warning", "note", "never"] = "error"
    """The least severity that fails."""
    rules: tuple[tuple[str, str], ...] = ()
    """Id and one-line summary of every rule that could have run."""
    unreadable: tuple[Unreadable, ...] = ()
    """Files that could not be checked, in the order of their paths."""

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that was read, or should have been, as the user wrote it."""
        read = (name.path for pair in self.pairs for name in (pair.source, pair.target) if name is not None)
        return (*dict.fromkeys(read), *(item.path for item in self.unreadable))

    def fails(self, finding: Finding) -> bool:
        """Whether a finding is at or above :attr:`fail_on`."""
        order = ("error", "warning", "note")
        return self.fail_on != "never" and order.index(finding.severity) <= order.index(self.fail_on)

    def count(self, severity: Severity) -> int:
        """Number of findings of this severity."""
        return sum(finding.severity == severity for pair in self.pairs for finding in pair.findings)

    @property
    def score(self) -> float | None:
        """Mean score of the compared pairs; None where there are none."""
        scores = [pair.score for pair in self.pairs if pair.score is not None]
        return sum(scores) / len(scores) if scores else None
