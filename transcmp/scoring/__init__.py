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
from transcmp.evidence.cover import Cover, Word
from transcmp.model import UNDETERMINED, Alignment, Language, Scores, Uncovered
from transcmp.scoring.places import pair_texts, placed

if TYPE_CHECKING:
    from transcmp.embed import Encoder
    from transcmp.scoring.judges import Judge
    from transcmp.scoring.significance import Interval

__all__ = [
    "Judged",
    "Scored",
    "copies_of",
    "covers",
    "judge_pairs",
    "pair_texts",
    "placed",
    "score",
    "score_pairs",
    "scorer_signature",
    "summed",
]

_BATCH = 32
"""Pairs read at once: what they need fits into a CPU's cache."""


class Judged(Struct, frozen=True, kw_only=True):
    """What is known of a pair of texts."""

    scores: Scores
    omitted: tuple[Word, ...] = ()
    """Content words of the source that the target does not cover, worst first."""
    added: tuple[Word, ...] = ()
    """Content words of the target that the source does not cover, worst first."""


class Scored(Struct, frozen=True, kw_only=True):
    """What :func:`score` found out about an alignment."""

    beads: tuple[Scores, ...]
    """A Scores a bead, in the alignment's order; a bead with one side has none but ``alignment`` = 0."""
    document: Scores
    """Means over the beads with two sides, weighted by characters; ``alignment`` as :attr:`Alignment.score`."""
    intervals: tuple[tuple[str, Interval], ...]
    """95 % bootstrap interval of each of the document's scores that could be had, by name."""
    uncovered: tuple[Uncovered, ...]
    """Words that the other side does not cover, in the order of the beads."""
    signature: str
    """Version, encoder, model and resampling."""


def score(alignment: Alignment, *, encoder: Encoder | None, progress: Callable[[str, int, int], None] | None = None) -> Scored:
    """Score every bead and the document.

    ``encoder`` is the one that :func:`transcmp.embed.choose` gives; None, or one for which :mod:`transcmp.scoring.judges` has no judge,
    leaves ``alignment`` alone.
    """
    texts = pair_texts(alignment)
    languages = alignment.source.language, alignment.target.language
    found = judge_pairs(
        texts,
        encoder=encoder,
        source_language=languages[0],
        target_language=languages[1],
        copies=copies_of(alignment),
        progress=progress,
    )
    paired = [bead for bead in alignment.beads if bead.source and bead.target]
    words = [word for bead, one in zip(paired, found, strict=True) for word in placed(alignment, bead, one.omitted, one.added)]
    return summed(alignment, [one.scores for one in found], words, encoder=encoder)


def copies_of(alignment: Alignment) -> list[bool]:
    """Of every bead with two sides, in order, whether its target is still in the source's language, as the whole document shows it."""
    from transcmp.evidence.copies import copied_beads, find_copies

    copied = copied_beads(alignment, find_copies(alignment))
    return [number in copied for number, bead in enumerate(alignment.beads) if bead.source and bead.target]


def summed(alignment: Alignment, found: Iterable[Scores], uncovered: Iterable[Uncovered], *, encoder: Encoder | None) -> Scored:
    """The document's scores out of those of its beads with two sides, as :func:`judge_pairs` gave them for :func:`pair_texts`.

    ``uncovered`` are the words of all beads, :func:`placed`.
    """
    own = iter(found)
    beads = []
    for bead in alignment.beads:
        if bead.source and bead.target:
            beads.append(replace(next(own), alignment=bead.score))
        else:
            beads.append(Scores(alignment=0.0, lack="one-sided"))
    weights = [len(source) + len(target) for source, target in pair_texts(alignment)]
    document, intervals = _document(alignment, beads, weights)
    signature = _signature(alignment, encoder)
    return Scored(beads=tuple(beads), document=document, intervals=intervals, uncovered=tuple(uncovered), signature=signature)


