#!/usr/bin/env python3
"""Make the table of usual phrases, ``transcmp/scoring/models/phrases-en.json``: a small n-gram model of English.

    python bench/training_text.py FOLDER          once: fetches the language model beside the text
    python bench/fit_phrases.py FOLDER

Out of the language model of Debian's ``pocketsphinx-en-us`` (CMU Sphinx's generic one of 2015: 72,547 words, n-grams of up to three;
BSD-2-Clause), of which the n-grams that say most are kept (Stolcke 1998): PAIRS and TRIPLES. Its makers do not say what text it is of:
it cannot be told whether a text that an evaluation set is made of is in it. It is of 2015, older than DEMETR (2022) and so than the damage
and machine translations there.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from fit_quality import MODELS
from training_text import PHRASES

from transcmp.scoring.phrases import StoredPhrases, hashes_of, joint, pack

MODEL, LICENCE = "usr/share/pocketsphinx/model/en-us/en-us.lm.bin", "usr/share/doc/pocketsphinx-en-us/copyright"
PAIRS, TRIPLES = 500_000, 500_000
MAGIC = b"Trie Language Model"
UNIT = 1e-4
"""Logarithms are kept to the base 1.0001."""


@dataclass
class Grams:
    """N-grams of one length with their natural logarithms."""

    words: tuple[np.ndarray, ...]
    """Number of the word at each place, the earliest first."""
    chance: np.ndarray
    backoff: np.ndarray


def fields(data: np.ndarray, start: int, width: int, stride: int, count: int) -> np.ndarray:
    """Unsigned numbers of ``width`` bits (at most 32), every ``stride`` bits, the lowest bit first."""
    bits = np.arange(count, dtype=np.int64) * stride + start
    place, shift = bits >> 3, (bits & 7).astype(np.uint64)
    value = np.zeros(count, np.uint64)
    for number in range(5):
        value |= data[place + number].astype(np.uint64) << np.uint64(8 * number)
    return ((value >> shift) & np.uint64((1 << width) - 1)).astype(np.int64)


def read(raw: bytes) -> tuple[list[str], Grams, Grams, Grams]:
    """Words and n-grams of sphinxbase's trie (``lm_trie.c``): words stand under the word *behind* them, probabilities in tables of 2^16."""
    if not raw.startswith(MAGIC) or raw[len(MAGIC)] != 3:
        raise ValueError("no trie of sphinxbase with n-grams of three words")
    place = len(MAGIC) + 1
    vocabulary, pairs, triples = struct.unpack_from("<3I", raw, place)
    place += 3 * 4 + 4
    tables = np.frombuffer(raw, "<f4", 3 << 16, place).reshape(3, 1 << 16) * UNIT
    place += tables.shape[1] * 3 * 4
    single = np.frombuffer(raw, np.dtype([("chance", "<f4"), ("backoff", "<f4"), ("next", "<u4")]), vocabulary + 1, place)
    place += single.nbytes
    word_bits, next_bits = vocabulary.bit_length(), triples.bit_length()

    def block(stride: int, entries: int) -> np.ndarray:
        nonlocal place
        size = ((1 + entries) * stride + 7) // 8 + 8
        data = np.frombuffer(raw, np.uint8, size, place)
        place += size
        return np.append(data, np.zeros(8, np.uint8))

    stride = word_bits + 32 + next_bits
    data = block(stride, pairs)
    last = np.repeat(np.arange(vocabulary), np.diff(single["next"].astype(np.int64)))
    first = fields(data, 0, word_bits, stride, len(last))
    backoff = tables[1][fields(data, word_bits, 16, stride, len(last))]
    chance = tables[0][fields(data, word_bits + 16, 16, stride, len(last))]
    follow = np.append(fields(data, word_bits + 32, next_bits, stride, len(last)), triples)
    stride = word_bits + 16
    data = block(stride, triples)
    above = np.repeat(np.arange(len(last)), np.diff(np.maximum.accumulate(follow)))
    earliest = fields(data, 0, word_bits, stride, len(above))
    third = tables[2][fields(data, word_bits, 16, stride, len(above))]
    (size,) = struct.unpack_from("<i", raw, place)
    words = raw[place + 4 : place + 4 + size].decode().split("\0")[:vocabulary]
    return (
        words,
        Grams((np.arange(vocabulary),), single["chance"][:vocabulary] * UNIT, single["backoff"][:vocabulary] * UNIT),
        Grams((first, last), chance, backoff),
        Grams((earliest, first[above], last[above]), third, np.zeros(len(third))),
    )


def best(gain: np.ndarray, count: int) -> np.ndarray:
    """Where the highest gains are, in order of place."""
    return np.sort(np.argsort(-gain, kind="stable")[:count])


def looked_up(keys: np.ndarray, values: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Values by key; nan where there is none."""
    order = np.argsort(keys)
    place = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)]
    return np.where(keys[place] == wanted, values[place], np.nan)


def chosen(single: Grams, pairs: Grams, triples: Grams) -> tuple[np.ndarray, np.ndarray]:
    """Which pairs and triples say most: how often they come, times what their probability differs from the one without them."""
    size = len(single.chance)
    first, last = pairs.words
    keys = first * size + last
    without = single.backoff[first] + single.chance[last]
    kept_pairs = best(np.exp(single.chance[first] + pairs.chance) * np.abs(pairs.chance - without), PAIRS)
    one, two, three = triples.words
    before = looked_up(keys, pairs.chance, one * size + two)
    backoff = looked_up(keys, pairs.backoff, one * size + two)
    shorter = looked_up(keys, pairs.chance, two * size + three)
    shorter = np.where(np.isnan(shorter), single.backoff[two] + single.chance[three], shorter)
    gain = np.exp(single.chance[one] + before + triples.chance) * np.abs(triples.chance - backoff - shorter)
    return kept_pairs, best(np.nan_to_num(gain), TRIPLES)


def packed(hashes: np.ndarray, *values: np.ndarray) -> str:
    """Sorted by hash; of two n-grams with one hash the first is kept."""
    keys, places = np.unique(hashes, return_index=True)
    return pack(keys, *(column[places] for column in values))


def licence(text: str) -> str:
    """Copyright and licence of the model, out of Debian's file: they must go where the table goes."""
    stanza = text.split("\nFiles: ")[1]
    return re.sub(r"\s+", " ", stanza.partition("\n")[2].replace("\n .\n", "\n")).strip()


def main() -> int:
    package = Path(sys.argv[1], "catalogues", PHRASES)
    raw = (package / MODEL).read_bytes()
    words, single, pairs, triples = read(raw)
    kept = chosen(single, pairs, triples)
    hashes = hashes_of(words)
    tables = [
        packed(joint(*(hashes[places[rows]] for places in grams.words)), grams.chance[rows])
        for grams, rows in zip((pairs, triples), kept, strict=True)
    ]
    stored = StoredPhrases(
        schema="transcmp/phrases/1",
        language="en",
        origin={
            "script": "bench/fit_phrases.py",
            "data": "Debian's pocketsphinx-en-us 0.8+5prealpha: en-us.lm.bin",
            "data_sha256": hashlib.sha256(raw).hexdigest(),
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "licence": licence((package / LICENCE).read_text("utf-8")),
        },
        backoff=round(float(np.average(pairs.backoff, weights=np.exp(single.chance[pairs.words[0]] + pairs.chance))), 3),
        words=packed(hashes, single.chance, single.backoff),
        pairs=tables[0],
        triples=tables[1],
    )
    out = MODELS / "phrases-en.json"
    out.write_bytes(msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n")
    print(f"{out.name}: {out.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
