"""From documents to two sides: whose text is source, and whose is target."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from transcmp import language, readers
from transcmp.errors import ReadError, TranscmpWarning
from transcmp.language import LanguageShare, same_language
from transcmp.model import NO_LANGUAGE, UNDETERMINED, Document, Language, Segment, Side
from transcmp.pipeline.options import Options
from transcmp.readers import Bitext
from transcmp.segment import segment


class Sides(Struct, frozen=True, kw_only=True):
    """Both sides of a comparison, before anything is aligned."""

    source: Side
    target: Side
    mixed: bool
    """Whether both are fragments of one document."""
    known: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = ()
    """Beads that a bilingual file states, by segment ids."""


def read(path: str, options: Options) -> Document:
    """Read one file as ``options`` say."""
    document = readers.read(path, format=_format(path, options), encoding=options.encoding, max_size=options.max_size)
    if not document.text.strip():
        if options.fail_on_empty:
            raise ReadError(message="is empty", path=path)
        warnings.warn(f"{path} is empty", TranscmpWarning, stacklevel=2)
    return document


def _format(path: str, options: Options) -> str | None:
    if options.unit == "line":
        return "lines"
    if options.whole_page and (options.input_format or readers.format_of(path)) == "html":
        return "html-page"
    return options.input_format


def pair(source: Document, target: Document, options: Options) -> Sides:
    """The sides of a source and its translation."""
    given = _given(options)
    known = tuple(tag for tag in given if tag is not None)
    documents = [language.identify(document, languages=known, detector=options.detector) for document in (source, target)]
    _say_if_swapped(documents, given)
    first = given[0] or documents[0].language
    second = given[1] or _language_of_translation(documents[1], documents[0], first)
    if len(known) < 2:  # judged again, now that both languages are known
        documents = [language.identify(document, languages=(first, second), detector=options.detector) for document in documents]
    sides = [_side(document, tag, (first, second), options) for document, tag in zip(documents, (first, second), strict=True)]
    return Sides(source=sides[0], target=sides[1], mixed=False)


def _language_of_translation(document: Document, original: Document, source: Language) -> Language:
    """The language of a translation; where most of it is still in the source language, what it declares, or else what its rest is in."""
    if not same_language(document.language, source):
        return document.language
    declared = language.declared_language(document)
    if declared is not None and not same_language(declared, source):
        return declared
    there = [share.language for share in language.languages_of(original)]
    strong = (share.language for share in language.languages_of(document) if share.strong)
    rest = (tag for tag in strong if not any(same_language(tag, one) for one in (source, *there)))
    return next(rest, document.language)


def again(before: Side, document: Document, languages: tuple[Language, Language], options: Options) -> Side:
    """The side of a document that may have been edited since; ``languages`` are those of source and target."""
    if document.text == before.document.text and document.path == before.document.path:
        return before
    identified = language.identify(document, languages=languages, detector=options.detector)
    return _side(identified, before.language, languages, options)


def bilingual(bitext: Bitext, options: Options) -> Sides:
    """The sides of a file that holds both and says which entry translates which."""
    # one header for both sides, and the language that it names is the target's
    header = language.declared_language(bitext.source)
    source = replace(bitext.source, metadata=())
    target = replace(bitext.target, metadata=(), declared=bitext.target.declared or header)
    both = pair(source, target, options)
    ids = [_segments_of(side) for side in (both.source, both.target)]
    beads = [tuple(tuple(ids[side][number] for number in entry[side]) for side in (0, 1)) for entry in bitext.pairs if all(entry)]
    return replace(both, known=tuple(beads))


def _segments_of(side: Side) -> dict[int, int]:
    """Segment ids by fragment id, for documents whose fragments are one segment each."""
    return {item.fragment: item.id for item in side.segments}


def _given(options: Options) -> tuple[Language | None, Language | None]:
    source, target = (None if tag is None else language.parse_language(tag) for tag in (options.source_language, options.target_language))
    return source, target


def _say_if_swapped(documents: Sequence[Document], given: tuple[Language | None, Language | None]) -> None:
    source, target = given
    if source is None or target is None or same_language(source, target):
        return
    if same_language(documents[0].language, target) and same_language(documents[1].language, source):
        first, second = documents
        warnings.warn(
            f"the languages look swapped: {first.path} reads as {first.language}, {second.path} as {second.language}",
            TranscmpWarning,
            stacklevel=2,
        )


def mixed(document: Document, options: Options) -> Sides:
    """The sides of one document in which fragments of the source language remain.

    The source side has a fragment's whole text as one segment where all of it is in the source language, else its sentences; everything
    else is the target side.
    """
    given = _given(options)
    if None in given:
        identified = language.identify(document, detector=options.detector)
        source_language, target_language = _told(language.languages_of(identified), given)
        if given != (None, None):
            known = tuple(tag for tag in (source_language, target_language) if tag != UNDETERMINED)
            identified = language.identify(document, languages=known, detector=options.detector)
    else:
        source_language, target_language = given[0] or UNDETERMINED, given[1] or UNDETERMINED
        identified = language.identify(document, languages=(source_language, target_language), detector=options.detector)
    identified = replace(identified, language=target_language)
    segments = _segments(identified, (source_language, target_language), options)
    chosen, rest = _split(identified, segments, source_language)
    return Sides(
        source=Side(document=identified, language=source_language, segments=_numbered(chosen)),
        target=Side(document=identified, language=target_language, segments=_numbered(rest)),
        mixed=True,
    )


def _told(shares: Sequence[LanguageShare], given: tuple[Language | None, Language | None]) -> tuple[Language, Language]:
    """Source and target language of a mixed document: the main language is the target, the next that is surely there the source."""
    source, target = given
    if target is None:
        target = next((share.language for share in shares if source is None or not same_language(share.language, source)), UNDETERMINED)
    if source is None:
        source = next((share.language for share in shares if share.strong and not same_language(share.language, target)), UNDETERMINED)
    return source, target


def _side(document: Document, own: Language, languages: tuple[Language, Language], options: Options) -> Side:
    document = replace(document, language=own)
    return Side(document=document, language=own, segments=_segments(document, languages, options))


def _segments(document: Document, languages: tuple[Language, ...], options: Options) -> tuple[Segment, ...]:
    segments = segment(document, unit=options.unit, rules=options.srx)
    if options.unit != "sentence":
        return segments
    return language.refine(segments, languages=languages, main=document.language)


def _split(document: Document, segments: Iterable[Segment], tag: Language) -> tuple[list[Segment], list[Segment]]:
    """The segments in the language ``tag``, and all others. A fragment that is wholly in the language is joined into one segment."""

    def is_source(item: Segment) -> bool:
        own = document.fragments[item.fragment].language if item.language in (UNDETERMINED, NO_LANGUAGE) else item.language
        return tag != UNDETERMINED and same_language(own, tag)

    chosen: list[Segment] = []
    rest: list[Segment] = []
    for number, group in groupby(segments, key=lambda item: item.fragment):
        parts = list(group)
        inside = [is_source(item) for item in parts]
        if all(inside) and len(parts) > 1:
            fragment = document.fragments[number]
            parts = [replace(parts[0], text=fragment.text, pieces=fragment.pieces, marks=fragment.marks, language=fragment.language)]
        for item, source in zip(parts, inside, strict=False):
            (chosen if source else rest).append(item)
    return chosen, rest


def _numbered(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    return tuple(item if item.id == number else replace(item, id=number) for number, item in enumerate(segments))


def from_strings(strings: Iterable[str], name: str) -> Document:
    """A document of which every string is a fragment, whatever line ends it holds."""
    from transcmp.model import Block, Fragment, Piece, Span

    fragments, blocks, texts, offset = [], [], [], 0
    for number, text in enumerate(strings):
        end = offset + len(text)
        pieces = (Piece(offset, end),) if text else ()
        fragments.append(Fragment(id=number, kind="unit", block=number, text=text, pieces=pieces))
        blocks.append(Block(id=number, kind="unit", span=Span(offset, end), fragments=(number,)))
        texts.append(text)
        offset = end + 1
    return Document(path=name, format="lines", text="\n".join(texts), blocks=tuple(blocks), fragments=tuple(fragments))
