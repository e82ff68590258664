"""Moses: the sides of the beads, one file each, line n of one translates line n of the other (moses-smt, "Preparing Training Data").

Beads with one side only are left out; line ends and the bar that Moses keeps for factors become spaces and an entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcmp.model import Alignment
from transcmp.report import Style

_SPACE = re.compile(r"\s+")


def source(alignment: Alignment, style: Style) -> Iterator[str]:
    """The source side."""
    return (_line(mine) for mine, theirs, _ in alignment.pairs() if mine.strip() and theirs.strip())


def target(alignment: Alignment, style: Style) -> Iterator[str]:
    """The target side."""
    return (_line(theirs) for mine, theirs, _ in alignment.pairs() if mine.strip() and theirs.strip())


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip().replace("|", "&#124;") + "\n"
