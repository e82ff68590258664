"""Which words of a pair have no counterpart: lost from the translation, or new in it.

A word is described by its vector in context, what of the other side is like it (attention with a fixed sharpness), the product of both, the
embeddings of itself and of two neighbours to each side, and a few signs of its own and of the pair. Two networks with one hidden layer, one
for each side, turn that into log-odds. ``bench/fit_counterparts.py`` fits them on translations that were damaged at known places.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from transcmp.scoring.quality import Origin, Packed

Array = NDArray[np.float32]

SHARPNESS = 15.0
"""Factor of the cosine inside the softmax; fixed, not fitted."""
NEIGHBOURS = (-2, -1, 0, 1, 2)
"""Whose embeddings a word is described by."""
_SPELLED = 0.999
"""Cover from which a name is spelled alike on the other side."""
_FAR = 10
_STEM = 4
"""Letters that two forms of a word share at the beginning."""
_NO_MARKS = " -'’"
SIGNS = (
    "one",
    "best",
    "second",
    "spelled",
    "taken",
    "spread",
    "jump",
    "best before",
    "best behind",
    "worst of three",
    "own adequacy",
    "other adequacy",
    "weight",
    "capital",
    "capital inside",
    "digit",
    "short",
    "first",
    "last",
    "mark before",
    "mark behind",
    "copied",
    "copied lower",
    "prefix",
    "inside",
    "repeated",
    "non-ascii",
    "cosine",
    "longer",
    "words",
)
"""The last columns. *best* and *second* are covers, *taken* how much nearer another word of the same side is to what covers this one,
*spread* the attention's entropy, *jump* how far apart the neighbours' counterparts are."""


@dataclass(frozen=True)
class WordSide:
    """The words of one text."""

    unit: Array
    """Shape (words, dimension): in context, unit length."""
    embedded: Array
    """Shape (words, dimension): mean of the pieces' embeddings."""
    weights: Array
    """Shape (words,); rare words weigh more."""
    spans: list[tuple[int, int]]
    """Start and end of each in :attr:`text`."""
    text: str
    whole: Array
    """Shape (dimension,): the text's unit vector."""


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A model file, ``models/counterparts-*.json``."""

    schema: str
    """Name and version of the file's layout."""
    encoder: str
    """Name of the encoder whose words it reads."""
    encoder_version: str
    """That the model was fitted with."""
    origin: Origin
    """Script, data and date."""
    context: Packed
    """Projection of vectors in context, shape (dimension, columns)."""
    embedding: Packed
    """Projection of embeddings, shape (dimension, columns)."""
    source: Packed
    """Hidden layer for words of the source, shape (columns, units)."""
    source_out: Packed
    """Shape (units, 1): that a word is lost."""
    target: Packed
    """Hidden layer for words of the target, shape (columns, units)."""
    target_out: Packed
    """Shape (units, 1): that a word is new."""


