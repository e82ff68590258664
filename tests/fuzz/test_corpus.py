"""Inputs that fuzzing found: each is read, or refused with one of our errors, and quickly."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.fuzz.fuzz_readers import CORPUS, MAX_LENGTH, one_input, split
from transcmp.readers import formats

INPUTS = sorted(path for path in CORPUS.iterdir() if path.is_file())


def test_every_format_is_fuzzed() -> None:
    named = {chosen[0] for path in INPUTS if (chosen := split(path.read_bytes()))}
    assert named == set(formats)


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_kept_input(path: Path) -> None:
    data = path.read_bytes()
    assert split(data) is not None, "the first line names a format"
    assert len(data) <= 4 * MAX_LENGTH, "kept inputs are small"
    start = time.process_time()
    one_input(data)
    assert time.process_time() - start < 5
