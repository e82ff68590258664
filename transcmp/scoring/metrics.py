"""Which metrics a user asks for, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from transcmp.errors import UsageError
from transcmp.scoring import surface
from transcmp.scoring.neural import NEURAL, Neural, NeuralName
from transcmp.scoring.surface import MetricName


class Metrics(Struct, frozen=True, kw_only=True):
    """Metrics that are computed."""

    surface: tuple[MetricName, ...] = surface.METRICS
    """Against references, by sacreBLEU."""
    neural: tuple[Neural, ...] = ()
    """With models of this machine."""
    first: str = ""
    """Name of the one that was asked for first; empty: none was by name."""


def parse(names: Sequence[str], models: Mapping[NeuralName, str], *, references: bool, default: Sequence[MetricName]) -> Metrics:
    """The metrics that ``names`` mean, in any case, and those whose model is given; without names also the ``default`` of sacreBLEU's.

    ``references``: whether there are any. Raises UsageError for an unknown metric and for one that needs a reference where there is none.
    """
    asked = [_parse(name) for name in names]
    for name in asked:
        if not references and name != "COMETKiwi":
            raise UsageError(message=f"{name} needs a reference", hint="--reference FILE; COMETKiwi, adequacy, quality and risk need none")
    learned = [name for name in NEURAL if name in asked or models.get(name)]
    if not references and "COMET" in learned:
        raise UsageError(message="COMET needs a reference", hint="--reference FILE, or --cometkiwi-model")
    chosen = tuple(dict.fromkeys(name for name in asked if name not in NEURAL)) if asked else tuple(default)
    return Metrics(
        surface=chosen,  # type: ignore[arg-type]  # what is not in NEURAL is a MetricName
        neural=tuple(Neural(name=name, model=models.get(name, "")) for name in learned),
        first=asked[0] if asked else "",
    )


def _parse(name: str) -> MetricName | NeuralName:
    for metric in NEURAL:
        if metric.lower() == name.strip().lower():
            return metric
    return surface.parse_metric(name, NEURAL)
