"""Several translations of one source, cut alike: the lines that metrics compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from transcmp.model import Alignment, Comparison
from transcmp.pipeline.options import Options
from transcmp.systems import Result

if TYPE_CHECKING:
    from transcmp.scoring.metrics import Metrics


class Row(Struct, frozen=True):
    """A stretch of the source with what each translation has for it."""

    source: tuple[int, ...]
    """Source segment ids."""
    targets: tuple[tuple[int, ...], ...]
    """Segment ids of each translation, in the order of the alignments; empty: it has nothing here."""


def rows(alignments: Sequence[Alignment]) -> tuple[Row, ...]:
    """The finest cut of the source that no bead of any alignment crosses.

    All alignments share their source side. Added target segments go with the row before them, so that no text is lost to a metric.
    """
    count = len(alignments[0].source.segments)
    parent = list(range(count))

    def find(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for alignment in alignments:
        for bead in alignment.beads:
            for number in bead.source[1:]:
                low, high = sorted((find(bead.source[0]), find(number)))
                parent[high] = low
    roots = sorted({find(number) for number in range(count)})
    place = {root: row for row, root in enumerate(roots)}
    sources: list[list[int]] = [[] for _ in roots]
    for number in range(count):
        sources[place[find(number)]].append(number)
    targets = [_targets(alignment, [place[find(number)] for number in range(count)], len(roots)) for alignment in alignments]
    return tuple(Row(tuple(own), tuple(tuple(sorted(side[row])) for side in targets)) for row, own in enumerate(sources))


def _targets(alignment: Alignment, row_of: Sequence[int], count: int) -> list[list[int]]:
    """Target segment ids of each row; where there is no source at all there is no row and nothing to compare."""
    found: list[list[int]] = [[] for _ in range(count)]
    last = 0
    for bead in alignment.beads:
        if bead.source:
            last = row_of[bead.source[0]]
        if count:
            found[last].extend(bead.target)
    return found


def source_text(alignment: Alignment, row: Row) -> str:
    """A row's source segments as one line."""
    return " ".join(alignment.source.segments[number].text for number in row.source)


def text(alignment: Alignment, numbers: Iterable[int]) -> str:
    """The target segments' texts as one line; a script without spaces gets none."""
    language = alignment.target.language
    glue = "" if language.split("-")[0] in ("zh", "ja", "th") else " "
    return " ".join(glue.join(alignment.target.segments[number].text for number in numbers).split())


def metrics(comparison: Comparison, references: Sequence[str], chosen: Metrics, options: Options) -> tuple[Result, ...]:
    """Metrics of the target, against reference documents where there are any, each aligned to the source as the target was."""
    from transcmp import pipeline
    from transcmp.scoring import neural, surface
    from transcmp.scoring.significance import Mean

    own = comparison.alignment
    source = own.source.document
    languages = replace(options, source_language=own.source.language, target_language=own.target.language)
    others = [pipeline.align(source, pipeline.read(path, options=options), options=languages) for path in references]
    cut = rows([own, *others])
    hypotheses, *trusted = [[text(one, row.targets[column]) for row in cut] for column, one in enumerate([own, *others])]
    measured = surface.measure(hypotheses, trusted, language=own.target.language, metrics=chosen.surface) if trusted else ()
    found = [Result(name=one.metric, score=one.score, signature=one.signature) for one in measured]
    sources = [source_text(own, row) for row in cut]
    for metric in chosen.neural:
        model = neural.load(metric)
        found.append(Result(name=metric.name, score=Mean.of(model.scores(sources, hypotheses, trusted)).score, signature=model.signature))
    return tuple(found)
