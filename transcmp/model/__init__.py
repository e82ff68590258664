"""The values that every step takes and returns. All are frozen.

    Document ── Fragment ── Segment        what was read, cut ever finer
    Side = a document's segments           what is aligned
    Alignment = Side + Side + Beads        who translates whom
    Comparison = Alignment + Scores + Findings

Offsets are 0-based code points into the text of a document or passage; spans are half-open. Lines and columns are 1-based, columns in code
points; only :meth:`Document.position` converts. An id is the position in its tuple.

    texts.py       documents, fragments, segments
    results.py     alignments, scores, findings
"""

from __future__ import annotations

from transcmp.model.results import (
    Alignment,
    Bead,
    Checked,
    CheckRun,
    Closest,
    Comparison,
    Coverage,
    DocumentName,
    Finding,
    Lack,
    Place,
    Scores,
    Severity,
    Uncovered,
    Unreadable,
    place_of,
)
from transcmp.model.texts import (
    NO_LANGUAGE,
    UNDETERMINED,
    Block,
    BlockKind,
    Document,
    Fragment,
    FragmentKind,
    Language,
    Mark,
    MarkKind,
    Passage,
    Piece,
    Position,
    Segment,
    Side,
    Span,
    Unit,
)

__all__ = [
    "NO_LANGUAGE",
    "UNDETERMINED",
    "Alignment",
    "Bead",
    "Block",
    "BlockKind",
    "CheckRun",
    "Checked",
    "Closest",
    "Comparison",
    "Coverage",
    "Document",
    "DocumentName",
    "Finding",
    "Fragment",
    "FragmentKind",
    "Lack",
    "Language",
    "Mark",
    "MarkKind",
    "Passage",
    "Piece",
    "Place",
    "Position",
    "Scores",
    "Segment",
    "Severity",
    "Side",
    "Span",
    "Uncovered",
    "Unit",
    "Unreadable",
    "place_of",
]
