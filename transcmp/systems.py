"""The values of a comparison of several translations of one source: what :mod:`transcmp.scoring.systems` makes and reports print.

A *system* is one translation, whoever made it; a *row* is a stretch of the source with what every system and reference has for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from transcmp.model import Coverage, Language


class System(Struct, frozen=True, kw_only=True):
    """One translation, cut into the rows of the source."""

    name: str
    """As the user knows it: its path."""
    texts: tuple[str, ...]
    """A text a row; empty where it has nothing."""
    findings: Mapping[str, int] = field(default_factory=dict)
    """Number of findings by rule."""
    coverage: Coverage | None = None
    """Of its alignment with the source; None for line files."""


class Texts(Struct, frozen=True, kw_only=True):
    """All that is compared. Every tuple of texts has one entry a row."""

    sources: tuple[str, ...]
    systems: tuple[System, ...]
    """The first is the baseline unless another is named."""
    references: tuple[tuple[str, ...], ...] = ()
    source_language: Language
    target_language: Language
    kinds: tuple[str, ...] = ()
    """Fragment kind of each row; empty if not known."""
    documents: tuple[str, ...] = ()
    """Document of each row; empty if there is one only."""


class Range(Struct, frozen=True):
    """A 95 % confidence interval."""

    low: float
    high: float


class Result(Struct, frozen=True, kw_only=True):
    """One metric of one system."""

    name: str
    """``BLEU``, ``chrF2``, ``chrF2++``, ``TER`` as sacreBLEU prints them; ``adequacy``, ``quality``, ``risk``."""
    score: float | None
    """None where no honest answer is available."""
    signature: str
    interval: Range | None = None
    """From the bootstrap; None for one row only."""
    difference: float | None = None
    """Score less the baseline's; None for the baseline."""
    p_value: float | None = None
    """Of the paired test against the baseline; None for the baseline and for one row only."""
    p_holm: float | None = None
    """The same after Holm's correction for the number of systems compared with the baseline."""
    higher_is_better: bool = True


class SystemResult(Struct, frozen=True, kw_only=True):
    """All about one system."""

    name: str
    metrics: tuple[Result, ...]
    findings: Mapping[str, int] = field(default_factory=dict)
    coverage: Coverage | None = None


class BucketScore(Struct, frozen=True, kw_only=True):
    """One metric of one system in one bucket."""

    system: str
    metric: str
    score: float
    interval: Range | None


class Bucket(Struct, frozen=True, kw_only=True):
    """Rows that have something in common."""

    by: str
    """``length``, ``kind``, ``frequency``, ``number``, ``name`` or ``document``."""
    label: str
    """What they have in common: ``11-20 words``, ``heading``, ``with a number``."""
    rows: int
    scores: tuple[BucketScore, ...]


class Ngram(Struct, frozen=True, kw_only=True):
    """Words that one system gets right more often than another."""

    words: tuple[str, ...]
    first: int
    """How often the first system has it where a reference has it too (without references: how often at all)."""
    second: int
    ratio: float
    """(first + 1) / (first + second + 2): above .5 the first system is better at it (compare-mt, Neubig et al. 2019)."""


class Contrast(Struct, frozen=True, kw_only=True):
    """Two systems' n-grams, most telling first."""

    first: str
    second: str
    better_in_first: tuple[Ngram, ...]
    better_in_second: tuple[Ngram, ...]


class Edit(Struct, frozen=True, kw_only=True):
    """A step of a word diff: words both have, or words that differ."""

    same: bool
    first: tuple[str, ...]
    second: tuple[str, ...]


class Sentence(Struct, frozen=True, kw_only=True):
    """A row where two systems differ much."""

    row: int
    source: str
    first: str
    """Name of the first system."""
    second: str
    metric: str
    """What the scores are: a sentence's chrF2, or ``quality`` without references."""
    scores: tuple[float, float]
    difference: float
    """Score of the second less score of the first."""
    diff: tuple[Edit, ...]


class Agreement(Struct, frozen=True, kw_only=True):
    """How alike the translations are: 1 where all say the same."""

    signature: str
    rows: tuple[float, ...]
    """Mean over all pairs of systems, a row each, 0..1."""
    pairs: tuple[tuple[float, ...], ...]
    """Mean over rows for each pair of systems: square, 1 on the diagonal."""
    least: tuple[int, ...]
    """Rows in the order of disagreement, the least agreed first."""


class SystemsCompared(Struct, frozen=True, kw_only=True):
    """Everything known about several translations of one source."""

    signature: str
    """Version, test, samples, seed, number of references, languages."""
    baseline: str
    rows: int
    references: int
    systems: tuple[SystemResult, ...]
    buckets: tuple[Bucket, ...]
    ngrams: tuple[Contrast, ...]
    sentences: tuple[Sentence, ...]
    agreement: Agreement | None
    """None for one system."""
    row_scores: Mapping[str, tuple[tuple[float, ...], ...]] = field(default_factory=dict)
    """By metric, for each system a score a row: what a histogram or scatter plot draws."""
    row_texts: tuple[tuple[str, ...], ...] = ()
    """The source's text of every row, then each system's, in order: what stands behind the points of a plot."""
    notes: tuple[str, ...] = ()
    """What a reader must know to read the figures: one row only, identical translations, a tokenizer that splits characters."""