def score_pairs(
    pairs: Sequence[tuple[str, str]],
    *,
    encoder: Encoder | None,
    source_language: str = UNDETERMINED,
    target_language: str = UNDETERMINED,
    copies: Sequence[bool] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[Scores, ...]:
    """The scores of :func:`judge_pairs` alone."""
    found = judge_pairs(
        pairs, encoder=encoder, source_language=source_language, target_language=target_language, copies=copies, progress=progress
    )
    return tuple(judged.scores for judged in found)


def judge_pairs(
    pairs: Sequence[tuple[str, str]],
    *,
    encoder: Encoder | None,
    source_language: str = UNDETERMINED,
    target_language: str = UNDETERMINED,
    copies: Sequence[bool] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[Judged, ...]:
    """Score pairs of texts, in order; ``alignment`` is the probability that a pair's texts translate each other, judged by them alone.

    The languages (BCP 47) tell how numbers are written, and what is untranslated; ``copies`` tells which targets are, a value a pair, where
    more is known about that than both texts say (:func:`copies_of`).
    """
    from transcmp.evidence.copies import copied_pairs
    from transcmp.scoring.judges import judge_for

    languages = source_language, target_language
    judge = judge_for(encoder, languages)
    if judge is None:
        return (Judged(scores=Scores(lack="no-encoder")),) * len(pairs)
    if copies is None:
        copies = copied_pairs(pairs, Language(source_language), Language(target_language))
    result: list[Judged] = []
    for start in range(0, len(pairs), _BATCH):
        if progress is not None:
            progress("score", start, len(pairs))
        result += _batch(pairs[start : start + _BATCH], judge, languages)
    return tuple(_untranslated(judged) if is_copy else judged for judged, is_copy in zip(result, copies, strict=True))


def _untranslated(judged: Judged) -> Judged:
    """Of a target that is still in the source's language."""
    return Judged(scores=Scores(alignment=judged.scores.alignment, adequacy=0.0, risk=1.0, lack="untranslated"))


def _batch(pairs: Sequence[tuple[str, str]], judge: Judge, languages: tuple[str, str]) -> list[Judged]:
    from transcmp.evidence.cover import uncovered
    from transcmp.scoring.coverage import joint, uncovered_below

    covered, described = judge.read(pairs, languages)
    model, bound = judge.model, uncovered_below(judge.encoder.name)
    result = []
    for (source, target), cover, features, added in zip(pairs, covered, described, judge.added(pairs, languages), strict=True):
        if not (source.strip() and target.strip()):
            result.append(Judged(scores=Scores(alignment=0.0, lack="one-sided")))
            continue
        adequacy = joint(cover.source_adequacy, cover.target_adequacy)
        if model is None or features is None:
            scores = Scores(adequacy=adequacy)
        else:
            fit = model.fit(features)
            chance, risk = model.chance(features), model.risk(fit, features)
            scores = Scores(alignment=chance, adequacy=adequacy, quality=fit.quality + added, risk=risk)
        result.append(Judged(scores=scores, omitted=uncovered(cover.source, bound), added=uncovered(cover.target, bound)))
    return result


def covers(pairs: Sequence[tuple[str, str]], *, encoder: Encoder | None) -> tuple[Cover, ...]:
    """A close look at the words of each pair: how well the other side covers them, and whether they have a counterpart at all.

    Empty where the encoder has no word vectors.
    """
    from transcmp.scoring import counterparts
    from transcmp.scoring.coverage import TokenEncoder, cover_pairs

    if encoder is None or not isinstance(encoder, TokenEncoder):
        return ()
    model, phrases = counterparts.load(encoder.name), counterparts.load(encoder.name, "gaps")
    batches = (pairs[start : start + _BATCH] for start in range(0, len(pairs), _BATCH))
    return tuple(cover for batch in batches for cover in cover_pairs(batch, encoder, model=model, phrases=phrases))


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
