"""What is on the screen besides the keys: colours, marks, mouse, bytes, texts before scores."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from tests.tui import made
from tests.tui.conftest import Driver, Start
from transcmp.errors import ReadError
from transcmp.model import Comparison, Scores, Uncovered
from transcmp.tui.app import Viewer, settled
from transcmp.tui.preview import side_by_side
from transcmp.tui.rows import Sheet
from transcmp.tui.themes import THEMES, choose
from transcmp.tui.work import MadeWork, Pair, Progress


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
    """Shows the texts, then waits to be let on."""

    def __init__(self, comparisons: Sequence[Comparison]) -> None:
        super().__init__(comparisons)
        self.go_on = threading.Event()

    def preview(self, pair: Pair) -> Comparison | None:
        alignment = self._made[pair].alignment
        return side_by_side(alignment.source.document, alignment.target.document)

    def compare(self, pair: Pair, progress: Progress | None = None) -> Comparison:
        assert progress is not None
        progress("aligning", 3, 4)
        self.go_on.wait(20)
        return super().compare(pair)


async def test_the_text_is_there_before_the_scores() -> None:
    work = SlowWork([made.small()])
    app = Viewer(work, pairs=work.pairs)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        program = Driver(app, pilot)
        for _ in range(100):
            await pilot.pause(0.02)
            if program.screen.beads.sheet is not None:
                break
        await pilot.pause()
        assert "Il mercato di Varese" in program.text()
        assert "━" not in program.text()
        assert "aligning 75 %" in program.bar("title")
        await pilot.press("j", "j", "m")
        assert "Not compared yet" in program.notices()
        work.go_on.set()
        await settled(pilot)
        assert "━" in program.text()
        assert program.screen.beads.sheet.row(program.row).line == 3  # type: ignore[union-attr]


class BrokenWork(MadeWork):
    def compare(self, pair: Pair, progress: Progress | None = None) -> Comparison:  # noqa: ARG002 - the protocol's
        raise ReadError(message="cannot be read", path=pair.name, line=3)


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
