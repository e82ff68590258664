"""Sentence and word vectors: which encoders there are, and which one fits a pair of languages.

An encoder turns texts into vectors that are alike where texts of different languages mean the same. Importing this package loads none of
them; :func:`choose` loads the one that is needed, and only its weights' small parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from transcmp.errors import EncoderError, MissingExtraError, UsageError
from transcmp.model import UNDETERMINED, Language
from transcmp.registry import Registry

if TYPE_CHECKING:
    from transcmp.embed.vectors import Matrix, Reading

__all__ = ["AUTO", "LEXICAL", "Encoder", "SpanEncoder", "choose", "encoders"]

AUTO = "auto"
"""Take what covers the pair: ``use``, else ``e5`` if it is installed, else none."""
LEXICAL = "lexical"
"""No encoder."""


@runtime_checkable
class Encoder(Protocol):
    """Anything that makes one vector a text."""

    name: str
    """As in ``--encoder``."""
    version: str
    """Which weights: part of the signature and of cache keys."""

    def covers(self, language: Language) -> bool:
        """Whether vectors of this language are to be trusted."""
        ...

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Shape (texts, dimension), float32; rows have unit length."""
        ...


@runtime_checkable
class SpanEncoder(Encoder, Protocol):
    """An encoder whose vectors compose: the vector of any run of texts comes from sums over each one."""

    def read(self, texts: Sequence[str], *, words: bool = False) -> Reading:
        """Read consecutive texts once; the reading then gives vectors of texts, of runs of texts and, if asked for, of words."""
        ...


class Loader(Protocol):
    """What a registry entry is: makes an encoder from what stands behind the colon of ``--encoder name:argument``."""

    def __call__(self, argument: str) -> Encoder:
        """The encoder; raises MissingExtraError where its package is not installed, EncoderError where it does not work."""
        ...


encoders: Registry[Loader] = Registry(
    "encoder",
    {
        "use": "transcmp.embed.use:load",
        "e5": "transcmp.embed.e5:load",
        "sentence-transformers": "transcmp.embed.neural:load",
    },
)
"""All encoders by name."""


def choose(name: str, source_language: Language, target_language: Language) -> Encoder | None:
    """The encoder for a pair of languages; None means that words alone must do (``lexical``).

    ``name`` is ``auto``, ``lexical``, or an encoder's name, with an argument behind a colon where it takes one. An encoder asked for by
    name must cover both languages (an undetermined one is let pass); ``auto`` never takes one that does not. Raises UsageError for an
    unknown name, EncoderError, MissingExtraError.
    """
    if name == LEXICAL:
        return None
    languages = (source_language, target_language)
    if name == AUTO:
        return _automatic(languages)
    base, _, argument = name.partition(":")
    if base in (AUTO, LEXICAL):
        raise UsageError(message=f"the encoder {base!r} takes no argument")
    encoder = encoders.load(base, also=(AUTO, LEXICAL))(argument)
    for language in languages:
        if language != UNDETERMINED and not encoder.covers(language):
            raise EncoderError(message=f"the encoder {name!r} does not cover {language!r}", hint="use --encoder auto or lexical")
    return encoder


def _automatic(languages: tuple[Language, Language]) -> Encoder | None:
    from transcmp.embed.coverage import E5_LANGUAGES, USE_LANGUAGES, covers

    for name, covered in (("use", USE_LANGUAGES), ("e5", E5_LANGUAGES)):
        if all(covers(covered, language) for language in languages):
            try:
                return encoders.load(name)("")
            except MissingExtraError:
                continue
    return None
