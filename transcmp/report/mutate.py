"""The formats of ``mutate``: which planted faults were caught."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from transcmp.model import Position
from transcmp.report import Style
from transcmp.report.json import pretty
from transcmp.report.text import paint
from transcmp.visible import visible_line


class PlantedFault(Struct, frozen=True, kw_only=True):
    """A planted fault and what became of it."""

    kind: str
    source: Position
    """Where it is in the source that was checked."""
    target: Position
    """And in the target."""
    before: str
    after: str
    found: bool
    """Whether an error or a warning that the sound pair does not have touches it."""
    by: tuple[str, ...]
    """The rules that found it."""


class KindCount(Struct, frozen=True, kw_only=True):
    """Faults of one kind."""

    planted: int
    found: int
    recall: float


class Mutated(Struct, frozen=True, kw_only=True):
    """Output of ``transcmp mutate --format json``."""

    schema: str = "transcmp/mutate/1"
    signature: str
    faults: tuple[PlantedFault, ...]
    recall: float | None
    """Share of all faults that were found; null where none could be planted."""
    by_kind: dict[str, KindCount]


def json(result: Mutated, style: Style) -> Iterator[str]:
    """A Mutated object."""
    yield pretty(result)


def text(result: Mutated, style: Style) -> Iterator[str]:
    """A table by kind, and the faults that went unseen."""
    yield paint(style, "bold", f"{'kind':<18} {'planted':>7} {'found':>6} {'recall':>7}") + "\n"
    for kind, count in result.by_kind.items():
        color = "good" if count.recall >= 0.9 else "warning" if count.recall >= 0.5 else "bad"
        yield f"{kind:<18} {count.planted:>7} {count.found:>6} {paint(style, color, f'{count.recall:>7.0%}')}\n"
    missed = [fault for fault in result.faults if not fault.found]
    if missed:
        yield "\nnot found\n"
    room = max(20, style.width - 40)
    for fault in missed:
        change = " → ".join(visible_line(" ".join(part.split()))[: room // 2] or "(nothing)" for part in (fault.before, fault.after))
        yield f"  {fault.kind:<18} {fault.target.line:>6}  {change}\n"
    share = "none could be planted" if result.recall is None else f"{result.recall:.1%} found"
    yield f"\n{len(result.faults)} faults, {share}\n{paint(style, 'dim', visible_line(result.signature))}\n"
