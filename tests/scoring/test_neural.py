"""COMET and COMETKiwi: found, loaded and called; with a stand-in for the package, which would bring torch."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.scoring import fake_comet
from transcmp.cli import main
from transcmp.errors import MissingExtraError, ReadError, UsageError
from transcmp.scoring import metrics, neural, significance
from transcmp.scoring.neural import Neural

SOURCES = ["Der Hund schläft.", "Es regnet seit gestern.", "Wir fahren morgen nach Hause."]
GOOD = ["The dog is asleep.", "It has been raining since yesterday.", "We are going home tomorrow."]
BAD = ["Dog.", "It rains.", "Home!"]
REFERENCE = ["The dog sleeps.", "It has been raining since yesterday.", "We go home tomorrow."]
LINES = {"src.de": SOURCES, "good.en": GOOD, "bad.en": BAD, "ref.en": REFERENCE}
QUICK = ["--unit", "line", "--encoder", "lexical", "--samples", "100", "--source-language", "de", "--target-language", "en"]


@pytest.fixture
def files(tmp_path, monkeypatch):
    fake_comet.install(monkeypatch)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    monkeypatch.chdir(tmp_path)
    for name, lines in LINES.items():
        Path(name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    fake_comet.write_model(tmp_path / "models" / "da")
    fake_comet.write_model(tmp_path / "models" / "kiwi", referenceless=True)
    yield tmp_path
    neural.load.cache_clear()


def in_cache(root: Path, name: str, commit: str, **more: bool) -> None:
    folder = root / "cache" / "hub" / f"models--{name.replace('/', '--')}"
    fake_comet.write_model(folder / "snapshots" / commit, weights=commit.encode(), **more)
    (folder / "refs").mkdir(exist_ok=True)
    (folder / "refs" / "main").write_text(commit, encoding="utf-8")


def compared(capsys, *arguments: str) -> dict:
    assert main(["compare", "src.de", "good.en", "bad.en", *QUICK, *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_comet_is_compared_tested_and_signed(files, capsys):
    made = compared(capsys, "--reference", "ref.en", "--metric", "comet", "--comet-model", "models/da")
    good, bad = (system["metrics"] for system in made["systems"])
    assert [metric["name"] for metric in good] == ["COMET"]
    expected = neural.Model(Neural(name="COMET", model="models/da")).scores(SOURCES, BAD, [REFERENCE])
    assert bad[0]["score"] == pytest.approx(sum(expected) / 3)
    one, two = (significance.Mean.of(list(neural.load(Neural(name="COMET", model="models/da")).scores(SOURCES, lines, [REFERENCE])))
                for lines in (GOOD, BAD))  # fmt: skip
    assert bad[0]["p_value"] == significance.compare(one, two, samples=100).p_value
    assert bad[0]["signature"].startswith("COMET|model:da|sha256:")
    assert bad[0]["interval"]["low"] <= bad[0]["score"] <= bad[0]["interval"]["high"]
    assert made["row_scores"]["COMET"][1] == [round(score, 4) for score in expected]
    assert sys.modules["torch"].threads[0] == os.cpu_count()


def test_cometkiwi_needs_no_reference_and_a_worse_translation_fails_by_it(files, capsys):
    made = compared(capsys, "--metric", "cometkiwi", "--cometkiwi-model", "models/kiwi")
    assert [metric["name"] for metric in made["systems"][0]["metrics"]] == ["COMETKiwi"]
    assert made["sentences"][0]["metric"] == "COMETKiwi"
    arguments = ["src.de", "good.en", "bad.en", *QUICK, "--metric", "cometkiwi", "--cometkiwi-model", "models/kiwi", "-q"]
    assert main(["compare", *arguments, "--fail-if-worse-than", "baseline", "--p", "1"]) == 1
    assert "bad.en is worse than good.en by COMETKiwi" in capsys.readouterr().err


def test_both_beside_surface_metrics(files, capsys):
    made = compared(
        capsys, "--reference", "ref.en", "--comet-model", "models/da", "--cometkiwi-model", "models/kiwi/checkpoints/model.ckpt"
    )
    names = [metric["name"] for metric in made["systems"][0]["metrics"]]
    assert names == ["BLEU", "chrF2", "chrF2++", "TER", "COMET", "COMETKiwi"]


def test_score_has_them_too(files, capsys):
    arguments = ["src.de", "bad.en", "--unit", "line", "--encoder", "lexical", "--format", "json", "--source-language", "de"]
    more = ["--reference", "ref.en", "--metric", "chrf", "--metric", "comet", "--comet-model", "models/da"]
    assert main(["score", *arguments, *more]) == 0
    found = json.loads(capsys.readouterr().out)["metrics"]
    assert [metric["name"] for metric in found] == ["chrF2", "COMET"]
    assert main(["score", *arguments, "--cometkiwi-model", "models/kiwi"]) == 0
    assert [metric["name"] for metric in json.loads(capsys.readouterr().out)["metrics"]] == ["COMETKiwi"]


def test_several_references_are_averaged(files):
    model = neural.load(Neural(name="COMET", model="models/da"))
    one, two = (model.scores(SOURCES, BAD, [reference]) for reference in (REFERENCE, GOOD))
    both = model.scores(SOURCES, BAD, [REFERENCE, GOOD])
    assert both == pytest.approx([(a + b) / 2 for a, b in zip(one, two, strict=True)])


def test_a_model_is_found_by_name_in_the_local_cache(files):
    name = neural.MODELS["COMET"]
    with pytest.raises(ReadError, match=r"Unbabel/wmt22-comet-da: this model is not on this machine .*huggingface-cli download Unbabel/"):
        neural.find(name)
    in_cache(files, name, "aaaa")
    in_cache(files, name, "0000")
    assert neural.find(name).read_bytes() == b"0000"
    loaded = neural.load(Neural(name="COMET"))
    assert loaded.signature.startswith("COMET|model:Unbabel/wmt22-comet-da|sha256:9af15b336e6a|version:")


def test_what_is_missing_is_one_line(files, capsys, monkeypatch):
    arguments = ["compare", "src.de", "good.en", "bad.en", *QUICK, "--reference", "ref.en", "--metric", "comet"]
    for more, message in (
        ([], "error: Unbabel/wmt22-comet-da: this model is not on this machine"),
        (["--comet-model", "nowhere"], "error: nowhere: this model is not on this machine"),
        (["--comet-model", "models"], "error: models: has no checkpoints/model.ckpt"),
    ):
        assert main([*arguments, *more]) == 2
        error = capsys.readouterr().err
        assert message in error
        assert error.count("\n") == 1
    Path("models/da/hparams.yaml").unlink()
    assert main([*arguments, "--comet-model", "models/da"]) == 2
    assert "the model does not load: hparams.yaml file is missing" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "comet", None)
    assert main([*arguments, "--comet-model", "models/kiwi"]) == 2
    assert "COMET needs the package unbabel-comet (pip install 'transcmp[neural]')" in capsys.readouterr().err


def test_a_model_that_needs_references_is_no_cometkiwi(files):
    with pytest.raises(UsageError, match="this model needs references"):
        neural.load(Neural(name="COMETKiwi", model="models/da"))


def test_without_the_package(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "comet", None)
    with pytest.raises(MissingExtraError):
        neural.Model(Neural(name="COMET", model=str(fake_comet.write_model(tmp_path / "m"))))


@pytest.mark.parametrize("names", [["comet"], ["BLEU"], ["cometkiwi", "chrf"]])
def test_a_metric_that_needs_a_reference_says_so(names):
    with pytest.raises(UsageError, match="needs a reference"):
        metrics.parse(names, {}, references=False, default=())


def test_names_in_any_case():
    found = metrics.parse(["CometKiwi", "chrf++", "COMET", "chrF2++"], {"COMET": "x"}, references=True, default=("TER",))
    assert found.surface == ("chrF2++",)
    assert found.neural == (Neural(name="COMET", model="x"), Neural(name="COMETKiwi"))
    assert found.first == "COMETKiwi"
    with pytest.raises(UsageError, match=r"no metric 'comt' \(one of BLEU, chrF2, chrF2\+\+, TER, COMET, COMETKiwi\)"):
        metrics.parse(["comt"], {}, references=True, default=())


def test_no_settings_file_can_name_a_model(tmp_path):
    from transcmp.config import load
    from transcmp.errors import ConfigError

    (tmp_path / "transcmp.toml").write_text('comet_model = "evil.ckpt"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="comet_model"):
        load(tmp_path)
