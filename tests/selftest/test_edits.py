"""Edits of a text, and where its places go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transcmp.model import Span
from transcmp.selftest.edits import Edit, apply, moved


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text("abc\n", max_size=40))
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = [Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False)]
    spans = [span for number, span in enumerate(spans) if not number or spans[number - 1].end < span.start]
    return text, [Edit(side="target", span=span, text=draw(st.text("XY", max_size=4))) for span in spans]


@given(edited(), st.data())
def test_text_outside_the_edits_is_found_where_moved_says(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, edits = case
    changed = apply(text, edits)
    outside = [at for at in range(len(text)) if not any(edit.span.start <= at < edit.span.end for edit in edits)]
    if outside:
        at = data.draw(st.sampled_from(outside))
        assert changed[moved(at, edits)] == text[at]
    assert moved(len(text), edits) == len(changed)


def test_an_offset_inside_an_edit_stays_inside_the_new_text() -> None:
    edits = [Edit(side="target", span=Span(2, 8), text="xy")]
    assert [moved(at, edits) for at in (1, 3, 7, 8, 9)] == [1, 3, 4, 4, 5]
