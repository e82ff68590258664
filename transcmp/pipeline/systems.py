"""Several translations of one source, from documents to the rows that are compared."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from transcmp.errors import TranscmpWarning, UsageError
from transcmp.model import Alignment, Document
from transcmp.pipeline import references, steps
from transcmp.pipeline.options import Options
from transcmp.pipeline.sides import Sides, pair
from transcmp.systems import System, SystemsCompared, Texts

if TYPE_CHECKING:
    from transcmp.embed import Encoder
    from transcmp.scoring.systems import CompareOptions


def compare(
    source: Document,
    translations: Sequence[Document],
    trusted: Sequence[Document],
    *,
    options: Options,
    how: CompareOptions | None = None,
    progress: steps.Report | None = None,
) -> SystemsCompared:
    """See :func:`transcmp.pipeline.compare`."""
    from transcmp.scoring.systems import compare_systems

    if not translations:
        raise UsageError(message="no translation to compare", hint="name at least one beside the source")
    sides = _sides(source, [*translations, *trusted], options)
    encoder = steps.choose_encoder(sides[0], options)
    texts = (_by_lines if options.unit == "line" else _by_beads)(sides, len(translations), encoder, options)
    return compare_systems(texts, encoder=encoder, options=how, progress=progress)


def _sides(source: Document, others: Sequence[Document], options: Options) -> list[Sides]:
    """The sides of every pair, all with the languages of the first, so that all share their source segments."""
    first = pair(source, others[0], options)
    languages = first.source.language, first.target.language
    chosen = replace(options, source_language=languages[0], target_language=languages[1])
    found = [first, *(pair(source, other, chosen) for other in others[1:])]
    for both in found:
        _say_if_another_language(both, options)
    return found


def _say_if_another_language(both: Sides, options: Options) -> None:
    from transcmp import language

    told = language.identify(both.target.document, detector=options.detector).language
    if told != "und" and not language.same_language(told, both.target.language):
        text = f"{both.target.document.path} reads as {told}, not as {both.target.language} like the translation it is compared with"
        warnings.warn(text, TranscmpWarning, stacklevel=2)


def _by_beads(sides: Sequence[Sides], systems: int, encoder: Encoder | None, options: Options) -> Texts:
    alignments = [steps.aligned(both, encoder, options) for both in sides]
    cut = references.rows(alignments)
    columns = [tuple(references.text(one, row.targets[place]) for row in cut) for place, one in enumerate(alignments)]
    segments = alignments[0].source.segments
    return Texts(
        sources=tuple(references.source_text(alignments[0], row) for row in cut),
        systems=tuple(_system(one, column) for one, column in zip(alignments[:systems], columns, strict=False)),
        references=tuple(columns[systems:]),
        source_language=sides[0].source.language,
        target_language=sides[0].target.language,
        kinds=tuple(segments[row.source[0]].kind for row in cut),
    )


def _system(alignment: Alignment, texts: tuple[str, ...]) -> System:
    checked = steps.checked(steps.comparison_of(alignment, mixed=False))  # no close look: what it finds are notes, which do not count
    counts = Counter(finding.rule for finding in checked.findings if finding.severity != "note")
    return System(name=alignment.target.document.path, texts=texts, findings=dict(sorted(counts.items())), coverage=checked.coverage)


def _by_lines(sides: Sequence[Sides], systems: int, encoder: Encoder | None, options: Options) -> Texts:  # noqa: ARG001 - as _by_beads
    lines = tuple(segment.text for segment in sides[0].source.segments)
    columns = []
    for both in sides:
        texts = tuple(segment.text for segment in both.target.segments)
        if len(texts) != len(lines):
            raise UsageError(
                message=f"has {len(texts)} lines, the source {len(lines)}",
                path=both.target.document.path,
                hint="without --unit line documents are aligned first",
            )
        columns.append(texts)
    return Texts(
        sources=lines,
        systems=tuple(System(name=both.target.document.path, texts=column) for both, column in zip(sides[:systems], columns, strict=False)),
        references=tuple(columns[systems:]),
        source_language=sides[0].source.language,
        target_language=sides[0].target.language,
    )
