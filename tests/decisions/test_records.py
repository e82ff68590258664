"""Baseline and dismissals: what they silence, what they no longer silence, and how they lie on the disk."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
import time

import pytest

from tests.decisions.build import comparison
from transcmp import files
from transcmp.decisions import (
    BASELINE,
    DECISIONS,
    Record,
    add_dismissal,
    apply,
    digest,
    load_baseline,
    load_decisions,
    load_remarks,
    record_of,
    remove_dismissal,
    save_baseline,
    save_remark,
    sketches,
    with_fingerprints,
)  # fmt: skip
from transcmp.errors import ConfigError, WriteError
from transcmp.model import Comparison

SOURCE = "The old house was built in 1987 by my uncle.\n\nMy sister bought a green car in 1987 from a friend."
TARGET = "La vecchia casa fu costruita nel 1978 da mio zio.\n\nMia sorella comprò un'auto verde nel 1978 da un amico."
FAULT = ("number", "1987", "1978")


def named(source: str, target: str, *faults: tuple[str, str | None, str | None]) -> Comparison:
    return with_fingerprints(comparison(source, target, *faults))


def records(compared: Comparison) -> list[Record]:
    return [record_of(finding, "en.md", "it.md", sketch) for finding, sketch in zip(compared.findings, sketches(compared), strict=True)]


def silenced(compared: Comparison, known: list[Record]) -> tuple[list[int], int]:
    """Lines of the targets of what is kept, and the number of stale records."""
    applied = apply(compared.findings, sketches(compared), known)
    return [finding.target.start.line for finding in applied.kept if finding.target is not None], len(applied.stale)


def test_what_is_known_is_silenced_and_what_is_new_is_kept():
    known = records(named(SOURCE, TARGET, FAULT))
    assert silenced(named(SOURCE, TARGET, FAULT), known) == ([], 0)
    assert silenced(named(SOURCE, TARGET, FAULT, FAULT), known) == ([3], 0)


def test_what_was_repaired_is_told():
    known = records(named(SOURCE, TARGET, FAULT, FAULT))
    assert silenced(named(SOURCE, TARGET, FAULT), known) == ([], 1)
    assert silenced(named(SOURCE, TARGET), known) == ([], 2)


def test_an_equal_fault_put_before_does_not_take_the_others_record():
    house, car = SOURCE.split("\n\n")
    casa, auto = TARGET.split("\n\n")
    known = records(named(house, casa, FAULT))
    assert known[0].fingerprint == records(named(car, auto, FAULT))[0].fingerprint
    assert silenced(named(f"{car}\n\n{house}", f"{auto}\n\n{casa}", FAULT, FAULT), known) == ([1], 0)
    assert silenced(named(car, auto, FAULT), known) == ([1], 1)


def test_edits_around_it_and_moves_keep_it_silent():
    known = records(named(SOURCE, TARGET, FAULT))
    edited = TARGET.replace("da mio zio", "dal fratello di mio padre, dicono")
    assert silenced(named("New.\n\n" + SOURCE, "Nuovo.\n\n" + edited, FAULT), known) == ([], 0)


def test_one_record_silences_one_finding():
    text = "He paid 5 euros. She paid 5 euros."
    faults = [("number", "5", "6")] * 2
    known = records(named(text, text.replace("5", "6"), faults[0]))
    applied = apply(*(lambda compared: (compared.findings, sketches(compared)))(named(text, text.replace("5", "6"), *faults)), known)
    assert (len(applied.kept), len(applied.silenced), applied.stale) == (1, 1, ())
    assert applied.silenced[0][1] == known[0]


def test_files_are_sorted_lines_whatever_the_order(tmp_path):
    known = records(named(SOURCE, TARGET, FAULT, FAULT))
    save_baseline(tmp_path, known)
    once = (tmp_path / BASELINE).read_bytes()
    save_baseline(tmp_path, [*reversed(known), known[0]])
    assert (tmp_path / BASELINE).read_bytes() == once
    assert [json.loads(line)["fingerprint"] for line in once.splitlines()] == sorted(record.fingerprint for record in known)
    assert set(load_baseline(tmp_path)) == set(known)


def test_a_dismissal_says_who_when_and_why(tmp_path, monkeypatch):
    record = records(named(SOURCE, TARGET, FAULT))[0]
    monkeypatch.setenv("TRANSCMP_AUTHOR", "Ada")
    made = add_dismissal(tmp_path, record, "the source is\nwrong")
    assert (made.reason, made.author) == ("the source is wrong", "Ada")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", made.date)
    add_dismissal(tmp_path, record, "really", author="Bob", date="2026-01-01")
    assert [(item.reason, item.author, item.date) for item in load_decisions(tmp_path)] == [("really", "Bob", "2026-01-01")]
    assert silenced(named(SOURCE, TARGET, FAULT), list(load_decisions(tmp_path))) == ([], 0)
    assert remove_dismissal(tmp_path, record)
    assert not remove_dismissal(tmp_path, record)
    assert load_decisions(tmp_path) == ()


def test_remarks_stand_among_the_dismissals_and_neither_loses_the_other(tmp_path, monkeypatch):
    monkeypatch.setenv("TRANSCMP_AUTHOR", "Ada")
    both = named(SOURCE, TARGET, FAULT)
    alignment, (first, second) = both.alignment, both.alignment.beads[:2]
    record = records(both)[0]
    add_dismissal(tmp_path, record, "why")
    save_remark(tmp_path, alignment, first, comment="ask\nthe author")
    save_remark(tmp_path, alignment, first, accepted=True)
    save_remark(tmp_path, alignment, second, accepted=True)
    assert [item.reason for item in load_decisions(tmp_path)] == ["why"]
    found = load_remarks(tmp_path, alignment)[digest(alignment, first)]
    assert (found.comment, found.accepted, found.author) == ("ask the author", True, "Ada")
    assert silenced(both, list(load_decisions(tmp_path))) == ([], 0)
    add_dismissal(tmp_path, record, "another reason")
    assert len(load_remarks(tmp_path, alignment)) == 2
    save_remark(tmp_path, alignment, first, comment="")
    save_remark(tmp_path, alignment, second, accepted=False)
    assert [item.accepted for item in load_remarks(tmp_path, alignment).values()] == [True]
    assert remove_dismissal(tmp_path, record)
    assert [item.bead for item in load_remarks(tmp_path, alignment).values()] == [digest(alignment, first)]
    assert [path.name for path in tmp_path.iterdir()] == [DECISIONS]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "not a record"),
        (b'{"bead":"x","target":"a"}', "not a record"),
        (b'{"target": 3}', "not a record"),
        (b"<<<<<<< HEAD", "a merge conflict: keep the lines of both sides"),
        (b'{"target":"a","source":"b","rule":"r","fingerprint":"f"}', "reason"),
    ],
)
def test_a_damaged_file_is_named_with_its_line(tmp_path, line, message):
    add_dismissal(tmp_path, records(named(SOURCE, TARGET, FAULT))[0], "why")
    with (tmp_path / DECISIONS).open("ab") as stream:
        stream.write(b"\n" + line + b"\n")
    with pytest.raises(ConfigError) as caught:
        load_decisions(tmp_path)
    assert caught.value.line == 3
    assert message in str(caught.value)


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / ".transcmp").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(WriteError, match=r"baseline\.jsonl: cannot write"):
        save_baseline(tmp_path / ".transcmp", [])


def _write_for_ever(folder, known):
    size = 0
    while True:
        size = size % len(known) + 1
        save_baseline(folder, known[:size])


def test_killed_at_any_moment_the_baseline_is_whole(tmp_path):
    known = [
        Record(target=f"it/{number}.md", source=f"en/{number}.md", rule="number", fingerprint=f"{number:016x}") for number in range(300)
    ]
    save_baseline(tmp_path, known)
    for moment in range(20):
        process = multiprocessing.get_context("fork").Process(target=_write_for_ever, args=(tmp_path, known))
        process.start()
        time.sleep(0.002 + moment * 0.0013)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert len(load_baseline(tmp_path)) >= 1


def _dismiss_many(folder, name, start):
    start.wait()
    for number in range(25):
        add_dismissal(folder, Record(target="b", source="a", rule="number", fingerprint=f"{name}{number:04}"), "fine", author="me")


def test_two_processes_that_dismiss_at_once_lose_nothing(tmp_path):
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    both = [context.Process(target=_dismiss_many, args=(tmp_path, name, start)) for name in "xy"]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert [one.exitcode for one in both] == [0, 0]
    assert len(load_decisions(tmp_path)) == 50
    assert [path.name for path in tmp_path.iterdir()] == ["decisions.jsonl"]


def test_a_lock_that_is_held_is_told_and_one_that_a_killed_run_left_is_taken(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LOCK_WAIT", 0.05)
    lock = tmp_path / "decisions.jsonl.lock"
    lock.touch()
    record = Record(target="b", source="a", rule="number", fingerprint="0123")
    with pytest.raises(WriteError, match="another run is changing it"):
        add_dismissal(tmp_path, record, "fine")
    assert lock.exists()
    os.utime(lock, (time.time() - 100,) * 2)
    add_dismissal(tmp_path, record, "fine")
    assert not lock.exists()
