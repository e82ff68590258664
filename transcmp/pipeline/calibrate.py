"""Thresholds for the gate, from pairs that a project trusts.

A threshold is an order statistic of the trusted documents' figures: if the k-th smallest of n is the threshold, a further sound document
falls below it with the expected probability k/(n+1), whatever the distribution (Wilks 1941, "Determination of sample sizes for setting
tolerance limits"). How often a rule finds something in a trusted document is a binomial proportion (Clopper and Pearson 1934).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil, exp, floor, lgamma, log

from transcmp.model import Checked
from transcmp.report.calibration import Calibration, Rate, RuleRate, Threshold

_FEW = 20
"""Pairs that are needed for any rate: with fewer the interval reaches from nothing to every fifth document."""


def calibrate(checked: Iterable[Checked], rate: float = 0.05) -> tuple[Calibration, ...]:
    """Thresholds and rule rates for each target language, sorted; ``rate`` is the share of sound documents that may fall below."""
    groups: dict[str, list[Checked]] = {}
    for pair in checked:
        if pair.target is not None and pair.score is not None and pair.coverage is not None:
            groups.setdefault(pair.target.language, []).append(pair)
    return tuple(_language(language, group, rate) for language, group in sorted(groups.items()))


def _language(language: str, group: Sequence[Checked], rate: float) -> Calibration:
    scores = [pair.score for pair in group if pair.score is not None]
    covered = [pair.coverage.source for pair in group if pair.coverage is not None]
    counts = Counter(rule for pair in group for rule in {finding.rule for finding in pair.findings if finding.severity != "note"})
    rules = [RuleRate(rule=rule, documents=count, rate=_proportion(count, len(group))) for rule, count in counts.items()]
    return Calibration(
        language=language,
        pairs=len(group),
        needed=max(_FEW, ceil(1 / rate - 1e-9) - 1),
        thresholds=(_threshold("min_score", scores, rate), _threshold("min_coverage", covered, rate)),
        rules=tuple(sorted(rules, key=lambda item: (-item.documents, item.rule))),
    )


def _threshold(name: str, values: Sequence[float], rate: float) -> Threshold:
    count = len(values)
    place = max(1, floor(rate * (count + 1)))
    value = floor(sorted(values)[place - 1] * 1000) / 1000  # rounded down: the document itself must pass
    below = sum(item < value for item in values)
    expected = max(place, below) / (count + 1)
    return Threshold(name=name, value=value, rate=Rate(expected=expected, low=beta_quantile(0.025, place, count - place + 1),
                     high=beta_quantile(0.975, place, count - place + 1)))  # fmt: skip


def _proportion(count: int, total: int) -> Rate:
    low = 0.0 if count == 0 else beta_quantile(0.025, count, total - count + 1)
    high = 1.0 if count == total else beta_quantile(0.975, count + 1, total - count)
    return Rate(expected=count / total, low=low, high=high)


def beta_quantile(probability: float, first: int, second: int) -> float:
    """The quantile of a Beta distribution with whole, positive parameters, by bisection; exact to 1e-6."""
    low, high = 0.0, 1.0
    for _ in range(ceil(log(1e6) / log(2))):
        middle = (low + high) / 2
        if _beta_below(middle, first, second) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta_below(value: float, first: int, second: int) -> float:
    """P(X <= value) for Beta(first, second): the probability of at least ``first`` successes in ``first + second - 1`` trials."""
    if not 0 < value < 1:
        return float(value >= 1)
    total = first + second - 1
    return sum(
        exp(lgamma(total + 1) - lgamma(k + 1) - lgamma(total - k + 1) + k * log(value) + (total - k) * log(1 - value))
        for k in range(first, total + 1)
    )
