"""Every corpus: what `check` reports is exactly what its `corpus.toml` says, and `align` agrees with its gold beads."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from transcmp import pipeline
from transcmp.alignment import evaluate, read_gold
from transcmp.model import Alignment

CORPORA = Path(__file__).parent.parent / "corpora"
NAMES = sorted(path.parent.name for path in CORPORA.glob("*/corpus.toml"))


def corpus(name: str) -> dict[str, Any]:
    return tomllib.loads((CORPORA / name / "corpus.toml").read_text(encoding="utf-8"))


def paths(name: str) -> list[str]:
    return [str(CORPORA / name / corpus(name)[side]) for side in ("source", "target") if side in corpus(name)]


def options(name: str) -> pipeline.Options:
    described = corpus(name)
    chosen = {key: described[key] for key in ("source_language", "target_language", "encoder") if key in described}
    return pipeline.Options(**chosen)


def _spell(place: dict[str, Any] | None, wanted: dict[str, Any] | None) -> tuple[Any, ...] | None:
    """A place as far as the expectation describes it: lines, and the words where they are given."""
    if place is None:
        return None
    words = (" ".join(place["text"].split()),) if wanted is None or "text" in wanted else ()
    return (place["line"], place["end_line"], *words)


def _expected(wanted: dict[str, Any] | None) -> tuple[Any, ...] | None:
    if wanted is None:
        return None
    return (*wanted["lines"], wanted["text"]) if "text" in wanted else tuple(wanted["lines"])


@pytest.mark.parametrize("name", NAMES)
def test_check_reports_what_is_wrong_and_nothing_else(name: str) -> None:
    described = corpus(name)
    command = [sys.executable, "-m", "transcmp", "check", *paths(name), "--format", "json"]
    for option in ("source_language", "target_language", "encoder"):
        if option in described:
            command += [f"--{option.replace('_', '-')}", described[option]]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == (1 if any(item["severity"] == "error" for item in described["findings"]) else 0), run.stderr
    found = [finding for document in json.loads(run.stdout)["documents"] for finding in document["findings"]]
    assert sorted((item["rule"], item["severity"]) for item in found) == sorted(
        (item["rule"], item["severity"]) for item in described["findings"]
    ), "\n".join(f"{item['rule']}: {item['message']}" for item in found)
    assert not [item for item in described["findings"] if item.get("false_alarm") and item["severity"] != "note"]
    unmatched = list(found)
    for wanted in described["findings"]:
        matching = [
            item
            for item in unmatched
            if (item["rule"], item["severity"]) == (wanted["rule"], wanted["severity"])
            and all(_spell(item[side], wanted.get(side)) == _expected(wanted.get(side)) for side in ("source", "target"))
        ]
        assert matching, f"{wanted} is not among {[item for item in unmatched if item['rule'] == wanted['rule']]}"
        unmatched.remove(matching[0])
    assert len({item["fingerprint"] for item in found}) == len(found)


@pytest.fixture(scope="module")
def alignments() -> dict[str, Alignment]:
    """Each corpus, aligned once."""
    return {name: pipeline.align(*paths(name), options=options(name)) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_corpus_is_large_enough(name: str, alignments: dict[str, Alignment]) -> None:
    alignment = alignments[name]
    sizes = [len(side.segments) for side in (alignment.source, alignment.target)]
    if alignment.source.document.path == alignment.target.document.path and not corpus(name).get("target"):
        assert sum(sizes) >= 40
    else:
        assert min(sizes) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_gold_beads_hold_every_segment_once(name: str, alignments: dict[str, Alignment]) -> None:
    gold = read_gold(str(CORPORA / name / "gold.vecalign"))
    for side, position in (("source", 0), ("target", 1)):
        ids = sorted(number for bead in gold for number in bead[position])
        assert ids == list(range(len(getattr(alignments[name], side).segments))), f"{name}: {side}"


@pytest.mark.parametrize("name", NAMES)
def test_align_finds_the_gold_beads(name: str, alignments: dict[str, Alignment]) -> None:
    figures = evaluate(alignments[name].beads, read_gold(str(CORPORA / name / "gold.vecalign")))
    assert figures["strict"].f1 >= corpus(name).get("least_strict_f1", 1.0)
    assert figures["lax"].f1 >= 0.99


@pytest.mark.parametrize("name", NAMES)
def test_expectations_name_words_that_stand_on_their_lines(name: str) -> None:
    described = corpus(name)
    for item in described["findings"]:
        for side in ("source", "target"):
            if side in item and "text" in item[side]:
                first, last = item[side]["lines"]
                lines = (CORPORA / name / described.get(side, described["source"])).read_text(encoding="utf-8").split("\n")
                stretch = " ".join(line.strip() for line in lines[first - 1 : last])
                assert item[side]["text"] in stretch
