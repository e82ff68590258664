"""Fingerprints last through what editors do, and change with what a finding is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.decisions.build import comparison
from transcmp.decisions import fingerprint, is_named, sketches, with_fingerprints
from transcmp.decisions.fingerprints import resemblance

SOURCE = "The house was built in 1987 and has nine rooms.\n\nIt was sold in 2003 for little money. Nobody lives there."
TARGET = "La casa fu costruita nel 1978 e ha nove stanze.\n\nFu venduta nel 2003 per pochi soldi. Nessuno vive lì."
FAULT = ("number", "1987", "1978")


def name(source: str, target: str, *faults: tuple[str, str | None, str | None], nth: int = 0) -> str:
    return with_fingerprints(comparison(source, target, *(faults or (FAULT,)))).findings[nth].fingerprint


BEFORE = name(SOURCE, TARGET)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The house was\nbuilt in 1987\nand has nine rooms.\n\nIt was sold.", TARGET),
        ("A new paragraph.\n\n\n\n" + SOURCE, "Un nuovo paragrafo.\n\n" + TARGET),
        (SOURCE, TARGET.replace("La casa", "Quella bella casa rossa")),
        (SOURCE.replace("nine rooms", "a lot of rooms, I think"), TARGET),
        ("It was sold.\n\n" + SOURCE.split("\n\n")[0], "Fu venduta.\n\n" + TARGET.split("\n\n")[0]),
        (SOURCE.replace("1987", "１９８７"), TARGET),
    ],
    ids=["re-wrapped", "moved down", "target edited", "source edited", "order changed", "full-width digits"],
)
def test_edits_elsewhere_leave_it(source, target):
    fault = ("number", "１９８７" if "１９８７" in source else "1987", "1978")
    assert name(source, target, fault) == BEFORE


@pytest.mark.parametrize(
    "fault", [("number", "1987", "2003"), ("number", "2003", "1978"), ("date", "1987", "1978"), ("number", "1987", None)]
)
def test_another_fault_has_another(fault):
    assert name(SOURCE, TARGET, fault) != BEFORE


def test_small_letters_and_capitals_are_the_same_words():
    one, other = "Nessuno vive lì.", "NESSUNO vive Lì."
    names = {name(SOURCE, TARGET.replace(one, text), ("untranslated", "Nobody lives there.", text)) for text in (one, other)}
    assert len(names) == 1


def test_it_has_no_place_in_it():
    assert name(SOURCE, TARGET) == with_fingerprints(comparison(SOURCE, TARGET, FAULT, paths=("x/a.md", "y/b.md"))).findings[0].fingerprint
    assert len(BEFORE) == 16
    assert int(BEFORE, 16)


def test_where_one_side_names_words_the_sentence_on_the_other_may_change():
    whole = "La casa fu costruita e ha nove stanze."
    one = name(SOURCE, whole, ("number", "1987", whole))
    edited = whole.replace("nove", "dieci")
    assert name(SOURCE, edited, ("number", "1987", edited)) == one


def test_equal_findings_are_numbered_and_keep_their_numbers():
    text = "He paid 5 euros. She paid 5 euros.\n\nThey paid 5 euros."
    faults = [("number", "5", "6")] * 3
    found = with_fingerprints(comparison(text, text.replace("5", "6"), *faults)).findings
    names = [finding.fingerprint for finding in found]
    assert names == [names[0], f"{names[0]}-1", f"{names[0]}-2"]
    compared = comparison(text, text.replace("5", "6"), *faults)
    assert [fingerprint(finding, compared) for finding in compared.findings] == names


def test_chinese_re_wrapped_is_the_same_text():
    source, words = "We sold the house last year.", "我们去年卖掉了房子。"
    wrapped = "我们去年\n卖掉了房子。"
    assert name(source, words, ("untranslated", None, words)) == name(source, wrapped, ("untranslated", None, wrapped.replace("\n", " ")))


def test_sketches_resemble_the_more_the_more_is_shared():
    def sketch(source: str, target: str) -> str:
        return sketches(comparison(source, target, FAULT))[0]

    same = sketch(SOURCE, TARGET)
    edited = sketch(SOURCE, TARGET.replace("nove stanze", "dieci belle stanze"))
    other = sketch(
        "In 1987 nobody knew what the next years would bring us.", "Nel 1978 nessuno sapeva che cosa avrebbero portato gli anni."
    )
    assert resemblance(same, same) == 1
    assert resemblance(same, edited) > 0.6
    assert resemblance(same, other) < 0.3
    assert resemblance("", "") == 1
    assert resemblance(same, "") == 0


@given(st.text(), st.text())
def test_any_text_has_a_fingerprint_and_a_sketch(one, other):
    source, target = f"x {one}", f"x {other}"
    compared = comparison(source, target, ("number", "x", "x"))
    assert fingerprint(compared.findings[0], compared)
    assert 0 <= resemblance(*sketches(compared), "0123") <= 1


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("0123456789abcdef", True), ("0123", True), ("012", False), ("", False), ("0124", False), ("0123-1", False),
        ("0123456789abcdef-1", False), ("0123456789abcdef0", False),
    ],
)  # fmt: skip
def test_first_characters_name_a_fingerprint(given, named):
    assert is_named("0123456789abcdef", given) is named


def test_the_number_of_a_fingerprint_counts():
    assert is_named("0123456789abcdef-1", "0123-1")
    assert not is_named("0123456789abcdef-1", "0123")
    assert not is_named("0123456789abcdef-12", "0123-1")


def test_a_finding_about_a_whole_document_is_told_from_that_of_another():
    whole = ("low-score", None, None)
    assert name(SOURCE, TARGET, whole) == name(SOURCE, "Tutt'altro.", whole)
    assert name(SOURCE, TARGET, whole) != name(f"Chapter two.\n\n{SOURCE}", TARGET, whole)
