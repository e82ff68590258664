"""Four numbers about a translation, never mixed into one: alignment, adequacy, quality and risk (see :class:`transcmp.model.Scores`).

    texts of a bead -> Cover (words of both sides) -> adequacy
                    -> features -> quality, risk       both from models/*.json, fitted by bench/fit_quality.py

An encoder that tells tokens apart is needed (:mod:`transcmp.scoring.judges`); without one only ``alignment`` is known. What is still in the
source's language covers nothing in the target's, however alike both texts are (:mod:`transcmp.evidence.copies`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from transcmp._version import __version__
from transcmp.model import UNDETERMINED, Alignment, Language, Scores, Side

if TYPE_CHECKING:
    from transcmp.embed import Encoder
    from transcmp.evidence.cover import Cover
    from transcmp.scoring.judges import Judge
    from transcmp.scoring.significance import Interval

__all__ = ["Scored", "copies_of", "covers", "pair_texts", "score", "score_pairs", "scorer_signature", "summed"]

_BATCH = 32
"""Pairs read at once: what they need fits into a CPU's cache."""


class Scored(Struct, frozen=True, kw_only=True):
    """What :func:`score` found out about an alignment."""

    beads: tuple[Scores, ...]
    """A Scores a bead, in the alignment's order; a bead with one side has none but ``alignment`` = 0."""
    document: Scores
    """Means over the beads with two sides, weighted by characters; ``alignment`` as :attr:`Alignment.score`."""
    intervals: tuple[tuple[str, Interval], ...]
    """95 % bootstrap interval of each of the document's scores that could be had, by name."""
    signature: str
    """Version, encoder, model and resampling."""


def score(alignment: Alignment, *, encoder: Encoder | None, progress: Callable[[str, int, int], None] | None = None) -> Scored:
    """Score every bead and the document.

    ``encoder`` is the one that :func:`transcmp.embed.choose` gives; None, or one without word vectors, leaves ``alignment`` alone.
    """
    texts = pair_texts(alignment)
    languages = alignment.source.language, alignment.target.language
    found = score_pairs(
        texts,
        encoder=encoder,
        source_language=languages[0],
        target_language=languages[1],
        copies=copies_of(alignment),
        progress=progress,
    )
    return summed(alignment, found, encoder=encoder)


def pair_texts(alignment: Alignment) -> list[tuple[str, str]]:
    """Both texts of every bead with two sides, in order."""
    paired = [bead for bead in alignment.beads if bead.source and bead.target]
    return [(_joined(alignment.source, bead.source), _joined(alignment.target, bead.target)) for bead in paired]


def copies_of(alignment: Alignment) -> list[bool]:
    """Of every bead with two sides, in order, whether its target is still in the source's language, as the whole document shows it."""
    from transcmp.evidence.copies import copied_beads, find_copies

    copied = copied_beads(alignment, find_copies(alignment))
    return [number in copied for number, bead in enumerate(alignment.beads) if bead.source and bead.target]


def summed(alignment: Alignment, found: Iterable[Scores], *, encoder: Encoder | None) -> Scored:
    """The document's scores out of those of its beads with two sides, as :func:`score_pairs` gave them for :func:`pair_texts`."""
    own = iter(found)
    beads = []
    for bead in alignment.beads:
        if bead.source and bead.target:
            beads.append(replace(next(own), alignment=bead.score))
        else:
            beads.append(Scores(alignment=0.0, lack="one-sided"))
    weights = [len(source) + len(target) for source, target in pair_texts(alignment)]
    document, intervals = _document(alignment, beads, weights)
    return Scored(beads=tuple(beads), document=document, intervals=intervals, signature=_signature(alignment, encoder))


