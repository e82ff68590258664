"""From the models' scores to probabilities: priors, and how much each model's evidence is worth."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import exp, log

from transcmp.language.script import SCRIPT_LANGUAGES, script_of_language
from transcmp.language.tags import model_code
from transcmp.model import Language

EXPECTED_SHARE = 0.5
"""Prior probability that a text is in one of the expected languages; the rest is for all others of its script."""

SIMILARITY_POWER = 5.7
"""Evidence of eldc: probability is proportional to similarity to this power."""

NGRAM_SCALE = 2.86
"""Evidence of the n-gram tables: probability is proportional to exp(this times the mean log probability)."""

SURE = 0.93
"""Probability by eldc alone from which the n-gram tables are not asked."""

LEAST_SIMILARITY = 0.03
"""Stands for the similarity of a language that eldc does not list."""

_COMMON_CODES = "en de fr es it pt nl pl ru tr sv da no fi cs hu ro uk ar fa hi he vi id zh ja"
_COMMON = frozenset(_COMMON_CODES.split())
_RARE_WEIGHT = 0.3
"""Weight of a background language outside the common ones: far fewer documents are written in it."""


@lru_cache(maxsize=256)
def priors(script: str, languages: tuple[Language, ...], closed: bool) -> Mapping[str, float]:
    """Prior probability of each candidate, by model code, for a text of one script.

    The expected languages of that script share one half, all others of the script the other half; without expected ones the common
    languages weigh more than the rest. ``closed`` leaves only the expected ones, of any script if none is of this one.
    """
    expected = list(dict.fromkeys(model_code(one) for one in languages if script in _scripts(one)))
    if closed and languages:
        chosen = expected or list(dict.fromkeys(model_code(one) for one in languages))
        return {code: 1 / len(chosen) for code in chosen}
    others = [code for code in SCRIPT_LANGUAGES.get(script, ()) if code not in expected]
    weights = {code: 1.0 if code in _COMMON else _RARE_WEIGHT for code in others}
    total = sum(weights.values())
    share = EXPECTED_SHARE if expected and others else 1.0 if expected else 0.0
    found = {code: share / len(expected) for code in expected}
    found.update({code: (1 - share) * weight / total for code, weight in weights.items()})
    return found


def _scripts(language: Language) -> tuple[str, ...]:
    script = script_of_language(language)
    return ("Jpan", "Hani") if script == "Jpan" else (script,)


@lru_cache(maxsize=256)
def log_priors(script: str, languages: tuple[Language, ...], closed: bool) -> Mapping[str, float]:
    """Natural logs of :func:`priors`."""
    return {code: log(value) for code, value in priors(script, languages, closed).items()}


def normalise(logs: Mapping[str, float]) -> dict[str, float]:
    """Probabilities from unnormalised natural logs."""
    top = max(logs.values())
    weights = {code: exp(value - top) for code, value in logs.items()}
    total = sum(weights.values())
    return {code: weight / total for code, weight in weights.items()}
