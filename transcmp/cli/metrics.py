"""Options that choose metrics, which ``score`` and ``compare`` share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from cyclopts import Group, Parameter

if TYPE_CHECKING:
    from transcmp.scoring.metrics import Metrics
    from transcmp.scoring.neural import NeuralName
    from transcmp.scoring.surface import MetricName

METRICS = Group("Metrics", sort_key=4)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Which metrics, with which models."""

    metric: Annotated[list[str] | None, Parameter(negative="", consume_multiple=False, group=METRICS)] = None
    """BLEU, chrF2, chrF2++, TER, COMET or, without reference, COMETKiwi; may be repeated."""
    comet_model: Annotated[str, Parameter(group=METRICS)] = ""
    """COMET's checkpoint, its folder, or its name in the local cache (Unbabel/wmt22-comet-da); nothing is downloaded."""
    cometkiwi_model: Annotated[str, Parameter(group=METRICS)] = ""
    """The same of COMETKiwi (Unbabel/wmt22-cometkiwi-da)."""

    def metrics(self, default: tuple[MetricName, ...], *, references: bool) -> Metrics:
        """What was chosen, or ``default``. Raises UsageError for an unknown metric and for one that needs ``references``."""
        from transcmp.scoring.metrics import parse

        models: dict[NeuralName, str] = {"COMET": self.comet_model, "COMETKiwi": self.cometkiwi_model}
        return parse(self.metric or (), models, references=references, default=default)
