"""What the editor has open, what belongs together, and how it compares."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from transcmp import decisions, pipeline, readers
from transcmp.config import Project, Settings, load
from transcmp.errors import ReadError, TranscmpError
from transcmp.files import project_path
from transcmp.model import Bead, Comparison, Document, Finding, Language, Side
from transcmp.pipeline import Options, gate, jobs
from transcmp.pipeline.memory import Memory
from transcmp.pipeline.tree import find
from transcmp.pipeline.update import update


class Pairing(Struct, frozen=True):
    """Two files that belong together, or one document alone (mixed, or with both languages in it); absolute paths."""

    source: str
    target: str | None


class Result(Struct, frozen=True):
    """A pair as its texts are now."""

    comparison: Comparison
    findings: tuple[Finding, ...]
    """Those that ``check`` tells: settings and comments in the documents are obeyed, dismissals are not."""
    sketches: tuple[str, ...]
    """Surroundings of the findings, by which dismissals are known again."""


class Outdated(Exception):  # noqa: N818 - nothing is wrong
    """A text was edited while it was compared."""


class Workspace:
    """The open files of an editor and the comparisons they take part in."""

    def __init__(self, root: str | None, pairs: Iterable[Pairing] = ()) -> None:
        """``pairs`` are named by the editor's settings; those of the project's settings join them."""
        self.root = root
        self.project: Project | None = None
        self.given = tuple(pairs)
        self.texts: dict[str, str] = {}
        """Texts of open files, by path, as they are in the editor."""
        self._documents: dict[str, tuple[Hashable, Document]] = {}
        self._results: dict[Pairing, Result] = {}
        self._memory = Memory()
        self._pairs: dict[Pairing, tuple[Language | None, Language | None]] | None = None
        """With their languages, where the settings name them."""

    def pairs(self) -> tuple[Pairing, ...]:
        """All pairs that are known; raises ConfigError where the project's settings are wrong."""
        return tuple(self._known())

    def forget_settings(self) -> None:
        """Read the project's settings again when they are next needed."""
        self._pairs = self.project = None
        self._results.clear()

    def pairs_of(self, path: str) -> Iterator[Pairing]:
        """The pairs that a file is part of; one that is in none stands alone."""
        found = [pairing for pairing in self.pairs() if path in (pairing.source, pairing.target)]
        yield from found or [Pairing(path, None)]

    def result(self, pairing: Pairing) -> Result:
        """What is known of a pair; compared now if it never was. Raises TranscmpError."""
        return self._results.get(pairing) or self.compare(pairing)

    def compare(self, pairing: Pairing, *, whole: bool = True) -> Result:
        """Compare a pair as its texts are now; not ``whole``: only what lies around an edit, until a further one comes.

        Raises TranscmpError, and Outdated where a text has changed meanwhile; what was known is still known then.
        """
        before = self._results.pop(pairing, None)  # where it fails, nothing is known
        try:
            return self._compare(pairing, None if whole else before)
        except Outdated:
            if before is not None:
                self._results[pairing] = before
            raise

    def _compare(self, pairing: Pairing, before: Result | None) -> Result:
        """``before``: the last result, of which all that no edit is near to is kept."""
        languages = self._known().get(pairing, (None, None))
        options = replace(self._options(), source_language=languages[0], target_language=languages[1])
        rules = jobs.rule_options(self._settings(), self._root())
        if pairing.target is None and readers.is_bilingual(pairing.source):  # from the disk: it is as it was saved last
            made = pipeline.check(pairing.source, options=options, rules=rules)
        else:
            go_on = self._unless_edited(pairing)
            source = self._document(pairing.source)
            target = None if pairing.target is None else self._document(pairing.target)
            if before is None:
                made = pipeline.check(source, target, options=options, rules=rules)
            else:
                made = update(before.comparison, source, target, options=options, rules=rules, memory=self._memory, go_on=go_on)
        outcome = jobs.of(made, self._settings())
        findings = () if outcome.checked is None else outcome.checked.findings
        result = self._results[pairing] = Result(made, findings, outcome.sketches)
        return result

    def _unless_edited(self, pairing: Pairing) -> Callable[[], None]:
        """What raises Outdated once a text of a pair in the editor is another one than now."""
        now = {name: self.texts[name] for name in (pairing.source, pairing.target or "") if name in self.texts}

        def go_on() -> None:
            if any(self.texts.get(name, text) != text for name, text in now.items()):
                raise Outdated

        return go_on

    def shown(self, result: Result) -> tuple[Finding, ...]:
        """The findings that no dismissal silences."""
        if self.project is None:
            return result.findings
        name = self._names(result.comparison)[-1]
        records = [record for record in decisions.load_decisions(self.project.folder) if record.target == name]
        return decisions.apply(result.findings, result.sketches, records).kept

    def dismiss(self, result: Result, finding: Finding, reason: str) -> None:
        """Keep a dismissal, so that ``check`` and the terminal UI obey it too. Raises TranscmpError."""
        if self.project is None:
            raise TranscmpError(message="there is no project to keep the decision in", hint="open a folder")
        names = self._names(result.comparison)
        sketch = result.sketches[result.findings.index(finding)]
        record = decisions.record_of(finding, names[0], None if result.comparison.mixed else names[1], sketch)
        decisions.add_dismissal(self.project.folder, record, reason)

    def _names(self, comparison: Comparison) -> list[str]:
        sides = (comparison.alignment.source, comparison.alignment.target)
        return [project_path(side.document.path, self._root()) for side in sides]

    def _settings(self) -> Settings:
        return Settings() if self.project is None else self.project.settings

    def _root(self) -> Path:
        return Path() if self.project is None else self.project.root

    def _options(self) -> Options:
        return Options() if self.project is None else gate.options_for(self.project, Options())

    def _document(self, path: str) -> Document:
        """The text in the editor, else the file on the disk; read again only if it is another one."""
        text = self.texts.get(path)
        key: Hashable = text
        if text is None:
            try:
                status = Path(path).stat()
            except OSError as error:
                raise ReadError(message=error.strerror or str(error), path=path) from error
            key = (status.st_mtime_ns, status.st_size)
        known = self._documents.get(path)
        if known is not None and known[0] == key:
            return known[1]
        document = readers.read(path) if text is None else readers.parse(text, path=path, format=readers.format_of(path))
        self._documents[path] = (key, document)
        return document

    def _known(self) -> dict[Pairing, tuple[Language | None, Language | None]]:
        if self._pairs is None:
            self._pairs = dict.fromkeys(self.given, (None, None)) | dict(self._of_project())
        return self._pairs

    def _of_project(self) -> Iterator[tuple[Pairing, tuple[Language | None, Language | None]]]:
        if self.root is None:
            return
        self.project = load(self.root)
        if not self.project.settings.pairs:
            return
        for pair in find(self.project).pairs:
            # not resolved: links stay as the editor wrote them
            source, target = (os.path.abspath(self.project.root / name) for name in (pair.source, pair.target))  # noqa: PTH100
            yield Pairing(source, target), (pair.source_language, pair.target_language)


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
