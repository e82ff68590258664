"""langdetect (Shuyo 2010) as a detector, and as the second voice on a document's main language.

Used so that its traps stay shut: profiles are loaded once, under a lock, and only those asked for; every detector gets the same seed;
capitals are lowered; text that it raises on is ``und``.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from transcmp.language import combine
from transcmp.language.detection import UNSURE, Guess
from transcmp.language.script import script_of
from transcmp.language.tags import model_code
from transcmp.model import UNDETERMINED, Language

SEED = 0
"""Of its random choice of n-grams; without one it changes 3 % of its answers from run to run."""

_MOST_CHARACTERS = 500
"""Read of a text; it converges long before."""

_PROFILES = {"zh-cn": "zh", "zh-tw": "zh"}

_lock = threading.Lock()
_factories: dict[frozenset[str], Any] = {}


def _factory(codes: frozenset[str]) -> Any:
    """A factory with the profiles of some languages (none: all); None where fewer than two have one."""
    if codes not in _factories:
        with _lock:
            if codes not in _factories:
                _factories[codes] = _load(codes)
    return _factories[codes]


def _load(codes: frozenset[str]) -> Any:
    from langdetect.detector_factory import DetectorFactory

    names = sorted(one.name for one in files("langdetect.profiles").iterdir() if _is_profile(one.name))
    wanted = [name for name in names if not codes or _PROFILES.get(name, name) in codes]
    if len(wanted) < 2:
        return None
    factory = DetectorFactory()
    factory.seed = SEED
    factory.load_json_profile([files("langdetect.profiles").joinpath(name).read_text("utf-8") for name in wanted])
    return factory


def _is_profile(name: str) -> bool:
    return "." not in name and "_" not in name


class LangdetectDetector:
    """See the module."""

    name = "langdetect"

    def detect(self, texts: Sequence[str], *, languages: Sequence[Language] = (), closed: bool = False) -> list[Guess]:
        """As :class:`transcmp.language.detection.Detector` says; text without a known n-gram is ``und``, if closed the first language."""
        expected = tuple(languages)
        names = {model_code(one): one for one in reversed(expected)}
        codes = frozenset(names) if closed and expected else frozenset()
        factory = _factory(codes)
        fallback = Guess(expected[0], 1 / len(names), expected[0]) if codes else UNSURE
        if factory is None:
            return [fallback] * len(texts)
        return [self._one(text, factory, expected, closed, names) or fallback for text in texts]

    def _one(self, text: str, factory: Any, expected: tuple[Language, ...], closed: bool, names: dict[str, Language]) -> Guess | None:
        from langdetect.lang_detect_exception import LangDetectException

        detector = factory.create()
        if expected and not closed:
            prior = combine.priors(script_of(text), expected, False)
            known = {name: share for name in factory.langlist if (share := prior.get(_PROFILES.get(name, name)))}
            if known:
                detector.set_prior_map(known)
        try:
            detector.append(text[:_MOST_CHARACTERS].lower())
            found = detector.get_probabilities()
        except (LangDetectException, ZeroDivisionError):
            return None
        if not found:
            return None
        code = _PROFILES.get(found[0].lang, found[0].lang)
        language = names.get(code) or Language(code)
        return Guess(language, min(1.0, sum(one.prob for one in found if _PROFILES.get(one.lang, one.lang) == code)), language)


detector = LangdetectDetector()
"""The one instance; its factories are shared and never changed once made."""


def prefer(text: str, one: Language, other: Language) -> Language:
    """Which of two languages the first 500 characters of a text are in; ``und`` where langdetect knows only one or finds no feature."""
    guess = detector.detect([text], languages=(one, other), closed=True)[0]
    return guess.language if guess.confidence > 0.5 else UNDETERMINED
