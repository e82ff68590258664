"""Files are written whole or not at all, wherever they lie."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.errors import WriteError
from transcmp.files import TEMPORARY, atomic, from_here, project_path, write_atomic

POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_when_it_is_whole(tmp_path):
    path = tmp_path / "new" / "a.txt"
    with atomic(path) as stream:
        stream.write("one\n")
        assert not path.exists()
        assert names(path.parent)[0].endswith(TEMPORARY)
        stream.write("two\n")
    assert path.read_bytes() == b"one\ntwo\n"
    assert names(path.parent) == ["a.txt"]


def test_an_exception_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.txt"
    write_atomic(path, "old")

    def half() -> None:
        with atomic(path) as stream:
            stream.write("new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
def test_a_file_system_that_cannot_be_written(tmp_path, monkeypatch, code):
    def refuse(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    path = tmp_path / "a.txt"
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(WriteError, match=f"a.txt: cannot write: {os.strerror(code)}"):
        write_atomic(path, "x")
    assert names(tmp_path) == []


def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    write_atomic(path, "old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="No space left"):
        write_atomic(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.txt"]


@POSIX
def test_a_folder_without_permission():
    with tempfile.TemporaryDirectory() as name:  # pytest's own folder lets nobody else in
        folder, user = Path(name), os.geteuid()
        folder.chmod(0o555)
        if user == 0:  # nothing is forbidden to root
            os.seteuid(65534)
        try:
            with pytest.raises(WriteError, match=r"a\.txt: cannot write: Permission denied"):
                write_atomic(folder / "a.txt", "x")
            assert names(folder) == []
        finally:
            os.seteuid(user)
            folder.chmod(0o755)


@POSIX
def test_mode_and_links_stay(tmp_path):
    path, link = tmp_path / "a.txt", tmp_path / "link"
    write_atomic(path, "old")
    path.chmod(0o640)
    link.symlink_to("a.txt")
    write_atomic(link, "new")
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@POSIX
def test_a_pipe_is_written_directly(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(path.read_text(encoding="utf-8")))
    reader.start()
    write_atomic(path, "through\n")
    reader.join()
    assert got == ["through\n"]


def test_long_names_and_half_characters(tmp_path):
    path = tmp_path / ("ü" * 120 + ".txt")
    write_atomic(path, "a\udcffb")
    assert path.read_bytes() == b"a\\udcffb"


@pytest.mark.parametrize(
    ("path", "expected"),
    [("docs/a.md", "docs/a.md"), ("./docs/../docs/a.md", "docs/a.md"), ("../x.md", None), (".", ".")],
)
def test_names_in_records(tmp_path, monkeypatch, path, expected):
    root = tmp_path / "root"
    root.mkdir()
    monkeypatch.chdir(root)
    found = project_path(path, root)
    assert found == (expected or str(tmp_path / "x.md").replace(os.sep, "/"))
    monkeypatch.chdir(tmp_path)
    assert project_path(Path("root", path), root) == found


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@given(st.binary(min_size=1, max_size=20))
def test_any_bytes_have_a_name_that_can_be_written(data):
    name = os.fsdecode(data.replace(b"\0", b"").replace(b"/", b"")) or "x"
    project_path(f"/root/docs/{name}", Path("/root")).encode("utf-8")


def test_a_path_on_another_drive_stays_absolute(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert from_here(tmp_path / "a" / "b.md") == str(Path("a", "b.md"))

    def other_drive(path, start=None):
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", other_drive)
    assert from_here(tmp_path / "b.md") == str(tmp_path / "b.md")
