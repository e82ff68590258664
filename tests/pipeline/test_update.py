"""After an edit the comparison is what a new one would be."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcmp import pipeline, readers
from transcmp.pipeline.options import Options
from transcmp.pipeline.update import update

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpora" / "clean-it-en"
OPTIONS = Options(source_language="it", target_language="en")


@pytest.fixture(scope="module")
def before():
    return pipeline.check(str(CORPUS / "sentiero.it.md"), str(CORPUS / "sentiero.en.md"), options=OPTIONS)


def _edited(text: str, kind: str) -> str:
    paragraphs = text.split("\n\n")
    middle = len(paragraphs) // 2
    if kind == "word":
        paragraphs[middle] += " The refuge on the western slope sells maps of the whole valley to walkers."
    elif kind == "removed":
        del paragraphs[middle]
    elif kind == "swapped":
        paragraphs[middle], paragraphs[middle + 1] = paragraphs[middle + 1], paragraphs[middle]
    elif kind == "all":
        paragraphs = [part + " More." for part in paragraphs]
    return "\n\n".join(paragraphs)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["none", "word", "removed", "swapped", "all"])
def test_what_a_new_comparison_finds_is_found(before, kind: str) -> None:
    source, target = before.alignment.source.document, before.alignment.target.document
    changed = readers.parse(_edited(target.text, kind), path=target.path, format="markdown")
    quick, whole = (
        {(finding.rule, finding.target and finding.target.start) for finding in comparison.findings}
        for comparison in (update(before, source, changed, options=OPTIONS), pipeline.check(source, changed, options=OPTIONS))
    )
    assert whole <= quick
    # fewer texts around an edit leave less doubt: what is added stands out more than in the whole document
    assert {rule for rule, _ in quick - whole} <= {"added"}


@pytest.mark.slow
def test_every_segment_is_in_one_bead(before) -> None:
    source, target = before.alignment.source.document, before.alignment.target.document
    changed = readers.parse(_edited(target.text, "swapped"), path=target.path, format="markdown")
    alignment = update(before, source, changed, options=OPTIONS).alignment
    for side in ("source", "target"):
        numbers = [number for bead in alignment.beads for number in getattr(bead, side)]
        assert sorted(numbers) == list(range(len(getattr(alignment, side).segments)))
