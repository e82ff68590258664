"""The default detector: the script first, then eldc, and the n-gram tables only where eldc abstains or is unsure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from msgspec import Struct

from transcmp.language import combine
from transcmp.language.detection import UNSURE, Guess
from transcmp.language.models import ngrams, similarity
from transcmp.language.script import chinese_form, script_of
from transcmp.language.tags import chinese_script, model_code
from transcmp.model import Language

_CERTAIN = 0.999
"""Confidence of a language that is the only one of its script."""

_UNKNOWN = 0.5
"""Highest confidence in a text that fits no language."""

_RIVALS = 4
"""At most so many languages beside the expected ones are looked up in the n-gram tables: the likeliest by eldc."""

_LEAST_RIVAL = 0.02
"""Probability by eldc that makes a language a rival."""


_FEW_WORDS = 5
"""Words from which the models' scores tell a language that they do not know from one that they do."""

_STRANGE_SIMILARITY = 0.72
"""eldc's best similarity below which a text of some words is in none of its languages; 1 % of the sentences in one of them fall below."""

_STRANGE_LETTERS = -4.5
"""Log probability a letter below which the text is in none of the n-gram tables' languages either; 1 % of sentences fall below."""

_SIBLINGS = {"nl": ("af",), "de": ("lb",), "sr": ("mk",), "bg": ("mk",), "fa": ("ps",)}
"""Languages that eldc takes for another, which it knows; their tables are asked unless that one was expected."""

_ALIASES = {"id": "ms", "bs": "hr"}
"""Languages that eldc does not tell from another."""


_LATIN = re.compile(r"[A-Za-z]+")
"""Names and code in a text of another script."""


class _Expectation(Struct, frozen=True):
    """What the caller said about all texts of one call."""

    names: dict[str, Language]
    """The expected languages by model code."""
    closed: bool
    aliased: bool
    """Whether one of them is known to eldc under another code only."""
    blind: bool
    """Whether one of them is unknown to eldc, but has an n-gram table; eldc alone must not decide then."""


class DefaultDetector:
    """See the module."""

    name = "default"

    def detect(self, texts: Sequence[str], *, languages: Sequence[Language] = (), closed: bool = False) -> list[Guess]:
        """As :class:`transcmp.language.detection.Detector` says."""
        expected = tuple(languages)
        names = {model_code(one): one for one in reversed(expected)}
        asked = frozenset(_ALIASES.get(code, code) for code in names)
        blind = any(code not in similarity.known() and ngrams.table(code) is not None for code in asked) and similarity.available()
        told = _Expectation(names, closed, not names.keys().isdisjoint(_ALIASES), blind)
        forms = {chinese_script(one): one for one in reversed(expected) if model_code(one) == "zh"}
        scripts = [script_of(text) for text in texts]
        texts = [text if script == "Latn" else " ".join(_LATIN.sub(" ", text).split()) for text, script in zip(texts, scripts, strict=True)]
        similarities = similarity.similarities(texts, asked if closed else frozenset())
        guesses = []
        for text, script, found in zip(texts, scripts, similarities, strict=True):
            prior = combine.han_priors(len(text), expected, closed) if script == "Hani" else combine.priors(script, expected, closed)
            code, confidence = _judge(text, prior, found, told)
            language = (code == "zh" and forms.get(chinese_form(text))) or names.get(code) or Language(code)
            guesses.append(Guess(language, confidence, language) if code else UNSURE)
        return guesses


def _judge(text: str, prior: Mapping[str, float], found: Mapping[str, float], told: _Expectation) -> tuple[str, float]:
    """The likeliest candidate and its probability; an empty code where there is no candidate."""
    if len(prior) < 2:
        return (next(iter(prior)), _CERTAIN) if prior else ("", 0.0)
    words = combine.length_of(text)
    if told.aliased or not told.names:
        found = _with_aliases(found, prior)
    weights, total = combine.by_similarity(found, prior, words)
    best = max(weights, key=weights.__getitem__) if weights else ""
    sure = bool(best) and weights[best] >= combine.SURE * total
    strange = related = False
    if words >= _FEW_WORDS and not told.closed:
        strange = max(found.values(), default=0.0) < _STRANGE_SIMILARITY
        related = sure and best in _SIBLINGS and best not in told.names and not told.blind
    if sure and not (strange or related or told.blind):
        return best, weights[best] / total
    posterior = {code: weight / total for code, weight in weights.items()}
    spoken = ngrams.words_of(text)
    candidates = [best] if related else _contested(prior, posterior, told.names, spoken)
    unheard = _unheard(spoken, candidates, _SIBLINGS[best] if related else prior.keys() - similarity.known()) if strange or related else []
    if related and not unheard:
        return best, posterior[best]
    scores = ngrams.scores(spoken, dict.fromkeys(candidates + unheard))
    if scores:
        posterior = combine.by_both({} if unheard or told.blind else found, scores, prior, words)
    shares = posterior or prior
    best = max(shares, key=shares.__getitem__)
    if strange and scores and scores[best] < _STRANGE_LETTERS * sum(map(len, spoken)):
        return best, min(shares[best], _UNKNOWN)
    return best, shares[best]


def _with_aliases(found: Mapping[str, float], prior: Mapping[str, float]) -> Mapping[str, float]:
    """eldc's scores, with those of languages it cannot tell from another; only where they may matter."""
    added = {code: found[known] for code, known in _ALIASES.items() if code in prior and found.get(known, 0.0) >= _STRANGE_SIMILARITY}
    return {**found, **added} if added else found


def _unheard(words: list[str], candidates: list[str], unknown: Iterable[str]) -> list[str]:
    """Languages that eldc does not know and whose commonest words a text has more of than of any candidate's."""
    others = set(unknown).difference(candidates)
    return list(takewhile(others.__contains__, ngrams.by_common_words(words, [*candidates, *others])))


def _contested(prior: Mapping[str, float], posterior: Mapping[str, float], names: Mapping[str, Language], words: list[str]) -> list[str]:
    """The candidates to ask the n-gram tables about: the expected ones and eldc's likeliest others; where eldc is
    silent, the common languages and those whose commonest words are there."""
    expected = [code for code in names if code in prior]
    others = [code for code in prior if code not in names]
    if posterior:
        rivals = sorted((code for code in others if posterior.get(code, 0.0) >= _LEAST_RIVAL), key=lambda code: (-posterior[code], code))
        return expected + rivals[:_RIVALS]
    heard = ngrams.by_common_words(words, others) if len(words) >= _FEW_WORDS else []
    return [*expected, *heard, *(code for code in others if code in combine.COMMON and code not in heard)]


detector = DefaultDetector()
"""The one instance; it holds no state."""
