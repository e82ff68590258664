"""Bead screen, third part: how it is shown, and what leaves it: copies, files, the editor."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from transcmp.errors import unexpected
from transcmp.model import Side
from transcmp.tui.layout import STACKED_BELOW, row_sides
from transcmp.tui.paint import PAIR_COLOURS
from transcmp.tui.rows import Column, Paragraph, Run, Sheet
from transcmp.tui.screens.moving import Moving
from transcmp.tui.search import highlighted
from transcmp.tui.widgets.beads import Sides
from transcmp.tui.worddiff import marked

Words = Literal["doubtful", "all", "no"]
"""Beads with a finding or a high risk of an error; all; none."""
_NEXT_WORDS: dict[Words, Words] = {"doubtful": "all", "all": "no", "no": "doubtful"}


class Looking(Moving):
    """Keys that change how it looks, and those that hand it on."""

    languages: bool
    words: Words
    """In which beads uncovered words are underlined."""

    # -- what stands in a row -----------------------------------------------------------------------------------------------------------

    def sides_of(self, row: int) -> Sides:
        """A row's paragraphs with all that is switched on: languages, matches, another translation."""
        sheet = self.beads.sheet
        assert sheet is not None
        sides: Sides = row_sides(sheet.row(row))
        if self.words == "no" or (self.words == "doubtful" and not sheet.is_doubtful(row)):
            sides = tuple(tuple(_without_uncovered(item) for item in side) for side in sides)
        if self.pairing:
            sides = self._with_pairs(sheet.order[row], sides)
        if self.session.beside:
            sides = self._with_others(row, sides)
        if self.languages:
            sides = tuple(tuple(self._with_language(item, column) for item in side) for column, side in enumerate(sides))
        if self.pattern is not None:
            pattern = self.pattern
            sides = tuple(
                tuple(highlighted(item, pattern, self._text(item, column)) if item.segment is not None else item for item in side)
                for column, side in enumerate(sides)
            )
        return sides

    def _with_pairs(self, bead: int, sides: Sides) -> Sides:
        """Numbers, names, links and code that stand on both sides in one colour each."""
        assert self.beads.sheet is not None
        runs: dict[tuple[int, int], list[Run]] = {}
        try:
            pairs = self.session.work.paired(self.beads.sheet.comparison, bead)
        except Exception as error:  # a mistake of the program must cost the colours, not the user's day
            self.pairing = False
            self.say_error(unexpected(error))
            return sides
        for number, pair in enumerate(pairs):
            for column, spot in enumerate((pair.source, pair.target)):
                runs.setdefault((column, spot.segment), []).append(Run(spot.start, spot.end, f"pair-{number % PAIR_COLOURS}"))
        if not runs:
            return sides
        # under what was there: a finding is more than a pair
        return tuple(
            tuple(item._replace(runs=(*runs.get((column, -1 if item.segment is None else item.segment), ()), *item.runs)) for item in side)
            for column, side in enumerate(sides)
        )

    def _text(self, item: Paragraph, column: int) -> str:
        """A segment's text before hidden characters got marks."""
        side = self._side(column)
        return side.segments[item.segment].text if side is not None and item.segment is not None else item.text

    def _with_language(self, item: Paragraph, column: int) -> Paragraph:
        side = self._side(column)
        if side is None or item.segment is None:
            return item
        return item._replace(tag=side.segments[item.segment].language)

    def _side(self, column: int) -> Side | None:
        sheet = self.beads.sheet if column < 2 else self.session.translations[self.session.beside[column - 2]].sheet
        return None if sheet is None else sheet.side("source" if column == 0 else "target")

    def _with_others(self, row: int, sides: Sides) -> Sides:
        """The same source segments in other translations, each with the words marked that differ; with one other, on both sides."""
        mine = sides[1]
        columns: list[tuple[Paragraph, ...]] = []
        for number in self.session.beside:
            other = self.session.translations[number].sheet
            if other is None:
                columns.append((Paragraph("loading"),))
                continue
            theirs = self._same_segments(row, other)
            ours, theirs = marked(sides[1], theirs) if theirs else (sides[1], (Paragraph(""),))
            columns.append(theirs)
            mine = ours if len(self.session.beside) == 1 else mine
        return (sides[0], mine, *columns)

    def _same_segments(self, row: int, other: Sheet) -> tuple[Paragraph, ...]:
        """What another translation has for the source of a row."""
        sheet = self.beads.sheet
        known = len(other.side("source").segments)
        segments = sheet.bead(row).source if sheet is not None else ()
        rows = sorted({other.row_of_segment("source", number) for number in segments if number < known})
        return tuple(item for number in rows for item in other.row(number).target if item.segment is not None)

    # -- switches -----------------------------------------------------------------------------------------------------------------------

    def action_wrap(self) -> None:
        """Wrap or cut."""
        self.beads.wrapped = not self.beads.wrapped
        self.beads.relayout()

    def action_stack(self) -> None:
        """Under or beside each other, whatever the width says."""
        beads = self.beads
        now = beads.size.width < STACKED_BELOW if beads.stacked is None else beads.stacked
        beads.stacked = not now
        beads.relayout()

    def action_languages(self) -> None:
        """Show or hide the language of every segment."""
        self.languages = not self.languages
        self.beads.relayout()

    def action_words(self) -> None:
        """Underline uncovered words in doubtful beads, in all, in none."""
        self.words = _NEXT_WORDS[self.words]
        self.beads.forget()
        self.beads.repaint()
        self.say(f"Words that the other side does not cover are underlined in {self.words} beads.")

    def action_side(self) -> None:
        """The other side is the one that keys work on."""
        self.side = "source" if self.side == "target" else "target"
        self.beads.followed()

    def action_beside(self) -> None:
        """Compare with the next other translation; after the last with all of them, then with none."""
        session = self.session
        others = [number for number in range(len(session.translations)) if number != session.current]
        if not others:
            self.say("There is no other translation to compare with.")
            return
        choices = [(), *((number,) for number in others), *([tuple(others)] if len(others) > 1 else [])]
        session.beside = choices[(choices.index(session.beside) + 1) % len(choices)] if session.beside in choices else ()
        for number in session.beside:
            self.load(number)
        names = ", ".join(session.translations[number].pair.name for number in session.beside)
        self.say(f"Beside it: {names}" if names else "No translation beside it.")
        self.beads.targets = 1 + len(session.beside)
        self.beads.relayout()
        self.show_session()

    # -- out ----------------------------------------------------------------------------------------------------------------------------

    def action_copy(self) -> None:
        """Put the text of the chosen side on the clipboard."""
        sheet = self.beads.sheet
        if sheet is None or not len(sheet):
            return
        bead, side = sheet.bead(self.beads.cursor), sheet.side(self.side)
        ids = bead.source if self.side == "source" else bead.target
        if not ids:
            self.say(f"The {self.side} is empty here.")
            return
        self.app.copy_to_clipboard(" ".join(side.segments[number].text for number in ids))
        self.say(f"Copied the {self.side}.")

    def action_edit(self) -> None:
        """Open the files in the editor at this bead, and read them again."""
        from transcmp.tui import editor

        sheet = self.beads.sheet
        if sheet is None or not len(sheet):
            return
        places = []
        columns: tuple[Column, ...] = ("target", "source") if self.side == "target" else ("source", "target")
        for column in columns[:1] if sheet.comparison.mixed else columns:
            path = Path(sheet.side(column).document.path)
            lines = sheet.lines_of(column, self.beads.cursor)
            if path.is_file():
                places.append(editor.Place(str(path), lines[0] if lines else 1))
        if not places:
            self.say("There is no file to edit.", error=True)
            return
        self.viewer.edit(places)
        self.reload()

    def action_reload(self) -> None:
        """Read the files again."""
        self.reload()

    def action_export(self) -> None:
        """Ask for a format, then for a file name."""
        from transcmp.tui import export
        from transcmp.tui.screens.ask import Choose

        sheet = self.beads.sheet
        if sheet is None:
            return
        picture = self.app.export_screenshot(title="transcmp view")  # now: the questions do not belong into it

        def ask(number: int | None) -> None:
            if number is not None:
                name = export.FORMATS[number]
                self.prompt.ask("File:", lambda path: write(name, path), value=export.suggested(sheet.comparison, name))

        def write(name: str, path: str) -> None:
            if path.strip():
                export.write(sheet, self.beads.rows, name, Path(path).expanduser(), picture=picture)
                self.say(f"Wrote {path}")

        self.app.push_screen(Choose("Write what is shown as", export.FORMATS), ask)


def _without_uncovered(item: Paragraph) -> Paragraph:
    return item._replace(runs=tuple(run for run in item.runs if run.role != "uncovered"))
