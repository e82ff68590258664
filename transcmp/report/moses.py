"""Moses: the sides of the beads, one file each, line n of one translates line n of the other (moses-smt, "Preparing Training Data").

Beads with one side only are left out; line ends and the bar that Moses keeps for factors become spaces and an entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from transcmp.model import Alignment
from transcmp.report import Style

_SPACE = re.compile(r"\s+")


def files(alignment: Alignment, style: Style) -> Iterator[tuple[str, Iterable[str]]]:
    """Both sides, named as Moses names them: ``.en`` and ``.it``, or ``.source`` and ``.target`` where one language is on both sides."""
    languages = (alignment.source.language, alignment.target.language)
    names = ("source", "target") if languages[0] == languages[1] else languages
    for name, side in zip(names, (source, target), strict=True):
        yield f".{name}", side(alignment, style)


def source(alignment: Alignment, style: Style) -> Iterator[str]:
    """The source side."""
    return (_line(mine) for mine, theirs, _ in alignment.pairs() if mine.strip() and theirs.strip())


def target(alignment: Alignment, style: Style) -> Iterator[str]:
    """The target side."""
    return (_line(theirs) for mine, theirs, _ in alignment.pairs() if mine.strip() and theirs.strip())


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip().replace("|", "&#124;") + "\n"
