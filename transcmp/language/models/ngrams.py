"""langidentify's lite models, the second opinion: n-gram and word frequencies of 80 languages, loaded a language at a time.

The tables are read from the package's data files by a reader of our own: the package's loader takes 0.18 s of CPU a language, this one
0.015 s, and its detector may not be shared by threads. A word's probability in a language is a mixture of its frequency among the
commonest words and of a model of its letters: n-grams up to order 5 with "stupid backoff" (Brants et al., "Large language models in
machine translation", EMNLP 2007). Both depend on one language only, so adding a candidate changes no other's score.
"""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from math import exp, log, log1p

FLOOR = -12.0
"""Natural log probability of a letter that a language's table does not hold; also the least one in the lite tables."""

BACKOFF = 2.0
"""Cost, in nats, of each order by which the context of a letter has to be shortened."""

WORD_SHARE = 0.3
"""Weight of the word list in the mixture; the letters have the rest. .1 to .7 do equally well."""

_MAX_ORDER = 5
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'"})
_MAX_WORD = 32
_MAX_WORDS = 60
"""More words change no answer."""
_MAX_REMEMBERED = 50_000


class Table:
    """The frequencies of one language. Its answers are remembered; threads may share it."""

    def __init__(self, grams: dict[str, str], log_totals: tuple[float, ...], words: dict[str, str]) -> None:
        """Counts of n-grams of 1 to 5 letters, natural logs of their sums by order, log probabilities of whole words.

        Numbers stay as the file writes them; few of them are ever looked at.
        """
        self._grams = grams
        self._log_total = log_totals[1]
        self._words = words
        self._remembered: dict[str, float] = {}

    def log_probability(self, word: str) -> float:
        """Natural log probability of a lower-case word."""
        known = self._remembered.get(word)
        if known is None:
            known = self._compute(word)
            if len(self._remembered) >= _MAX_REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = known
        return known

    def _compute(self, word: str) -> float:
        word = word[:_MAX_WORD]
        listed = self._words.get(word)
        if listed is None and "'" in word[1:-1]:
            # l'homme: the article and the noun are words of their own
            at = word.index("'", 1)
            return self.log_probability(word[: at + 1]) + self.log_probability(word[at + 1 :])
        letters = log(1 - WORD_SHARE) + self._letters(word)
        if listed is None:
            return letters
        whole = log(WORD_SHARE) + float(listed)
        return max(letters, whole) + log1p(exp(-abs(letters - whole)))

    def _letters(self, word: str) -> float:
        grams = self._grams
        total = 0.0
        for end in range(1, len(word) + 1):
            longest = min(_MAX_ORDER, end)
            for order in range(longest, 0, -1):
                count = grams.get(word[end - order : end])
                if count is None:
                    continue
                context = grams.get(word[end - order : end - 1]) if order > 1 else None
                # a pruned context is rarer than the n-gram's own count allows to tell
                number = int(count)
                probability = log(number) - (self._log_total if context is None else log(max(int(context), number)))
                total += max(FLOOR, probability - BACKOFF * (longest - order))
                break
            else:
                total += FLOOR
        return total


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
    return Table(dict(zip(fields[::2], fields[1::2], strict=True)), tuple(totals), dict(zip(words[1][::2], words[1][1::2], strict=True)))


def _lines(name: str) -> tuple[str, list[str]] | None:
    """The head line of a data file and the fields of all others, two a line."""
    try:
        packed = files("langidentify.models.lite").joinpath(name).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        return None
    head, _, body = gzip.decompress(packed).decode("utf-8").partition("\n")
    return head, body.split()


@lru_cache(maxsize=128)
def _commonest(code: str) -> frozenset[str]:
    """The hundred commonest words of a language, without reading the rest of its list; none where the package has no list."""
    try:
        packed = files("langidentify.models.lite").joinpath(f"topwords-{code}.txt.gz").open("rb")
    except (ModuleNotFoundError, FileNotFoundError):
        return frozenset()
    with packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        return frozenset(line.partition(" ")[0] for line in islice(lines, 1, 101))


def by_common_words(words: Sequence[str], codes: Iterable[str]) -> list[str]:
    """Those languages, at most three, of whose commonest words a text has at least two and one in seven of its own; no table is loaded."""
    counts = {code: sum(map(_commonest(code).__contains__, words)) for code in codes}
    enough = max(2, len(words) / 7)
    return sorted((code for code, number in counts.items() if number >= enough), key=lambda code: (-counts[code], code))[:3]


def words_of(text: str) -> list[str]:
    """The first 60 words of a text, in small letters."""
    return _WORD.findall(text.lower().translate(_APOSTROPHES), 0, 2000)[:_MAX_WORDS]


def scores(words: Sequence[str], codes: Iterable[str]) -> dict[str, float]:
    """Natural log probability of words (:func:`words_of`) in each language that has a table; empty if there is no word or no table."""
    if not words:
        return {}
    return {code: sum(map(one.log_probability, words)) for code in codes if (one := table(code)) is not None}
