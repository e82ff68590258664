"""What people decided about findings, and what a baseline holds: the files of ``.transcmp/``.

``with_fingerprints`` names findings so that they are known again, ``Dismissal`` and the baseline's ``Record`` silence them, ``apply`` says
which are silenced and which records silence nothing any more, ``Remark`` is what somebody says of a bead, ``save_alignment`` keeps an
alignment that a person put right.
"""

from __future__ import annotations

from transcmp.decisions.alignments import Kept, alignment_path, load_alignment, save_alignment
from transcmp.decisions.fingerprints import fingerprint, is_named, sketches, with_fingerprints
from transcmp.decisions.matching import Applied, apply
from transcmp.decisions.records import (
    BASELINE,
    DECISIONS,
    Dismissal,
    Record,
    Remark,
    add_dismissal,
    load_baseline,
    load_decisions,
    load_decisions_about,
    record_of,
    remove_dismissal,
    save_baseline,
    save_decisions,
)
from transcmp.decisions.remarks import digest, load_remarks, save_remark

__all__ = [
    "BASELINE",
    "DECISIONS",
    "Applied",
    "Dismissal",
    "Kept",
    "Record",
    "Remark",
    "add_dismissal",
    "alignment_path",
    "apply",
    "digest",
    "fingerprint",
    "is_named",
    "load_alignment",
    "load_baseline",
    "load_decisions",
    "load_decisions_about",
    "load_remarks",
    "record_of",
    "remove_dismissal",
    "save_alignment",
    "save_baseline",
    "save_decisions",
    "save_remark",
    "sketches",
    "with_fingerprints",
]
