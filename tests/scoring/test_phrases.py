import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.scoring.phrases import (
    BEGIN,
    END,
    SIGNS,
    UNKNOWN,
    Phrases,
    StoredPhrases,
    hashes_of,
    joint,
    load,
    pack,
    signs,
    unpack,
    words_of,
)

CHANCES = {BEGIN: -99.0, END: -2.0, "the": -2.0, "cat": -6.0, "sat": -7.0, "it's": -5.0}


def table(pairs: dict[str, float], triples: dict[str, float]) -> Phrases:
    def grams(found: dict[str, float]) -> str:
        keys = np.array([joint(*(hashes_of([word]) for word in gram.split()))[0] for gram in found], np.uint32)
        order = np.argsort(keys)
        return pack(keys[order], np.array(list(found.values()))[order])

    keys = hashes_of(list(CHANCES))
    order = np.argsort(keys)
    alone = np.array(list(CHANCES.values()))[order]
    return Phrases(
        StoredPhrases(
            schema="transcmp/phrases/1",
            language="en",
            origin={},
            backoff=-0.5,
            words=pack(keys[order], alone, np.full(len(alone), -0.3)),
            pairs=grams(pairs),
            triples=grams(triples),
        )
    )


def test_a_word_is_expected_behind_the_longest_run_that_is_known() -> None:
    judge = table({f"{BEGIN} the": -1.0, "the cat": -3.0}, {f"{BEGIN} the cat": -2.5}).judge
    alone, behind = judge("The cat sat")
    assert alone == pytest.approx([-2, -6, -7, -2])
    # a pair; three words; nothing known, so the word itself behind a known pair and a word; a word alone
    assert behind == pytest.approx([-1, -2.5, -7 - 0.3 - 0.5, -2 - 0.3], abs=1e-5)


def test_an_unknown_word_may_be_known_without_its_ending() -> None:
    alone, behind = table({"the cat": -3.0}, {"cat cat cat": -1.0}).judge("the cat's tail, it’s 12")
    assert alone == pytest.approx([-2, -6, UNKNOWN, -5, UNKNOWN, -2])
    assert behind[1] == pytest.approx(-3)


@pytest.mark.parametrize("text", ["", " ", "…!?", "漢字 かな", "\x00\ud800", "a" * 10_000])
def test_any_text_has_signs(text: str) -> None:
    found = signs(text, "en")
    assert found.shape == (len(SIGNS),)
    assert np.isfinite(found).all()


def test_a_language_without_a_table_has_no_signs() -> None:
    assert load("is") is None
    assert not signs("Hundurinn sefur.", "is").any()


def test_a_variety_has_its_language_s_table() -> None:
    assert signs("The dog sleeps.", "en-GB").tolist() == signs("The dog sleeps.", "en").tolist()


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("He was in the house for a long time.", "He was in house the for a long time."),
        ("They went to the city in the morning.", "They went at the city in a morning."),
        ("He is very beautiful.", "He is very beautifully."),
        ("I gave the book to him.", "I gave the book to he."),
        ("The government will decide tomorrow.", "The goverment will decide tomorrow."),
    ],
)
def test_english_knows_its_phrases(good: str, bad: str) -> None:
    one, two = (dict(zip(SIGNS, signs(text, "en").tolist(), strict=True)) for text in (good, bad))
    assert one["phrases"] > two["phrases"]


def test_words_are_in_lower_case_with_their_endings() -> None:
    assert words_of("It’s Anna's 1,000 E-mails_now") == ["it's", "anna's", "1,000", "e", "mails", "now"]


@given(
    st.lists(st.integers(0, 2**32 - 1), min_size=1, unique=True).map(sorted),
    st.data(),
)
def test_what_is_packed_is_unpacked(keys: list[int], data: st.DataObject) -> None:
    values = np.array(data.draw(st.lists(st.floats(-25.5, 0), min_size=len(keys), max_size=len(keys))))
    found, (column,) = unpack(pack(np.array(keys, np.uint32), values), 1)
    assert found.tolist() == keys
    assert column == pytest.approx(values, abs=0.0501)
