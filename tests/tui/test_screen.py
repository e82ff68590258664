"""What is on the screen besides the keys: colours, marks, mouse, bytes, texts before scores."""

from __future__ import annotations

import re
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.geometry import Region
from textual.widgets import Static

from tests.tui import made
from tests.tui.conftest import Driver, Start
from transcmp.errors import ReadError
from transcmp.model import Bead, Comparison, Scores, Uncovered
from transcmp.pipeline.gradual import Part, side_by_side
from transcmp.tui.app import Viewer, settled
from transcmp.tui.rows import Sheet
from transcmp.tui.themes import THEMES, choose
from transcmp.tui.work import MadeWork, Pair, Watcher


async def test_hostile_text_never_reaches_the_screen(start: Start) -> None:
    async with start() as program:
        await program.press("end")
        for y in range(40):
            for segment in program.screen.beads.render_line(y) if y < program.screen.beads.size.height else ():
                assert not re.search("[\x00-\x1f\x7f-\x9f\u202e\u200b]", segment.text)


async def test_mouse(start: Start) -> None:
    async with start([made.large(300)]) as program:
        beads = program.screen.beads
        position, y, _ = beads.view.rows()[3]
        await program.pilot.click(beads, offset=(40, y + 1))
        await settled(program.pilot)
        assert program.row == position
        await program.pilot.click("#overview", offset=(1, 20))
        await settled(program.pilot)
        assert 150 < program.row < 210
        from textual import events

        top = beads.view.top
        wheel: dict[str, Any] = {
            "widget": beads,
            "x": 5,
            "y": 5,
            "delta_x": 0,
            "delta_y": 0,
            "button": 0,
            "shift": False,
            "meta": False,
            "ctrl": False,
        }
        for _ in range(4):
            beads.post_message(events.MouseScrollDown(**wheel))
        await settled(program.pilot)
        assert beads.view.top > top
        for _ in range(8):
            beads.post_message(events.MouseScrollUp(**wheel))
        await settled(program.pilot)
        assert beads.view.top < top


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (40, 10), (20, 6)])
async def test_every_line_fills_the_screen_exactly(start: Start, size: tuple[int, int]) -> None:
    async with start([made.small(), made.wide()], size=size) as program:
        for keys in (["n"], ["v"], ["w"], ["l"], ["2"], ["end"]):
            await program.press(*keys)
            beads = program.screen.beads
            assert {beads.render_line(y).cell_length for y in range(beads.size.height)} == {beads.size.width}


async def test_resizing_keeps_the_cursor_in_view(start: Start) -> None:
    async with start([made.large(300)]) as program:
        await program.press(*["pagedown"] * 3)
        row = program.row
        for size in [(80, 24), (200, 60), (30, 8), (120, 40)]:
            await program.pilot.resize_terminal(*size)
            await settled(program.pilot)
            assert program.row == row
            assert program.screen.beads.view.in_view(program.screen.beads.position)


