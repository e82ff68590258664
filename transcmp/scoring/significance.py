"""Is a difference between two translations real? Paired bootstrap (Koehn 2004), paired approximate randomisation (Riezler and Maxwell
2005), intervals, and Holm's correction (1979) for several comparisons.

The tests work on anything whose score follows from sums over sentences: see :class:`Statistic`. With sacreBLEU's metrics, seed and number
of samples they give sacreBLEU's figures (``sacrebleu --paired-bs``, ``--paired-ar``); resampling is a matrix product here, which is what
makes it quick.

Randomisation keeps its promise: a difference that is none has p <= .05 in 5 % of cases. The bootstrap's p-value, as Moses and sacreBLEU
define it, counts one tail of the centred absolute differences and comes out near half of that: such a difference has p <= .05 in about
10 % of cases. It is kept because its figures must be sacreBLEU's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from msgspec import Struct

from transcmp.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TestName = Literal["bs", "ar"]
"""Paired bootstrap or paired approximate randomisation, as in sacreBLEU's signatures."""

SEED = 12345
"""sacreBLEU's seed."""
SAMPLES: dict[TestName, int] = {"bs": 1000, "ar": 10000}
"""sacreBLEU's numbers of samples."""

# rows drawn at once: a multiple of 32, so that the drawing of bits in blocks yields the same stream as in one piece
_BLOCK = 64


