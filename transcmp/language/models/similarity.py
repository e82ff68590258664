"""eldc, the first model: a compiled n-gram table of 60 languages, ready at once and a few microseconds a text.

It gives similarities, not probabilities: :mod:`transcmp.language.combine` turns them into evidence. Where the package has no wheel it
is not installed, and :func:`similarities` knows nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_lock = threading.Lock()
_module: Any = None
_missing = False

MAX_SCORES = 12
"""Languages asked for, the most similar ones; what comes after them is no candidate."""


def _load() -> Any:
    """The package, initialised once; None where it is not installed. eldc's own ``init`` is not safe to run twice at a time."""
    global _module, _missing
    if _module is None and not _missing:
        with _lock:
            if _module is None and not _missing:
                try:
                    import eldc
                except ImportError:
                    _missing = True
                else:
                    eldc.init()
                    _module = eldc
    return _module


def available() -> bool:
    """Whether eldc is installed."""
    return _load() is not None


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """The codes of the languages that eldc knows; none where it is not installed."""
    module = _load()
    return frozenset(module.LANGUAGES) if module is not None else frozenset()


@lru_cache(maxsize=64)
def _instance(codes: frozenset[str]) -> Any:
    """A configured detector; it is never changed afterwards, so that threads may share it."""
    module = _load()
    instance = module.instance()
    instance.set_scores(MAX_SCORES)
    if codes:
        instance.set_languages(sorted(codes))
    return instance


def similarities(texts: Iterable[str], codes: frozenset[str] = frozenset()) -> list[dict[str, float]]:
    """For each text the similarity (0..1) to each language, at most twelve, best first; an empty dict where eldc abstains.

    ``codes`` restricts the languages (unknown codes are left out); empty: all. Only the first 1,000 bytes of a text are looked at.
    Texts must hold no NUL and no lone surrogate.
    """
    if _load() is None:
        return [{} for _ in texts]
    usable = codes & known()
    if codes and not usable:
        return [{} for _ in texts]
    detect = _instance(usable).detect_details
    return [detect(text).scores for text in texts]


def likeliest(texts: Iterable[str], codes: frozenset[str] = frozenset()) -> list[str]:
    """For each text the code of the most similar language, ``und`` where eldc abstains or is not installed: the quickest question."""
    if _load() is None or (codes and not codes & known()):
        return ["und" for _ in texts]
    detect = _instance(codes & known()).detect
    return [detect(text) for text in texts]
