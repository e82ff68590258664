"""Bead screen, fourth part: repair and judgement."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from transcmp.errors import TranscmpError, UsageError
from transcmp.model import Bead, Finding
from transcmp.tui import kept, repair
from transcmp.tui.paint import Flags
from transcmp.tui.repair import Ids, ids
from transcmp.tui.screens.looking import Looking


class Repairing(Looking):
    """Keys that change the alignment, and what is thought of it."""

    picked: list[Ids]

    def flags_of(self, row: int) -> Flags:
        """What the user has done with a row."""
        sheet = self.beads.sheet
        assert sheet is not None
        bead = sheet.bead(row)
        remark = self.session.remark_on(bead)
        judged = "✎" if remark is not None and remark.comment else "✓" if sheet.judged_at(row) or (remark and remark.accepted) else ""
        return Flags(picked=ids(bead) in self.picked, locked=self.session.is_locked(bead), judged=judged)

    # -- repair -------------------------------------------------------------------------------------------------------------------------

    def _repair(self, change: Callable[[tuple[Bead, ...], int], Sequence[Bead]]) -> None:
        """Make a step at the cursor and show it."""
        sheet = self.beads.sheet
        if sheet is None or not len(sheet) or not self.is_compared():
            return
        row = self.beads.cursor
        at = sheet.order[row]
        keep = ids(sheet.bead(row))
        try:
            self.session.repair(lambda beads: change(beads, at))
        except UsageError as error:
            self.say(f"{error}.")
            return
        self.show_repaired(keep)

    def show_repaired(self, keep: Ids) -> None:
        """Show the beads as they are now, the cursor on the bead that has the first segment of ``keep``."""
        sheet = self.session.sheet
        if sheet is None:
            return
        source, target = keep
        row = self.beads.cursor
        if source:
            row = sheet.row_of_segment("source", source[0])
        elif target:
            row = sheet.row_of_segment("target", target[0])
        self.picked.clear()
        self.show_sheet(sheet, row)
        self.save_recovery()

    def action_merge(self) -> None:
        """Join with the next bead."""
        self._repair(repair.merge)

    def action_split(self) -> None:
        """Cut in two."""
        self._repair(repair.split)

    def action_unlink(self) -> None:
        """Take the sides apart."""
        self._repair(repair.unlink)

    def action_shift(self, direction: int) -> None:
        """Move a segment of the chosen side to a neighbour."""
        self._repair(lambda beads, at: repair.shift(beads, at, self.side, direction))

    def action_pick(self) -> None:
        """Mark or unmark a bead."""
        sheet = self.beads.sheet
        if sheet is None or not self.is_compared():
            return
        bead = ids(sheet.bead(self.beads.cursor))
        if bead in self.picked:
            self.picked.remove(bead)
        else:
            self.picked = [*self.picked[-1:], bead]
        self.beads.repaint()

    def action_link(self) -> None:
        """Join the marked beads, or the marked one and this."""
        sheet = self.beads.sheet
        if sheet is None or not self.is_compared():
            return
        chosen = self.picked if len(self.picked) == 2 else [*self.picked, ids(sheet.bead(self.beads.cursor))]
        places = {ids(bead): number for number, bead in enumerate(sheet.comparison.alignment.beads)}
        if len(chosen) < 2:
            self.say("Mark another bead first, with p.")
            return
        self._repair(lambda beads, _: repair.link(beads, places[chosen[0]], places[chosen[1]]))

    def action_undo(self) -> None:
        """One step back."""
        self._travel(self.session.undo, "Nothing to undo.")

    def action_redo(self) -> None:
        """One step on."""
        self._travel(self.session.redo, "Nothing to redo.")

    def _travel(self, travel: Callable[[], bool], otherwise: str) -> None:
        sheet = self.beads.sheet
        if sheet is None or not len(sheet):
            return
        keep = ids(sheet.bead(self.beads.cursor))
        if travel():
            self.show_repaired(keep)
        else:
            self.say(otherwise)

    # -- save, align anew ---------------------------------------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Save the repaired alignment, then score it."""
        if self.save():
            self.reassess()

    def save(self) -> bool:
        """Write what was repaired; whether nothing is left unsaved."""
        session = self.session
        if session.folder is None:
            self.say("There is no project folder to save to.", error=True)
            return False
        changed = [item for item in session.translations if item.history.changed and item.comparison is not None]
        if not changed:
            self.say("Nothing to save.")
            return True
        if any(item.pair.target is None for item in changed):  # align would not look for it
            self.say("Only the alignment of two files is kept for other runs; x writes this one as JSON, TSV or TMX.", error=True)
            return False
        for item in changed:
            assert item.comparison is not None
            try:
                path = kept.save(session.folder, item.comparison, item.locked())
            except TranscmpError as error:
                self.say_error(error)
                return False
            item.history.saved()
            kept.discard_recovery(session.folder, item.comparison)
            self.say(f"Saved {path}")
        return True

    def action_realign(self) -> None:
        """Align anew around the beads that were set by hand."""
        if self.is_compared():
            self.realign()

    # -- judge --------------------------------------------------------------------------------------------------------------------------

    def _findings_here(self) -> tuple[Finding, ...]:
        sheet = self.beads.sheet
        return sheet.findings_at(self.beads.cursor) if sheet is not None and len(sheet) else ()

    def action_accept(self) -> None:
        """Say that the bead is translated well, or take that back."""
        sheet = self.beads.sheet
        if sheet is None or not self.is_compared():
            return
        row = self.beads.cursor
        bead = sheet.bead(row)
        remark = self.session.remark_on(bead)
        if remark is not None and remark.accepted:
            dismissed = [finding for finding in sheet.comparison.findings if sheet.row_of_finding(finding) == row]
            self._judge(lambda: self.session.unaccept(bead, dismissed))
        else:
            self._judge(lambda: self.session.accept(bead, self._findings_here()))

    def action_dismiss_finding(self) -> None:
        """Ask for a reason, and which finding if there are several."""
        findings = self._findings_here()
        if not findings:
            self.say("There is no finding here to dismiss.")
        elif len(findings) == 1:
            self.ask_reason(findings[0])
        else:
            from transcmp.tui.screens.ask import Choose

            names = [f"{finding.rule}: {finding.message}" for finding in findings]
            self.app.push_screen(Choose("Dismiss", names), lambda number: None if number is None else self.ask_reason(findings[number]))

    def ask_reason(self, finding: Finding) -> None:
        """Ask why a finding is none, and dismiss it."""

        def answer(reason: str) -> None:
            if not reason.strip():
                raise UsageError(message="give a reason, for those who come after you")
            self._dismiss((finding,), reason)

        self.prompt.ask(f"Dismiss {finding.rule} because:", answer)

    def _dismiss(self, findings: Sequence[Finding], reason: str) -> None:
        self._judge(lambda: self.session.dismiss(findings, reason))

    def _judge(self, decide: Callable[[], None]) -> None:
        """Write a decision and show it."""
        try:
            decide()
        except TranscmpError as error:
            self.say_error(error)
        sheet = self.session.sheet
        if sheet is not None:
            self.show_sheet(sheet, self.beads.cursor)

    def action_comment(self) -> None:
        """Ask for a comment on the bead; an empty one takes it back."""
        sheet = self.beads.sheet
        if sheet is None or not self.is_compared():
            return
        bead = sheet.bead(self.beads.cursor)
        remark = self.session.remark_on(bead)

        def answer(text: str) -> None:
            self.session.comment(bead, text)
            self.beads.redraw_cursor()
            self.beads.followed()

        self.prompt.ask("Comment:", answer, value=remark.comment if remark else "")
