"""The default detector: the script first, then eldc, and the n-gram tables only where eldc abstains or is unsure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

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
            prior = combine.log_priors(script, expected, closed)
            code, confidence = _judge(text, prior, found, names)
            language = names.get(code) or Language(code)
            guesses.append(Guess(language, confidence, language) if code else UNSURE)
        return guesses


def _judge(text: str, prior: Mapping[str, float], found: Mapping[str, float], names: Mapping[str, Language]) -> tuple[str, float]:
    """The likeliest candidate and its probability; an empty code where there is no candidate."""
    if len(prior) < 2:
        return (next(iter(prior)), _CERTAIN) if prior else ("", 0.0)
    length = combine.length_of(text)
    posterior: Mapping[str, float] = {}
    if found:
        logs = combine.evidence(found, prior, combine.SIMILARITY_ALONE, length)
        posterior = combine.normalise({code: value + prior[code] for code, value in logs.items()})
        best = max(posterior, key=posterior.__getitem__)
        if posterior[best] >= combine.SURE:
            return best, posterior[best]
    return _second_opinion(text, length, prior, found, posterior, names)


def _second_opinion(
    text: str,
    length: float,
    prior: Mapping[str, float],
    found: Mapping[str, float],
    posterior: Mapping[str, float],
    names: Mapping[str, Language],
) -> tuple[str, float]:
    """Both models together, over the expected languages and eldc's likeliest."""
    expected = [code for code in names if code in prior]
    if posterior:
        ranked = sorted((code for code in posterior if code not in names), key=lambda code: (-posterior[code], code))
        rivals = [code for code in ranked[:_RIVALS] if posterior[code] >= _LEAST_RIVAL or not expected]
    else:
        known = combine.COMMON if similarity.available() else prior
        rivals = [code for code in prior if code not in names and code in known]
    spoken = ngrams.scores(text, expected + rivals)
    if not spoken:
        best = max(posterior or prior, key=(posterior or prior).__getitem__)
        return best, posterior[best] if posterior else exp(prior[best])
    weights = combine.BOTH if found else combine.NGRAMS_ALONE
    first = combine.evidence(found, spoken, weights, length)
    joint = combine.normalise({code: prior[code] + first[code] + weights.scale * value for code, value in spoken.items()})
    best = max(joint, key=joint.__getitem__)
    return best, joint[best]


detector = DefaultDetector()
"""The one instance; it holds no state."""
