"""Learned metrics of the extra ``neural``: COMET (Rei et al. 2020, 2022) against references, COMETKiwi (Rei et al. 2022) without.

A model is a checkpoint on this machine, or the name of one in Hugging Face's local cache. Nothing is ever downloaded: the libraries are
told to stay offline before they are imported. No settings file can name a model, for a checkpoint can run code when it is loaded.
"""

from __future__ import annotations

import contextlib
import inspect
import logging
import os
import sys
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal, get_args

from msgspec import Struct

from transcmp.errors import MissingExtraError, ReadError, UsageError

NeuralName = Literal["COMET", "COMETKiwi"]
"""The metrics; COMETKiwi needs no reference."""
NEURAL: tuple[NeuralName, ...] = get_args(NeuralName)
"""Both."""
MODELS: dict[NeuralName, str] = {"COMET": "Unbabel/wmt22-comet-da", "COMETKiwi": "Unbabel/wmt22-cometkiwi-da"}
"""What each metric looks for in the local cache if no model is named."""

_CHECKPOINT = Path("checkpoints", "model.ckpt")
_BATCH = 16
_LOGGERS = ("pytorch_lightning", "lightning", "lightning.pytorch", "transformers")


class Neural(Struct, frozen=True, kw_only=True):
    """A metric with its model."""

    name: NeuralName
    model: str = ""
    """Checkpoint, folder of one, or name in the local cache; empty: :data:`MODELS`."""


class Model:
    """A model that was loaded."""

    def __init__(self, metric: Neural) -> None:
        """Raises MissingExtraError without the package, ReadError where the model is not on this machine or does not load."""
        name = metric.model or MODELS[metric.name]
        path = find(name, MODELS[metric.name])
        library = _library(metric.name)
        # older versions have no such parameter, and load nothing else but the tokeniser
        offline = {"local_files_only": True} if "local_files_only" in inspect.signature(library.load_from_checkpoint).parameters else {}
        try:
            self._model: Any = library.load_from_checkpoint(str(path), **offline)
        except Exception as error:  # it raises Exception itself, and whatever torch and transformers raise
            raise ReadError(message=f"the model does not load: {' '.join(str(error).split())}", path=str(path)) from error
        if metric.name == "COMETKiwi" and not self._model.is_referenceless():
            raise UsageError(message="this model needs references", path=str(path), hint="use it as --metric comet")
        self._needs_reference = not self._model.is_referenceless()
        self.signature = f"{metric.name}|model:{_shown(name)}|sha256:{_digest(path)}|version:{_version()}"
        """Name of the model, digest of its weights, version of the package."""

    def scores(self, sources: Sequence[str], hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> tuple[float, ...]:
        """A score a sentence, about 0..1; with several references the mean over them. All sequences are as long as ``sources``."""
        if not self._needs_reference:
            return self._predict([{"src": source, "mt": text} for source, text in zip(sources, hypotheses, strict=True)])
        found = [
            self._predict(
                [{"src": source, "mt": text, "ref": trusted} for source, text, trusted in zip(sources, hypotheses, reference, strict=True)]
            )
            for reference in references
        ]
        return tuple(sum(scores) / len(scores) for scores in zip(*found, strict=True))

    def _predict(self, samples: list[dict[str, str]]) -> tuple[float, ...]:
        scores = tuple(map(float, self._model.predict(samples, batch_size=_BATCH, gpus=0, progress_bar=False).scores))
        if len(scores) != len(samples):
            raise ReadError(message=f"the model gave {len(scores)} scores for {len(samples)} sentences")
        return scores


@lru_cache(maxsize=2)
def load(metric: Neural) -> Model:
    """The model of a metric, once; raises as :class:`Model`."""
    return Model(metric)


def find(name: str, known: str = "") -> Path:
    """The checkpoint that ``name`` means: a file, a folder with ``checkpoints/model.ckpt``, or a name in Hugging Face's local cache.

    Raises ReadError where there is none, with a hint to fetch ``known``, else ``name``.
    """
    given = Path(name).expanduser()
    for path in (given, given / _CHECKPOINT, *_cached(name)):
        if path.is_file():
            return path
    if given.exists():
        raise ReadError(message=f"has no {_CHECKPOINT.as_posix()}", path=name)
    hint = f"give its path, or fetch it once: huggingface-cli download {known or name}"
    raise ReadError(message="this model is not on this machine", path=name, hint=hint)


def _cached(name: str) -> list[Path]:
    """Where the local cache has a model of this name ("Manage huggingface_hub cache-system"), the current snapshot first."""
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    hub = Path(os.environ.get("HF_HUB_CACHE") or home / "hub")
    folder = hub / f"models--{name.replace('/', '--')}"
    snapshots = sorted(folder.glob("snapshots/*"), reverse=True)
    with contextlib.suppress(OSError):
        snapshots.insert(0, folder / "snapshots" / (folder / "refs" / "main").read_text(encoding="utf-8").strip())
    return [snapshot / _CHECKPOINT for snapshot in snapshots]


def _library(name: NeuralName) -> Any:
    """The package, offline and silent, with a thread a core: the command itself asks for one."""
    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        os.environ[variable] = "1"
    try:
        import comet
    except ImportError as error:
        raise MissingExtraError(message=f"{name} needs the package unbabel-comet", extra="neural") from error
    for logger in _LOGGERS:
        logging.getLogger(logger).setLevel(logging.ERROR)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(os.cpu_count() or 1)
    return comet


def _shown(name: str) -> str:
    """A name as it is; of a path the last part that tells something."""
    parts = [part for part in Path(name).parts if part not in (*_CHECKPOINT.parts, "/")]
    return name if not Path(name).expanduser().exists() else (parts or [Path(name).name])[-1].replace("|", "_")


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()[:12]


def _version() -> str:
    try:
        return version("unbabel-comet")
    except PackageNotFoundError:
        return "unknown"
