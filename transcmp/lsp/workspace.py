"""What the editor has open, what belongs together, and how it compares."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from transcmp import decisions, pipeline, readers
from transcmp.checks.options import Options as RuleOptions
from transcmp.config import Project, load
from transcmp.errors import TranscmpError
from transcmp.files import project_path
from transcmp.model import Bead, Comparison, Document, Finding, Side
from transcmp.pipeline import Options
from transcmp.pipeline.tree import find
from transcmp.pipeline.update import update


class Pairing(Struct, frozen=True):
    """Two files that belong together, or a mixed document alone; absolute paths."""

    source: str
    target: str | None


class Workspace:
    """The open files of an editor and the comparisons they take part in."""

    def __init__(self, root: str | None, pairs: Iterable[Pairing] = ()) -> None:
        """``pairs`` are named by the editor's settings; those of the project's settings join them."""
        self.root = root
        self.project: Project | None = None
        self.given = tuple(pairs)
        self.texts: dict[str, str] = {}
        """Texts of open files, by path, as they are in the editor."""
        self._compared: dict[Pairing, Comparison] = {}
        self._pairs: tuple[Pairing, ...] | None = None

    def pairs(self) -> tuple[Pairing, ...]:
        """All pairs that are known; raises ConfigError where the project's settings are wrong."""
        if self._pairs is None:
            self._pairs = (*self.given, *self._of_project())
        return self._pairs

    def forget_settings(self) -> None:
        """Read the project's settings again when they are next needed."""
        self._pairs = self.project = None
        self._compared.clear()

    def pairs_of(self, path: str) -> Iterator[Pairing]:
        """The pairs that a file is part of; one that is in none is a mixed document."""
        found = False
        for pairing in self.pairs():
            if path in (pairing.source, pairing.target):
                found = True
                yield pairing
        if not found:
            yield Pairing(path, None)

    def comparison(self, pairing: Pairing, *, again: bool = False) -> Comparison:
        """The comparison of a pair as its texts are now; ``again`` after an edit. Raises TranscmpError."""
        known = self._compared.get(pairing)
        if known is not None and not again:
            return known
        source = self._document(pairing.source)
        target = None if pairing.target is None else self._document(pairing.target)
        made = update(known, source, target, options=self._options()) if known is not None else self._compare(source, target)
        self._compared[pairing] = made
        return made

    def shown(self, comparison: Comparison) -> tuple[Finding, ...]:
        """The findings that no dismissal silences."""
        if self.project is None:
            return comparison.findings
        records = decisions.load_decisions(self.project.folder)
        return decisions.apply(comparison.findings, decisions.sketches(comparison), records).kept

    def dismiss(self, comparison: Comparison, finding: Finding, reason: str) -> None:
        """Keep a dismissal, so that ``check`` and the terminal UI obey it too. Raises TranscmpError."""
        if self.project is None:
            raise TranscmpError(message="there is no project to keep the decision in", hint="open a folder")
        sketch = decisions.sketches(comparison)[comparison.findings.index(finding)]
        names = [project_path(side.document.path, self.project.root) for side in _sides(comparison)]
        record = decisions.record_of(finding, names[0], None if comparison.mixed else names[1], sketch)
        decisions.add_dismissal(self.project.folder, record, reason)

    def _compare(self, source: Document, target: Document | None) -> Comparison:
        rules = RuleOptions(settings=self.project.settings) if self.project else None
        return pipeline.check(source, target, options=self._options(), rules=rules)

    def _options(self) -> Options:
        if self.project is None:
            return Options()
        settings = self.project.settings
        return Options(encoder=settings.encoder, detector=settings.detector, folder=str(self.project.folder))

    def _document(self, path: str) -> Document:
        text = self.texts.get(path)
        if text is None:
            return readers.read(path)
        return readers.parse(text, path=path, format=readers.format_of(path))

    def _of_project(self) -> Iterator[Pairing]:
        if self.root is None:
            return
        self.project = load(self.root)
        if not self.project.settings.pairs:
            return
        for pair in find(self.project).pairs:
            source, target = (str(Path(self.project.root, name)) for name in (pair.source, pair.target))
            yield Pairing(os.path.abspath(source), os.path.abspath(target))  # noqa: PTH100 - links stay as the editor wrote them


def bead_at(comparison: Comparison, path: str, offset: int) -> tuple[Bead, str] | None:
    """The bead of the segment at an offset of one file, and which side that is."""
    for name, side in (("source", comparison.alignment.source), ("target", comparison.alignment.target)):
        if os.path.abspath(side.document.path) != path:  # noqa: PTH100
            continue
        number = _segment_at(side, offset)
        for bead in comparison.alignment.beads if number is not None else ():
            if number in getattr(bead, name):
                return bead, name
    return None


def _segment_at(side: Side, offset: int) -> int | None:
    inside = [item for item in side.segments if item.span.start <= offset <= item.span.end]
    return min(inside, key=lambda item: len(item.span)).id if inside else None


def _sides(comparison: Comparison) -> tuple[Side, Side]:
    return comparison.alignment.source, comparison.alignment.target
