"""Planting faults in a pair of the corpora."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from transcmp import selftest
from transcmp.cli import main
from transcmp.errors import UsageError

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpora" / "docs-en-de"
PAIR = str(CORPUS / "backups.en.md"), str(CORPUS / "backups.de.md")


@pytest.fixture(scope="module")
def result():
    return selftest.mutate(*PAIR, seed=1, rounds=1)


@pytest.mark.slow
def test_every_kind_is_planted_alone_and_with_others(result) -> None:
    planted = {fault.kind for fault in result.faults}
    assert planted >= {"untranslated", "omitted", "added", "swapped", "number", "link", "sentence_omitted", "code", "duplicated"}
    assert all(fault.before != fault.after for fault in result.faults)


@pytest.mark.slow
def test_the_same_seed_plants_the_same_and_another_does_not(result) -> None:
    again = selftest.mutate(*PAIR, seed=1, rounds=1)
    other = selftest.mutate(*PAIR, seed=2, rounds=1)
    assert again == result
    assert [fault.before for fault in other.faults] != [fault.before for fault in result.faults]


@pytest.mark.slow
def test_what_is_found_is_named_by_its_rule(result) -> None:
    by_kind = selftest.summary(result).by_kind
    for kind in ("untranslated", "number", "code", "link"):
        assert by_kind[kind].recall == 1, kind
    assert any(fault.kind == "number" and "number" in fault.by for fault in result.faults)
    assert result.recall >= 0.8


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UsageError, match="no kind of fault"):
        selftest.mutate(*PAIR, kinds=["nonsense"])


@pytest.mark.slow
def test_the_command_fails_under_the_wanted_recall(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["mutate", *PAIR, "--rounds", "1", "--kinds", "number", "--format", "json"]
    assert main([*arguments, "--min-recall", "0.5"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert written["schema"] == "transcmp/mutate/1"
    assert set(written["faults"][0]) == {"kind", "source", "target", "before", "after", "found", "by"}
    assert set(written["by_kind"]) == {"number"}
    assert written["faults"][0]["source"].keys() == {"line", "column"}


@pytest.mark.slow
def test_what_the_settings_silence_is_not_caught(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["mutate", *PAIR, "--rounds", "1", "--kinds", "number", "--format", "json", "--min-recall", "0.5"]
    for settings, code in (('[rules]\nnumber = "off"\n', 1), ('[ignore]\nkinds = ["code"]\n', 0)):
        (tmp_path / "transcmp.toml").write_text(settings, encoding="utf-8")
        assert main([*arguments, "--config", str(tmp_path / "transcmp.toml")]) == code, settings
        assert json.loads(capsys.readouterr().out)["recall"] == 1 - code


def test_wrong_numbers_are_refused_and_nothing_planted_proves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("a", "Short."), ("b", "Kurz.")):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    pair = [str(tmp_path / "a.md"), str(tmp_path / "b.md")]
    for wrong in (["--rounds", "0"], ["--min-recall", "1.01"], ["--min-recall", "-1"]):
        assert main(["mutate", *pair, *wrong]) == 2
    assert main(["mutate", *pair]) == 0
    assert main(["mutate", *pair, "--min-recall", "0"]) == 1
    capsys.readouterr()
