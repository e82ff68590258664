"""A file that holds both sides is compared as it says itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcmp import pipeline

PO = """msgid ""
msgstr ""
"Language: it\\n"

msgid "Save the file before you close the window."
msgstr "Salva il file prima di chiudere la finestra."

msgid "The disk is full."
msgstr ""

msgid "%d file was deleted."
msgid_plural "%d files were deleted."
msgstr[0] "%d file è stato eliminato."
msgstr[1] "%d file sono stati eliminati."
"""
TSV = "en\tit\nGood morning. How are you?\tBuongiorno. Come sta?\nIt is raining today.\tPiove.\nGood night.\tBuonanotte.\n"


@pytest.mark.parametrize(
    ("name", "text", "beads"),
    [
        ("it.po", PO, [((0,), (0,)), ((1,), ()), ((2,), (1,)), ((3,), (2,))]),
        ("terms.tsv", TSV, [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]),
    ],
)
def test_the_beads_are_those_of_the_file(name: str, text: str, beads: list[object], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    comparison = pipeline.check(str(path))
    alignment = comparison.alignment
    assert [(bead.source, bead.target) for bead in alignment.beads] == beads
    assert not comparison.mixed
    assert (alignment.source.language, alignment.target.language) == ("en", "it")


def test_an_entry_without_translation_is_omitted(tmp_path: Path) -> None:
    path = tmp_path / "it.po"
    path.write_text(PO, encoding="utf-8")
    (finding,) = pipeline.check(str(path)).findings
    assert (finding.rule, finding.severity, finding.target) == ("omitted", "error", None)
    assert finding.source is not None
    assert (finding.source.text, finding.source.start.line) == ("The disk is full.", 8)
