"""What is open: a source with its translations, what is known about each, and what the user did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from transcmp import decisions
from transcmp.decisions import Remark
from transcmp.model import Bead, Comparison, Finding
from transcmp.pipeline.gradual import Part
from transcmp.tui import places
from transcmp.tui.judgements import ACCEPTED, Judgements
from transcmp.tui.places import Spot
from transcmp.tui.repair import History, Ids, ids
from transcmp.tui.rows import Sheet
from transcmp.tui.work import Pair, Watcher, Work

Stage = Literal["waiting", "preview", "ready", "failed"]
"""Of a translation: nothing yet; both texts; its beads, and as much about them as is known; an error."""


class Compared(NamedTuple):
    """What is known of a comparison so far, with what was decided about it earlier."""

    comparison: Comparison
    aligned: bool = True
    """False: both texts, nothing more."""
    hidden: frozenset[str] = frozenset()
    """Fingerprints of findings that were dismissed."""
    locked: frozenset[Ids] = frozenset()
    """Beads that a person set."""
    remarks: dict[str, Remark] = {}  # noqa: RUF012 - never changed
    """What was said of beads, by the digests of their words."""


class Translation:
    """One target and what is known about it."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.stage: Stage = "waiting"
        self.error = ""
        """Why it failed."""
        self.comparison: Comparison | None = None
        """As it is shown, with the repairs."""
        self.sheet: Sheet | None = None
        self.history = History(())
        self.cursor = 0
        """Row to come back to."""
        self.awaited: Spot | None = None
        """Place to go to as soon as it is loaded."""
        self.remarks: dict[str, Remark] = {}
        """What was said of beads, by the digests of their words."""

    def show(self, comparison: Comparison, hidden: frozenset[str], *, scored: bool = True) -> None:
        """Take a comparison for what is shown."""
        self.comparison = comparison
        self.sheet = Sheet(comparison, hidden=hidden, scored=scored, unscored=self.unscored if scored else None)
        self.stage = "ready" if scored else "preview"

    def spot(self) -> Spot | None:
        """The place under the cursor, to come back to when the beads are other ones."""
        return None if self.sheet is None else places.spot_of(self.sheet, self.cursor)

    def go_to(self, spot: Spot) -> None:
        """Put the cursor on a place, now or as soon as it is loaded."""
        if self.sheet is None:
            self.awaited = spot
        elif len(self.sheet):
            self.cursor, self.awaited = places.row_of(self.sheet, spot), None

    def remark_on(self, bead: Bead) -> Remark | None:
        """What somebody said of a bead."""
        if self.comparison is None or not self.remarks:
            return None
        return self.remarks.get(decisions.digest(self.comparison.alignment, bead))

    def is_locked(self, bead: Bead) -> bool:
        """Whether a person made or accepted a bead: it stays when the rest is aligned anew."""
        remark = self.remark_on(bead)
        return ids(bead) in self.history.locked or (remark is not None and remark.accepted)

    def locked(self) -> list[Bead]:
        """The beads that stay when the rest is aligned anew, in order."""
        return [bead for bead in self.history.beads if self.is_locked(bead)]

    def unscored(self, bead: Bead) -> bool:
        """Whether nobody has scored a bead since a person made it."""
        return bead.score == 0.0 and ids(bead) in self.history.locked


