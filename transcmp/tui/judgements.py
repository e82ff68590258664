"""What the user decides about findings, over :mod:`transcmp.decisions`."""

from __future__ import annotations

from pathlib import Path

from transcmp import decisions
from transcmp.decisions import Dismissal, Remark
from transcmp.files import project_path
from transcmp.model import Bead, Comparison, Finding

ACCEPTED = "the translation is fine"
"""The reason that ``a`` gives."""


class Judgements:
    """Dismissals and remarks of one project, obeyed and written."""

    def __init__(self, folder: Path | None) -> None:
        """``folder``: the project's ``.transcmp``; None: decisions last as long as the program."""
        self.folder = folder
        self._unsaved: dict[str, str] = {}
        self._remarks: dict[str, Remark] = {}

    def reasons(self, comparison: Comparison) -> dict[str, str]:
        """Why findings were dismissed, by their fingerprints. Raises ConfigError where the file is damaged."""
        if self.folder is None:
            return dict(self._unsaved)
        records = decisions.load_decisions_about(self.folder, *self._names(comparison))
        if not records:
            return {}
        applied = decisions.apply(comparison.findings, decisions.sketches(comparison), records)
        return {finding.fingerprint: record.reason for finding, record in applied.silenced if isinstance(record, Dismissal)}

    def hidden(self, comparison: Comparison) -> frozenset[str]:
        """Fingerprints of the findings that were dismissed. Raises ConfigError where the file is damaged."""
        return frozenset(self.reasons(comparison))

    def dismiss(self, comparison: Comparison, finding: Finding, reason: str) -> None:
        """Dismiss a finding. Raises WriteError and ConfigError."""
        if self.folder is None:
            self._unsaved[finding.fingerprint] = reason
            return
        decisions.add_dismissal(self.folder, self._record(comparison, finding), reason)

    def restore(self, comparison: Comparison, finding: Finding) -> None:
        """Take a dismissal back. Raises WriteError and ConfigError."""
        if self.folder is None:
            self._unsaved.pop(finding.fingerprint, None)
            return
        decisions.remove_dismissal(self.folder, self._record(comparison, finding))

    def remarks(self, comparison: Comparison) -> dict[str, Remark]:
        """What was said of beads, by the digests of their words. Raises ConfigError where the file is damaged."""
        return dict(self._remarks) if self.folder is None else decisions.load_remarks(self.folder, comparison.alignment)

    def remark(self, comparison: Comparison, bead: Bead, *, comment: str | None = None, accepted: bool | None = None) -> Remark:
        """Change what is said of a bead; returns what is said now. Raises WriteError and ConfigError."""
        if self.folder is not None:
            return decisions.save_remark(self.folder, comparison.alignment, bead, comment=comment, accepted=accepted)
        name = decisions.digest(comparison.alignment, bead)
        known = self._remarks.get(name) or Remark(target="", source="", bead=name, text="")
        self._remarks[name] = Remark(
            target="",
            source="",
            bead=name,
            text="",
            comment=known.comment if comment is None else comment,
            accepted=known.accepted if accepted is None else accepted,
        )
        return self._remarks[name]

    def _names(self, comparison: Comparison) -> tuple[str, str]:
        """Both paths as records have them."""
        root = self.folder.parent if self.folder is not None else Path()
        alignment = comparison.alignment
        source = project_path(alignment.source.document.path, root)
        return source, source if comparison.mixed else project_path(alignment.target.document.path, root)

    def _record(self, comparison: Comparison, finding: Finding) -> decisions.Record:
        source, target = self._names(comparison)
        at = comparison.findings.index(finding)
        return decisions.record_of(finding, source, None if comparison.mixed else target, decisions.sketches(comparison)[at])
