"""The list of pairs of a directory or a project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from transcmp.errors import TranscmpError
from transcmp.tui import keys
from transcmp.tui.paint import SEVERITY_MARKS, bar, grade
from transcmp.tui.rows import SEVERITIES
from transcmp.tui.screens.listing import Listing
from transcmp.tui.text import fit
from transcmp.tui.threads import in_thread
from transcmp.tui.tree import ORDERS, Entry, Order, ordered
from transcmp.tui.widgets.bars import Bar, Keys
from transcmp.tui.widgets.lines import Styled
from transcmp.tui.widgets.prompt import Prompt
from transcmp.tui.widgets.table import Table
from transcmp.tui.work import Work
from transcmp.visible import percent, visible_each

_STATES = {"waiting": "", "working": "comparing…", "done": "", "failed": "failed", "missing": "no translation", "orphan": "no source"}
_FILTERS = ("all", "with findings", "stale")
_FIGURE_CELLS = 8 + 3 * 6 + 16
"""Score, three counts, state."""


class FilesScreen(Listing):
    """Pairs with score, findings and state; compared one after the other in the background."""

    KEYS: ClassVar[Sequence[keys.Key]] = keys.FILES
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.FILES)

    def __init__(self, work: Work, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.work = work
        self.entries = list(entries)
        self.order: Order = "name"
        self.shown_as = _FILTERS[0]
        self.dated = True
        """Whether git can tell which translations are stale."""

    def compose(self) -> ComposeResult:
        """Title, list, what is known of the pair under the cursor, keys."""
        yield Bar(id="title")
        yield Table(self._line, id="list")
        yield Bar(id="detail")
        yield Keys(id="keys")
        yield Prompt(id="prompt")

    def on_mount(self) -> None:
        """Show the list, then compare."""
        self.table.followed = self._describe
        self.call_after_refresh(self.show)
        self._compare_waiting()

    def chosen(self) -> list[Entry]:
        """The entries that are shown, in order."""
        words = self.words.casefold()
        found = [entry for entry in ordered(self.entries, self.order) if words in " ".join(entry.pair.paths).casefold()]
        if self.shown_as == "stale":
            return [entry for entry in found if entry.stale]
        return [entry for entry in found if entry.troubled] if self.shown_as == "with findings" else found

    def show_bars(self) -> None:
        """Title and keys."""
        done = sum(entry.state != "waiting" and entry.state != "working" for entry in self.entries)
        count = len(self.entries)
        notes = [
            self.shown_as if self.shown_as != "all" else "",
            f"“{visible_each(self.words)}”" if self.words else "",
            f"by {self.order}",
            "" if self.dated else "staleness unknown: no git",
        ]
        pieces: list[Styled] = [(" transcmp  ", "name"), (f"{len(self.table.items)} of {count} pairs", "strong")]
        pieces.append((f"  {' · '.join(note for note in notes if note)}", "quiet"))
        if done < count:
            pieces += [("  ", ""), (bar(done / max(count, 1), 20), "good"), (f" {done} of {count} compared", "quiet")]
        self.query_one("#title", Bar).content = (tuple(pieces),)
        self.query_one(Keys).show(self.KEYS)

    def _line(self, entry: Entry, width: int) -> Sequence[Styled]:
        names = max(width - _FIGURE_CELLS, 10)
        score = entry.score
        pieces: list[Styled] = [(fit(visible_each(entry.pair.name), names), "" if entry.state == "done" else "quiet")]
        pieces.append((f"{percent(score):>6}  " if score is not None else " " * 8, grade(score)))
        for severity in SEVERITIES:
            count = entry.count(severity)
            pieces.append((f"{SEVERITY_MARKS[severity]} {count:<3} " if count else " " * 6, severity))
        state = _STATES[entry.state] or (f"stale {entry.stale}" if entry.stale else "")
        pieces.append((fit(state, 16), "error" if entry.state == "failed" else "warning" if state else ""))
        return pieces

    def _describe(self) -> None:
        entry = self.table.item
        width = self.size.width
        detail = self.query_one("#detail", Bar)
        if entry is None:
            detail.content = ((("─" * width, "rule"),), ((" No pair is shown.", "quiet"),))
            return
        checked = entry.checked
        names = f"{entry.pair.source} → {entry.pair.target}" if entry.pair.target else entry.pair.source
        lines: list[tuple[Styled, ...]] = [(("─" * width, "rule"),), ((fit(f" {visible_each(names)}", width), "strong"),)]
        if entry.error:
            lines.append(((fit(f" {visible_each(entry.error)}", width), "error"),))
        elif checked is not None:
            rules: dict[str, int] = {}
            for finding in checked.findings:
                rules[finding.rule] = rules.get(finding.rule, 0) + 1
            text = "  ".join(f"{rule} {count}" for rule, count in sorted(rules.items(), key=lambda item: -item[1])) or "no findings"
            lines.append(((fit(f" {text}", width), "quiet"),))
        detail.content = tuple(lines)

    # -- comparing ----------------------------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="compare")
    async def _compare_waiting(self) -> None:
        """Compare what waits, in the order that is shown, until nothing is left or the user stops it."""
        try:
            self.dated = await in_thread(self.work.has_history)
        except TranscmpError as error:
            self.dated = False
            self.say_error(error)
        while (entry := next((item for item in (*self.table.items, *self.entries) if item.state == "waiting"), None)) is not None:
            await self._compare(entry)

    async def _compare(self, entry: Entry) -> None:
        entry.state = "working"
        self._changed(entry)
        try:
            entry.checked = await in_thread(self.work.check, entry.pair)
            entry.state, entry.error = "done", ""
        except TranscmpError as error:
            entry.state, entry.error = "failed", str(error)
        finally:
            if entry.state == "working":  # stopped
                entry.state = "waiting" if entry.checked is None else "done"
            self._changed(entry)

    def _changed(self, entry: Entry) -> None:
        """Draw an entry again; in an order or choice that depends on results, all of them."""
        if not self.is_attached:
            return
        if self.order != "name" or self.shown_as != "all":
            self.show()
        else:
            for at, item in enumerate(self.table.items):
                if item is entry:
                    self.table.redraw(at)
            if self.table.item is entry:
                self._describe()
            self.show_bars()

    def action_compare(self) -> None:
        """Compare the pair under the cursor anew."""
        entry = self.table.item
        if entry is not None and entry.state in ("done", "failed", "waiting"):
            entry.state = "waiting"
            self._compare_waiting()

    def action_compare_all(self) -> None:
        """Compare all pairs anew; what has not changed comes from the cache."""
        for entry in self.entries:
            if entry.state in ("done", "failed"):
                entry.state = "waiting"
        self._compare_waiting()

    def action_stop(self) -> None:
        """Stop comparing; if nothing is being compared, show everything again."""
        if any(entry.state == "working" for entry in self.entries):
            self.workers.cancel_group(self, "compare")
            self.say("Stopped. r goes on.")
        elif self.words or self.shown_as != "all":
            self.words, self.shown_as = "", "all"
            self.show()

    # -- other keys ---------------------------------------------------------------------------------------------------------------------

    @on(Table.Chosen)
    def action_open(self) -> None:
        """Open the pair under the cursor."""
        entry = self.table.item
        if entry is None:
            return
        if entry.state in ("missing", "orphan"):
            self.say(f"There is {_STATES[entry.state]}.")
            return
        self.workers.cancel_group(self, "compare")  # the pair that is opened comes first; the rest goes on when it is closed
        self.viewer.open_pair(entry.pair, self._returned(entry))

    def _returned(self, entry: Entry) -> Callable[[int | None], None]:
        def returned(_result: int | None) -> None:
            """The pair may have been judged or repaired."""
            if entry.state in ("done", "failed"):
                entry.state = "waiting"
            self._compare_waiting()

        return returned

    def action_order(self) -> None:
        """The next order."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.show()

    def action_filter(self) -> None:
        """All, those with findings, those that are stale."""
        self.shown_as = _FILTERS[(_FILTERS.index(self.shown_as) + 1) % len(_FILTERS)]
        self.show()
