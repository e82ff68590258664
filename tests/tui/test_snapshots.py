"""Each screen in three sizes, as pictures.

After a wanted change: ``pytest tests/tui/test_snapshots.py --snapshot-update``, and look at them.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.tui import made
from transcmp.tui.app import Viewer, made_viewer, settled
from transcmp.tui.tree import Entry
from transcmp.tui.work import MadeWork, Pair

pytestmark = pytest.mark.slow
SIZES = [(80, 24), (120, 40), (200, 60)]
SCREENS = {
    "beads": ("transcmp-dark", ["n"]),
    "beads-light": ("transcmp-light", ["n", "n", "n"]),
    "beads-16": ("transcmp-dark-16", ["n"]),
    "languages": ("transcmp-dark", ["l", "j"]),
    "search": ("transcmp-dark", ["slash", "m", "e", "r", "c", "enter"]),
    "repaired": ("transcmp-dark", ["j", "j", "s", "p"]),
    "findings": ("transcmp-dark", ["F", "j", "j"]),
    "document": ("transcmp-dark", ["D"]),
    "help": ("transcmp-dark", ["question_mark"]),
    "filter": ("transcmp-light", ["f"]),
}


@pytest.fixture(autouse=True)
def _short_explanation(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of the rules are not the subject here."""
    monkeypatch.setattr(MadeWork, "explain", lambda _self, rule: f"# {rule}\n\nWhat {rule} finds.")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
def test_screen(snap_compare: Any, name: str, size: tuple[int, int]) -> None:
    theme, keys = SCREENS[name]
    app = made_viewer([made.small()])
    app.theme = theme
    assert snap_compare(app, press=keys, terminal_size=size, run_before=settled)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_files(snap_compare: Any, size: tuple[int, int]) -> None:
    work = MadeWork([made.small()])
    app = Viewer(work, entries=[*(Entry(pair) for pair in work.pairs), Entry(Pair("a.it.md", "a.en.md"), "missing")])
    app.theme = "transcmp-dark"
    assert snap_compare(app, press=[], terminal_size=size, run_before=settled)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_wide_characters(snap_compare: Any, size: tuple[int, int]) -> None:
    app = made_viewer([made.wide()])
    app.theme = "transcmp-dark"
    assert snap_compare(app, press=["j"], terminal_size=size, run_before=settled)
