"""langidentify's lite models, the second opinion: n-gram and word frequencies of 80 languages, loaded a language at a time.

The tables are read from the package's data files with a reader of our own: the package's loader takes 0.18 s of CPU a language, this one
0.015 s, and its detector may not be shared by threads. The score is langidentify's (``detector.py``, Apache-2.0): per language the mean log
probability of the n-grams of each word, longest first until one order is known throughout, mixed with that of whole words.
"""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Sequence
from importlib.resources import files
from math import log

from msgspec import Struct

FLOOR = -12.0
"""Natural log probability of what a language's table does not hold; also the least one in the lite tables."""

_MAX_ORDER = 5
_STOP_ORDER = 3
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})
_MAX_WORD = 64
_MAX_WORDS = 200


class Table(Struct, frozen=True):
    """The frequencies of one language."""

    grams: dict[str, int]
    """Count of each n-gram of 1 to 5 letters inside words."""
    log_totals: tuple[float, ...]
    """Natural log of the number of n-grams counted, by order; position 0 is unused."""
    words: dict[str, str]
    """Natural log probability of the commonest words, as written in the file."""


_lock = threading.Lock()
_tables: dict[str, Table | None] = {}


def table(code: str) -> Table | None:
    """The table of a language, read once; None where the package has none."""
    if code not in _tables:
        with _lock:
            if code not in _tables:
                _tables[code] = _read(code)
    return _tables[code]


def loaded() -> frozenset[str]:
    """The codes of the languages whose tables are in memory."""
    return frozenset(code for code, one in list(_tables.items()) if one is not None)


def _read(code: str) -> Table | None:
    grams = _lines(f"ngrams-{code}.txt.gz")
    words = _lines(f"topwords-{code}.txt.gz")
    if grams is None or words is None:
        return None
    head, fields = grams
    totals = [0.0] * (_MAX_ORDER + 1)
    for part in head.split():
        order, colon, counts = part.partition(":")
        if colon and order.isdigit() and "/" in counts and 1 <= int(order) <= _MAX_ORDER:
            totals[int(order)] = log(int(counts.partition("/")[2]) or 1)
    return Table(
        dict(zip(fields[::2], map(int, fields[1::2]), strict=True)), tuple(totals), dict(zip(words[1][::2], words[1][1::2], strict=True))
    )


def _lines(name: str) -> tuple[str, list[str]] | None:
    """The head line of a data file and the fields of all others, two a line."""
    try:
        packed = files("langidentify.models.lite").joinpath(name).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        return None
    head, _, body = gzip.decompress(packed).decode("utf-8").partition("\n")
    return head, body.split()


def scores(text: str, codes: Sequence[str]) -> dict[str, float] | None:
    """Mean log probability (nats per n-gram, -12..0) of a text in each language that has a table.

    None where no table holds a piece of the text. Differences between languages carry the evidence; the scale is langidentify's.
    """
    held = [(code, one) for code in codes if (one := table(code)) is not None]
    words = _WORD.findall(text.lower().translate(_APOSTROPHES))[:_MAX_WORDS]
    grams = _mean_of_grams(words, held)
    if grams is None:
        return None
    spoken = _mean_of_words(words, held)
    if spoken is None:
        return grams
    means, share = spoken
    # langidentify's weights of the whole words, by the share of them that some language knows
    weight = (0.5 if share < 0.5 else 0.8) * share
    return {code: mean * (1 - weight) + means[code] * weight for code, mean in grams.items()}


def _mean_of_grams(words: list[str], held: list[tuple[str, Table]]) -> dict[str, float] | None:
    sums = dict.fromkeys((code for code, _ in held), 0.0)
    hits = dict.fromkeys(sums, 0)
    for word in words:
        word = word[:_MAX_WORD]
        for order in range(min(_MAX_ORDER, len(word)), 0, -1):
            pieces = [word[at : at + order] for at in range(len(word) - order + 1)]
            unknown = set(pieces)
            for code, one in held:
                for piece in pieces:
                    count = one.grams.get(piece)
                    if count is not None and (probability := log(count) - one.log_totals[order]) >= FLOOR:
                        sums[code] += probability
                        hits[code] += 1
                        unknown.discard(piece)
            if not unknown and order <= _STOP_ORDER:
                break
    most = max(hits.values(), default=0)
    if most == 0:
        return None
    return {code: (total + (most - hits[code]) * FLOOR) / most for code, total in sums.items()}


def _mean_of_words(words: list[str], held: list[tuple[str, Table]]) -> tuple[dict[str, float], float] | None:
    """Mean log probability of the known words in each language, and the share of words that some language knows."""
    sums = dict.fromkeys((code for code, _ in held), 0.0)
    hits = dict.fromkeys(sums, 0)
    lookups = 0
    for word in words:
        # l'homme: the article and the noun are words of their own
        parts = [word] if "'" not in word[1:-1] or any(word in one.words for _, one in held) else _split(word)
        for part in parts:
            if len(part) == 1 and part.isascii():
                continue
            lookups += not part.endswith("'")
            for code, one in held:
                found = one.words.get(part)
                if found is not None:
                    sums[code] += float(found)
                    hits[code] += 1
    most = max(hits.values(), default=0)
    if most == 0 or lookups == 0:
        return None
    return {code: (total + (most - hits[code]) * FLOOR) / most for code, total in sums.items()}, min(1.0, most / lookups)


def _split(word: str) -> list[str]:
    at = word.index("'", 1)
    return [word[: at + 1], word[at + 1 :]]
