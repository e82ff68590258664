"""Languages inside fragments: each sentence's, and those of runs of words inside a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from transcmp import language
from transcmp.model import NO_LANGUAGE, UNDETERMINED, Document, Fragment, Language, Segment
from transcmp.pipeline.options import Options
from transcmp.segment import segment

RUN = "run"
"""``Fragment.info`` of a run of words in another language than its sentence."""


def of(document: Document, languages: Sequence[Language], options: Options) -> Document:
    """The document with its sentences as fragments; a run of words in another language follows the sentence that holds it."""
    segments = segment(document, unit="sentence", rules=options.srx)
    refined = language.refine(segments, languages=languages, main=document.language)
    found = [fragment for item in refined for fragment in _fragments(document, item, languages)]
    return replace(document, fragments=tuple(replace(item, id=number) for number, item in enumerate(found)))


def only(document: Document, languages: Sequence[Language]) -> Document:
    """The document with ``und`` for every language that is not one of ``languages``."""
    known = (*languages, UNDETERMINED, NO_LANGUAGE)

    def judged(fragment: Fragment) -> Fragment:
        inside = any(language.same_language(fragment.language, one) for one in known)
        return fragment if inside else replace(fragment, language=UNDETERMINED)

    return replace(document, fragments=tuple(map(judged, document.fragments)))


def _fragments(document: Document, item: Segment, languages: Sequence[Language]) -> Iterator[Fragment]:
    whole = document.fragments[item.fragment]
    same = item.language == whole.language
    yield replace(
        whole,
        text=item.text,
        pieces=item.pieces,
        marks=item.marks,
        language=item.language,
        confidence=whole.confidence if same else _confidence(item, languages),
    )
    if item.language in (UNDETERMINED, NO_LANGUAGE):
        return
    for run in language.embedded_runs(item.text, main=item.language, languages=languages):
        pieces, marks = item.cut(run.start, run.end)
        text = item.text[run.start : run.end]
        yield replace(whole, text=text, pieces=pieces, marks=marks, language=run.language, confidence=run.confidence, info=RUN)


def _confidence(item: Segment, languages: Sequence[Language]) -> float:
    (guess,) = language.detect_texts([item.text], languages=tuple({*languages, item.language}))
    return guess.confidence
