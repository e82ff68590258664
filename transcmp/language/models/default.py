"""The default detector: the script first, then eldc, and the n-gram tables only where eldc abstains or is unsure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

from transcmp.language import combine
from transcmp.language.detection import UNSURE, Guess
from transcmp.language.models import ngrams, similarity
from transcmp.language.script import UNKNOWN_SCRIPT, script_of
from transcmp.language.tags import model_code
from transcmp.model import Language

_CERTAIN = 0.999
"""Confidence of a language that is the only one of its script."""

_RIVALS = 3
"""Languages beside the expected ones whose tables are asked, the likeliest by eldc."""


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
            code, confidence = _judge(text, script, prior, found, names)
            guesses.append(Guess(names.get(code) or Language(code), confidence, names.get(code) or Language(code)) if code else UNSURE)
        return guesses


def _judge(
    text: str, script: str, prior: Mapping[str, float], found: Mapping[str, float], names: Mapping[str, Language]
) -> tuple[str, float]:
    """The likeliest candidate and its probability; an empty code where nothing is known."""
    if not prior or (script == UNKNOWN_SCRIPT and not found):
        return (next(iter(prior)), 1 / len(prior)) if prior else ("", 0.0)
    if len(prior) == 1:
        return next(iter(prior)), _CERTAIN
    best, confidence, logs = "", 0.0, {}
    if found:
        logs = {code: prior[code] + combine.SIMILARITY_POWER * log(value) for code, value in found.items() if code in prior}
        if logs:
            posterior = combine.normalise(logs)
            best = max(posterior, key=posterior.__getitem__)
            confidence = posterior[best]
            if confidence >= combine.SURE:
                return best, confidence
    return _second_opinion(text, prior, logs, names) or (best, confidence)


def _second_opinion(
    text: str, prior: Mapping[str, float], logs: Mapping[str, float], names: Mapping[str, Language]
) -> tuple[str, float] | None:
    """Both models together, over the expected languages and eldc's likeliest; None where no table knows the text."""
    rivals = (
        sorted((code for code in logs if code not in names), key=lambda code: -logs[code])[:_RIVALS]
        if similarity.available()
        else list(prior)
    )
    codes = list(dict.fromkeys([code for code in names if code in prior] + rivals)) or list(prior)
    scores = ngrams.scores(text, codes)
    if scores is None:
        return None
    floor = combine.SIMILARITY_POWER * log(combine.LEAST_SIMILARITY)
    joint = {}
    for code, score in scores.items():
        first = logs.get(code, prior[code] + floor) if logs else prior[code]
        joint[code] = first + combine.NGRAM_SCALE * score
    posterior = combine.normalise(joint)
    best = max(posterior, key=posterior.__getitem__)
    return best, posterior[best]


detector = DefaultDetector()
"""The one instance; it holds no state."""