class Statistic(Protocol):
    """Something whose score follows from sums over sentences."""

    @property
    def statistics(self) -> NDArray[np.float64]:
        """One row a sentence, shape (sentences, k)."""

    @property
    def score(self) -> float:
        """The score of all sentences."""

    def of_sums(self, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scores of m summed statistics, shape (m, k), as an array of m."""


@dataclass(frozen=True, eq=False)
class Mean:
    """The (weighted) mean of a score a sentence has: adequacy, risk and the like."""

    statistics: NDArray[np.float64]
    """Columns: weight times value, weight."""

    @classmethod
    def of(cls, values: Sequence[float], weights: Sequence[float] | None = None) -> Mean:
        """From a value a sentence, and a weight a sentence (1 each, if not given)."""
        import numpy as np

        weight = np.ones(len(values)) if weights is None else np.asarray(weights, dtype=np.float64)
        return cls(np.stack([np.asarray(values, dtype=np.float64) * weight, weight], axis=1))

    def part(self, rows: Sequence[int]) -> Mean:
        """The mean over some of the sentences."""
        return Mean(self.statistics[list(rows)])

    @property
    def score(self) -> float:
        """The mean over all sentences; 0 without any weight."""
        return float(self.of_sums(self.statistics.sum(0, keepdims=True))[0])

    def of_sums(self, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        """Means of summed statistics."""
        import numpy as np

        result: NDArray[np.float64] = np.divide(sums[:, 0], sums[:, 1], out=np.zeros(len(sums)), where=sums[:, 1] > 0)
        return result


class Interval(Struct, frozen=True):
    """A 95 % confidence interval from resampling."""

    low: float
    high: float
    mean: float
    """Mean of the resampled scores."""

    @property
    def half(self) -> float:
        """Half its width: what sacreBLEU prints behind ±."""
        return 0.5 * (self.high - self.low)


class Tested(Struct, frozen=True, kw_only=True):
    """Two translations of one text, compared by one score."""

    difference: float
    """Score of the second minus score of the first."""
    p_value: float | None
    """Two-sided; None where one sentence alone allows no test."""
    interval: Interval | None
    """Of the second translation's score (``bs``; None with ``ar`` or one sentence)."""
    signature: str
    """Test, samples and seed: ``bs:1000|seed:12345``."""


def bootstrap(statistic: Statistic, *, samples: int = SAMPLES["bs"], seed: int = SEED) -> Interval | None:
    """The interval of one score: resample the sentences with replacement. None with fewer than two sentences."""
    count = len(statistic.statistics)
    if count < 2:
        return None
    return _interval(_resampled([statistic], samples, seed)[0])


def compare(first: Statistic, second: Statistic, *, test: TestName = "bs", samples: int | None = None, seed: int = SEED) -> Tested:
    """Test whether two translations of the same sentences differ; raises UsageError where they have not the same number of sentences.

    Translations with the same score, identical ones among them, do not differ: p is 1 (sacreBLEU 2.6 may report 1/(samples+1) there, as
    its test statistic is never strictly exceeded).
    """
    import numpy as np

    number = SAMPLES[test] if samples is None else samples
    if number < 1:
        raise UsageError(message=f"a significance test needs samples, not {number}")
    if len(first.statistics) != len(second.statistics):
        raise UsageError(message=f"a paired test needs the same sentences: {len(first.statistics)} and {len(second.statistics)}")
    difference = second.score - first.score
    signature = f"{test}:{number}|seed:{seed}"
    if len(first.statistics) < 2:
        return Tested(difference=difference, p_value=None, interval=None, signature=signature)
    same = difference == 0
    interval = None
    if test == "bs":
        base, other = _resampled([first, second], number, seed)
        deltas = np.abs(other - base)
        exceed = deltas - deltas.mean()
        interval = _interval(other)
    else:
        exceed = np.array([]) if same else _randomised(first, second, number, seed)
    p_value = 1.0 if same else (float(np.sum(exceed > abs(difference))) + 1) / (number + 1)
    return Tested(difference=difference, p_value=p_value, interval=interval, signature=signature)


def holm(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Holm's step-down adjusted p-values, in the order given; None stays None and counts as no comparison."""
    known = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    highest = 0.0
    for rank, (p, place) in enumerate(known):
        highest = max(highest, min(1.0, p * (len(known) - rank)))
        adjusted[place] = highest
    return tuple(adjusted)


def _resampled(statistics: Sequence[Statistic], samples: int, seed: int) -> list[NDArray[np.float64]]:
    """Scores of every statistic under the same draws, an array of ``samples`` each."""
    import numpy as np

    count = len(statistics[0].statistics)
    generator = np.random.default_rng(seed)
    sums: list[list[NDArray[np.float64]]] = [[] for _ in statistics]
    for rows in _blocks(samples):
        drawn = generator.choice(count, size=(rows, count), replace=True)
        # how often each sentence was drawn: sums of drawn rows become one matrix product
        times = np.stack([np.bincount(row, minlength=count) for row in drawn]).astype(np.float64)
        for place, statistic in enumerate(statistics):
            sums[place].append(times @ statistic.statistics)
    return [statistic.of_sums(np.concatenate(parts)) for statistic, parts in zip(statistics, sums, strict=True)]


def _randomised(first: Statistic, second: Statistic, samples: int, seed: int) -> NDArray[np.float64]:
    """Absolute differences after swapping the two translations' sentences at random."""
    import numpy as np

    count = len(first.statistics)
    generator = np.random.default_rng(seed)
    total = first.statistics.sum(0) + second.statistics.sum(0)
    shuffled = []
    for rows in _blocks(samples):
        kept = generator.integers(2, size=(rows, count), dtype=bool).astype(np.float64)
        shuffled.append(kept @ first.statistics + (1.0 - kept) @ second.statistics)
    one = np.concatenate(shuffled)
    result: NDArray[np.float64] = np.abs(first.of_sums(one) - second.of_sums(total - one))
    return result


def _blocks(samples: int) -> Iterator[int]:
    for start in range(0, samples, _BLOCK):
        yield min(_BLOCK, samples - start)


def _interval(scores: NDArray[np.float64]) -> Interval:
    """As sacreBLEU's ``estimate_ci``: drop a fortieth at either end."""
    import numpy as np

    ordered = np.sort(scores)
    cut = len(ordered) // 40
    return Interval(float(ordered[cut]), float(ordered[len(ordered) - cut - 1]), float(ordered.mean()))
