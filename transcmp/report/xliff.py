"""XLIFF 2.1 (OASIS): every bead a unit, also what has no translation yet, or no source."""

from __future__ import annotations

from collections.abc import Iterator

from transcmp.model import Alignment
from transcmp.report import Style
from transcmp.report._xml import escaped


def align(alignment: Alignment, style: Style) -> Iterator[str]:
    """A ``unit`` a bead, numbered from 1, with its score as a note; ``state`` is ``translated`` where there are both sides."""
    source, target = (escaped(side.language, attribute=True) for side in (alignment.source, alignment.target))
    path = escaped(alignment.source.document.path, attribute=True)
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" '
        f'srcLang="{source}" trgLang="{target}">\n<file id="f1" original="{path}">\n'
        f'<notes><note category="signature">{escaped(alignment.signature)}</note></notes>\n'
    )
    number = 0
    for number, (mine, theirs, score) in enumerate(alignment.pairs(), 1):
        state = "translated" if mine.strip() and theirs.strip() else "initial"
        yield (
            f'<unit id="u{number}">\n<notes><note category="score">{score:.4f}</note></notes>\n<segment state="{state}">\n'
            f'<source xml:space="preserve">{escaped(mine)}</source>\n'
        )
        if theirs.strip():
            yield f'<target xml:space="preserve">{escaped(theirs)}</target>\n'
        yield "</segment>\n</unit>\n"
    if not number:  # a file has a unit at least
        yield '<unit id="u0">\n<segment>\n<source/>\n</segment>\n</unit>\n'
    yield "</file>\n</xliff>\n"
