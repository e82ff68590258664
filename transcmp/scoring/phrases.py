"""How usual are a text's words, and usual beside each other? A small n-gram model of a language's words.

The table holds the n-grams, up to three words long, that say most (those whose probability differs most from what shorter ones say, times
how often they come: Stolcke 1998); the rest backs off, as in Katz (1987): one weight a word, and one for all pairs of words. An n-gram is
known by a hash of 32 bits, so that one in some thousands of unknown words is taken for a known one.
"""

from __future__ import annotations

import base64
import re
import zlib
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Hashes = NDArray[np.uint32]

STEP = 0.1
"""Logarithms are stored as whole multiples of this."""
UNKNOWN = -17.0
"""Logarithm of the probability of a word that is not in the table: below all others."""
BEGIN, END = "<s>", "</s>"
SIGNS = ("words", "unknown words", "word rarity", "phrases")
"""What :func:`signs` tells of a text: its words and its end, in tens; those that the table does not know; the sum of the words'
log-probabilities by themselves, and of those behind their neighbours, in tens."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)


class StoredPhrases(msgspec.Struct, frozen=True, kw_only=True):
    """A table, ``models/phrases-*.json``."""

    schema: str
    language: str
    origin: dict[str, str]
    """Script, data, date, licence."""
    backoff: float
    """Of every pair of words."""
    words: str
    """See :func:`pack`: for each word its log-probability and its weight of backing off."""
    pairs: str
    triples: str


def pack(keys: Hashes, *values: NDArray[np.float64]) -> str:
    """Rising hashes, as differences, and columns of values beside them, as whole steps: bytes by place, zlib, base64."""
    gaps = np.diff(keys, prepend=np.uint32(0)).astype("<u4")
    planes = [gaps.view(np.uint8).reshape(-1, 4).T.tobytes()]
    planes += [np.clip(np.rint(-column / STEP), 0, 255).astype(np.uint8).tobytes() for column in values]
    return base64.b64encode(zlib.compress(b"".join(planes), 9)).decode()


def unpack(text: str, columns: int) -> tuple[Hashes, list[Array]]:
    """What was packed."""
    planes = np.frombuffer(zlib.decompress(base64.b64decode(text)), np.uint8).reshape(4 + columns, -1)
    gaps = np.ascontiguousarray(planes[:4].T).view("<u4").reshape(-1)
    keys = np.cumsum(gaps, dtype=np.uint32)
    return keys, [plane.astype(np.float32) * np.float32(-STEP) for plane in planes[4:]]


def words_of(text: str) -> list[str]:
    """The words that n-grams are made of: lower case, ``'s`` and the like with the word before."""
    return _WORD.findall(text.replace("’", "'").lower())


def hashes_of(words: list[str]) -> Hashes:
    """A hash a word."""
    return np.fromiter((zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words), np.uint32, len(words))


def joint(*words: Hashes) -> Hashes:
    """Hashes of n-grams from those of their words, by place."""
    mixed = words[-1].astype(np.uint64)
    for word in reversed(words[:-1]):
        mixed = (mixed * _FACTORS[0]) ^ (word.astype(np.uint64) * _FACTORS[1])
        mixed ^= mixed >> np.uint64(29)
    result: Hashes = (mixed * _FACTORS[0] >> np.uint64(32)).astype(np.uint32)
    return result


class Phrases:
    """A table, ready for use."""

    def __init__(self, stored: StoredPhrases) -> None:
        self._backoff = np.float32(stored.backoff)
        self._words, (self._alone, self._weights) = unpack(stored.words, 2)
        self._pairs, (self._second,) = unpack(stored.pairs, 1)
        self._triples, (self._third,) = unpack(stored.triples, 1)

    def judge(self, text: str) -> tuple[Array, Array]:
        """Log-probabilities of every word of a text, and of its end: by themselves, and behind their neighbours.

        Figures, and words that the table does not know, have UNKNOWN.
        """
        keys = self._keys(words_of(text))
        place = _find(self._words, keys)
        known = place >= 0
        alone = np.where(known, self._alone[place], np.float32(UNKNOWN))
        behind = alone[1:] + np.where(known[:-1], self._weights[place[:-1]], np.float32(0))
        pairs = np.where(known[1:] & known[:-1], _find(self._pairs, joint(keys[:-1], keys[1:])), -1)
        behind = np.where(pairs >= 0, self._second[pairs], behind)
        triples = np.where(known[2:] & known[1:-1] & known[:-2], _find(self._triples, joint(keys[:-2], keys[1:-1], keys[2:])), -1)
        backed = behind[1:] + np.where(pairs[:-1] >= 0, self._backoff, np.float32(0))
        behind[1:] = np.where(triples >= 0, self._third[triples], backed)
        return alone[1:], behind

    def _keys(self, words: list[str]) -> Hashes:
        """Hashes of a text's words between its beginning and end; what is unknown with its ending may be known without."""
        keys = hashes_of([BEGIN, *words, END])
        unknown = np.flatnonzero(_find(self._words, keys) < 0)
        for place in unknown.tolist():
            keys[place : place + 1] = hashes_of([words[place - 1].partition("'")[0]])
        return keys

    def signs(self, text: str) -> Array:
        """The figures of SIGNS, shape (len(SIGNS),)."""
        alone, behind = self.judge(text)
        return np.array([len(alone) / 10, (alone == UNKNOWN).sum(), alone.sum() / 10, behind.sum() / 10], np.float32)


def _find(keys: Hashes, wanted: Hashes) -> NDArray[np.int64]:
    """Where each one is in sorted keys, of which there are some; -1 where it is not."""
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: NDArray[np.int64] = np.where(keys[place] == wanted, place, -1)
    return found


def signs(text: str, language: str) -> Array:
    """The figures of SIGNS for a text in a language (BCP 47); 0 where the language has no table."""
    table = load(language.partition("-")[0])
    return np.zeros(len(SIGNS), np.float32) if table is None else table.signs(text)


@cache
def load(language: str) -> Phrases | None:
    """The shipped table of a language; None where there is none."""
    resource = files("transcmp.scoring").joinpath("models", f"phrases-{language}.json")
    if not resource.is_file():
        return None
    return Phrases(msgspec.json.decode(resource.read_bytes(), type=StoredPhrases))
