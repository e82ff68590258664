"""From the models' scores to probabilities: priors, and how much each model's evidence is worth."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import exp, log

from msgspec import Struct

from transcmp.language.script import SCRIPT_LANGUAGES, script_of_language
from transcmp.language.tags import model_code
from transcmp.model import Language

EXPECTED_SHARE = 0.5
"""Prior probability that a text is in one of the expected languages; the rest is for all others of its script."""

SURE = 0.95
"""Probability by eldc alone from which the n-gram tables are not asked."""

LEAST_SIMILARITY = 0.3
"""Stands for the similarity of a language that eldc does not list; lower ones say no more than this."""


class Weights(Struct, frozen=True):
    """How much the models' scores are worth: evidence in nats = power * words**growth * log(similarity) + scale * log probability.

    Fitted by maximum likelihood on one half of lingua's test words, pairs and sentences and of documentation in nine languages, over
    four settings: an open pair, a closed pair, a third language beside a pair, nothing known (``bench/language.py`` measures the
    other half). Letters of one word, and words of one sentence, repeat each other's evidence: hence a scale far below 1.
    """

    power: float
    """Of eldc's similarity, for one word."""
    growth: float
    """Exponent of the number of words; eldc's similarity is a mean and does not grow by itself."""
    scale: float
    """Of the n-gram tables' log probability."""

    def factor(self, words: int) -> float:
        """What log(similarity) is multiplied by for a text of so many words."""
        return self.power * float(words**self.growth)


SIMILARITY_ALONE = Weights(power=7.3, growth=0.5, scale=0.0)
BOTH = Weights(power=5.3, growth=0.36, scale=0.086)
NGRAMS_ALONE = Weights(power=0.0, growth=0.0, scale=0.22)

_MOST_WORDS = 40
_FACTORS = [SIMILARITY_ALONE.factor(words) for words in range(_MOST_WORDS + 1)]


def length_of(text: str) -> int:
    """The number of words that evidence grows with, 1..40; eight characters are a word where spaces are rare."""
    return min(_MOST_WORDS, max(text.count(" ") + 1, len(text) // 8))


def by_similarity(found: Mapping[str, float], prior: Mapping[str, float], words: int) -> tuple[dict[str, float], float]:
    """Weights, by eldc alone, of the candidates that it lists above :data:`LEAST_SIMILARITY`, and the sum of all candidates' weights.

    A weight over the sum is the posterior probability. ``prior`` sums to 1, so a candidate without evidence weighs its prior.
    """
    factor = _FACTORS[words]
    weights = {}
    total = 1.0
    for code, similarity in found.items():
        if similarity > LEAST_SIMILARITY and code in prior:
            share = prior[code]
            weights[code] = weight = share * (similarity / LEAST_SIMILARITY) ** factor
            total += weight - share
    return weights, total


def by_both(found: Mapping[str, float], spoken: Mapping[str, float], prior: Mapping[str, float], words: int) -> dict[str, float]:
    """Posterior probabilities by both models of the candidates in ``spoken`` (log probabilities by the n-gram tables)."""
    weights = BOTH if found else NGRAMS_ALONE
    factor = weights.factor(words)
    logs = {
        code: log(prior[code]) + factor * log(max(LEAST_SIMILARITY, found.get(code, 0.0))) + weights.scale * value
        for code, value in spoken.items()
    }
    top = max(logs.values())
    likelihoods = {code: exp(value - top) for code, value in logs.items()}
    total = sum(likelihoods.values())
    return {code: value / total for code, value in likelihoods.items()}


KANA_FREE = 0.75
"""Probability that the next letter of a Japanese text is not kana either; half of all letters are, names and headings have fewer."""

_COMMON_CODES = "en de fr es it pt nl pl ru tr sv da no fi cs hu ro uk ar fa hi he vi id zh ja"
COMMON = frozenset(_COMMON_CODES.split())
"""Languages that much is written in."""
_RARE_WEIGHT = 0.15
"""Weight of a background language outside the common ones: far fewer documents are written in it."""


@lru_cache(maxsize=256)
def priors(script: str, languages: tuple[Language, ...], closed: bool) -> Mapping[str, float]:
    """Prior probability of each candidate, by model code, for a text of one script.

    The expected languages of that script share :data:`EXPECTED_SHARE`, all others of the script the rest; without expected ones the common
    languages weigh more than the rest. ``closed`` leaves only the expected ones, of any script if none is of this one.
    """
    expected = list(dict.fromkeys(model_code(one) for one in languages if script in _scripts(one)))
    if closed and languages:
        chosen = expected or list(dict.fromkeys(model_code(one) for one in languages))
        return {code: 1 / len(chosen) for code in chosen}
    others = [code for code in SCRIPT_LANGUAGES.get(script, ()) if code not in expected]
    weights = {code: 1.0 if code in COMMON else _RARE_WEIGHT for code in others}
    total = sum(weights.values())
    share = EXPECTED_SHARE if expected and others else 1.0 if expected else 0.0
    found = {code: share / len(expected) for code in expected}
    found.update({code: (1 - share) * weight / total for code, weight in weights.items()})
    return found


@lru_cache(maxsize=1024)
def han_priors(letters: int, languages: tuple[Language, ...], closed: bool) -> Mapping[str, float]:
    """:func:`priors` of a text of so many letters, all of them Han: the longer it is, the less can it be Japanese."""
    plain = priors("Hani", languages, closed)
    if "ja" not in plain or len(plain) == 1:
        return plain
    weights = {code: share * KANA_FREE ** min(letters, 40) if code == "ja" else share for code, share in plain.items()}
    total = sum(weights.values())
    return {code: weight / total for code, weight in weights.items()}


def _scripts(language: Language) -> tuple[str, ...]:
    script = script_of_language(language)
    return ("Jpan", "Hani") if script == "Jpan" else (script,)
