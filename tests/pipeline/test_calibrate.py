"""Thresholds from trusted pairs."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from transcmp.cli import main
from transcmp.config import read_settings
from transcmp.model import Checked, Coverage, DocumentName, Finding
from transcmp.pipeline.calibrate import beta_quantile, calibrate
from transcmp.report.calibration import Calibrated, toml


def _checked(score: float, language: str = "de", rules: tuple[str, ...] = ()) -> Checked:
    findings = tuple(Finding(rule=rule, severity="warning", message="", source=None, target=None) for rule in rules)
    return Checked(
        source=DocumentName(path="a", language="en"),
        target=DocumentName(path="b", language=language),
        score=score,
        coverage=Coverage(source=score, target=1.0),
        findings=findings,
    )


# from the closed forms: Beta(1, n) has the quantile 1 - (1 - p)^(1/n), Beta(n, 1) has p^(1/n); Beta(2, 2) has its median at 1/2
@pytest.mark.parametrize(
    ("probability", "first", "second", "expected"),
    [
        (0.5, 1, 1, 0.5),
        (0.975, 1, 20, 1 - 0.025 ** (1 / 20)),
        (0.025, 20, 1, 0.025 ** (1 / 20)),
        (0.5, 2, 2, 0.5),
        (0.9, 300, 1, 0.9 ** (1 / 300)),
    ],
)
def test_beta_quantile(probability: float, first: int, second: int, expected: float) -> None:
    assert beta_quantile(probability, first, second) == pytest.approx(expected, abs=2e-6)


def test_the_threshold_is_an_order_statistic() -> None:
    (found,) = calibrate([_checked(0.5 + number / 200) for number in range(99)])
    score = found.thresholds[0]
    assert score.value == 0.52  # the fifth smallest of 99
    assert score.rate.expected == pytest.approx(0.05)
    assert score.rate.low < 0.05 < score.rate.high
    assert not found.too_few


def test_few_pairs_are_said_to_be_few_and_no_trusted_document_fails() -> None:
    (found,) = calibrate([_checked(0.91234), _checked(0.95)])
    assert found.too_few
    assert found.thresholds[0].value == 0.912


@pytest.mark.parametrize(
    ("rate", "pairs", "needed", "too_few"),
    [(0.05, 20, 20, False), (0.05, 19, 20, True), (0.01, 20, 99, True), (0.01, 99, 99, False), (0.5, 20, 20, False)],
)
def test_how_many_pairs_a_rate_needs(rate: float, pairs: int, needed: int, too_few: bool) -> None:
    (found,) = calibrate([_checked(0.9 + number / 1000) for number in range(pairs)], rate)
    assert (found.needed, found.too_few) == (needed, too_few)
    assert too_few or found.thresholds[0].rate.expected <= rate + 1e-9


@pytest.mark.slow
def test_check_obeys_what_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = Path(__file__).resolve().parents[2] / "corpora" / "clean-it-en"
    for language in ("it", "en"):
        (tmp_path / language).mkdir()
        shutil.copy(corpus / f"sentiero.{language}.md", tmp_path / language / "page.md")
    monkeypatch.chdir(tmp_path)
    assert main(["calibrate", "it", "en"]) == 0
    said = capsys.readouterr()
    assert "too few trusted pairs for a rate of 5.0%: 1, and 20 are needed" in said.err
    settings = 'source_language = "it"\n[rules]\nlow-coverage = "error"\nomitted = "off"\n' + said.out
    (tmp_path / "transcmp.toml").write_text(settings, encoding="utf-8")
    arguments = ["check", "it", "en", "--jobs", "1", "--no-cache", "--format", "json"]
    assert main(arguments) == 0
    assert "low-" not in capsys.readouterr().out
    page = tmp_path / "en" / "page.md"
    page.write_text(page.read_text(encoding="utf-8")[:1500], encoding="utf-8")
    assert main(arguments) == 1
    assert '"low-coverage"' in capsys.readouterr().out


def test_languages_are_kept_apart_and_rules_counted_by_document() -> None:
    pairs = [_checked(0.9, "fr", ("number", "number")), _checked(0.9, "fr"), _checked(0.8, "it")]
    first, second = calibrate(pairs)
    assert (first.language, second.language) == ("fr", "it")
    assert [(rule.rule, rule.documents, rule.rate.expected) for rule in first.rules] == [("number", 1, 0.5)]


def test_what_is_written_are_settings() -> None:
    found = calibrate([_checked(0.9 + number / 1000, "pt-BR") for number in range(30)])
    text = "".join(toml(Calibrated(signature="s", languages=found)))
    assert tomllib.loads(text)["languages"]["pt-BR"]["min_score"] == 0.9
    assert read_settings(text, path="transcmp.toml") is not None
