"""Words that deny: ``not``, ``nessuno``, ``-n't``, ``ません``. The lists are data (``data/negation.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct, convert

LANGUAGES = frozenset({"de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "zh"})
"""Languages whose words of denial are known."""
_UNSPACED = frozenset({"ja", "zh"})


class _Words(Struct, frozen=True):
    """The words of one language, as in the data file."""

    words: tuple[str, ...]
    near: tuple[str, ...]
    clitics: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()


def find_negations(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every word that says no and nothing else; none in a language that is not known."""
    base = language.partition("-")[0].lower()
    if base not in LANGUAGES:
        return ()
    return tuple(match.span() for match in _patterns(base)[0].finditer(text) if match["no"])


def may_deny(text: str, language: str) -> bool:
    """Whether any word of the text can deny something, also in another way: ``without``, ``fail``, ``impossible``."""
    base = language.partition("-")[0].lower()
    return base not in LANGUAGES or any(match["no"] for pattern in _patterns(base) for match in pattern.finditer(text))


@lru_cache(maxsize=16)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What denies, and what may; the group ``no`` is empty where a string only looks like one."""
    data = tomllib.loads(files("transcmp.evidence").joinpath("data", "negation.toml").read_text("utf-8"))
    found = convert(data[language], _Words)
    edge = "" if language in _UNSPACED else r"\b"
    sure = [f"{edge}{_any(found.words)}{edge}"] + [rf"\b\w+{_any(found.clitics)}\b"] * bool(found.clitics)
    near = [f"{edge}{_any(found.near)}{edge}"] + [rf"\b\w+{_any(found.ends)}\b"] * bool(found.ends)
    near += [rf"\b{_any(found.starts)}\w{{2,}}"] * bool(found.starts)
    passed = [_any(found.passed)] * bool(found.passed)
    one, two = (re.compile("|".join([*passed, f"(?P<no>{'|'.join(ways)})"]), re.IGNORECASE) for ways in (sure, near))
    return one, two


def _any(words: tuple[str, ...]) -> str:
    """A pattern for any of the words, the longest first, with either apostrophe and any space."""
    written = (re.escape(word).replace("'", "['’]").replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
    return f"(?:{'|'.join(written)})"
