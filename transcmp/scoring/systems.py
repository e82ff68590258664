"""Compare several translations of one source: which is better, where, and is the difference real.

    Texts -> metrics (sacreBLEU, reference-free scores) -> paired tests against a baseline, Holm
          -> buckets, n-grams, rows that differ most, agreement

The figures of sacreBLEU's metrics are those of its command on the same lines; its seed and numbers of samples are the defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from transcmp._version import __version__
from transcmp.errors import UsageError
from transcmp.scoring import buckets, contrast, neural, significance, surface
from transcmp.scoring.neural import Neural
from transcmp.scoring.significance import Interval, Mean
from transcmp.scoring.surface import Measured, MetricName
from transcmp.systems import Bucket, BucketScore, Range, Result, Sentence, SystemResult, SystemsCompared, Texts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from transcmp.embed import Encoder

Figure: TypeAlias = Measured | Mean
Progress = Callable[[str, int, int], None]

FREE = ("adequacy", "quality", "risk")
"""Scores that need no reference, where an encoder covers both languages."""


class CompareOptions(Struct, frozen=True, kw_only=True):
    """How to compare."""

    metrics: tuple[MetricName, ...] = surface.METRICS
    """Of sacreBLEU; left out without references."""
    neural: tuple[Neural, ...] = ()
    """Learned metrics, with their models."""
    baseline: str | None = None
    """Name of the system that the others are tested against; the first if None."""
    test: significance.TestName = "bs"
    samples: int | None = None
    """Of the paired test; sacreBLEU's number if None. Intervals come from the bootstrap's number in any case."""
    seed: int = significance.SEED
    ngrams: int = 20
    """How many n-grams a side to list for a pair of systems."""
    sentences: int = 20
    """How many rows that differ to list for a pair of systems."""
    bucket_samples: int = 200
    """Bootstrap samples of a bucket's intervals; 0 for none."""


class _Column(Struct, frozen=True):
    """One metric over all systems."""

    name: str
    signature: str
    higher_is_better: bool
    figures: tuple[Figure, ...]
    """One a system."""
    rows: tuple[NDArray[np.float64], ...]
    """The score of every row, an array a system."""


def compare_systems(
    texts: Texts, *, encoder: Encoder | None = None, options: CompareOptions | None = None, progress: Progress | None = None
) -> SystemsCompared:
    """Compare all systems of ``texts``.

    ``encoder`` gives the reference-free scores; without one they are left out. Raises UsageError where there is no system, a system or
    reference has not a text a row or is empty altogether, or the baseline is unknown; MissingExtraError where the target language's
    tokenizer is not installed.
    """
    chosen = options or CompareOptions()
    _check(texts)
    baseline = _baseline(texts, chosen)
    tell = progress or (lambda _step, _done, _total: None)
    columns = list(_columns(texts, encoder, chosen, tell))
    tell("test", 0, len(columns))
    results = [_results(column, baseline, chosen) for column in columns]
    key = _key_column(columns)
    tell("contrast", 0, 1)
    pairs = _pairs(len(texts.systems), baseline)
    return SystemsCompared(
        row_texts=(texts.sources, *(system.texts for system in texts.systems)),
        signature=_signature(texts, chosen),
        baseline=texts.systems[baseline].name,
        rows=len(texts.sources),
        references=len(texts.references),
        systems=tuple(
            SystemResult(
                name=system.name,
                metrics=tuple(result[number] for result in results),
                findings=dict(sorted(system.findings.items())),
                coverage=system.coverage,
            )
            for number, system in enumerate(texts.systems)
        ),
        buckets=tuple(_buckets(texts, columns, chosen)),
        ngrams=tuple(contrast.ngrams(texts, pairs, chosen.ngrams)),
        sentences=tuple(row for pair in pairs for row in _sentences(texts, pair, key, chosen)),
        agreement=contrast.agreement(texts),
        row_scores={column.name: tuple(tuple(round(x, 4) for x in rows.tolist()) for rows in column.rows) for column in columns},
        notes=tuple(_notes(texts, columns)),
    )


