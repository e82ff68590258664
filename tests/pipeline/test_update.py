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
def test_findings_are_those_of_a_new_comparison(before, kind: str) -> None:
    source, target = before.alignment.source.document, before.alignment.target.document
    changed = readers.parse(_edited(target.text, kind), path=target.path, format="markdown")
    quick = update(before, source, changed, options=OPTIONS)
    whole = pipeline.check(source, changed, options=OPTIONS)
    assert [(finding.rule, finding.target and finding.target.start) for finding in quick.findings] == [
        (finding.rule, finding.target and finding.target.start) for finding in whole.findings
    ]
    numbers = [number for bead in quick.alignment.beads for number in bead.target]
    assert sorted(numbers) == list(range(len(quick.alignment.target.segments)))
