"""Which language is this: tags, scripts, and the identification of texts, fragments and documents.

    tags.py        BCP 47 tags, normalised once; what file names declare
    script.py      the script of a text, the languages of a script
    text.py        what of a text speaks for a language
    detection.py   Guess, Detector, the registry, detect_texts
    combine.py     priors and the weight of each model's evidence
    models/        default (eldc and n-gram tables), langdetect, lingua
    runs.py        embedded_runs: words of another language inside a text
    documents.py   identify, refine, languages_of, contradictions

A model is loaded when a text needs it, and no sooner.
"""

from __future__ import annotations

from transcmp.language.detection import MIN_CONFIDENCE, Detector, Guess, detect_texts, detectors
from transcmp.language.documents import Contradiction, LanguageShare, contradictions, declared_language, identify, languages_of, refine
from transcmp.language.runs import Run, embedded_runs
from transcmp.language.script import script_of, script_of_language
from transcmp.language.tags import base, language_of_path, parse_language, same_language

__all__ = [
    "MIN_CONFIDENCE",
    "Contradiction",
    "Detector",
    "Guess",
    "LanguageShare",
    "Run",
    "base",
    "contradictions",
    "declared_language",
    "detect_texts",
    "detectors",
    "embedded_runs",
    "identify",
    "language_of_path",
    "languages_of",
    "parse_language",
    "refine",
    "same_language",
    "script_of",
    "script_of_language",
]
