"""A small package with the interface of unbabel-comet 2.2 (``comet/models/__init__.py`` and ``base.py``), which would bring torch."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any


class Model:
    """Scores by length; a model without references sees none."""

    def __init__(self, folder: Path) -> None:
        self._referenceless = "referenceless" in (folder / "hparams.yaml").read_text(encoding="utf-8")

    def is_referenceless(self) -> bool:
        return self._referenceless

    def predict(self, samples: list[dict[str, str]], batch_size: int = 16, gpus: int = 1, progress_bar: bool = True) -> Any:
        assert (batch_size > 0, gpus, progress_bar) == (True, 0, False)
        other = "src" if self._referenceless else "ref"
        scores = [1 - abs(len(sample["mt"]) - len(sample[other])) / max(len(sample["mt"]), len(sample[other]), 1) for sample in samples]
        return SimpleNamespace(scores=scores, system_score=sum(scores) / len(scores))


def load_from_checkpoint(checkpoint_path: str, reload_hparams: bool = False, strict: bool = False, local_files_only: bool = False) -> Model:
    """As the package's own, which also wants a path that is there and ``hparams.yaml`` beside its folder."""
    import os

    assert local_files_only
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["TRANSFORMERS_OFFLINE"] == "1"
    path = Path(checkpoint_path)
    if not path.is_file():
        raise Exception(f"Invalid checkpoint path: {path}")
    if not (path.parents[1] / "hparams.yaml").is_file():
        raise Exception(f"hparams.yaml file is missing from {path.parents[1]}!")
    return Model(path.parents[1])


def install(monkeypatch: Any) -> None:
    """Let ``import comet`` find it, and a torch that notes how many threads it was given."""
    from transcmp.scoring import neural

    package = ModuleType("comet")
    package.load_from_checkpoint = load_from_checkpoint  # type: ignore[attr-defined]
    torch = ModuleType("torch")
    torch.threads = []  # type: ignore[attr-defined]
    torch.set_num_threads = torch.threads.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "comet", package)
    monkeypatch.setitem(sys.modules, "torch", torch)
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        monkeypatch.setenv(name, "0")
    neural.load.cache_clear()


def write_model(folder: Path, *, referenceless: bool = False, weights: bytes = b"weights") -> Path:
    """A folder as ``huggingface-cli download`` makes it."""
    (folder / "checkpoints").mkdir(parents=True)
    (folder / "checkpoints" / "model.ckpt").write_bytes(weights)
    kind = "referenceless_regression_metric" if referenceless else "regression_metric"
    (folder / "hparams.yaml").write_text(f"class_identifier: {kind}\n", encoding="utf-8")
    return folder
