"""The formats of a comparison of systems."""

from __future__ import annotations

import json

import jsonschema
import pytest
from msgspec.structs import replace

from transcmp.model import Language
from transcmp.report import Style, systems, systems_text
from transcmp.report.schemas import schema
from transcmp.scoring.systems import CompareOptions, compare_systems
from transcmp.systems import System, SystemsCompared, Texts

REFERENCE = ("The ferry leaves at nine.", "Tickets cost 12 euros.", "No dogs on board.", "The island is green.")
GOOD = ("The ferry leaves at nine.", "Tickets cost 12 euros.", "No dogs on the boat.", "The island is green.")
BAD = ("Ship goes.", "The cards cost.", "Dogs!", "Green is it.")


@pytest.fixture(scope="module")
def compared() -> SystemsCompared:
    texts = Texts(
        sources=("Die Fähre fährt um neun.", "Karten kosten 12 Euro.", "Keine Hunde an Bord.", "Die Insel ist grün."),
        systems=(System(name="a_b|c", texts=GOOD, findings={"number": 1}), System(name="50% \x1b[31m", texts=BAD, findings={"omitted": 2})),
        references=(REFERENCE,),
        source_language=Language("de"),
        target_language=Language("en"),
    )
    return compare_systems(texts, options=CompareOptions(samples=100, bucket_samples=20))


def test_json_is_the_documented_schema(compared: SystemsCompared) -> None:
    found = json.loads("".join(systems.json(compared, Style())))
    assert found["schema"] == "transcmp/compare/1"
    jsonschema.validate(found, schema("compare"))
    assert [system["name"] for system in found["systems"]] == ["a_b|c", "50% \x1b[31m"]
    metric = found["systems"][1]["metrics"][0]
    assert {"name", "score", "signature", "interval", "p_value"} <= set(metric)
    assert metric["name"] == "BLEU"
    assert found["systems"][0]["findings"] == {"number": 1}


def test_tsv_has_every_figure_in_full(compared: SystemsCompared) -> None:
    header, *lines = "".join(systems.tsv(compared, Style())).splitlines()
    assert len(lines) == 2 * 4
    assert {line.count("\t") for line in [header, *lines]} == {8}
    assert float(lines[1].split("\t")[2]) == compared.systems[0].metrics[1].score


def test_markdown_escapes_names(compared: SystemsCompared) -> None:
    lines = "".join(systems.markdown(compared, Style())).splitlines()
    assert lines[0] == "| system | BLEU | chrF2 | chrF2++ | TER |"
    assert lines[2].startswith(r"| a\_b\|c | ")
    assert "\x1b" not in "".join(lines)


def test_latex_escapes_and_marks_the_best(compared: SystemsCompared) -> None:
    text = "".join(systems.latex(compared, Style()))
    assert r"a\_b|c & \textbf{" in text
    assert r"50\% " in text
    assert text.count(r"\textbf") == 4
    assert text.count("&") == 3 * 4
    assert r"TER $\downarrow$" in text


def test_text_shows_scores_differences_and_no_controls(compared: SystemsCompared) -> None:
    text = "".join(systems_text.text(compared, Style()))
    assert "\x1b" not in text
    assert "baseline" in text
    assert "a_b|c: [The ferry leaves at nine] ." in text
    assert "chrF2 by number" in text
    assert "least in rows" in text


@pytest.mark.parametrize("width", [40, 60, 200])
def test_tables_fit_the_terminal(compared: SystemsCompared, width: int) -> None:
    text = "".join(systems_text.text(compared, Style(width=width)))
    table = text.split("\nfindings")[0]
    assert max(map(len, table.splitlines())) <= width
    assert [name for name in ("BLEU", "chrF2", "chrF2++", "TER") if f" {name}" in table] == ["BLEU", "chrF2", "chrF2++", "TER"]
    assert table.count("a_b|c (baseline)") == len([line for line in table.splitlines() if "±" in line]) // 2


def test_a_name_has_no_folders_that_all_have_and_one_signature_stands_once(compared: SystemsCompared) -> None:
    renamed = [replace(system, name=f"out/x/{name}") for system, name in zip(compared.systems, ("a/1.md", "b/1.md"), strict=True)]
    assert systems.short_names(replace(compared, systems=tuple(renamed))) == ["a/1.md", "b/1.md"]
    metrics = tuple(replace(result, signature="s" if result.name == "TER" else "t") for result in compared.systems[0].metrics)
    same = replace(compared, systems=(replace(compared.systems[0], metrics=metrics), compared.systems[1]))
    assert systems.signatures(same) == [("BLEU, chrF2, chrF2++", "t"), ("TER", "s")]


def test_colours_are_balanced(compared: SystemsCompared) -> None:
    text = "".join(systems_text.text(compared, Style(color=True)))
    assert text.count("\x1b[0m") == text.count("\x1b[1m") + text.count("\x1b[2m")
