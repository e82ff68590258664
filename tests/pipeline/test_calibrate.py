"""Thresholds from trusted pairs."""

from __future__ import annotations

import tomllib

import pytest

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
