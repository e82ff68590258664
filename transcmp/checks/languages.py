"""``declared-language``, ``wrong-language``: what language it is, and what it says it is."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from transcmp.checks.context import Context, Part, document_place, finding, shorten
from transcmp.evidence.copies import WORD, words_of
from transcmp.language import Run, base, embedded_runs, same_language, script_of, script_of_language
from transcmp.language.text import RUNNING_WORDS, is_enclosed, is_quoted
from transcmp.model import NO_LANGUAGE, UNDETERMINED, Finding, Language, Segment, Severity, Side

_WORDS = 5
"""Words from which the language of a sentence is told well enough to contradict it."""
_SURE = 0.9
"""The same for the probability of a fragment's language."""


def declared_language(context: Context) -> Iterator[Finding]:
    """Documents and fragments that say they are in another language than they are."""
    sides = (context.target,) if context.mixed else (context.source, context.target)
    for side in sides:
        yield from _of_document(context, side)
        yield from _of_fragments(context, side)


def _of_document(context: Context, side: Side) -> Iterator[Finding]:
    said = side.document.declared
    if said is None or base(said) in (base(side.language), UNDETERMINED) or side.language == UNDETERMINED:
        return
    size = len(side.document.text.partition("\n")[0])
    place = document_place(side, (0, size))
    words = f"the document says that it is in {said}, and is in {side.language}"
    target = side is context.target
    yield finding(context, "declared-language", "warning", words, source=None if target else place, target=place if target else None)


def _of_fragments(context: Context, side: Side) -> Iterator[Finding]:
    for segment in side.segments:
        fragment = side.document.fragments[segment.fragment]
        said = fragment.declared
        if said is None or said == side.document.declared or not _is_sure(side, segment) or base(said) == base(fragment.language):
            continue
        if fragment.declared is not None and fragment.confidence == 1.0:  # the language was taken from the markup
            continue
        place = Part(side, [segment.id]).place()
        words = f"this {segment.kind} says that it is in {said}, and reads as {fragment.language}"
        target = side is context.target
        yield finding(context, "declared-language", "note", words, source=None if target else place, target=place if target else None)


def wrong_language(context: Context) -> Iterator[Finding]:
    """Sentences of the translation in a third language, or in the source language without being a copy; runs of words, possibly."""
    yield from _sentences(context)
    yield from _embedded(context)


def _sentences(context: Context) -> Iterator[Finding]:
    allowed = {base(context.target.language), UNDETERMINED, NO_LANGUAGE}
    if context.mixed:
        allowed.add(base(context.source.language))
    for pair in context.beads:
        originals = {base(segment.language) for segment in pair.source.segments} - {base(context.source.language)}
        for position, segment in enumerate(pair.target.segments):
            language = base(segment.language)
            if language in allowed | originals or segment.kind == "code" or not _is_sure(context.target, segment):
                continue
            if context.mixed and (segment.kind == "quote" or is_quoted(segment.text)):  # no source says whether it is quoted there too
                continue
            if _shows_script(segment.text, context.target.language):
                continue
            own = {word for word in segment.text.split() if not word[0].isupper()} - set(pair.source.text.split())
            if len(own) < _WORDS:  # names and terms speak for another language
                continue
            start = pair.target.starts[position]
            place = pair.target.place(start, start + len(segment.text))
            words = f"this sentence is in {language}, not in {base(context.target.language)}: “{shorten(segment.text)}”"
            source = pair.source.place() if pair.source.segments else None
            yield finding(context, "wrong-language", "warning", words, source=source, target=place, bead=pair.index)


def _embedded(context: Context) -> Iterator[Finding]:
    """Runs of words of the source language inside sentences of the translation; the source has them too, where there is one beside it."""
    languages = (context.source.language, context.target.language)
    if UNDETERMINED in languages or same_language(*languages):
        return
    for pair in context.beads:
        for position, segment in enumerate(pair.target.segments):
            if segment.kind in ("code", "quote") or not same_language(segment.language, context.target.language):
                continue
            start = pair.target.starts[position]
            prose = pair.target.prose[start : start + len(segment.text)]
            for run in embedded_runs(prose, main=context.target.language, languages=languages):
                span = (run.start, run.end) if context.mixed else _copied(prose, run, pair.source.prose)
                if span is None or is_enclosed(prose, *span):
                    continue
                place = pair.target.place(start + span[0], start + span[1])
                quoted = shorten(prose[span[0] : span[1]])
                words = f"these words are in {base(run.language)}, not in {base(context.target.language)}: “{quoted}”"
                source = place if context.mixed else pair.source.place()
                target = None if context.mixed else place
                severity: Severity = "warning" if not context.mixed and _is_link(segment, *span) else "note"
                yield finding(
                    context, "wrong-language", severity, words, source=source, target=target, score=run.confidence, bead=pair.index
                )


def _is_link(segment: Segment, start: int, end: int) -> bool:
    """Whether a stretch is the whole text of a link, and no title of a page, which would begin with a capital."""
    return segment.text[start].islower() and any(mark.kind == "link" and (mark.start, mark.end) == (start, end) for mark in segment.marks)


def _copied(text: str, run: Run, source: str) -> tuple[int, int] | None:
    """The longest part of a run that the source has word for word, at least four words of it: a term or two are used, not left."""
    own = list(WORD.finditer(text, run.start, run.end))
    matcher = SequenceMatcher(None, [one.group().lower() for one in own], words_of(source), autojunk=False)
    found = matcher.find_longest_match()
    if found.size < RUNNING_WORDS:
        return None
    start, end = own[found.a].start(), own[found.a + found.size - 1].end()
    halved = text.count("(", start, end) != text.count(")", start, end)  # ``path operation(s`` is part of a term
    return None if halved else (start, end)


def _shows_script(text: str, language: Language) -> bool:
    """Whether a text has letters of the language's own script, if that is not Latin: foreign words around them are terms."""
    script = script_of_language(language)
    own = {script, "Hani"} if script == "Jpan" else {script}
    return script != "Latn" and any(script_of(char) in own for char in set(text) if char.isalpha())


def _is_sure(side: Side, segment: Segment) -> bool:
    fragment = side.document.fragments[segment.fragment]
    sure = fragment.language != segment.language or fragment.confidence >= _SURE
    return sure and len(words_of(segment.text)) >= _WORDS
