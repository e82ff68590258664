from __future__ import annotations

from msgspec.structs import replace

from tests.tui import made
from transcmp.model import Scores
from transcmp.tui.figures import lines
from transcmp.tui.rows import Sheet


def text(sheet: Sheet) -> str:
    return "\n".join("".join(piece for piece, _ in line) for line in lines(sheet))


def test_figures_of_a_pair() -> None:
    comparison = replace(made.small(), scores=Scores(adequacy=0.805, quality=1.25), intervals={"adequacy": (0.771, 0.842)})
    shown = text(Sheet(comparison, hidden=frozenset({"omitted:4:0"})))
    for part in (
        "7 lines · 7 segments",
        "91 %",
        "81 %  77.1 to 84.2",
        "1.250",
        "90 %",
        "95 %",
        "1-1: 4",
        "moved: 1",
        "en: 5  it: 1",
        "untranslated",
        "1  dismissed",
    ):
        assert part in shown, part
    assert "omitted" not in shown
    assert "   90–100  ████████████████████████████████████████ 2" in shown


def test_a_mixed_document_has_no_figures_that_mean_nothing() -> None:
    shown = text(Sheet(made.mixed()))
    assert "Coverage" not in shown
    assert "untranslated" in shown


def test_a_clean_document() -> None:
    assert "none" in text(Sheet(replace(made.small(), findings=())))
