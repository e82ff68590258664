"""lingua (extra ``lingua``) as a detector: slower to load, strong on single words."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from transcmp.errors import MissingExtraError
from transcmp.language import combine
from transcmp.language.detection import UNSURE, Guess
from transcmp.language.script import script_of
from transcmp.language.tags import model_code
from transcmp.model import Language

_lock = threading.Lock()
_built: dict[frozenset[str], Any] = {}

_CERTAIN = 0.999


def _module() -> Any:
    try:
        import lingua
    except ImportError as error:
        raise MissingExtraError(message="the detector 'lingua' is not installed", extra="lingua") from error
    return lingua


def _detector(codes: frozenset[str]) -> Any:
    """A detector of some languages; it reads a language's models when it first needs them."""
    if codes not in _built:
        with _lock:
            if codes not in _built:
                lingua = _module()
                known = {one.iso_code_639_1.name.lower(): one for one in lingua.Language.all()}
                chosen = [known[code] for code in sorted(codes) if code in known]
                _built[codes] = lingua.LanguageDetectorBuilder.from_languages(*chosen).build() if len(chosen) > 1 else None
    return _built[codes]


class LinguaDetector:
    """See the module."""

    name = "lingua"

    def detect(self, texts: Sequence[str], *, languages: Sequence[Language] = (), closed: bool = False) -> list[Guess]:
        """As :class:`transcmp.language.detection.Detector` says. Raises MissingExtraError where lingua is not installed.

        The background are the common languages of the text's script, since a lingua of all languages takes seconds and a gigabyte.
        """
        _module()
        expected = tuple(languages)
        names = {model_code(one): one for one in reversed(expected)}
        return [self._one(text, expected, closed, names) for text in texts]

    def _one(self, text: str, expected: tuple[Language, ...], closed: bool, names: dict[str, Language]) -> Guess:
        prior = combine.priors(script_of(text), expected, closed)
        codes = frozenset(_LINGUA.get(code, code) for code in prior if code in names or code in combine.COMMON)
        if len(prior) == 1:
            code, confidence = next(iter(prior)), _CERTAIN
        else:
            detector = _detector(codes) if codes else None
            if detector is None:
                return UNSURE
            values = {_back(one.language): one.value for one in detector.compute_language_confidence_values(text)}
            weighed = {code: value * prior.get(code, 0.0) for code, value in values.items()}
            total = sum(weighed.values())
            if not total:
                return Guess(expected[0], 1 / len(expected), expected[0]) if closed and expected else UNSURE
            code = max(weighed, key=weighed.__getitem__)
            confidence = weighed[code] / total
        language = names.get(code) or Language(code)
        return Guess(language, confidence, language)


_LINGUA = {"no": "nb"}
"""lingua knows the written standards of Norwegian only."""


def _back(language: Any) -> str:
    code = str(language.iso_code_639_1.name).lower()
    return "no" if code in ("nb", "nn") else code


detector = LinguaDetector()
"""The one instance."""
