"""TMX 1.4b: a translation memory of the beads that have both sides."""

from __future__ import annotations

from collections.abc import Iterator

from transcmp._version import __version__
from transcmp.model import Alignment
from transcmp.report import Style
from transcmp.report._xml import escaped


def align(alignment: Alignment, style: Style) -> Iterator[str]:
    """A ``tu`` a bead, in the alignment's order, with its score as a property; what has no counterpart is no memory and left out."""
    source, target = (escaped(side.language, attribute=True) for side in (alignment.source, alignment.target))
    version = escaped(__version__, attribute=True)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
    yield (
        f'<header creationtool="transcmp" creationtoolversion="{version}" segtype="sentence" o-tmf="transcmp" adminlang="en" '
        f'srclang="{source}" datatype="plaintext">\n<prop type="x-signature">{escaped(alignment.signature)}</prop>\n</header>\n<body>\n'
    )
    for mine, theirs, score in alignment.pairs():
        if mine.strip() and theirs.strip():
            yield (
                f'<tu>\n<prop type="x-score">{score:.4f}</prop>\n<tuv xml:lang="{source}"><seg>{escaped(mine)}</seg></tuv>\n'
                f'<tuv xml:lang="{target}"><seg>{escaped(theirs)}</seg></tuv>\n</tu>\n'
            )
    yield "</body>\n</tmx>\n"
