"""Detectors, and the one way texts reach them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from transcmp.language.text import clean, has_letters, without_names, without_titles
from transcmp.model import NO_LANGUAGE, UNDETERMINED, Language
from transcmp.registry import Registry

MIN_CONFIDENCE = 0.7
"""Probability below which a language is not named."""

SURE = 0.95
"""Probability from which a text is not heard again without its titles and names."""


class Guess(Struct, frozen=True):
    """A language and how sure it is."""

    language: Language
    """The likeliest language; ``und`` where its probability is too low; ``zxx`` where the text has no linguistic content."""
    confidence: float
    """Probability of the likeliest language, 0..1, also where ``language`` is ``und``; 1 for ``zxx``."""
    best: Language
    """The likeliest language, whatever its probability; ``zxx`` or ``und`` where there is none."""

    def above(self, threshold: float) -> Guess:
        """The same, with ``und`` in the place of a language less probable than ``threshold``."""
        if self.confidence >= threshold or self.language == UNDETERMINED:
            return self
        return Guess(UNDETERMINED, self.confidence, self.best)


NOTHING = Guess(NO_LANGUAGE, 1.0, NO_LANGUAGE)
"""For text without linguistic content."""

UNSURE = Guess(UNDETERMINED, 0.0, UNDETERMINED)
"""For text that no model knows anything about."""


class Detector(Protocol):
    """Names the language of short texts. Safe to call from several threads; the same answer in every process."""

    name: str
    """As in ``--detector``."""

    def detect(self, texts: Sequence[str], *, languages: Sequence[Language] = (), closed: bool = False) -> list[Guess]:
        """A guess for each text, in order; the threshold for ``und`` is the caller's.

        ``texts`` are clean (:func:`transcmp.language.text.clean`) and have a letter each. ``languages`` are those expected; others
        compete with them unless ``closed``. Never raises on a text.
        """
        ...


detectors: Registry[Detector] = Registry(
    "detector",
    {
        "default": "transcmp.language.models.default:detector",
        "langdetect": "transcmp.language.models.langdetect:detector",
        "lingua": "transcmp.language.models.lingua:detector",
    },
)
"""Detectors by name, loaded when asked for: script, eldc and n-gram tables; langdetect; lingua (extra)."""


def detect_texts(
    texts: Sequence[str],
    *,
    languages: Sequence[Language] = (),
    closed: bool = False,
    detector: str = "default",
    min_confidence: float = MIN_CONFIDENCE,
) -> list[Guess]:
    """A guess for each text, in order.

    ``languages`` are the expected ones, the answer carries their tags; background languages of the same script compete with them unless
    ``closed``. A language less probable than ``min_confidence`` is ``und``, and so is text of nothing but names like ``FastAPI``. Text
    that is only digits, addresses or placeholders is ``zxx``. With ``min_confidence`` 0 whatever has a letter gets a language.
    Raises UsageError for an unknown detector.
    """
    guesses = [NOTHING] * len(texts)
    wanted: list[int] = []
    cleaned: list[str] = []
    forced = min_confidence <= 0
    for at, text in enumerate(texts):
        plain = clean(text).strip()
        if not has_letters(plain):
            if not forced or not has_letters(text):
                continue
            plain = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
        spoken = without_names(plain)
        if spoken is not plain and not has_letters(spoken):
            if not forced:
                guesses[at] = UNSURE
                continue
            spoken = plain
        wanted.append(at)
        cleaned.append(spoken.strip())
    if wanted:
        found = _heard(detectors.load(detector), cleaned, tuple(languages), closed)
        for at, guess in zip(wanted, found, strict=True):
            guesses[at] = guess.above(min_confidence)
    return guesses


def _heard(detector: Detector, texts: Sequence[str], languages: tuple[Language, ...], closed: bool) -> list[Guess]:
    """What the detector says; of texts that leave it unsure what it says of them without titles and names, where that is surer."""
    found = detector.detect(texts, languages=languages, closed=closed)
    again = []
    for at, guess in enumerate(found):
        if guess.confidence < SURE and (left := without_titles(texts[at])) is not texts[at]:
            again.append((at, left.strip()))
    if again:
        second = detector.detect([left for _, left in again], languages=languages, closed=closed)
        for (at, _), guess in zip(again, second, strict=True):
            if guess.confidence > found[at].confidence:
                found[at] = guess
    return found
