"""The cache gives back what was put into it, or nothing: after a kill, beside another run, on a disk that fails."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.cache import Cache, default_folder, key_of
from transcmp.errors import WriteError

FORK = multiprocessing.get_context("fork")


def content(number: int) -> bytes:
    return random.Random(number).randbytes(2000 + number % 5000)


def place(cache: Cache, name: str) -> Path:
    """The file of an entry."""
    key = key_of(name)
    return cache.folder / key[:2] / key[2:]


def test_what_was_put_is_got(tmp_path):
    cache = Cache(tmp_path)
    key = key_of("a", b"b")
    assert cache.get(key) is None
    assert cache.usage().entries == 0
    cache.put(key, b"result")
    assert cache.get(key) == b"result"
    assert (cache.usage().entries, cache.usage().size) == (1, 22)
    assert cache.clear().entries == 1
    assert cache.get(key) is None


@given(st.lists(st.one_of(st.text(), st.binary())), st.lists(st.one_of(st.text(), st.binary())))
def test_keys_differ_where_the_parts_do(one, other):
    def plain(parts: list[str | bytes]) -> list[bytes]:
        return [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]

    assert (key_of(*one) == key_of(*other)) == (plain(one) == plain(other))


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: data[:0], lambda data: data[:20] + b"?" + data[21:], lambda data: data + b"x"]
)
def test_a_damaged_entry_is_none(tmp_path, damage):
    cache = Cache(tmp_path)
    cache.put(key_of("some"), b"some result")
    path = place(cache, "some")
    path.write_bytes(damage(path.read_bytes()))
    assert cache.get(key_of("some")) is None
    cache.put(key_of("some"), b"again")
    assert cache.get(key_of("some")) == b"again"


def test_the_longest_unused_go_first(tmp_path):
    cache = Cache(tmp_path, max_bytes=350)
    for number in range(6):
        cache.put(key_of(f"{number}"), b"x" * 84)
        os.utime(place(cache, str(number)), (time.time() - 10_000 + number,) * 2)
    assert cache.get(key_of("1")) is not None  # used just now
    name = place(cache, "1").name
    stray = place(cache, "1").with_name(f".{name}.1.tmp")
    stray.write_bytes(b"half")
    os.utime(stray, (0, 0))
    fresh = place(cache, "1").with_name(f".{name}.2.tmp")
    fresh.write_bytes(b"being written")
    cache.prune()
    assert [number for number in range(6) if cache.get(key_of(f"{number}")) is not None] == [1, 4, 5]
    assert not stray.exists()
    assert fresh.exists()
    assert cache.usage().entries == 3


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "results").write_text("in the way", encoding="utf-8")
    cache = Cache(tmp_path)
    assert cache.get(key_of("some")) is None
    assert cache.usage().entries == 0
    cache.prune()
    with pytest.raises(WriteError):
        cache.put(key_of("some"), b"x")


def test_the_folder_can_be_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv("TRANSCMP_CACHE_DIR", str(tmp_path))
    assert default_folder() == tmp_path


def _fill(folder: Path, seed: int) -> None:
    cache = Cache(folder, max_bytes=200_000)
    numbers = random.Random(seed)
    while True:
        number = numbers.randrange(100)
        cache.put(key_of(str(number)), content(number))
        if numbers.random() < 0.05:
            cache.prune()


def _check(folder: Path) -> int:
    cache = Cache(folder)
    found = [(number, cache.get(key_of(str(number)))) for number in range(100)]
    assert all(data is None or data == content(number) for number, data in found)
    return sum(data is not None for _, data in found)


def test_killed_at_any_moment_nothing_is_wrong(tmp_path):
    for moment in range(40):
        writers = [FORK.Process(target=_fill, args=(tmp_path, 2 * moment + at)) for at in range(2)]
        for writer in writers:
            writer.start()
        time.sleep(0.003 + 0.0007 * moment)
        for writer in writers:
            os.kill(writer.pid, signal.SIGKILL)
            writer.join()
        _check(tmp_path)
    assert _check(tmp_path) > 5


def test_entries_that_another_run_removes_meanwhile_are_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    cache.put(key_of("one"), b"one")
    cache.put(key_of("two"), b"two")
    listed = list(cache._entries())
    monkeypatch.setattr(cache, "_entries", lambda: listed)
    Path(listed[0].path).unlink()
    assert cache.usage().entries == 1


def test_what_others_keep_in_such_a_folder_is_left_alone(tmp_path: Path) -> None:
    """``--cache-dir .`` where there is a folder ``results``."""
    cache = Cache(tmp_path, max_bytes=0)
    others = [tmp_path / "results" / name for name in ("run1/metrics.json", "ab/notes.txt", "ab/.notes.tmp", "12/34", "readme.md")]
    for path in others:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine", encoding="utf-8")
        os.utime(path, (0, 0))
    cache.put(key_of("one"), b"one")
    assert cache.usage().entries == 1
    cache.prune()
    cache.put(key_of("two"), b"two")
    assert cache.clear().entries == 1
    assert cache.usage().entries == 0
    assert all(path.read_text(encoding="utf-8") == "mine" for path in others)
