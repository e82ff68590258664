from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.tui.conftest import Start
from transcmp.tui.screens import beads


async def test_a_changed_file_is_read_again_at_the_same_place(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beads, "_WATCH_PERIOD", 0.05)
    async with start(watch=True) as program:
        await program.press("j", "j")
        before = program.screen.beads.sheet
        path = tmp_path / "market.en.md"
        os.utime(path, (path.stat().st_mtime + 10,) * 2)
        for _ in range(100):
            await program.pilot.pause(0.05)
            if program.screen.beads.sheet is not before:
                break
        assert program.screen.beads.sheet is not before
        assert program.row == 2


async def test_unsaved_repairs_are_not_overwritten(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beads, "_WATCH_PERIOD", 0.05)
    async with start(watch=True) as program:
        await program.press("m")
        path = tmp_path / "market.en.md"
        os.utime(path, (path.stat().st_mtime + 10,) * 2)
        for _ in range(100):
            await program.pilot.pause(0.05)
            if "Save or undo" in program.notices():
                break
        assert "Save or undo" in program.notices()
        assert program.app.session is not None
        assert program.app.session.unsaved