class Counterparts:
    """A model, ready for use."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self._projections = stored.context.unpack(), stored.embedding.unpack()
        self._source = stored.source.unpack(), stored.source_out.unpack()
        self._target = stored.target.unpack(), stored.target_out.unpack()

    def judge(self, source: WordSide, target: WordSide, alike: Array) -> tuple[Array, Array]:
        """Log-odds that a word has no counterpart, shape (words,), of both sides; ``alike`` has shape (source words, target words)."""
        sides = (source, target, alike, self._source), (target, source, alike.T, self._target)
        lost, new = (
            (np.maximum(describe(own, other, likeness, *self._projections) @ hidden, 0) @ out)[:, 0]
            for own, other, likeness, (hidden, out) in sides
        )
        return lost, new


@lru_cache(maxsize=8)
def load(encoder: str, kind: Literal["counterparts", "gaps"] = "counterparts") -> Counterparts | None:
    """The shipped model for an encoder, by its name; None where there is none.

    That of ``gaps`` is fitted for phrases, and for words that fit in well: ``bench/fit_gaps.py``.
    """
    resource = files("transcmp.scoring").joinpath("models", f"{kind}-{encoder}.json")
    return Counterparts(msgspec.json.decode(resource.read_bytes(), type=Stored)) if resource.is_file() else None


def describe(own: WordSide, other: WordSide, alike: Array, context: Array, embedding: Array) -> Array:
    """Shape (own words, columns). ``alike`` has shape (own words, other words); ``context`` and ``embedding`` are projections."""
    mine, near = own.unit @ context, own.embedded @ embedding
    count, others = alike.shape
    best = alike.max(axis=1, initial=0.0)
    attention = np.exp(SHARPNESS * (alike - best[:, None]))
    attention /= np.maximum(attention.sum(axis=1, keepdims=True), 1e-9)
    seen = attention @ (other.unit @ context) if others else np.zeros_like(mine)
    reach = max(NEIGHBOURS)
    padded = np.pad(near, ((reach, reach), (0, 0)))
    around = [padded[reach + shift : reach + shift + count] for shift in NEIGHBOURS]
    signs = _from_likeness(own, other, alike, best, attention) | _from_spelling(own, other)
    last = np.empty((count, len(SIGNS)), np.float32)
    for column, name in enumerate(SIGNS):
        last[:, column] = np.asarray(signs[name], np.float32)
    result: Array = np.concatenate([mine, seen, mine * seen, *around, last], axis=1)
    return result


def _from_likeness(own: WordSide, other: WordSide, alike: Array, best: Array, attention: Array) -> dict[str, object]:
    count, others = alike.shape
    beside = np.pad(best, 1, constant_values=1.0)
    signs: dict[str, object] = {
        "best": best,
        "spelled": best > _SPELLED,
        "spread": -(attention * np.log(attention + 1e-9)).sum(axis=1) / 3,
        "best before": beside[:-2],
        "best behind": beside[2:],
        "worst of three": (beside[:-2] + beside[1:-1] + beside[2:]) / 3,
        "own adequacy": own.weights @ best / max(float(own.weights.sum()), 1e-9),
        "cosine": float(own.whole @ other.whole),
        "second": np.partition(alike, -2, axis=1)[:, -2] if others > 1 else 0.0,
        "taken": 0.0,
        "jump": 0.0,
        "other adequacy": 0.0,
    }
    if others:
        place = alike.argmax(axis=1)
        rivals = alike[:, place].copy()  # how near every own word is to what covers each
        np.fill_diagonal(rivals, 0.0)
        apart = np.pad(np.abs(place[2:] - place[:-2]), 1) if count > 2 else np.zeros(count)
        signs |= {
            "taken": rivals.max(axis=0) - best,
            "jump": np.minimum(apart, _FAR) / _FAR,
            "other adequacy": other.weights @ alike.max(axis=0) / max(float(other.weights.sum()), 1e-9),
        }
    return signs


def _from_spelling(own: WordSide, other: WordSide) -> dict[str, object]:
    words, theirs = ([side.text[start:end] for start, end in side.spans] for side in (own, other))
    lower, their_lower = ([word.lower() for word in some] for some in (words, theirs))
    exact, known, joined = set(theirs), set(their_lower), " ".join(their_lower)
    stems = {word[:_STEM] for word in their_lower if len(word) >= _STEM}
    ends = [0, *(end for _, end in own.spans)], [*(start for start, _ in own.spans), len(own.text)]
    marked = [bool(own.text[end:start].strip(_NO_MARKS)) for end, start in zip(*ends, strict=True)]
    places = np.arange(len(words))
    return {
        "one": 1.0,
        "weight": own.weights,
        "capital": [word[0].isupper() for word in words],
        "capital inside": [word[1:] != word[1:].lower() for word in words],
        "digit": [word[0].isdigit() for word in words],
        "short": [len(word) < _STEM for word in words],
        "first": places == 0,
        "last": places == len(words) - 1,
        "mark before": marked[:-1],
        "mark behind": marked[1:],
        "copied": [word in exact for word in words],
        "copied lower": [word in known for word in lower],
        "prefix": [word[:_STEM] in stems for word in lower],
        "inside": [len(word) >= _STEM and word in joined for word in lower],
        "repeated": [word in lower[max(0, at - 2) : at] for at, word in enumerate(lower)],
        "non-ascii": [not word.isascii() for word in words],
        "longer": float(np.log((len(own.text) + 5) / (len(other.text) + 5))),
        "words": float(np.log(max(1, len(words)))) / 3,
    }
