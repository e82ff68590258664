"""Words as an aligner compares them: cut, folded to plain letters, and how alike two of them look.

Folding is for comparison only. ``Große``, ``GROSSE`` and ``große`` become ``grosse``; ``Москва`` becomes ``moskva``, ``Αθήνα`` ``athina``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape

STEM = 5
"""Letters of a word that count as its stem; 4 to 6 align equally well."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]")
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005\u3007\u3040-\u30ff\u31f0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_RUN = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")

_PLAIN = (
    str.maketrans("øđłıħð", "odlihd")
    | str.maketrans("абвгдезиклмнопрстуфхыэёйіїєґўј", "abvgdeziklmnoprstufhyeeiiiegu" + "j")
    | str.maketrans("αβγδεζηικλμνξοπρστυφωςχάέήίόύώ", "avgdeziiklmnxoprstyfoshaeiioyo")
    | str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "θ": "th", "ψ": "ps"})
    | str.maketrans({"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"})
    | str.maketrans({"ђ": "dj", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz"})
)
"""Latin letters for others, as most transliterations have them: close enough for names to meet."""
_SAME_MARK = str.maketrans({**dict.fromkeys("“”„«»‹›「」『』‟〝〞", '"'), **dict.fromkeys("‘’‚‛`´", "'"), **dict.fromkeys("–—―−‐‑‒", "-")})
_FULL_WIDTH = str.maketrans("。、！？：；（）", ".,!?:;()")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """A word in lower case, without marks, in Latin letters where there is a plain way to write it so."""
    plain = word.lower().translate(_PLAIN)
    if plain.isascii():
        return plain or word.lower()  # a hard sign alone has no Latin letter
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_PLAIN) or word.lower()


def tokens(text: str) -> list[str]:
    """Folded words, numbers without separators, and one token a punctuation mark (quotes and dashes unified), in order.

    What is written without spaces (Han, kana, Thai and the like) comes as overlapping pairs of characters.
    """
    found = _TOKEN.findall(unicodedata.normalize("NFC", unescape(text) if "&" in text else text))
    return [part for token in found for part in _parts(token)]


@lru_cache(maxsize=100_000)
def _parts(token: str) -> tuple[str, ...]:
    """What a run of letters, of digits or a mark becomes; most come again and again."""
    first = token[0]
    if first.isdigit():
        return (_digits(token),)
    if not first.isalpha():
        return (token.translate(_SAME_MARK).translate(_FULL_WIDTH),)
    if not _IS_UNSPACED.search(token):
        return (fold(token),)
    return tuple(part for run in _RUN.findall(token) for part in (_pairs(run) if _IS_UNSPACED.match(run) else [fold(run)]))


def is_word(token: str) -> bool:
    """Whether a token is a word, rather than a number or a mark."""
    return token[:1].isalpha()


def is_number(token: str) -> bool:
    """Whether a token is a number."""
    return token[:1].isdigit()


def stem(token: str) -> str:
    """The first letters of a word; numbers and marks stay whole."""
    return token[:STEM] if is_word(token) else token


def trigrams(word: str) -> set[str]:
    """Runs of three letters, a mark for the word's start included: what two spellings of one name share."""
    marked = f"^{word}"
    return {marked[start : start + 3] for start in range(max(1, len(marked) - 2))}


def resemblance(first: str, second: str) -> float:
    """Dice coefficient of the trigrams of two folded words, 0..1 (Dice 1945; for cognates McEnery and Oakes 1996)."""
    mine, theirs = trigrams(first), trigrams(second)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def _digits(token: str) -> str:
    plain = token.replace(".", "").replace(",", "")
    return plain if plain.isascii() else "".join(str(unicodedata.digit(digit, 0)) for digit in plain)


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run) - 1)] or [run]
