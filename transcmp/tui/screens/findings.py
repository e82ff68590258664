"""The list of findings, and the explanation of the one under the cursor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from transcmp.errors import TranscmpError, UsageError
from transcmp.model import Finding, Place, Severity
from transcmp.tui import keys
from transcmp.tui.pages import content_of
from transcmp.tui.paint import SEVERITY_MARKS
from transcmp.tui.rows import SEVERITIES, Sheet
from transcmp.tui.screens.listing import Listing
from transcmp.tui.session import Session
from transcmp.tui.text import fit
from transcmp.tui.threads import in_thread
from transcmp.tui.widgets.bars import Bar, Keys
from transcmp.tui.widgets.lines import Styled
from transcmp.tui.widgets.prompt import Prompt
from transcmp.tui.widgets.table import Table
from transcmp.visible import figure, percent, visible_each

_RULE_CELLS = 19
_PLACE_CELLS = 13


class FindingsScreen(Listing):
    """All findings of a translation. Its result is the row to go to, or None."""

    KEYS: ClassVar[Sequence[keys.Key]] = keys.FINDINGS
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.FINDINGS)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.least: Severity = "note"
        self.rule = ""
        self.language = ""
        self.by_rule = False
        self.with_dismissed = False
        self._explained: dict[str, str] = {}

    @property
    def sheet(self) -> Sheet:
        """Whose findings they are."""
        sheet = self.session.sheet
        assert sheet is not None
        return sheet

    def compose(self) -> ComposeResult:
        """Title, list, explanation, keys."""
        yield Bar(id="title")
        yield Table(self._line, id="list")
        with VerticalScroll(id="explanation", can_focus=False):
            yield Static(id="explained")
        yield Keys(id="keys")
        yield Prompt(id="prompt")

    def on_mount(self) -> None:
        """Show all, the cursor on the finding nearest to where the user was."""
        self.table.followed = self._explain
        self.call_after_refresh(self._show_first)

    def session_changed(self) -> None:
        """Findings may have come."""
        self.show()

    def _show_first(self) -> None:
        here = self.session.translation.cursor
        items = self.chosen()
        near = next((at for at, item in enumerate(items) if self.sheet.row_of_finding(item) >= here), 0)
        self.table.show(items, near)
        self.show_bars()

    def chosen(self) -> list[Finding]:
        """The findings that are shown, in order."""
        least = SEVERITIES.index(self.least)
        found = [
            item
            for item in self.sheet.comparison.findings
            if SEVERITIES.index(item.severity) <= least
            and (not self.rule or item.rule == self.rule)
            and (not self.language or self.language == _language(item))
            and (self.with_dismissed or not self._dismissed(item))
            and (not self.words or self.words.casefold() in _searchable(item))
        ]
        if self.by_rule:
            return sorted(found, key=lambda item: (item.rule, self.sheet.row_of_finding(item)))
        return sorted(found, key=self.sheet.row_of_finding)

    def _dismissed(self, item: Finding) -> bool:
        return item.fingerprint in self.sheet.hidden

    def show_bars(self) -> None:
        """Title and keys."""
        shown, count = len(self.table.items), len(self.sheet.comparison.findings)
        notes = [
            "" if self.least == "note" else "errors" if self.least == "error" else "errors and warnings",
            self.rule,
            self.language,
            f"“{visible_each(self.words)}”" if self.words else "",
            "by rule" if self.by_rule else "by place",
            "with dismissed ones" if self.with_dismissed else "",
        ]
        state = " · ".join(note for note in notes if note)
        self.query_one("#title", Bar).content = (((" findings  ", "name"), (f"{shown} of {count}", "strong"), (f"  {state}", "quiet")),)
        self.query_one(Keys).show(self.KEYS)

    def _line(self, item: Finding, width: int) -> Sequence[Styled]:
        role = "hidden" if self._dismissed(item) else item.severity
        place = _places(item)
        message = fit(visible_each(item.message), max(width - _RULE_CELLS - _PLACE_CELLS - 4, 10))
        return (
            (f" {'–' if self._dismissed(item) else SEVERITY_MARKS[item.severity]} ", role),
            (fit(item.rule, _RULE_CELLS), role),
            (fit(place, _PLACE_CELLS), "quiet"),
            (message, "hidden" if self._dismissed(item) else ""),
        )

    # -- explanation --------------------------------------------------------------------------------------------------------------------

    def _explain(self) -> None:
        item = self.table.item
        panel = self.query_one("#explained", Static)
        if item is None:
            panel.update(Content("No findings." if not self.sheet.comparison.findings else "No finding is left by these filters."))
            return
        parts = [
            Content.assemble((f"{SEVERITY_MARKS[item.severity]} {item.rule}", _COLOURS[item.severity]), "  ", visible_each(item.message))
        ]
        for name, place in (("source", item.source), ("target", item.target)):
            if place is not None:
                parts.append(
                    Content.assemble(
                        (f"{name} line {place.start.line}, column {place.start.column}, {place.kind}, {place.language}: ", "$quiet"),
                        visible_each(place.text),
                    )
                )
        parts += self._evidence(item)
        if item.rule in self._explained:
            parts += [Content(""), content_of(self._explained[item.rule])]
        else:
            self._load_explanation(item.rule)
        panel.update(Content("\n").join(parts))

    def _evidence(self, item: Finding) -> list[Content]:
        """What the rule stood on: its figure, and the passage that came nearest."""
        row = self.sheet.row_of_finding(item)
        bead = self.sheet.bead(row)
        parts = []
        if item.score is not None:
            parts.append(Content.styled(f"figure of the rule: {figure(item.score)}", "$quiet"))
        if bead.source and bead.target:
            parts.append(Content.styled(f"score of the bead: {percent(bead.score)}", "$quiet"))
        if bead.closest is not None and bead.closest.target:
            segment = self.sheet.side("target").segments[bead.closest.target[0]]
            parts.append(Content.assemble((f"closest passage ({percent(bead.closest.score)} %): ", "$quiet"), visible_each(segment.text)))
        return parts

    @work(exclusive=True, group="explain")
    async def _load_explanation(self, rule: str) -> None:
        try:
            self._explained[rule] = await in_thread(self.session.work.explain, rule)
        except TranscmpError:
            self._explained[rule] = ""
        self._explain()

    # -- keys ---------------------------------------------------------------------------------------------------------------------------

    @on(Table.Chosen)
    def action_open(self) -> None:
        """Go to the bead."""
        item = self.table.item
        if item is not None:
            self.dismiss(self.sheet.row_of_finding(item))

    def action_back(self) -> None:
        """To the beads, where they were."""
        if self.words or self.rule or self.language or self.least != "note":
            self.words, self.rule, self.language, self.least = "", "", "", "note"
            self.show()
        else:
            self.dismiss(None)

    def action_severity(self) -> None:
        """Errors only, warnings too, everything: round and round."""
        self.least = {"note": "error", "error": "warning", "warning": "note"}[self.least]  # type: ignore[assignment]
        self.show()

    def action_rule(self) -> None:
        """Ask for one rule."""

        def chosen(rule: str) -> None:
            self.rule = rule

        self._ask("Rule", Counter(item.rule for item in self.sheet.comparison.findings), chosen)

    def action_language(self) -> None:
        """Ask for the language of the passages that findings are about."""

        def chosen(language: str) -> None:
            self.language = language

        self._ask("Language", Counter(map(_language, self.sheet.comparison.findings)), chosen)

    def _ask(self, question: str, counts: Counter[str], chosen: Callable[[str], None]) -> None:
        """Ask for one of several values, or all."""
        from transcmp.tui.screens.ask import Choose

        names = sorted(counts)

        def answer(number: int | None) -> None:
            if number is not None:
                chosen(names[number - 1] if number else "")
                self.show()

        self.app.push_screen(Choose(question, ["all", *(f"{name} ({counts[name]})" for name in names)]), answer)

    def action_order(self) -> None:
        """By rule or by place."""
        self.by_rule = not self.by_rule
        self.show()

    def action_hidden(self) -> None:
        """With or without the dismissed ones."""
        self.with_dismissed = not self.with_dismissed
        self.show()

    def action_dismiss_finding(self) -> None:
        """Dismiss, or take a dismissal back."""
        item = self.table.item
        if item is None:
            return
        if self._dismissed(item):
            self._judge(lambda: self.session.restore(item))
            return

        def answer(reason: str) -> None:
            if not reason.strip():
                raise UsageError(message="give a reason, for those who come after you")
            self._judge(lambda: self.session.dismiss((item,), reason))

        self.query_one(Prompt).ask(f"Dismiss {item.rule} because:", answer)

    def _judge(self, decide: Callable[[], None]) -> None:
        try:
            decide()
        except TranscmpError as error:
            self.say_error(error)
        self.show()


_COLOURS: dict[Severity, str] = {"error": "$error", "warning": "$warning", "note": "$primary"}


def _places(item: Finding) -> str:
    """The lines of both sides."""
    lines = [str(place.start.line) for place in (item.source, item.target) if place is not None]
    text = " → ".join(lines) if len(lines) == 2 else f"→ {lines[0]}" if item.source is None and lines else "".join(lines)
    return text if cell_len(text) <= _PLACE_CELLS else fit(text, _PLACE_CELLS)


def _language(item: Finding) -> str:
    """Of the passage that a finding is about: in the translation, or where that has none, in the source."""
    place = item.target or item.source
    return "none" if place is None else place.language


def _searchable(item: Finding) -> str:
    places: list[Place] = [place for place in (item.source, item.target) if place is not None]
    return " ".join([item.rule, item.message, *(place.text for place in places), *(place.language for place in places)]).casefold()