def worse_than_baseline(compared: SystemsCompared, metric: str, p_value: float) -> tuple[str, ...]:
    """Names of the systems that are worse than the baseline by this metric, the difference being real at this level (after Holm).

    Raises UsageError where the metric was not computed.
    """
    found = []
    for system in compared.systems:
        result = next((result for result in system.metrics if result.name.lower() == metric.lower()), None)
        if result is None:
            names = ", ".join(result.name for result in system.metrics)
            raise UsageError(message=f"the metric {metric!r} was not computed", hint=f"computed: {names or 'none'}")
        if result.difference is None or result.p_holm is None:
            continue
        gain = result.difference if result.higher_is_better else -result.difference
        if gain < 0 and result.p_holm <= p_value:
            found.append(system.name)
    return tuple(found)


def _check(texts: Texts) -> None:
    if not texts.systems:
        raise UsageError(message="no translation to compare")
    names = [system.name for system in texts.systems]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(message=f"two translations are called {name!r}")
    if not texts.sources:
        raise UsageError(message="the source is empty")
    for system in texts.systems:
        if len(system.texts) != len(texts.sources):
            raise UsageError(message=f"{system.name} has {len(system.texts)} lines, the source {len(texts.sources)}", path=system.name)
        if not any(text.strip() for text in system.texts):
            raise UsageError(message=f"{system.name} is empty", path=system.name)
        if texts.references:
            surface.check_lengths(system.texts, texts.references, system.name)
    for name, labels in (("kinds", texts.kinds), ("documents", texts.documents)):
        if labels and len(labels) != len(texts.sources):
            raise UsageError(message=f"{len(labels)} {name} for {len(texts.sources)} rows")


def _baseline(texts: Texts, options: CompareOptions) -> int:
    if options.baseline is None:
        return 0
    names = [system.name for system in texts.systems]
    if options.baseline not in names:
        raise UsageError(message=f"no translation is called {options.baseline!r}", hint=f"one of {', '.join(names)}")
    return names.index(options.baseline)


def _columns(texts: Texts, encoder: Encoder | None, options: CompareOptions, tell: Progress) -> Iterator[_Column]:
    if texts.references:
        for number, name in enumerate(options.metrics):
            tell("metrics", number, len(options.metrics))
            lines = [system.texts for system in texts.systems]
            found = tuple(surface.measure_all(lines, texts.references, language=texts.target_language, metrics=[name])[0])
            rows = tuple(measured.sentence_scores() for measured in found)
            yield _Column(name, found[0].signature, surface.is_better_higher(name), found, rows)
    for metric in options.neural:
        yield _learned(texts, metric, tell)
    if encoder is not None:
        yield from _reference_free(texts, encoder, tell)


def _learned(texts: Texts, metric: Neural, tell: Progress) -> _Column:
    import numpy as np

    model, rows = neural.load(metric), []
    for number, system in enumerate(texts.systems):
        tell(metric.name, number, len(texts.systems))
        rows.append(model.scores(texts.sources, system.texts, texts.references))
    figures = tuple(Mean.of(values) for values in rows)
    return _Column(metric.name, model.signature, True, figures, tuple(np.array(values) for values in rows))


def _reference_free(texts: Texts, encoder: Encoder, tell: Progress) -> Iterator[_Column]:
    import numpy as np

    from transcmp.scoring import score_pairs, scorer_signature

    scored = [
        score_pairs(
            list(zip(texts.sources, system.texts, strict=True)),
            encoder=encoder,
            source_language=texts.source_language,
            target_language=texts.target_language,
            progress=tell,
        )
        for system in texts.systems
    ]
    signature = scorer_signature(encoder, texts.source_language, texts.target_language)
    for name in FREE:
        values = [[getattr(scores, name) for scores in rows] for rows in scored]
        # a row counts for all systems or for none, as a paired test wants it; nothing translated is adequacy 0
        if all(value is None for rows in values for value in rows):
            continue
        worst = _worst(name, [value for rows in values for value in rows if value is not None])
        filled = [[worst if value is None else value for value in rows] for rows in values]
        figures = tuple(Mean.of(rows) for rows in filled)
        yield _Column(name, signature, name != "risk", figures, tuple(np.array(rows) for rows in filled))