def score_pairs(
    pairs: Sequence[tuple[str, str]],
    *,
    encoder: Encoder | None,
    source_language: str = UNDETERMINED,
    target_language: str = UNDETERMINED,
    copies: Sequence[bool] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[Scores, ...]:
    """Score pairs of texts, in order; ``alignment`` is the probability that a pair's texts translate each other, judged by them alone.

    The languages (BCP 47) tell how numbers are written, and what is untranslated; ``copies`` tells which targets are, a value a pair, where
    more is known about that than both texts say (:func:`copies_of`).
    """
    from transcmp.evidence.copies import copied_pairs
    from transcmp.scoring.judges import judge_for

    languages = source_language, target_language
    judge = judge_for(encoder, languages)
    if judge is None:
        return (Scores(lack="no-encoder"),) * len(pairs)
    if copies is None:
        copies = copied_pairs(pairs, Language(source_language), Language(target_language))
    result: list[Scores] = []
    for start in range(0, len(pairs), _BATCH):
        if progress is not None:
            progress("score", start, len(pairs))
        result += _batch(pairs[start : start + _BATCH], judge, languages)
    return tuple(_untranslated(scores) if is_copy else scores for scores, is_copy in zip(result, copies, strict=True))


def _untranslated(scores: Scores) -> Scores:
    """Those of a target that is still in the source's language."""
    return Scores(alignment=scores.alignment, adequacy=0.0, risk=1.0, lack="untranslated")


def _batch(pairs: Sequence[tuple[str, str]], judge: Judge, languages: tuple[str, str]) -> list[Scores]:
    from transcmp.scoring.coverage import joint

    covered, described = judge.read(pairs, languages)
    adequacies = [joint(cover.source_adequacy, cover.target_adequacy) for cover in covered]
    model = judge.model
    if model is None:
        return [Scores(adequacy=adequacy) for adequacy in adequacies]
    scores = []
    for (source, target), adequacy, features, added in zip(pairs, adequacies, described, judge.added(pairs, languages), strict=True):
        if source.strip() and target.strip():
            fit = model.fit(features)
            chance, risk = model.chance(features), model.risk(fit, features)
            scores.append(Scores(alignment=chance, adequacy=adequacy, quality=fit.quality + added, risk=risk))
        else:
            scores.append(Scores(alignment=0.0, lack="one-sided"))
    return scores


def covers(pairs: Sequence[tuple[str, str]], *, encoder: Encoder | None) -> tuple[Cover, ...]:
    """The words of each pair with how well the other side covers them, and whether they have a counterpart at all.

    Empty where the encoder has no word vectors.
    """
    from transcmp.scoring import counterparts
    from transcmp.scoring.coverage import TokenEncoder, cover_pairs

    if encoder is None or not isinstance(encoder, TokenEncoder):
        return ()
    model = counterparts.load(encoder.name)
    batches = (pairs[start : start + _BATCH] for start in range(0, len(pairs), _BATCH))
    return tuple(cover for batch in batches for cover in cover_pairs(batch, encoder, model=model))


def _joined(side: Side, numbers: tuple[int, ...]) -> str:
    glue = "" if side.language.partition("-")[0] in ("zh", "ja", "th") else " "
    return glue.join(side.segments[number].text for number in numbers)


def _document(alignment: Alignment, beads: Sequence[Scores], weights: Sequence[int]) -> tuple[Scores, tuple[tuple[str, Interval], ...]]:
    from transcmp.scoring.significance import Mean, bootstrap

    values: dict[str, float] = {}
    intervals = []
    own = [scores for scores, bead in zip(beads, alignment.beads, strict=True) if bead.source and bead.target]
    names = "alignment", "adequacy", "quality", "risk"
    for name in names:
        known = [(value, weight) for scores, weight in zip(own, weights, strict=True) if (value := getattr(scores, name)) is not None]
        if known:
            mean = Mean.of([value for value, _ in known], [weight for _, weight in known])
            values[name] = mean.score
            interval = bootstrap(mean)
            if interval is not None:
                intervals.append((name, interval))
    lacks = {scores.lack for scores in own} or {"one-sided"}
    lack = lacks.pop() if len(lacks) == 1 and len(values) < len(names) else None
    return Scores(**{**values, "alignment": alignment.score}, lack=lack), tuple(intervals)


def scorer_signature(encoder: Encoder | None, source_language: str = UNDETERMINED, target_language: str = UNDETERMINED) -> str:
    """Which version, encoders and models give adequacy, quality and risk of pairs of these languages."""
    from transcmp.scoring.judges import judge_for

    judge = judge_for(encoder, (source_language, target_language))
    silent = "encoder:none" if encoder is None else f"encoder:{encoder.name}@{encoder.version}"
    return f"transcmp:{__version__}|{silent if judge is None else judge.signature}"


def _signature(alignment: Alignment, encoder: Encoder | None) -> str:
    scorer = scorer_signature(encoder, alignment.source.language, alignment.target.language)
    return f"{scorer}|bs:1000|seed:12345|{alignment.signature.removeprefix(f'transcmp:{__version__}|')}"
