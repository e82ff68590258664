"""The shipped model: stored in the open, and right where damage is plain."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from transcmp.embed import choose
from transcmp.model import Language
from transcmp.scoring import features, quality, score_pairs
from transcmp.scoring.quality import Packed

SOURCE = "Frau Keller kaufte am 3. Mai zwölf Karten für das Konzert in Kassel, obwohl sie 40 Euro kosteten."
GOOD = "On 3 May, Mrs Keller bought twelve tickets for the concert in Kassel, although they cost 40 euros."
DAMAGED = {
    "number": "On 3 May, Mrs Keller bought twelve tickets for the concert in Kassel, although they cost 70 euros.",
    "name": "On 3 May, Mrs Keller bought twelve tickets for the concert in Hamburg, although they cost 40 euros.",
    "source word": "On 3 May, Mrs Keller kaufte twelve tickets for the concert in Kassel, although they cost 40 euros.",
    "omission": "On 3 May, Mrs Keller bought twelve tickets in Kassel.",
    "addition": "On 3 May, Mrs Keller bought twelve tickets for the concert in Kassel with her brothers, although they cost 40 euros.",
    "negation": "On 3 May, Mrs Keller did not buy twelve tickets for the concert in Kassel, although they cost 40 euros.",
    "repetition": "On 3 May, Mrs Keller bought twelve tickets tickets for the concert in Kassel, although they cost 40 euros.",
    "spelling": "On 3 May, Mrs Keller bougth twelve tickets for the concert in Kassel, although they cost 40 euros.",
    "preposition": "On 3 May, Mrs Keller bought twelve tickets of the concert in Kassel, although they cost 40 euros.",
    "article": "On 3 May, Mrs Keller bought twelve tickets for concert in Kassel, although they cost 40 euros.",
    "grammatical case": "On 3 May, Mrs Keller bought twelve tickets for the concert in Kassel, although them cost 40 euros.",
    "part of speech": "On 3 May, Mrs Keller bought twelve tickets for the concerted in Kassel, although they cost 40 euros.",
    "order": "On 3 May, tickets Keller although bought Mrs for Kassel the in twelve concert, cost they euros 40.",
    "case": GOOD.lower(),
    "another sentence": "The museum is closed on Mondays, and dogs must be kept on a lead.",
}


def scores(*targets: str) -> list[tuple[float, float]]:
    encoder = choose("use", Language("de"), Language("en"))
    found = score_pairs([(SOURCE, target) for target in targets], encoder=encoder, source_language="de", target_language="en")
    assert all(scored.quality is not None and scored.risk is not None for scored in found)
    return [(scored.quality or 0.0, scored.risk or 0.0) for scored in found]


@pytest.mark.parametrize("fault", DAMAGED)
def test_damage_lowers_quality(fault: str) -> None:
    good, bad = scores(GOOD, DAMAGED[fault])
    assert good[0] > bad[0]


def test_a_small_change_of_order_lowers_quality() -> None:
    good, bad = scores(GOOD, "On 3 May, Mrs bought Keller twelve tickets the for concert in Kassel, although they cost 40 euros.")
    assert good[0] > bad[0]


@pytest.mark.parametrize("fault", ["number", "source word", "repetition", "another sentence", "name", "negation", "addition"])
def test_a_named_error_raises_risk(fault: str) -> None:
    good, bad = scores(GOOD, DAMAGED[fault])
    assert 0 <= good[1] < bad[1] <= 1


def test_figures_do_not_depend_on_what_is_scored_beside() -> None:
    alone = scores(GOOD)[0]
    among = scores(*DAMAGED.values(), GOOD)[-1]
    assert among == pytest.approx(alone, abs=1e-3)


def test_an_empty_side_gets_no_figure() -> None:
    encoder = choose("use", Language("de"), Language("en"))
    for found in score_pairs([("", "x"), ("x", ""), ("", "")], encoder=encoder):
        assert (found.quality, found.risk) == (None, None)


def test_without_an_encoder_there_is_no_figure() -> None:
    (found,) = score_pairs([(SOURCE, GOOD)], encoder=None)
    assert (found.alignment, found.adequacy, found.quality, found.risk) == (None, None, None, None)


def test_the_file_says_where_it_comes_from() -> None:
    stored = json.loads(files("transcmp.scoring").joinpath("models", "quality-use.json").read_bytes())
    assert stored["schema"] == "transcmp/quality-model/1"
    assert stored["origin"]["script"] == "bench/fit_quality.py"
    assert len(stored["origin"]["data_sha256"]) == 64
    assert set(stored["figures"]) == set(features.FIGURES)
    assert set(features.DOUBTS) < set(stored["risk"]["weights"])
    model = quality.load("use")
    assert model is not None
    assert model.signature.startswith("quality:2")
    other = quality.QualityModel(replace(model.stored, beside=model.stored.beside + 1))
    assert other.signature != model.signature, "whatever gives other figures has another signature"
    assert quality.load("lexical") is None


@given(st.lists(st.lists(st.floats(-10, 10, width=32), min_size=3, max_size=3), min_size=1, max_size=5))
def test_packing_keeps_a_matrix_within_its_step(rows: list[list[float]]) -> None:
    matrix = np.array(rows, np.float32)
    error = np.abs(Packed.pack(matrix).unpack() - matrix)
    assert (error <= np.abs(matrix).max(axis=0) / 127 * 0.51 + 1e-6).all()