def _worst(name: str, known: Sequence[float]) -> float:
    """What counts for a row that is empty or not translated."""
    return 1.0 if name == "risk" else min(0.0, *known)


def _results(column: _Column, baseline: int, options: CompareOptions) -> list[Result]:
    base = column.figures[baseline]
    tested = {
        number: significance.compare(base, figure, test=options.test, samples=options.samples, seed=options.seed)
        for number, figure in enumerate(column.figures)
        if number != baseline
    }
    corrected = dict(zip(tested, significance.holm([entry.p_value for entry in tested.values()]), strict=True))
    results = []
    for number, figure in enumerate(column.figures):
        own = tested.get(number)
        interval = own.interval if own is not None and own.interval is not None else significance.bootstrap(figure, seed=options.seed)
        results.append(
            Result(
                name=column.name,
                score=figure.score,
                signature=column.signature,
                interval=_range(interval),
                difference=None if own is None else own.difference,
                p_value=None if own is None else own.p_value,
                p_holm=corrected.get(number),
                higher_is_better=column.higher_is_better,
            )
        )
    return results


def _range(interval: Interval | None) -> Range | None:
    return None if interval is None else Range(interval.low, interval.high)


def _pairs(count: int, baseline: int) -> list[tuple[int, int]]:
    """All pairs of systems, the baseline first where it is one of them; the baseline against each with more than four systems."""
    others = [number for number in range(count) if number != baseline]
    pairs = [(baseline, other) for other in others]
    return pairs + list(combinations(others, 2)) if count <= 4 else pairs


def _key_column(columns: Sequence[_Column]) -> _Column | None:
    """What rows are compared by: chrF2 (steady for single sentences), else any other metric, else quality or adequacy, else none."""
    for name in ("chrF2", "chrF2++", "BLEU", "TER", *neural.NEURAL, *reversed(FREE)):
        for column in columns:
            if column.name == name and name != "risk":
                return column
    return None


def _sentences(texts: Texts, pair: tuple[int, int], column: _Column | None, options: CompareOptions) -> tuple[Sentence, ...]:
    if column is None:
        return ()
    return contrast.sentences(texts, *pair, column.name, column.rows, options.sentences)


def _buckets(texts: Texts, columns: Sequence[_Column], options: CompareOptions) -> Iterator[Bucket]:
    for by, label, rows in buckets.bucketed(texts):
        scores = []
        for column in columns:
            for system, figure in zip(texts.systems, column.figures, strict=True):
                part = figure.part(rows)
                interval = (
                    significance.bootstrap(part, samples=options.bucket_samples, seed=options.seed) if options.bucket_samples else None
                )
                scores.append(BucketScore(system=system.name, metric=column.name, score=part.score, interval=_range(interval)))
        yield Bucket(by=by, label=label, rows=len(rows), scores=tuple(scores))


def _notes(texts: Texts, columns: Sequence[_Column]) -> Iterator[str]:
    if len(texts.sources) == 1:
        yield "one row only: no interval and no test"
    if not columns:
        yield "neither references nor an encoder for both languages: texts are compared, not scored"
    for one, two in combinations(texts.systems, 2):
        if one.texts == two.texts:
            yield f"{one.name} and {two.name} are identical"
    for system in texts.systems:
        empty = sum(not text.strip() for text, source in zip(system.texts, texts.sources, strict=True) if source.strip())
        if empty:
            yield f"{system.name} has nothing for {empty} of {len(texts.sources)} rows"


def _signature(texts: Texts, options: CompareOptions) -> str:
    samples = significance.SAMPLES[options.test] if options.samples is None else options.samples
    pair = f"{texts.source_language}-{texts.target_language}"
    return f"nrefs:{len(texts.references)}|{options.test}:{samples}|seed:{options.seed}|lang:{pair}|transcmp:{__version__}"
