"""From documents to two sides: whose text is source, and whose is target."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from transcmp import language, readers
from transcmp.errors import TranscmpWarning
from transcmp.language import base
from transcmp.model import NO_LANGUAGE, UNDETERMINED, Document, Language, Segment, Side
from transcmp.pipeline.options import Options
from transcmp.segment import segment


class Sides(Struct, frozen=True, kw_only=True):
    """Both sides of a comparison, before anything is aligned."""

    source: Side
    target: Side
    mixed: bool
    """Whether both are fragments of one document."""


def read(path: str, options: Options) -> Document:
    """Read one file as ``options`` say."""
    return readers.read(path, format=_format(options), encoding=options.encoding, max_size=options.max_size)


def _format(options: Options) -> str | None:
    return "lines" if options.unit == "line" else options.input_format


def pair(source: Document, target: Document, options: Options) -> Sides:
    """The sides of a source and its translation."""
    languages = pair_languages(source, target, options)
    side_a, side_b = (
        _side(language.identify(document, languages=languages, detector=options.detector), own, languages, options)
        for document, own in zip((source, target), languages, strict=True)
    )
    return Sides(source=side_a, target=side_b, mixed=False)


def pair_languages(source: Document, target: Document, options: Options) -> tuple[Language, Language]:
    """Both main languages: given, else told from the texts; a text that contradicts what was given is said."""
    given = tuple(None if tag is None else language.parse_language(tag) for tag in (options.source_language, options.target_language))
    found = tuple(language.main_language(document, detector=options.detector) for document in (source, target))
    if None not in given and base(found[0]) == base(given[1]) != base(given[0]) == base(found[1]):
        warnings.warn(
            f"the languages look swapped: {source.path} reads as {found[0]}, {target.path} as {found[1]}", TranscmpWarning, stacklevel=2
        )
    first, second = (told if own is None else own for own, told in zip(given, found, strict=True))
    return first, second


def mixed(document: Document, options: Options) -> Sides:
    """The sides of one document in which fragments of the source language remain.

    The source side has a fragment's whole text as one segment where all of it is in the source language, else its sentences; everything
    else is the target side.
    """
    source_language, target_language = mixed_languages(document, options)
    languages = (source_language, target_language)
    known = tuple(tag for tag in languages if tag != UNDETERMINED)
    identified = language.identify(document, languages=known, detector=options.detector)
    identified = replace(identified, language=target_language)
    segments = _segments(identified, known, options)
    chosen, rest = _split(identified, segments, source_language)
    return Sides(
        source=Side(document=identified, language=source_language, segments=_numbered(chosen)),
        target=Side(document=identified, language=target_language, segments=_numbered(rest)),
        mixed=True,
    )


def mixed_languages(document: Document, options: Options) -> tuple[Language, Language]:
    """Source and target language of a mixed document; the source is ``und`` where only one language is found."""
    source = None if options.source_language is None else language.parse_language(options.source_language)
    target = None if options.target_language is None else language.parse_language(options.target_language)
    if source is not None and target is not None:
        return source, target
    ranked = [tag for tag, _ in language.languages_of(document, detector=options.detector)]
    if target is None:
        target = next((tag for tag in ranked if source is None or base(tag) != base(source)), UNDETERMINED)
    if source is None:
        source = next((tag for tag in ranked if base(tag) != base(target)), UNDETERMINED)
    return source, target


def _side(document: Document, own: Language, languages: tuple[Language, Language], options: Options) -> Side:
    document = replace(document, language=own)
    return Side(document=document, language=own, segments=_segments(document, languages, options))


def _segments(document: Document, languages: tuple[Language, ...], options: Options) -> tuple[Segment, ...]:
    rules = None if options.srx is None else options.srx
    segments = segment(document, unit=options.unit, rules=rules)
    if options.unit != "sentence":
        return segments
    return language.refine(segments, languages=languages, main=document.language, detector=options.detector)


def _split(document: Document, segments: Iterable[Segment], tag: Language) -> tuple[list[Segment], list[Segment]]:
    """The segments in the language ``tag``, and all others. A fragment that is wholly in the language is joined into one segment."""

    def is_source(item: Segment) -> bool:
        own = document.fragments[item.fragment].language if item.language in (UNDETERMINED, NO_LANGUAGE) else item.language
        return base(own) == base(tag) != UNDETERMINED

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


__all__ = ["Sides", "from_strings", "mixed", "mixed_languages", "pair", "pair_languages", "read"]
