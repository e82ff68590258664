"""Amounts of money, and measures: what stands beside a number. Names and signs of units are CLDR's (Babel)."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from transcmp.evidence.names import common_start

LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "zh")
"""Languages whose names of units and currencies are known."""

_SIGNS = {
    "US$": "USD", "A$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "R$": "BRL", "$": "dollar", "€": "EUR", "£": "GBP",
    "¥": "yen", "￥": "yen", "₽": "RUB", "₹": "INR", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₿": "BTC", "zł": "PLN", "Fr.": "CHF",
}  # fmt: skip
_CODES = frozenset("USD EUR GBP JPY CNY CHF CAD AUD NZD SEK NOK DKK PLN CZK HUF RUB UAH TRY INR BRL MXN KRW HKD SGD ZAR ILS".split())
_NAMES = {
    "dollar": r"dollars?|dollari|dollaro|dólar(?:es)?|dolar(?:ów|y|a)?|доллар\w*|ドル|美元|美金",
    "EUR": r"euros?|евро|ユーロ|欧元",
    "GBP": r"pounds? sterling|pfund(?: sterling)?|livres? sterling|libras? esterlinas?|sterlin[ae]|фунт\w* стерлингов|ポンド|英镑",
    "yen": r"yens?|jen(?:ów|y)?|иен\w*|йен\w*|日元|日圆|円",
    "CNY": r"yuan(?:es)?|renminbi|юан\w*|人民币|人民元",
    "RUB": r"rou?bles?|rubles?|rubel|rubli|rublos?|рубл\w*|руб\.|ルーブル|卢布",
    "CHF": r"swiss francs?|schweizer franken|francs? suisses?|franchi svizzeri|francos suizos",
    "PLN": r"złot(?:y|e|ych|ego)|zlotys?|злот\w*|ズウォティ|兹罗提",
    "INR": r"rupees?|rupien?|roupies?|rupie|rupias?|рупи\w*|ルピー|卢比",
    "cent": r"cents?|centesimi|centavos?|céntimos?|cêntimos?|цент\w*|セント|美分",
}
_SAME = {
    ("dollar", "USD"),
    ("dollar", "CAD"),
    ("dollar", "AUD"),
    ("dollar", "NZD"),
    ("dollar", "HKD"),
    ("dollar", "SGD"),
    ("yen", "JPY"),
    ("yen", "CNY"),
}
_SIGN = "|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))
_BEFORE = re.compile(rf"(?:(?P<sign>{_SIGN})|(?<!\w)(?P<code>[A-Z]{{3}}))[\s\u00a0\u202f]?$")
_SCALE = r"(?:[\s\u00a0\u202f-]?(?:[kKMB](?!\w)|[^\W\d_]{3,12}\.?(?:\s+(?:de|di|d['’]))?|[万億亿千兆]+))?"
_AFTER = re.compile(
    _SCALE
    + r"[\s\u00a0\u202f-]?(?:(?P<sign>"
    + _SIGN
    + r")|(?P<code>(?-i:[A-Z]{3}))(?!\w)|(?:"
    + "|".join(f"(?P<n_{key}>{pattern})" for key, pattern in _NAMES.items())
    + r")(?![^\W\d_])|(?P<cjk>円|元|ドル|ユーロ|美元|欧元))",
    re.IGNORECASE,
)
_CJK_NAMES = {"円": "yen", "元": "CNY", "ドル": "dollar", "ユーロ": "EUR", "美元": "dollar", "欧元": "EUR"}

UNITS = (
    "length-kilometer length-meter length-centimeter length-millimeter length-mile length-yard length-foot length-inch "
    "mass-tonne mass-kilogram mass-gram mass-milligram mass-pound mass-ounce volume-liter volume-milliliter volume-gallon "
    "area-square-kilometer area-square-meter area-hectare area-acre duration-century duration-year duration-month "
    "duration-week duration-day duration-hour duration-minute duration-second duration-millisecond "
    "digital-bit digital-byte digital-kilobyte digital-megabyte digital-gigabyte digital-terabyte "
    "temperature-celsius temperature-fahrenheit speed-kilometer-per-hour speed-mile-per-hour "
    "frequency-hertz frequency-kilohertz frequency-megahertz frequency-gigahertz power-watt power-kilowatt power-megawatt "
    "energy-kilowatt-hour electric-volt concentr-percent graphics-pixel"
).split()
"""CLDR's names of the units that are looked for."""


