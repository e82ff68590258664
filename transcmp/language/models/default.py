"""The default detector: the script first, then eldc, and the n-gram tables only where eldc abstains or is unsure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from transcmp.language import combine
from transcmp.language.detection import UNSURE, Guess
from transcmp.language.models import ngrams, similarity
from transcmp.language.script import script_of
from transcmp.language.tags import model_code
from transcmp.model import Language

_CERTAIN = 0.999
"""Confidence of a language that is the only one of its script."""

_RIVALS = 4
"""At most so many languages beside the expected ones are looked up in the n-gram tables: the likeliest by eldc."""

_LEAST_RIVAL = 0.02
"""Probability by eldc that makes a language a rival."""


class DefaultDetector:
    """See the module."""

    name = "default"

    def detect(self, texts: Sequence[str], *, languages: Sequence[Language] = (), closed: bool = False) -> list[Guess]:
        """As :class:`transcmp.language.detection.Detector` says."""
        expected = tuple(languages)
        names = {model_code(one): one for one in reversed(expected)}
        scripts = [script_of(text) for text in texts]
        similarities = similarity.similarities(texts, frozenset(names) if closed else frozenset())
        guesses = []
        for text, script, found in zip(texts, scripts, similarities, strict=True):
            prior = combine.han_priors(len(text), expected, closed) if script == "Hani" else combine.priors(script, expected, closed)
            code, confidence = _judge(text, prior, found, names)
            language = names.get(code) or Language(code)
            guesses.append(Guess(language, confidence, language) if code else UNSURE)
        return guesses


def _judge(text: str, prior: Mapping[str, float], found: Mapping[str, float], names: Mapping[str, Language]) -> tuple[str, float]:
    """The likeliest candidate and its probability; an empty code where there is no candidate."""
    if len(prior) < 2:
        return (next(iter(prior)), _CERTAIN) if prior else ("", 0.0)
    words = combine.length_of(text)
    posterior = combine.by_similarity(found, prior, words)
    if posterior:
        best = max(posterior, key=posterior.__getitem__)
        if posterior[best] >= combine.SURE:
            return best, posterior[best]
    spoken = ngrams.scores(text, _contested(prior, posterior, names))
    if spoken:
        posterior = combine.by_both(found, spoken, prior, words)
    shares = posterior or prior
    best = max(shares, key=shares.__getitem__)
    return best, shares[best]


def _contested(prior: Mapping[str, float], posterior: Mapping[str, float], names: Mapping[str, Language]) -> list[str]:
    """The candidates to ask the n-gram tables about: the expected ones, and eldc's likeliest others."""
    expected = [code for code in names if code in prior]
    if posterior:
        ranked = sorted((code for code in posterior if code not in names), key=lambda code: (-posterior[code], code))
        return expected + [code for code in ranked[:_RIVALS] if posterior[code] >= _LEAST_RIVAL]
    known = combine.COMMON if similarity.available() else prior
    return expected + [code for code in prior if code not in names and code in known]


detector = DefaultDetector()
"""The one instance; it holds no state."""
