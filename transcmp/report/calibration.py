"""What ``calibrate`` found, as settings to keep and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from transcmp.report.json import pretty
from transcmp.report.words import counted


class Rate(Struct, frozen=True, kw_only=True):
    """How often something false is to be expected of a sound document."""

    expected: float
    low: float
    """Lower end of the 95 % interval."""
    high: float


class Threshold(Struct, frozen=True, kw_only=True):
    """The least value of a figure that a sound document is asked to have."""

    name: str
    """Setting: ``min_score`` or ``min_coverage``."""
    value: float
    rate: Rate
    """Of sound documents that fall below it."""


class RuleRate(Struct, frozen=True, kw_only=True):
    """What a rule says of documents that are sound."""

    rule: str
    documents: int
    """Trusted documents in which it found something."""
    rate: Rate


class Calibration(Struct, frozen=True, kw_only=True):
    """What the trusted pairs of one target language tell."""

    language: str
    pairs: int
    needed: int
    """Pairs from which a threshold can hold the wanted rate: of n further documents like them one in n + 1 is the least of all."""
    thresholds: tuple[Threshold, ...]
    rules: tuple[RuleRate, ...]
    """Rules with findings, the most frequent first."""

    @property
    def too_few(self) -> bool:
        """Whether no threshold holds the wanted rate."""
        return self.pairs < self.needed


class Calibrated(Struct, frozen=True, kw_only=True):
    """Output of ``transcmp calibrate --format json``."""

    schema: str = "transcmp/calibrate/1"
    signature: str
    languages: tuple[Calibration, ...]


def json(result: Calibrated) -> Iterator[str]:
    """A Calibrated object."""
    yield pretty(result)


def toml(result: Calibrated) -> Iterator[str]:
    """Settings for ``transcmp.toml``; the rates stand in comments."""
    yield f"# Thresholds from trusted pairs, by transcmp calibrate ({result.signature}).\n"
    for language in result.languages:
        yield f"\n[languages.{language.language}]\n"
        yield f"# {counted(language.pairs, 'trusted pair')}"
        yield f": too few, this rate needs at least {language.needed}\n" if language.too_few else "\n"
        for threshold in language.thresholds:
            yield f"{threshold.name} = {threshold.value:g}  # {_rate(threshold.rate)} of sound documents below it\n"
        yield from _rules(language.rules)


def _rules(rules: Sequence[RuleRate]) -> Iterator[str]:
    if rules:
        yield "# Errors and warnings in trusted documents, by rule; true finds are worth mending, false ones may be silenced:\n"
    for rule in rules:
        yield f"#   {rule.rule}: in {counted(rule.documents, 'document')}, {_rate(rule.rate)}\n"


def _rate(rate: Rate) -> str:
    return f"{rate.expected:.1%} (95 % interval {rate.low:.1%} to {rate.high:.1%})"
