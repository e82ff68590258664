"""Where findings of missing and added passages stand."""

from __future__ import annotations

import pytest

from transcmp import pipeline, readers
from transcmp.pipeline import Options

OPTIONS = Options(source_language="en", target_language="de")
BEFORE = "The old mill stands at the end of the valley.\n\n", "Die alte Mühle steht am Ende des Tals.\n\n"
BOX = "::: tip\nVisitors are welcome every day from nine to five.\n\nThe entrance is free on Sundays.\n:::\n\n"
AFTER = "The wheel was repaired in the spring of 1987.\n", "Das Rad wurde im Frühling 1987 repariert.\n"


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["omitted", "added"])
def test_a_box_that_one_side_lacks_begins_at_its_mark(rule: str) -> None:
    with_box, without = BEFORE[0] + BOX + AFTER[0], BEFORE[1] + AFTER[1]
    texts = (with_box, without) if rule == "omitted" else (without, with_box)
    languages = ("en", "de") if rule == "omitted" else ("de", "en")
    options = Options(source_language=languages[0], target_language=languages[1])
    source, target = (readers.parse(text, path=f"{number}.md", format="markdown") for number, text in enumerate(texts))
    (finding,) = pipeline.check(source, target, options=options).findings
    place = finding.source if rule == "omitted" else finding.target
    assert finding.rule == rule
    assert place is not None
    assert with_box[place.span.start : place.span.end].startswith("::: tip\nVisitors")
    assert (place.start.line, place.text.splitlines()[0]) == (3, "Visitors are welcome every day from nine to five.")


@pytest.mark.slow
def test_a_box_of_which_only_the_end_is_missing_keeps_its_mark() -> None:
    kept = BEFORE[1] + "::: tip\nBesucher sind jeden Tag von neun bis fünf willkommen.\n:::\n\n" + AFTER[1]
    source, target = (readers.parse(text, path="a.md", format="markdown") for text in (BEFORE[0] + BOX + AFTER[0], kept))
    (finding,) = pipeline.check(source, target, options=OPTIONS).findings
    assert finding.source is not None
    assert (finding.rule, finding.source.start.line) == ("omitted", 6)


@pytest.mark.slow
def test_a_title_in_front_matter_may_be_the_heading_too() -> None:
    title = "The old mill at the end of the valley"
    page = f"---\ntitle: {title}\n---\n\n# {title}\n\nThe entrance is free on Sundays.\n"
    target = readers.parse(page, path="b.md", format="markdown")
    source = readers.parse("# Die alte Mühle am Ende des Tals\n\nDer Eintritt ist sonntags frei.\n", path="a.md", format="markdown")
    options = Options(source_language="de", target_language="en")
    assert "duplicated" not in {finding.rule for finding in pipeline.check(source, target, options=options).findings}