async def test_without_colour_everything_is_a_mark(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with start() as program:
        assert program.app.no_color
        shown = program.text()
        for mark in ("✗", "!", "·", "▌", "1-0", "0-1", "↑4", "omitted", "added", " it ", "␛"):
            assert mark in shown, mark


@pytest.mark.parametrize(
    ("system", "background", "name"),
    [
        ("truecolor", "", "transcmp-dark"),
        ("256", "0;15", "transcmp-light"),
        ("standard", "15;0", "transcmp-dark-16"),
        ("windows", "0;7", "transcmp-light-16"),
        (None, "", "transcmp-dark"),
    ],
)
def test_the_first_theme(monkeypatch: pytest.MonkeyPatch, system: str | None, background: str, name: str) -> None:
    monkeypatch.setenv("COLORFGBG", background)
    assert choose(system) == name
    assert name in [theme.name for theme in THEMES]


def test_sixteen_colours_are_those_of_the_terminal() -> None:
    from rich._palettes import STANDARD_PALETTE
    from rich.color import Color, ColorSystem

    for theme in THEMES[2:]:
        for value in (
            theme.primary,
            theme.error,
            theme.warning,
            theme.success,
            theme.foreground,
            theme.background,
            *theme.variables.values(),
        ):
            exact = Color.parse(value or "").get_truecolor()
            number = Color.parse(value or "").downgrade(ColorSystem.STANDARD).number
            assert number is not None
            assert tuple(STANDARD_PALETTE[number]) == tuple(exact), (theme.name, value)


async def test_numbers_of_both_sides_have_one_colour(start: Start) -> None:
    async with start() as program:
        sides = program.screen.sides_of(1)
        pairs = [[(side[0].text[run.start : run.end], run.role) for run in side[0].runs if run.role.startswith("pair")] for side in sides]
        assert pairs == [[("13", "pair-0")], [("13", "pair-0")]]


def test_uncovered_words_are_marked() -> None:
    comparison = replace(made.small(), uncovered=(Uncovered(side="target", segment=3, start=4, end=7, score=0.9),))
    runs = Sheet(comparison).row(5).target[0].runs
    assert [(run.start, run.end) for run in runs if run.role == "uncovered"] == [(4, 7)]


def test_doubtful_beads_have_a_finding_or_a_high_risk() -> None:
    comparison = replace(made.small(), bead_scores=tuple(Scores(risk=risk) for risk in (0.6, 0.1, 0.4, None, 0.1, 0.1, None)))
    assert [row for row in range(7) if Sheet(comparison).is_doubtful(row)] == [0, 1, 3, 4, 5]


class SlowWork(MadeWork):
    """Gives a comparison in four parts: texts, beads, findings, scores. Each but the first waits to be let on."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__([comparison])
        self.go_on = threading.Semaphore(0)
        self.places: list[int] = []
        """The bead that was looked at when the scores were to be made."""
        self.ended = threading.Event()

    def compare(self, pair: Pair, watcher: Watcher) -> Iterator[Part]:
        try:
            whole = self._made[pair]
            texts = side_by_side(whole.alignment.source.document, whole.alignment.target.document)
            bare = replace(whole, findings=(), uncovered=(), bead_scores=(), scores=Scores(), intervals={}, signature="")
            yield Part(texts, "texts")
            self._wait("aligning", watcher)
            yield Part(bare, "beads")
            self._wait("checking", watcher)
            yield Part(replace(bare, findings=whole.findings), "beads")
            self._wait("scoring", watcher)
            self.places.append(watcher.at())
            yield Part(whole, "whole")
        finally:
            self.ended.set()

    def _wait(self, step: str, watcher: Watcher) -> None:
        assert watcher.progress is not None
        watcher.progress(step, 3, 4)
        while not self.go_on.acquire(timeout=0.02):
            watcher.progress(step, 3, 4)


async def until(program: Driver, wanted: Callable[[], bool]) -> None:
    for _ in range(200):
        await program.pilot.pause(0.01)
        if wanted():
            await program.pilot.pause()
            return
    raise AssertionError(program.text())


@asynccontextmanager
async def slowly(comparison: Comparison, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[Driver, SlowWork]]:
    work = SlowWork(comparison)
    app = Viewer(work, pairs=work.pairs)
    async with app.run_test(size=size, notifications=True) as pilot:
        program = Driver(app, pilot)
        await until(program, lambda: "aligning 75 %" in program.bar("title"))
        yield program, work


async def test_text_comes_first_then_beads_then_findings_then_scores() -> None:
    async with slowly(replace(made.small(), bead_scores=tuple(Scores(adequacy=0.4, risk=0.2) for _ in range(7)))) as (program, work):
        assert "Il mercato di Varese" in program.text()
        assert "━" not in program.text()
        await program.pilot.press("j", "j", "m")
        assert "Not compared yet" in program.notices()
        work.go_on.release()
        await until(program, lambda: "━" in program.text())
        assert program.screen.beads.sheet.row(program.row).line == 3  # type: ignore[union-attr]
        assert "✗" not in program.text()
        assert "checking 75 %" in program.bar("title")
        work.go_on.release()
        await until(program, lambda: "✗" in program.text())
        assert "adequacy" not in program.bar("detail")
        await program.pilot.press("n")
        work.go_on.release()
        await until(program, lambda: "adequacy 40" in program.bar("detail"))
        await settled(program.pilot)
        assert "75 %" not in program.bar("title")


async def test_a_bead_that_is_not_translated_says_so(start: Start) -> None:
    scores = Scores(alignment=1.0, adequacy=0.0, risk=1.0, lack="untranslated")
    async with start([replace(made.small(), bead_scores=(scores,) + (Scores(alignment=1.0, adequacy=0.4),) * 6)]) as program:
        assert "adequacy 0 · risk 100 · untranslated" in program.bar("detail")
        await program.press("j")
        assert "untranslated" not in program.bar("detail").splitlines()[0]


async def test_screens_over_the_beads_show_what_comes() -> None:
    async with slowly(replace(made.small(), scores=Scores(adequacy=0.4))) as (program, work):
        work.go_on.release()
        await until(program, lambda: "━" in program.text())
        await program.pilot.press("F")
        await program.pilot.pause()
        assert "0 of 0" in program.bar("title")
        work.go_on.release()
        await until(program, lambda: "4 of 4" in program.bar("title"))
        await program.pilot.press("escape", "D")
        await program.pilot.pause()
        figures = program.app.screen.query_one("#lines", Static)
        before = str(figures.render())
        work.go_on.release()
        await until(program, lambda: str(figures.render()) != before)


async def test_the_place_does_not_jump_when_more_is_known() -> None:
    async with slowly(made.large(300)) as (program, work):
        for _ in range(4):
            await program.pilot.press("pagedown")
        await program.pilot.press("j", "j")
        for _ in range(3):
            beads = program.screen.beads
            places = {position: y for position, y, _ in beads.view.rows()}
            line, y = beads.sheet.row(program.row).line, places[beads.position]  # type: ignore[union-attr]
            sheet = beads.sheet
            work.go_on.release()
            await until(program, lambda sheet=sheet: program.screen.beads.sheet is not sheet)  # type: ignore[misc]
            places = {position: y for position, y, _ in beads.view.rows()}
            assert (beads.sheet.row(program.row).line, places[beads.position]) == (line, y)  # type: ignore[union-attr]
        await settled(program.pilot)
        in_view = [position for position, _, _ in program.screen.beads.view.rows()]
        assert work.places == [in_view[0]]


async def test_repairs_and_judgements_made_meanwhile_stay() -> None:
    async with slowly(made.small()) as (program, work):
        work.go_on.release()
        await until(program, lambda: "━" in program.text())
        await program.pilot.press("m")
        work.go_on.release()
        await until(program, lambda: "✗" in program.text())
        assert "not saved" in program.bar("title")
        assert program.screen.beads.sheet.row(0).kind == "2-2"  # type: ignore[union-attr]
        await program.pilot.press("n", "a")
        hidden = program.screen.session.sheet.hidden  # type: ignore[union-attr]
        assert hidden
        work.go_on.release()
        await settled(program.pilot)
        assert program.screen.session.sheet.hidden == hidden  # type: ignore[union-attr]
        assert program.screen.beads.sheet.row(0).kind == "2-2"  # type: ignore[union-attr]
        await program.press("ctrl+z", "ctrl+z")
        assert program.screen.beads.sheet.row(0).kind == "1-1"  # type: ignore[union-attr]


async def test_escape_stops_a_comparison_and_its_thread() -> None:
    async with slowly(made.small()) as (program, work):
        work.go_on.release()
        await until(program, lambda: "━" in program.text())
        await program.pilot.press("escape")
        assert "Stopped" in program.notices()
        assert work.ended.wait(5)
        await settled(program.pilot)
        assert "75 %" not in program.bar("title")
        assert "━" in program.text()
        await program.pilot.press("r")
        work.go_on.release(3)
        await settled(program.pilot)
        assert "✗" in program.text()


async def test_more_scores_draw_only_the_lines_that_change() -> None:
    whole = made.large(300)
    words = (Uncovered(side="target", segment=2, start=0, end=3, score=0.9),)
    scores = tuple(Scores(risk=0.9 if number == 2 else 0.1) for number in range(300))
    async with slowly(replace(whole, uncovered=words, bead_scores=scores)) as (program, work):
        work.go_on.release(2)
        await until(program, lambda: "scoring" in program.bar("title"))
        await program.pilot.pause(0.2)
        beads = program.screen.beads
        drawn: list[Region] = []
        refresh = beads.refresh
        beads.refresh = lambda *regions, **named: drawn.extend(regions) or refresh(*regions, **named)  # type: ignore[func-returns-value, method-assign]
        work.go_on.release()
        await settled(program.pilot)
        rows = {position: (y, size) for position, y, size in beads.view.rows()}
        assert drawn
        assert {region.y for region in drawn} <= set(range(rows[2][0], sum(rows[2])))


async def test_what_no_other_run_would_obey_is_not_saved(start: Start, tmp_path: Path) -> None:
    async with start([replace(made.small(), mixed=True)]) as program:
        await program.press("m", "ctrl+s")
        assert "Only the alignment of two files is kept" in program.notices()
        assert program.screen.session.unsaved
        assert not (tmp_path / ".transcmp" / "alignments").exists()


class BrokenWork(MadeWork):
    def compare(self, pair: Pair, watcher: Watcher) -> Iterator[Part]:  # noqa: ARG002 - the protocol's
        raise ReadError(message="cannot be read", path=pair.name, line=3)


class MistakenWork(MadeWork):
    """Has a mistake in it."""

    def compare(self, pair: Pair, watcher: Watcher) -> Iterator[Part]:
        yield from super().compare(pair, watcher)
        raise ZeroDivisionError("division\nby zero")

    def reassess(self, comparison: Comparison, beads: Sequence[Bead], watcher: Watcher) -> Iterator[Part]:  # noqa: ARG002 - the protocol's
        raise KeyError("x")


async def test_a_mistake_of_the_program_costs_the_work_and_not_the_repairs() -> None:
    work = MistakenWork([made.small()])
    app = Viewer(work, pairs=work.pairs)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        program = Driver(app, pilot)
        assert "market.en.md: a mistake of the program (ZeroDivisionError: division by zero" in program.notices()
        assert "━" in program.text()
        await program.press("m")
        program.screen.reassess()
        await settled(pilot)
        assert "market.en.md: a mistake of the program (KeyError: 'x'" in program.notices()
        assert program.screen.session.unsaved
        assert program.screen.beads.sheet.row(0).kind == "2-2"  # type: ignore[union-attr]


async def test_an_error_is_said_and_the_program_stays() -> None:
    work = BrokenWork([made.small()])
    app = Viewer(work, pairs=work.pairs)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        program = Driver(app, pilot)
        assert "market.en.md:3: cannot be read" in program.notices()
        assert "cannot be read" in program.bar("title")
        for key in ["j", "n", "m", "a", "d", "F", "D", "y", "e", "x", "escape", "slash", "escape", "g", "escape", "f", "escape", "R", "u"]:
            await program.press(key)
        await program.press("q")
        assert app.return_value == 0


async def test_a_mistake_in_what_belongs_together_costs_the_colours_only(monkeypatch: pytest.MonkeyPatch) -> None:
    real = MadeWork.paired

    def paired(self: MadeWork, comparison: Comparison, bead: int) -> Any:
        if bead == 1:
            raise IndexError("no such letter")
        return real(self, comparison, bead)

    monkeypatch.setattr(MadeWork, "paired", paired)
    work = MadeWork([made.small()])
    app = Viewer(work, pairs=work.pairs)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        program = Driver(app, pilot)
        assert "IndexError: no such letter" in program.notices()
        assert "13" in program.text()
        await program.press("j", "j", "q")
        assert app.return_value == 0


async def test_an_empty_comparison_is_shown(start: Start) -> None:
    empty = made.comparison(made.side(made.document([], "a.md", "it")), made.side(made.document([], "b.md", "en")), [])
    async with start([empty]) as program:
        for key in [
            "j",
            "k",
            "n",
            "N",
            "pagedown",
            "end",
            "home",
            "m",
            "s",
            "u",
            "a",
            "d",
            "c",
            "y",
            "w",
            "v",
            "l",
            "ctrl+z",
            "R",
            "F",
            "escape",
        ]:
            await program.press(key)
        await program.press("q")
        assert program.app.return_value == 0


async def test_a_step_without_scrolling_draws_two_gutters(start: Start) -> None:
    async with start([made.large(300)]) as program:
        from textual._compositor import Compositor

        await program.press("j")
        await program.pilot.pause(0.2)  # the first picture is complete
        drawn = []
        real = Compositor.render_update

        def spy(self: Any, *args: Any, **kwargs: Any) -> Any:
            drawn.append(set(self._dirty_regions))
            return real(self, *args, **kwargs)

        Compositor.render_update = spy  # type: ignore[method-assign]
        try:
            await program.press("j")
        finally:
            Compositor.render_update = real  # type: ignore[method-assign]
        beads = program.screen.beads
        regions = [region for regions in drawn for region in regions]
        assert regions
        assert [region for region in regions if region.width > beads.columns.gutter and region.height > 1] == []
