from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.tui import made
from transcmp.errors import WriteError
from transcmp.model import Comparison, Document, Side
from transcmp.tui import kept, repair
from transcmp.tui.session import Session
from transcmp.tui.work import MadeWork, Watcher


def beside(comparison: Comparison, folder: Path) -> Comparison:
    """The comparison with its documents in a folder."""

    def moved(side: Side) -> Side:
        document: Document = replace(side.document, path=str(folder / side.document.path))
        return replace(side, document=document)

    alignment = replace(comparison.alignment, source=moved(comparison.alignment.source), target=moved(comparison.alignment.target))
    return replace(comparison, alignment=alignment)


def opened(folder: Path) -> Session:
    work = MadeWork([beside(made.small(), folder)])
    session = Session(work, work.pairs, folder=folder / ".transcmp")
    session.take(0, *session.compare(0, Watcher()))
    return session


def test_a_dismissal_is_obeyed_now_and_by_the_next_session(tmp_path: Path) -> None:
    session = opened(tmp_path)
    assert session.sheet is not None
    session.dismiss(session.sheet.findings_at(4), "a quotation")
    assert session.sheet.findings_at(4) == ()
    again = opened(tmp_path)
    assert again.sheet is not None
    assert again.sheet.findings_at(4) == ()
    assert "a quotation" in (tmp_path / ".transcmp" / "decisions.jsonl").read_text(encoding="utf-8")
    again.restore(again.sheet.comparison.findings[2])
    assert again.sheet.findings_at(4) != ()
    assert opened(tmp_path).sheet.findings_at(4) != ()  # type: ignore[union-attr]


def test_comments_come_back(tmp_path: Path) -> None:
    session = opened(tmp_path)
    assert session.sheet is not None
    session.comment(session.sheet.bead(2), "ask the author")
    again = opened(tmp_path)
    assert again.sheet is not None
    remark = again.remark_on(again.sheet.bead(2))
    assert remark is not None
    assert remark.comment == "ask the author"
    assert again.remark_on(again.sheet.bead(1)) is None
    again.comment(again.sheet.bead(2), "")
    assert opened(tmp_path).translation.remarks == {}
    assert not list(tmp_path.rglob("comments*"))


def test_repairs_are_saved_and_their_beads_stay_locked(tmp_path: Path) -> None:
    session = opened(tmp_path)
    session.repair(lambda beads: repair.split(beads, 2))
    assert session.unsaved
    one = session.translation
    assert one.comparison is not None
    kept.save(tmp_path / ".transcmp", one.comparison, one.locked())
    one.history.saved()
    assert not session.unsaved
    assert kept.kept_locks(tmp_path / ".transcmp", one.comparison) == one.history.locked


def test_unsaved_repairs_survive_a_crash(tmp_path: Path) -> None:
    session = opened(tmp_path)
    session.repair(lambda beads: repair.merge(beads, 0))
    session.save_recovery()
    again = opened(tmp_path)
    found = kept.recovered(again.folder, again.translation.comparison)  # type: ignore[arg-type]
    assert found is not None
    assert found.beads == session.translation.history.beads
    assert found.locked == session.translation.history.locked
    again.give_up()
    assert kept.recovered(again.folder, again.translation.comparison) is None  # type: ignore[arg-type]


def test_undone_repairs_leave_no_recovery(tmp_path: Path) -> None:
    session = opened(tmp_path)
    session.repair(lambda beads: repair.merge(beads, 0))
    session.save_recovery()
    session.undo()
    session.save_recovery()
    assert kept.recovered(session.folder, session.translation.comparison) is None  # type: ignore[arg-type]


def test_a_full_disk_is_an_error_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened(tmp_path)
    session.repair(lambda beads: repair.split(beads, 2))
    one = session.translation
    assert one.comparison is not None
    first = kept.save(tmp_path / ".transcmp", one.comparison, one.locked())
    before = first.read_bytes()
    session.repair(lambda beads: repair.merge(beads, 0))

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(WriteError, match="No space left"):
        kept.save(tmp_path / ".transcmp", one.comparison, one.locked())
    assert first.read_bytes() == before
    assert session.unsaved
    assert [path.name for path in first.parent.iterdir()] == [first.name]


def test_the_cursor_stays_on_its_line_when_the_files_are_read_again(tmp_path: Path) -> None:
    session = opened(tmp_path)
    session.translation.cursor = 5
    session.take(0, *session.compare(0, Watcher()))
    assert session.translation.cursor == 5


def test_an_accepted_bead_stays_in_this_session_and_the_next(tmp_path: Path) -> None:
    session = opened(tmp_path)
    assert session.sheet is not None
    bead = session.sheet.bead(4)
    assert not session.is_locked(bead)
    session.dismiss(session.sheet.findings_at(1), "a quotation")
    session.accept(bead, session.sheet.findings_at(4))
    assert session.is_locked(bead)
    assert not session.unsaved
    again = opened(tmp_path)
    assert again.sheet is not None
    assert again.is_locked(bead)
    assert again.translation.locked() == [bead]
    assert again.sheet.findings_at(4) == ()
    again.unaccept(bead, again.sheet.comparison.findings)
    assert not again.is_locked(bead)
    assert again.sheet.findings_at(4) != ()
    assert again.sheet.findings_at(1) == ()
    assert opened(tmp_path).translation.locked() == []