class Session:
    """Everything that lives as long as the program."""

    def __init__(self, work: Work, pairs: Sequence[Pair], *, folder: Path | None = None) -> None:
        """``folder``: the project's ``.transcmp``, for decisions and repaired alignments; None: nothing is kept."""
        self.work = work
        self.folder = folder
        self.judgements = Judgements(folder)
        self.translations = [Translation(pair) for pair in pairs]
        self.current = 0
        """Position of the translation that is shown."""
        self.beside: tuple[int, ...] = ()
        """Positions of the translations it is compared with, word by word."""

    @property
    def translation(self) -> Translation:
        """The one that is shown."""
        return self.translations[self.current]

    @property
    def sheet(self) -> Sheet | None:
        """Its sheet, if there is one."""
        return self.translation.sheet

    @property
    def unsaved(self) -> bool:
        """Whether a repair is not on the disk."""
        return any(item.history.changed for item in self.translations)

    # -- loading: called in threads -----------------------------------------------------------------------------------------------------

    def compare(self, number: int, watcher: Watcher) -> Iterator[Compared]:
        """Everything about a translation, and what was decided about it earlier. Raises TranscmpError."""
        return self._decided(self.work.compare(self.translations[number].pair, watcher))

    def reassess(self, number: int, watcher: Watcher) -> Iterator[Compared]:
        """Findings and scores of a translation's beads as they are now. Raises TranscmpError."""
        one = self.translations[number]
        return iter(()) if one.comparison is None else self._decided(self.work.reassess(one.comparison, one.history.beads, watcher))

    def realign(self, number: int, watcher: Watcher) -> Iterator[Compared]:
        """Align anew what no person has set. Raises TranscmpError."""
        one = self.translations[number]
        if one.comparison is None:
            return iter(())
        return self._decided(self.work.realign(one.comparison, one.locked(), watcher))

    def _decided(self, parts: Iterator[Part]) -> Iterator[Compared]:
        """Parts with what was decided: about the beads with the first of them, about findings whenever there are others."""
        from transcmp.tui.kept import kept_locks

        before: Compared | None = None
        for comparison, stage in parts:
            if stage == "texts":
                yield Compared(comparison, aligned=False)
            elif before is None:
                before = Compared(
                    comparison,
                    hidden=self.judgements.hidden(comparison),
                    locked=kept_locks(self.folder, comparison),
                    remarks=self.judgements.remarks(comparison),
                )
                yield before
            else:
                same = comparison.findings is before.comparison.findings
                hidden = before.hidden if same else self.judgements.hidden(comparison)
                before = before._replace(comparison=comparison, hidden=hidden)
                yield before

    def save_recovery(self) -> None:
        """Write unsaved repairs where the next run finds them, and forget what is no longer needed there. Raises WriteError."""
        from transcmp.tui import kept

        for one in self.translations:
            if self.folder is not None and one.comparison is not None and one.stage == "ready" and not one.comparison.mixed:
                if one.history.changed:
                    kept.save_recovery(self.folder, one.comparison, one.locked())
                else:
                    kept.discard_recovery(self.folder, one.comparison)

    def save_again(self, number: int) -> None:
        """Write a kept alignment anew, unless it was changed meanwhile. Raises WriteError."""
        from transcmp.tui import kept

        one = self.translations[number]
        if self.folder is not None and one.comparison is not None and not one.history.changed:
            kept.save(self.folder, one.comparison, one.locked())

    def stamps(self) -> tuple[int, ...]:
        """When the files of the translation that is shown were written, in nanoseconds; 0 for one that is not there."""
        return tuple(_stamp(path) for path in self.translation.pair.paths)

    # -- taking over: called in the event loop ------------------------------------------------------------------------------------------

    def take(self, number: int, found: Compared) -> None:
        """Show the first of a comparison; the cursor stays at its place."""
        one = self.translations[number]
        spot = one.awaited or one.spot()
        if found.aligned:
            one.history = History(found.comparison.alignment.beads, found.locked)
            one.remarks = found.remarks
        one.show(found.comparison, found.hidden, scored=found.aligned)
        if spot is not None:
            one.go_to(spot)

    def take_more(self, number: int, found: Compared) -> None:
        """Show more about the same beads; those that were repaired meanwhile stay as they are."""
        one = self.translations[number]
        if one.comparison is None or one.sheet is None:
            return
        hidden = one.sheet.hidden | found.hidden  # what was dismissed meanwhile may be newer than what came
        comparison = found.comparison
        if [*map(ids, one.history.beads)] != [*map(ids, comparison.alignment.beads)]:
            comparison = self.work.arranged(comparison, one.history.beads)
        one.show(comparison, hidden)

    def place(self) -> Spot | None:
        """The place under the cursor."""
        return self.translation.spot()

    def go_to(self, spot: Spot | None) -> None:
        """Put the cursor of the translation that is shown on a place of the source."""
        if spot is not None and spot.column == "source":
            self.translation.go_to(spot)

    def fail(self, number: int, error: str) -> None:
        """A comparison could not be made."""
        one = self.translations[number]
        one.error = error
        if one.stage == "waiting":
            one.stage = "failed"

    def give_up(self) -> None:
        """The user does not want the repairs that are not saved."""
        for one in self.translations:
            one.history.saved()
        self.save_recovery()

    # -- repair -------------------------------------------------------------------------------------------------------------------------

    def repair(self, change: Callable[[tuple[Bead, ...]], Sequence[Bead]]) -> None:
        """Make one step. Raises UsageError where it makes no sense."""
        one = self.translation
        if one.comparison is not None:
            one.history.apply(self.work.arranged(one.comparison, change(one.history.beads)).alignment.beads)
            self._repaired()

    def undo(self) -> bool:
        """One step back; False if there is none."""
        return self.translation.history.undo() and self._repaired()

    def redo(self) -> bool:
        """One step on; False if there is none."""
        return self.translation.history.redo() and self._repaired()

    def is_locked(self, bead: Bead) -> bool:
        """Whether a person made or accepted a bead."""
        return self.translation.is_locked(bead)

    def _repaired(self) -> bool:
        self.show_repairs(self.current)
        return True

    def show_repairs(self, number: int) -> None:
        """Show a translation with the beads of its history."""
        one = self.translations[number]
        if one.comparison is not None and one.sheet is not None:
            one.show(self.work.arranged(one.comparison, one.history.beads), one.sheet.hidden)

    # -- judging ------------------------------------------------------------------------------------------------------------------------

    def dismiss(self, findings: Sequence[Finding], reason: str) -> None:
        """Dismiss findings of the translation that is shown. Raises WriteError."""
        one = self.translation
        if one.comparison is None or one.sheet is None:
            return
        for finding in findings:
            self.judgements.dismiss(one.comparison, finding, reason)
        one.sheet = one.sheet.hiding(one.sheet.hidden | {finding.fingerprint for finding in findings})

    def restore(self, finding: Finding) -> None:
        """Take a dismissal back. Raises WriteError."""
        one = self.translation
        if one.comparison is None or one.sheet is None:
            return
        self.judgements.restore(one.comparison, finding)
        one.sheet = one.sheet.hiding(one.sheet.hidden - {finding.fingerprint})

    def remark_on(self, bead: Bead) -> Remark | None:
        """What somebody said of a bead."""
        return self.translation.remark_on(bead)

    def comment(self, bead: Bead, text: str) -> None:
        """Comment on a bead; an empty text takes the comment back. Raises WriteError and ConfigError."""
        self._remark(bead, comment=" ".join(text.split()))

    def accept(self, bead: Bead, findings: Sequence[Finding]) -> None:
        """Say that a bead is translated well: its findings are none, and it stays when the rest is aligned anew.

        Raises WriteError and ConfigError.
        """
        self.dismiss(findings, ACCEPTED)
        self._remark(bead, accepted=True)

    def unaccept(self, bead: Bead, findings: Sequence[Finding]) -> None:
        """Take that back, for the bead and for those of ``findings`` that it dismissed. Raises WriteError and ConfigError."""
        one = self.translation
        reasons = {} if one.comparison is None else self.judgements.reasons(one.comparison)
        for finding in findings:
            if reasons.get(finding.fingerprint) == ACCEPTED:
                self.restore(finding)
        self._remark(bead, accepted=False)

    def _remark(self, bead: Bead, *, comment: str | None = None, accepted: bool | None = None) -> None:
        one = self.translation
        if one.comparison is None:
            return
        said = self.judgements.remark(one.comparison, bead, comment=comment, accepted=accepted)
        one.remarks[said.bead] = said


def _stamp(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return 0
