"""One run over a whole tree, with a known fault and a new one beside it, in every format: golden files.

``TRANSCMP_GOLDEN=write pytest tests/pipeline/test_tree_reports.py`` writes them anew; read the difference before it is committed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.pipeline import site
from tests.pipeline.found import READERS, Found, from_junit
from tests.report.valid import validate
from transcmp.cli import main
from transcmp.report import formats

GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {"text": "txt", "json": "json", "jsonl": "jsonl", "sarif": "sarif", "junit": "xml", "github": "txt", "gitlab": "json",
            "checkstyle": "xml", "markdown": "md"}  # fmt: skip

BREAD, TOUR, EVENTS = "docs/it/guide/bread.md", "docs/de/guide/tour.md", "docs/en/guide/events.md"
ERRORS: Found = {
    ("untranslated", BREAD, 1), ("untranslated", BREAD, 3), ("untranslated", BREAD, 5), ("number", TOUR, 5), ("missing-file", EVENTS, 1),
}  # fmt: skip
FOUND: Found = ERRORS | {("orphan-file", "docs/it/guide/prices.md", 1)}
"""The number in line 3 of the German tour is known; that in line 7 is ignored by a comment."""

_MASKS = (
    # versions of packages, and scores, which move with every fit: neither is about the tree
    (r'("signature": ?|transcmpSignature": ?|semanticVersion": ?|"version": ?)"(?!2\.1\.0)[^"]*"', r'\1"…"'),
    (r'(name="score" value=)"[\d.]+"', r'\1"…"'),
    (r'("(?:score|source|target)": ?)[01]\.\d+', r"\g<1>0.5"),
    (r"score \d\.\d\d  coverage \d+% / \d+%", "score …  coverage …"),
    (r"\| \d\.\d\d \|", "| … |"),
)


def masked(text: str) -> str:
    for pattern, put in _MASKS:
        text = re.sub(pattern, put, text)
    return text


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Every report of one run, by format."""
    with pytest.MonkeyPatch.context() as patch:
        root = site.write(tmp_path_factory.mktemp("tree") / "site")
        patch.chdir(root)
        command = ["check", "--jobs", "1", "--no-cache", "-o", "../text"]
        assert main([*command, "--update-baseline"]) == 0
        baseline = Path(".transcmp/baseline.jsonl")
        known = [line for line in baseline.read_bytes().splitlines(keepends=True) if b'"number"' in line]
        assert len(known) == 1
        baseline.write_bytes(known[0])
        site.write(root, site.WORSE, None)
        wanted = [item for name in formats["check"] for item in ("--report", f"{name}=../{name}")]
        assert main([*command, *wanted]) == 1
        yield {name: Path("..", name).read_bytes().decode("utf-8") for name in formats["check"]}


def test_there_is_a_golden_file_for_every_format():
    assert set(SUFFIXES) == set(formats["check"])


@pytest.mark.parametrize("name", SUFFIXES)
def test_a_run_over_a_tree(reports, name):
    report = reports[name]
    validate(name, report)
    found = READERS[name](report) if name in READERS else from_junit(report)
    assert found == (ERRORS if name == "junit" else FOUND)
    path = GOLDEN / f"{name}.{SUFFIXES[name]}"
    if os.environ.get("TRANSCMP_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(masked(report), encoding="utf-8", newline="\n")
    assert masked(report) == path.read_bytes().decode("utf-8")
