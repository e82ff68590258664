from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.tui import made
from tests.tui.conftest import Driver, in_folder
from tests.tui.test_keys import covers
from transcmp.errors import ReadError
from transcmp.model import Checked, Comparison, Finding
from transcmp.tui.app import Viewer, settled
from transcmp.tui.screens.beads import BeadScreen
from transcmp.tui.screens.files import FilesScreen
from transcmp.tui.tree import Entry, ordered
from transcmp.tui.work import MadeWork, Pair


class TreeWork(MadeWork):
    """Three pairs; the second cannot be read."""

    def __init__(self, comparisons: Sequence[Comparison]) -> None:
        super().__init__(comparisons)
        self.checked: list[str] = []

    def check(self, pair: Pair) -> Checked:
        self.checked.append(Path(pair.name).name)
        if "broken" in pair.name:
            raise ReadError(message="cannot be read", path=pair.name)
        checked = super().check(pair)
        if Path(pair.source).parent.name != "c":
            return checked
        stale = Finding(rule="stale", severity="note", message="the source has changed", source=None, target=None)
        return replace(checked, findings=(*checked.findings, stale))


@pytest.fixture
def work(tmp_path: Path) -> TreeWork:
    one = made.small()
    clean = replace(one, findings=(), alignment=replace(one.alignment, score=0.99))
    comparisons = []
    for name, comparison in (("a", one), ("broken", one), ("c", clean)):
        folder = tmp_path / name
        folder.mkdir()
        comparisons.append(in_folder(comparison, folder))
    return TreeWork(comparisons)


async def run(work: TreeWork, tmp_path: Path, keys: Any) -> None:
    """Start with the list of files and let ``keys`` press."""
    entries = [Entry(pair) for pair in work.pairs] + [Entry(Pair("d.md", "d.en.md"), "missing")]
    app = Viewer(work, entries=entries, folder=tmp_path / ".transcmp")
    async with app.run_test(size=(120, 24), notifications=True) as pilot:
        await settled(pilot)
        await keys(Driver(app, pilot), app.screen_stack[-1])


def names(screen: FilesScreen) -> list[str]:
    return [Path(entry.pair.name).parent.name or entry.pair.name for entry in screen.table.items]


@covers("Files", "j", "down", "k", "up", "home", "end", "G", "pagedown", "space", "ctrl+f", "pageup", "ctrl+b", "enter")
async def test_pairs_are_compared_and_opened(work: TreeWork, tmp_path: Path) -> None:
    async def keys(program: Driver, screen: FilesScreen) -> None:
        assert [entry.state for entry in screen.entries] == ["done", "failed", "done", "missing"]
        assert screen.entries[0].count("error") == 2
        places = []
        for key in ["j", "down", "k", "up", "end", "home", "G", "pageup", "pagedown", "ctrl+b", "space", "ctrl+b", "ctrl+f"]:
            await program.press(key)
            places.append(screen.table.cursor)
        assert places == [1, 2, 1, 0, 3, 0, 3, 0, 3, 0, 3, 0, 3]
        await program.press("enter")
        assert "There is no translation" in program.notices()
        await program.press("home", "enter")
        assert isinstance(program.app.screen, BeadScreen)
        assert "The market of Varese" in program.text()
        await program.press("n", "d")
        await program.type("fine")
        await program.press("escape")
        assert program.app.screen is screen

    await run(work, tmp_path, keys)
    assert work.checked.count("market.en.md") >= 3


@covers("Files", "slash", "o", "f", "r", "R", "escape")
async def test_order_filter_and_compare_again(work: TreeWork, tmp_path: Path) -> None:
    async def keys(program: Driver, screen: FilesScreen) -> None:
        table = lambda: [at.rsplit("/", 2)[-2] if "/" in at else at for at in (entry.pair.name for entry in screen.table.items)]  # noqa: E731
        assert table() == ["a", "broken", "c", "d.en.md"]
        await program.press("o")
        assert table()[:2] == ["a", "c"]
        await program.press("o")
        assert table()[0] == "a"
        await program.press("o")
        assert table()[:2] == ["broken", "d.en.md"]
        await program.press("o", "f")
        assert table() == ["a", "broken", "d.en.md"]
        await program.press("f")
        assert table() == ["c"]
        assert "stale 1" in "".join(line.text for line in (screen.table.render_line(y) for y in range(4)))
        assert "staleness unknown" in program.bar("title")
        await program.press("escape")
        assert len(table()) == 4
        await program.press("slash")
        await program.type("broken")
        assert table() == ["broken"]
        before = len(work.checked)
        await program.press("r")
        assert work.checked[before:] == ["market.en.md"]
        await program.press("escape", "R")
        assert len(work.checked) == before + 4

    await run(work, tmp_path, keys)


@covers("Files", "t", "question_mark", "ctrl+p", "q")
async def test_what_all_screens_know(work: TreeWork, tmp_path: Path) -> None:
    async def keys(program: Driver, screen: FilesScreen) -> None:
        await program.press("t", "question_mark", "escape", "ctrl+p", "escape", "q")
        assert program.app.return_value == 0

    await run(work, tmp_path, keys)


def test_orders_put_the_worst_first(tmp_path: Path) -> None:
    entries = [Entry(Pair("b", "b.en")), Entry(Pair("a", "a.en"), "failed")]
    assert [entry.pair.source for entry in ordered(entries, "name")] == ["a", "b"]
    assert [entry.pair.source for entry in ordered(entries, "state")] == ["a", "b"]
