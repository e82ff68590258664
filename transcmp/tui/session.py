"""What is open: a source with its translations, each loaded when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from transcmp.model import Comparison
from transcmp.tui.rows import Sheet

Load = Callable[[], Comparison]
"""Makes a comparison; may take long, so it is called outside the event loop. Raises TranscmpError."""


@dataclass(kw_only=True)
class Translation:
    """One target and what is known about it."""

    name: str
    """Path as the user wrote it."""
    load: Load
    comparison: Comparison | None = None
    """None until it was loaded."""
    sheet: Sheet | None = None
    cursor: int = 0
    """Row to come back to."""


@dataclass(kw_only=True)
class Session:
    """Everything that lives as long as the program."""

    translations: list[Translation] = field(default_factory=list)
    current: int = 0
    """Position of the translation that is shown."""

    @classmethod
    def of(cls, items: Sequence[Comparison | Load]) -> Session:
        """A session over comparisons, or over functions that make them."""
        session = cls()
        for item in items:
            if isinstance(item, Comparison):
                one = Translation(name=item.alignment.target.document.path, load=lambda made=item: made)  # type: ignore[misc]
                one.comparison, one.sheet = item, Sheet(item)
            else:
                one = Translation(name=getattr(item, "name", ""), load=item)
            session.translations.append(one)
        return session

    @property
    def translation(self) -> Translation:
        """The one that is shown."""
        return self.translations[self.current]

    @property
    def sheet(self) -> Sheet | None:
        """Its sheet, if it is loaded."""
        return self.translation.sheet
