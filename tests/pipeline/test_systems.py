"""Several translations of one source, from files to figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from transcmp.cli import main

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpora" / "compare-de-en"
FILES = [str(CORPUS / name) for name in ("bahn.de.md", "good.en.md", "literal.en.md", "careless.en.md")]
REFERENCE = ["--reference", str(CORPUS / "reference.en.md")]
QUICK = ["--samples", "100", "--encoder", "lexical"]


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert main(["compare", *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.slow
def test_the_expected_order_and_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    made = _json(capsys, *FILES, *REFERENCE, *QUICK)
    assert made["schema"] == "transcmp/compare/1"
    scores = [{metric["name"]: metric["score"] for metric in system["metrics"]} for system in made["systems"]]
    assert scores[0]["chrF2"] > scores[1]["chrF2"] > scores[2]["chrF2"]
    for system in made["systems"]:
        assert {"name", "metrics", "findings"} <= set(system)
        for metric in system["metrics"]:
            assert {"name", "score", "signature", "interval", "p_value"} <= set(metric)
    assert made["systems"][2]["findings"]["number"] >= 1


@pytest.mark.slow
def test_a_worse_translation_fails_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    worse = [*FILES[:2], FILES[3], *REFERENCE, *QUICK, "--metric", "chrf", "--fail-if-worse-than", "baseline"]
    assert main(["compare", *worse]) == 1
    assert "careless.en.md is worse than" in capsys.readouterr().err
    better = [FILES[0], FILES[3], FILES[1], *REFERENCE, *QUICK, "--metric", "chrf", "--fail-if-worse-than", "baseline"]
    assert main(["compare", *better]) == 0
    capsys.readouterr()


@pytest.fixture
def lines(tmp_path: Path) -> dict[str, str]:
    texts = {
        "src.de": ["Der Hund schläft.", "Es regnet seit gestern.", "Wir fahren morgen nach Hause."],
        "a.en": ["The dog is sleeping.", "It has been raining since yesterday.", "We are going home tomorrow."],
        "b.en": ["A dog sleeps.", "It rains.", "We drive home."],
        "ref.en": ["The dog sleeps.", "It has been raining since yesterday.", "We go home tomorrow."],
        "short.en": ["The dog is sleeping."],
        "ref.de": ["Der Hund schläft gerade fest.", "Es regnet nun schon seit gestern Abend.", "Wir fahren morgen früh nach Hause zurück."],
    }
    for name, rows in texts.items():
        (tmp_path / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return {name: str(tmp_path / name) for name in texts}


def test_line_files_give_the_figures_of_sacrebleu(lines: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    import sacrebleu

    made = _json(capsys, lines["src.de"], lines["a.en"], lines["b.en"], "--reference", lines["ref.en"], "--unit", "line", *QUICK)
    for system, name in zip(made["systems"], ("a.en", "b.en"), strict=True):
        hypotheses, reference = (Path(lines[one]).read_text(encoding="utf-8").splitlines() for one in (name, "ref.en"))
        expected = sacrebleu.corpus_chrf(hypotheses, [reference]).score
        assert next(metric["score"] for metric in system["metrics"] if metric["name"] == "chrF2") == pytest.approx(expected, abs=1e-9)


def test_another_number_of_lines_is_an_error(lines: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", lines["src.de"], lines["a.en"], lines["short.en"], "--unit", "line", "--encoder", "lexical"]) == 2
    assert "has 1 lines, the source 3" in capsys.readouterr().err
    arguments = [lines["src.de"], lines["a.en"], lines["b.en"], "--reference", lines["short.en"], "--unit", "line", "--encoder", "lexical"]
    assert main(["compare", *arguments]) == 2
    assert "has 1 lines" in capsys.readouterr().err


def test_a_reference_in_another_language_is_said(lines: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [lines["src.de"], lines["a.en"], lines["b.en"], "--reference", lines["ref.de"], "--unit", "line", *QUICK]
    assert main(["compare", *arguments, "--source-language", "de", "--target-language", "en"]) == 0
    assert "ref.de reads as de" in capsys.readouterr().err


def test_identical_translations_do_not_differ(lines: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twin = tmp_path / "twin.en"
    twin.write_bytes(Path(lines["a.en"]).read_bytes())
    made = _json(capsys, lines["src.de"], lines["a.en"], str(twin), "--reference", lines["ref.en"], "--unit", "line", *QUICK)
    assert [metric["p_value"] for metric in made["systems"][1]["metrics"]] == [1.0] * 4


@pytest.mark.parametrize("suffix", ["tsv", "jsonl"])
def test_columns_of_one_file(lines: dict[str, str], tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    columns = [Path(lines[name]).read_text(encoding="utf-8").splitlines() for name in ("src.de", "a.en", "b.en", "ref.en")]
    rows = list(zip(*columns, strict=True))
    path = tmp_path / f"all.{suffix}"
    if suffix == "tsv":
        path.write_text("".join("\t".join(row) + "\n" for row in [("src", "a", "b", "ref"), *rows]), encoding="utf-8")
    else:
        names = ("src", "a", "b", "ref")
        path.write_text("".join(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in rows), encoding="utf-8")
    fields = "source=src,translation=a,translation=b,reference=ref"
    made = _json(capsys, str(path), "--fields", fields, "--source-language", "de", "--target-language", "en", *QUICK)
    assert [system["name"] for system in made["systems"]] == ["a", "b"]
    assert made["rows"] == 3
    assert main(["compare", str(path), "--fields", "source=src,translation=missing", *QUICK]) == 2
    assert "missing" in capsys.readouterr().err


def test_columns_that_are_no_numbers_and_lines_that_hold_separators(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "all.tsv"
    path.write_text("Der Satz\u2028geht weiter.\tThe sentence\x85goes on.\nEs regnet.\tIt is raining.\n", encoding="utf-8")
    assert _json(capsys, str(path), "--fields", "source=1,translation=2", *QUICK)["rows"] == 2
    assert main(["compare", str(path), "--fields", "source=²,translation=2", *QUICK]) == 2
    assert "no column '²'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("translation=1,translation=2", "--fields needs exactly one source"),
        ("source=1,source=2,translation=2", "--fields needs exactly one source"),
        ("source=1,target=2", "--fields has 'target=2' (expected source=NAME"),
        ("source=1,translation=", "--fields has 'translation='"),
    ],
)
def test_roles_that_mean_nothing(fields: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "all.tsv"
    path.write_text("Ja.\tYes.\n", encoding="utf-8")
    assert main(["compare", str(path), "--fields", fields]) == 2
    assert said in capsys.readouterr().err
