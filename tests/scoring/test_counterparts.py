"""Words without counterpart: how they are described, and that the shipped model finds them."""

from __future__ import annotations

import numpy as np
import pytest

from transcmp.embed import choose
from transcmp.evidence.cover import Word
from transcmp.model import Language
from transcmp.scoring import counterparts, covers
from transcmp.scoring.counterparts import NEIGHBOURS, SIGNS, WordSide, describe


def side(text: str, vectors: list[list[float]]) -> WordSide:
    """Words of a text that is split at spaces."""
    unit = np.array(vectors, np.float32).reshape(-1, 2)
    spans, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        spans.append((start, start + len(word)))
        start += len(word)
    return WordSide(unit, unit, np.ones(len(unit), np.float32), spans, text, np.array([1, 0], np.float32))


def signs(own: WordSide, other: WordSide) -> dict[str, list[float]]:
    """The last columns, by name."""
    axes = np.eye(2, dtype=np.float32)
    alike = (own.unit @ other.unit.T).astype(np.float32)
    rows = describe(own, other, alike, axes, axes)
    assert rows.shape == (len(own.spans), 3 * 2 + len(NEIGHBOURS) * 2 + len(SIGNS))
    return {name: rows[:, column - len(SIGNS)].tolist() for column, name in enumerate(SIGNS)}


def test_signs_of_words() -> None:
    found = signs(side("Der Wagen, Grau", [[1, 0], [0, 1], [1, 0]]), side("the grau car", [[1, 0], [1, 0], [0.5, 0.5]]))
    assert found["best"] == [1, 0.5, 1]
    assert found["capital"] == [1, 1, 1]
    assert found["copied"] == [0, 0, 0]
    assert found["copied lower"] == [0, 0, 1]
    assert found["first"] == [1, 0, 0]
    assert found["last"] == [0, 0, 1]
    assert found["short"] == [1, 0, 0]
    assert found["one"] == [1, 1, 1]


def test_a_side_without_words_covers_nothing() -> None:
    found = signs(side("eins zwei", [[1, 0], [0, 1]]), side("", []))
    assert found["best"] == found["taken"] == found["other adequacy"] == [0, 0]


PAIRS = [
    ("de", "Sie wurde im vergangenen Jahr in der alten Kirche begraben.", "She was buried last year.", "source", "Kirche"),
    (
        "it",
        "Il treno per Milano parte alle nove dal terzo binario.",
        "The train leaves at nine from platform three.",
        "source",
        "Milano",
    ),
    ("fr", "Le musée est fermé le lundi.", "The museum is closed on Mondays because of heavy snow.", "target", "snow"),
    ("es", "El puente une las dos orillas.", "The bridge joins the two banks of Zanzibar.", "target", "Zanzibar"),
    ("nl", "Hij las het boek met veel plezier in de trein naar Utrecht.", "He read the book with great pleasure.", "source", "trein"),
    ("pt", "A receita leva farinha, ovos e um pouco de canela moída.", "The recipe calls for flour and eggs.", "source", "canela"),
    ("pl", "Dzieci bawiły się w ogrodzie za starym młynem.", "The children were playing.", "source", "młynem"),
    ("ru", "Поезд прибыл вовремя.", "The train arrived on time despite the terrible storm.", "target", "storm"),
]


@pytest.mark.parametrize(("language", "source", "target", "name", "word"), PAIRS)
def test_the_shipped_model_points_at_what_is_lost_or_new(language: str, source: str, target: str, name: str, word: str) -> None:
    encoder = choose("use", Language(language), Language("en"))
    (found,) = covers([(source, target)], encoder=encoder)
    words: tuple[Word, ...] = getattr(found, name)
    odds = {one.text: one.alone or 0.0 for one in words}
    assert odds[word] > 1
    assert odds[word] > np.quantile(list(odds.values()), 0.25) + 2
    assert found.cosine is not None


def test_a_word_that_fits_in_well_is_found_by_the_model_of_phrases() -> None:
    encoder = choose("use", Language("fr"), Language("en"))
    source = "Le véhicule a été enlevé du lieu de l'accident."
    (found,) = covers([(source, "The expensive vehicle was removed from the crash site.")], encoder=encoder)
    odds = {word.text: word.phrase or 0.0 for word in found.target}
    assert max(odds, key=lambda text: odds[text]) == "expensive"
    assert counterparts.load("letters", "gaps") is None


def test_another_encoder_has_no_model() -> None:
    assert counterparts.load("letters") is None