class Amount(Struct, frozen=True):
    """What a number counts."""

    start: int
    """First offset of the unit's words in the text."""
    end: int
    """Offset behind their last character."""
    text: str
    """As written."""
    units: tuple[str, ...]
    """Every unit that the words may name."""

    def agrees(self, other: Amount) -> bool:
        """Whether both may name the same unit."""
        return any(one == two or {(one, two), (two, one)} & _SAME for one in self.units for two in other.units)


def currency_at(text: str, start: int, end: int) -> Amount | None:
    """The currency of the number at ``text[start:end]``: a sign or code before it, a sign, code or name behind it."""
    before = _BEFORE.search(text, max(0, start - 5), start)
    if before and (before["sign"] or before["code"] in _CODES):
        unit = _SIGNS[before["sign"]] if before["sign"] else before["code"]
        return Amount(before.start(), before.end(), before.group().strip(), (unit,))
    after = _AFTER.match(text, end)
    if after is None:
        return None
    if after["sign"]:
        key = "sign"
        unit = _SIGNS.get(after["sign"], _SIGNS.get(after["sign"].lower(), "EUR"))
    elif after["code"]:
        key = "code"
        if after["code"] not in _CODES:
            return None
        unit = after["code"]
    elif after["cjk"]:
        key, unit = "cjk", _CJK_NAMES[after["cjk"]]
    else:
        key, unit = next((f"n_{name}", name) for name in _NAMES if after[f"n_{name}"])
    return Amount(after.start(key), after.end(key), after[key], (unit,))


@lru_cache(maxsize=16)
def unit_names(language: str) -> dict[str, tuple[str, ...]]:
    """Names and signs of units in a language, lower case, to the units that they may be."""
    from babel.units import format_unit

    names: dict[str, set[str]] = {}
    for unit in UNITS:
        for length in ("long", "short", "narrow"):
            for count in (1, 2, 5):
                written = format_unit(count, unit, length=length, locale=language)
                name = re.sub(r"[\d\s\u00a0\u202f\u200f\u200e]*$|^[\d\s\u00a0\u202f]*", "", written).strip().lower()
                if name and not any(char.isdigit() for char in name):
                    names.setdefault(name.rstrip("."), set()).add(unit)
    return {name: tuple(sorted(units)) for name, units in names.items()}


def _named(word: str, language: str) -> tuple[str, ...]:
    """Units that a word names, in another case or number if need be (``Tagen``)."""
    names = unit_names(language)
    if word in names or len(word) < 4:
        return names.get(word, ())
    near = [name for name in names if abs(len(name) - len(word)) <= 2 and common_start(name, word) >= max(3, len(word) - 2, len(name) - 2)]
    return names[max(near, key=lambda name: common_start(name, word))] if near else ()


def unit_at(text: str, end: int, language: str) -> Amount | None:
    """The unit behind a number that ends at ``end``, by the names of a language (primary subtag) and, for signs, of English."""
    if language not in LANGUAGES:
        return None
    match = re.compile(r"[\s\u00a0\u202f-]?([^\W\d_]+(?:[ /][^\W\d_]+)?|%|°\s?[CF])").match(text, end)
    if match is None:
        return None
    words = match[1]
    for written in (words, words.split()[0].split("/")[0]):
        units = set(_named(written.lower().replace("° ", "°"), language))
        if len(written) <= 4:
            units |= set(unit_names("en").get(written.lower(), ()))
        if units:
            return Amount(match.start(1), match.start(1) + len(written), written, tuple(sorted(units)))
    if language in ("ja", "zh"):
        for size in range(min(6, len(words)), 0, -1):
            units = set(unit_names(language).get(words[:size].lower(), ()))
            if units:
                return Amount(match.start(1), match.start(1) + size, words[:size], tuple(sorted(units)))
    return None
