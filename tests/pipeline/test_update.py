"""After an edit the comparison is what a new one would be."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcmp import pipeline, readers
from transcmp.checks.options import Options as RuleOptions
from transcmp.config import Settings
from transcmp.pipeline import steps
from transcmp.pipeline.memory import Memory
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
def test_only_what_is_near_the_edit_is_aligned_again(before, monkeypatch) -> None:
    again = []
    aligned = steps.aligned

    def counted(both, *others):
        again.append((len(both.source.segments), len(both.target.segments)))
        return aligned(both, *others)

    monkeypatch.setattr(steps, "aligned", counted)
    source, target = before.alignment.source.document, before.alignment.target.document
    far = "\n\n".join(target.text.split("\n\n")[:-1])  # the end is missing: these beads have no counterpart, and keep none
    shorter = pipeline.check(source, readers.parse(far, path=target.path, format="markdown"), options=OPTIONS)
    heading = readers.parse(far.replace("# ", "# All ", 1), path=target.path, format="markdown")
    again.clear()
    after = update(shorter, source, heading, options=OPTIONS)
    assert max(again[0]) <= 10
    assert len(shorter.alignment.source.segments) > 20
    assert [bead.source for bead in after.alignment.beads if not bead.target] == [
        bead.source for bead in shorter.alignment.beads if not bead.target
    ]


@pytest.mark.slow
def test_what_is_written_at_the_end_is_compared_with_the_end(before) -> None:
    source, target = before.alignment.source.document, before.alignment.target.document
    parts = target.text.rstrip().split("\n\n")
    shorter, whole = (readers.parse("\n\n".join(text), path=target.path, format="markdown") for text in (parts[:-1], parts))
    lacking = pipeline.check(source, shorter, options=OPTIONS)
    assert any(finding.rule == "omitted" for finding in lacking.findings)
    assert not any(finding.rule in ("omitted", "added") for finding in update(lacking, source, whole, options=OPTIONS).findings)


@pytest.mark.slow
def test_the_rules_settings_hold_after_an_edit(before) -> None:
    source, target = before.alignment.source.document, before.alignment.target.document
    changed = readers.parse(_edited(target.text, "removed"), path=target.path, format="markdown")
    off = RuleOptions(settings=Settings(rules={"omitted": "off"}))
    assert "omitted" in {finding.rule for finding in update(before, source, changed, options=OPTIONS).findings}
    assert "omitted" not in {finding.rule for finding in update(before, source, changed, options=OPTIONS, rules=off).findings}


@pytest.mark.slow
def test_every_segment_is_in_one_bead(before) -> None:
    source, target = before.alignment.source.document, before.alignment.target.document
    changed = readers.parse(_edited(target.text, "swapped"), path=target.path, format="markdown")
    alignment = update(before, source, changed, options=OPTIONS).alignment
    for side in ("source", "target"):
        numbers = [number for bead in alignment.beads for number in getattr(bead, side)]
        assert sorted(numbers) == list(range(len(getattr(alignment, side).segments)))


@pytest.mark.slow
def test_what_is_remembered_changes_nothing(before) -> None:
    source, target = before.alignment.source.document, before.alignment.target.document
    memory = Memory()
    for kind in ("word", "removed", "word"):
        changed = readers.parse(_edited(target.text, kind), path=target.path, format="markdown")
        fresh, known = (update(before, source, changed, options=OPTIONS, memory=one) for one in (None, memory))
        assert [(item.rule, item.target, item.source) for item in fresh.findings] == [
            (item.rule, item.target, item.source) for item in known.findings
        ]
        assert [(bead.source, bead.target) for bead in fresh.alignment.beads] == [
            (bead.source, bead.target) for bead in known.alignment.beads
        ]
        assert [bead.score for bead in fresh.alignment.beads] == pytest.approx([bead.score for bead in known.alignment.beads], abs=1e-4)


@pytest.mark.slow
def test_work_that_nobody_waits_for_ends_at_the_next_rule(before) -> None:
    steps_done = 0

    def go_on() -> None:
        nonlocal steps_done
        steps_done += 1
        if steps_done == 10:
            raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        update(before, before.alignment.source.document, before.alignment.target.document, options=OPTIONS, go_on=go_on)
    assert steps_done == 10
