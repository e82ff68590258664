"""The pairs of a directory or a project, and what is known of each. Pure values; nothing here knows Textual."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from transcmp.model import Checked, Severity
from transcmp.tui.work import Pair

State = Literal["waiting", "working", "done", "failed", "missing", "orphan"]
"""Of a pair: not compared yet, being compared, compared, an error; its translation or its source is not there."""

Order = Literal["name", "score", "findings", "state"]
ORDERS: tuple[Order, ...] = ("name", "score", "findings", "state")
_STATES: tuple[State, ...] = ("failed", "missing", "orphan", "working", "done", "waiting")


class Entry:
    """A pair in the list."""

    def __init__(self, pair: Pair, state: State = "waiting") -> None:
        self.pair = pair
        self.state = state
        self.checked: Checked | None = None
        self.error = ""

    @property
    def score(self) -> float | None:
        """Of the alignment; None where nothing was compared."""
        return self.checked.score if self.checked is not None else None

    def count(self, severity: Severity) -> int:
        """Findings of a severity."""
        return 0 if self.checked is None else sum(finding.severity == severity for finding in self.checked.findings)

    @property
    def stale(self) -> int:
        """Passages whose source has changed since they were translated, as far as git tells it; 0 as long as nothing was compared."""
        return 0 if self.checked is None else sum(finding.rule == "stale" for finding in self.checked.findings)

    @property
    def troubled(self) -> bool:
        """Whether there is something to do."""
        return self.state in ("failed", "missing", "orphan") or bool(self.count("error") or self.count("warning"))


def ordered(entries: Sequence[Entry], order: Order) -> list[Entry]:
    """Entries in an order, the worst first; equal ones by name."""
    return sorted(entries, key=lambda entry: (*_KEYS[order](entry), entry.pair.name))


_KEYS: dict[Order, Callable[[Entry], tuple[float, ...]]] = {
    "name": lambda _: (),
    "score": lambda entry: (2.0 if entry.score is None else entry.score,),
    "findings": lambda entry: (-entry.count("error"), -entry.count("warning"), -entry.count("note")),
    "state": lambda entry: (_STATES.index(entry.state), -entry.stale),
}
