"""Glossaries from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders
from transcmp import checks
from transcmp.checks.glossary import read_terms
from transcmp.checks.options import Term
from transcmp.checks.terms import find_term
from transcmp.errors import FormatError, ReadError

TBX = """<?xml version="1.0" encoding="UTF-8"?>
<martif type="TBX" xml:lang="en"><text><body>
<termEntry id="c1">
  <langSet xml:lang="en-US"><tig><term>garden</term></tig></langSet>
  <langSet xml:lang="de"><tig><term>Garten</term></tig>
    <tig><term>Anlage</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
  <langSet xml:lang="fr"><tig><term>jardin</term></tig></langSet>
</termEntry>
</body></text></martif>
"""


def test_tsv(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text("source\ttarget\tforbidden\n# a comment\n\ngarden\tGarten | Park\tAnlage\nHappy Garden\t\n", encoding="utf-8")
    assert read_terms(str(path), "en", "de") == (
        Term(source="garden", targets=("Garten", "Park"), forbidden=("Anlage",), origin=f"{path}:4"),
        Term(source="Happy Garden", targets=(), origin=f"{path}:5"),
    )


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text('garden,"Garten"\n', encoding="utf-8-sig")
    assert [term.targets for term in read_terms(str(path), "en", "de")] == [("Garten",)]


@pytest.mark.parametrize(("target", "expected"), [("de-AT", (("Garten",), ("Anlage",))), ("fr", (("jardin",), ()))])
def test_tbx(tmp_path: Path, target: str, expected: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(TBX, encoding="utf-8")
    assert [(term.targets, term.forbidden) for term in read_terms(str(path), "en", target)] == [expected]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [("a.tbx", b"<martif>", FormatError), ("a.tsv", b"\xff\xfe", FormatError), ("a.tsv", b"\tGarten\n", FormatError)],
)
def test_broken_files_say_where(tmp_path: Path, name: str, content: bytes, error: type[Exception]) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error, match=name):
        read_terms(str(path), "en", "de")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        read_terms(str(tmp_path / "none.tsv"), "en", "de")


def test_an_entity_is_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(
        '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + TBX.split("\n", 1)[1].replace("Garten", "&x;"), encoding="utf-8"
    )
    assert all("\n" not in target for term in read_terms(str(path), "en", "de") for target in term.targets)


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("Die Gärten", "Garten", False),
        ("Die Gartens", "Garten", True),
        ("alle Pfadoperationen", "Pfadoperation", True),
        ("path operations", "path operation", True),
        ("a cat", "car", False),
        ("緑の庭です", "庭", True),
    ],
)
def test_inflected_forms(text: str, term: str, expected: bool) -> None:
    assert (find_term(text, term) is not None) is expected


def test_rules_read_the_files(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text("garden\tGarten\n", encoding="utf-8")
    made = builders.compare(["The garden is green."], ["Die Anlage ist grün."])
    found = checks.run(made, checks.Options(glossaries=(str(path),)))
    assert [finding.rule for finding in found] == ["glossary"]
