"""Encoders of sentence-transformers (the extra ``neural``), LaBSE for instance: the one door to a heavy runtime.

A model is named ``sentence-transformers:NAME-or-PATH``. Nothing is ever downloaded: the model must be on this machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from transcmp.embed.vectors import Matrix
from transcmp.errors import EncoderError, MissingExtraError, UsageError
from transcmp.model import Language


@lru_cache(maxsize=2)
def load(argument: str) -> SentenceTransformers:
    """The model named ``argument``; raises MissingExtraError, or EncoderError where it is not on this machine."""
    if not argument:
        raise UsageError(
            message="the encoder 'sentence-transformers' needs a model",
            hint="--encoder sentence-transformers:PATH, or the name of a model in the local cache",
        )
    return SentenceTransformers(argument)


class SentenceTransformers:
    """One local model."""

    name = "sentence-transformers"

    def __init__(self, model: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MissingExtraError(message="this encoder needs sentence-transformers", extra="neural") from error
        self.version = model
        try:
            self._model: Any = SentenceTransformer(model, device="cpu", local_files_only=True)
        except (OSError, ValueError, RuntimeError) as error:
            raise EncoderError(
                message=f"the model {model!r} does not load from this machine: {error}",
                hint="fetch it first: huggingface-cli download NAME",
            ) from error

    def covers(self, language: Language) -> bool:  # noqa: ARG002 - part of the protocol
        """Always: whoever names a model knows what it was trained on."""
        return True

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Shape (texts, dimension), float32; rows have unit length."""
        if not texts:
            return np.zeros((0, int(self._model.get_sentence_embedding_dimension())), np.float32)
        vectors: Matrix = np.asarray(self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False), np.float32)
        return vectors
