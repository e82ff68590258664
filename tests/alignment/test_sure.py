"""A slow encoder reads of a long pair only what words leave unsure."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from tests.alignment.sides import side
from transcmp.alignment import align
from transcmp.embed.vectors import Matrix
from transcmp.model import Alignment, Language

SENTENCES, USUAL, RARE = 640, 300, 40
"""Sentences of the long pair, words that occur all over it, and sentences whose words occur nowhere else."""


def invented(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    words: dict[str, None] = {}
    while len(words) < count:
        words["".join(draw.choice("bdfgklmnprstvz") + draw.choice("aeiou") for _ in range(draw.randint(2, 4)))] = None
    return list(words)


SOURCE, TARGET = invented(USUAL + 8 * RARE, 1), invented(USUAL + 8 * RARE, 2)


def pages() -> tuple[list[str], list[str]]:
    """Sentences and their translations, word for word; from 300 on, those whose words nothing teaches, of one length."""
    draw = random.Random(3)
    numbers = [[draw.randrange(USUAL) for _ in range(draw.randint(6, 14))] for _ in range(SENTENCES)]
    for place in range(RARE):
        numbers[300 + place] = [USUAL + 8 * place + word for word in range(8)]
    both = [[" ".join(words[number] for number in sentence) + "." for sentence in numbers] for words in (SOURCE, TARGET)]
    return both[0], both[1]


class Slow:
    """An encoder whose vectors do not compose: it knows what each word means, and which texts it was given."""

    name, version = "slow", "1"

    def __init__(self) -> None:
        generator = np.random.default_rng(4)
        self._meanings = {**{word: number for number, word in enumerate(SOURCE)}, **{word: number for number, word in enumerate(TARGET)}}
        self._vectors = generator.standard_normal((len(SOURCE), 64)).astype(np.float32)
        self.given: list[str] = []

    def covers(self, language: Language) -> bool:
        return bool(language)

    def encode(self, texts: Sequence[str]) -> Matrix:
        self.given += texts
        sums = [sum(self._vectors[self._meanings[word]] for word in text.rstrip(".").split()) for text in texts]
        vectors = np.array(sums, np.float32).reshape(len(texts), 64)
        units: Matrix = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return units


def run(source: Sequence[str], target: Sequence[str]) -> tuple[Alignment, Slow]:
    encoder = Slow()
    return align(side(source), side(target, "it"), encoder=encoder), encoder


def test_a_long_pair_is_read_where_words_are_unsure() -> None:
    source, target = pages()
    alignment, encoder = run(source, target)
    assert [(bead.source, bead.target) for bead in alignment.beads] == [((number,), (number,)) for number in range(SENTENCES)]
    assert set(source[300 : 300 + RARE] + target[300 : 300 + RARE]) <= set(encoder.given)
    assert len(encoder.given) < SENTENCES / 2  # of twice as many
    assert "|read:unsure|" in alignment.signature
    assert min(bead.score for bead in alignment.beads) > 0.5


def test_what_is_missing_and_what_is_out_of_order_is_found() -> None:
    source, target = pages()
    moved = target[310]
    alignment, _ = run(source, [*target[:300], *target[301:310], *target[311:320], moved, *target[320:]])
    beads = {bead.source: bead for bead in alignment.beads}
    assert beads[300,].target == ()
    assert beads[310,].moved
    assert "|read:unsure|" in alignment.signature


def test_a_short_pair_is_read_whole() -> None:
    source, target = (page[:200] for page in pages())
    alignment, encoder = run(source, target)
    assert sorted(encoder.given) == sorted(source + target)
    assert "read:" not in alignment.signature


def test_unrelated_documents_are_read_whole() -> None:
    source, _ = pages()
    draw = random.Random(5)
    strangers = [" ".join(draw.choices(TARGET[USUAL:], k=draw.randint(6, 14))) + "." for _ in range(500)]
    alignment, encoder = run(source[:300] + source[340:], strangers)
    assert len(encoder.given) == len(strangers) + SENTENCES - RARE
    assert alignment.score < 0.2
