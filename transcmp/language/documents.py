"""Languages of documents: the main one, each fragment's, and each sentence's where a fragment is mixed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from transcmp.language.detection import MIN_CONFIDENCE, NOTHING, Guess, detect_texts
from transcmp.language.script import script_of_language
from transcmp.language.tags import language_of_path, same_language
from transcmp.language.text import readable, words_of
from transcmp.model import NO_LANGUAGE, UNDETERMINED, Document, Fragment, Language, Segment

_NOT_LANGUAGES = (UNDETERMINED, NO_LANGUAGE)

_STRONG = 0.95
"""Confidence from which a passage alone can show that a language is there."""

_STRONG_WORDS = 4
"""Words such a passage needs: shorter ones are names, titles and loan words too often."""

_MOST_WORDS = 150
"""Words of one fragment that count for the main language; eldc reads no more of a text either."""


class LanguageShare(Struct, frozen=True, kw_only=True):
    """How much of a document is in one language."""

    language: Language
    share: float
    """Of the words of all fragments whose language is known, 0..1."""
    fragments: int
    """Number of fragments in it."""
    words: int
    """Number of words in them."""
    strong: bool
    """Whether at least one passage of four words or more is in it almost certainly; names, credits and titles alone are not strong."""


def identify(
    document: Document,
    *,
    languages: Sequence[Language] = (),
    closed: bool = False,
    detector: str = "default",
    min_confidence: float = MIN_CONFIDENCE,
    code: bool = False,
) -> Document:
    """The document with its main language and the language and confidence of each fragment filled in.

    ``languages`` are those expected, in any order; background languages of the same script compete with them unless ``closed``. Without
    them the first pass finds out which languages are surely there, and the second judges each fragment among these and the background.
    Fragments of kind ``code`` are ``zxx`` unless ``code``. Never raises on a text; UsageError for an unknown detector.
    """
    texts = ["" if fragment.kind == "code" and not code else readable(fragment) for fragment in document.fragments]
    declared = document.declared or language_of_path(document.path)
    expected = tuple(languages)
    guesses = detect_texts(
        texts, languages=expected or _declared(document, declared), closed=closed, detector=detector, min_confidence=min_confidence
    )
    if not expected:
        present = tuple(share.language for share in _shares(texts, guesses) if share.strong)
        expected = present or tuple(share.language for share in _shares(texts, guesses)[:1])
        if expected and expected != _declared(document, declared):
            guesses = detect_texts(texts, languages=expected, detector=detector, min_confidence=min_confidence)
    fragments = tuple(_labelled(fragment, text, guess) for fragment, text, guess in zip(document.fragments, texts, guesses, strict=True))
    return replace(document, fragments=fragments, language=_main(texts, guesses, declared), declared=declared)


def _declared(document: Document, declared: Language | None) -> tuple[Language, ...]:
    return tuple(dict.fromkeys(one for one in (declared, *(fragment.declared for fragment in document.fragments)) if one is not None))


def _labelled(fragment: Fragment, text: str, guess: Guess) -> Fragment:
    """The fragment with its language. What markup declares stands, unless the text surely says otherwise."""
    stated = fragment.declared
    if stated is None or guess is NOTHING:
        return replace(fragment, language=guess.language, confidence=guess.confidence)
    if same_language(stated, guess.best):
        return replace(fragment, language=stated, confidence=1.0)
    contradicted = guess.confidence >= _STRONG and len(words_of(text)) >= _STRONG_WORDS
    return replace(fragment, language=guess.language if contradicted else stated, confidence=guess.confidence if contradicted else 1.0)


def _main(texts: Sequence[str], guesses: Sequence[Guess], declared: Language | None) -> Language:
    shares = _shares(texts, guesses)
    if not shares:
        return declared or UNDETERMINED
    first = shares[0]
    if declared is not None and (same_language(declared, first.language) or not first.strong):
        return declared
    return first.language


def _shares(texts: Sequence[str], guesses: Sequence[Guess]) -> list[LanguageShare]:
    return _ranked((guess.language, guess.confidence, len(words_of(text[:2000]))) for text, guess in zip(texts, guesses, strict=True))


def _ranked(passages: Iterable[tuple[Language, float, int]]) -> list[LanguageShare]:
    """Shares of the languages of passages (language, confidence, number of words), the greatest first."""
    words: dict[Language, int] = {}
    fragments: dict[Language, int] = {}
    strong: set[Language] = set()
    for language, confidence, number in passages:
        if language in _NOT_LANGUAGES or not number:
            continue
        words[language] = words.get(language, 0) + min(number, _MOST_WORDS)
        fragments[language] = fragments.get(language, 0) + 1
        if confidence >= _STRONG and (
            number >= _STRONG_WORDS or script_of_language(language) in ("Hani", "Jpan", "Thai", "Laoo", "Khmr", "Mymr")
        ):
            strong.add(language)
    total = sum(words.values())
    ranked = [
        LanguageShare(language=one, share=words[one] / total, fragments=fragments[one], words=words[one], strong=one in strong)
        for one in words
    ]
    return sorted(ranked, key=lambda share: (-share.words, share.language))


def languages_of(document: Document) -> tuple[LanguageShare, ...]:
    """The languages of an identified document with their shares, the main one first.

    For a mixed document without options the first is the target language; the source language is the next that is ``strong``.
    """
    return tuple(
        _ranked((fragment.language, fragment.confidence, len(words_of(readable(fragment)[:2000]))) for fragment in document.fragments)
    )


def refine(segments: Sequence[Segment], *, languages: Sequence[Language] = (), main: Language = UNDETERMINED) -> tuple[Segment, ...]:
    """The segments with the languages of sentences that differ from their fragment's.

    Segments carry the language of their fragment. Where a fragment has several, each sentence of four words or more is judged among
    ``languages``, ``main``, the fragment's language and the background, and keeps the fragment's language unless it is almost surely in
    another. Sentences of an ``und`` fragment get the language they show.
    """
    asked: list[int] = []
    for _, group in groupby(range(len(segments)), key=lambda at: segments[at].fragment):
        members = list(group)
        if len(members) > 1:
            asked += [at for at in members if segments[at].language != NO_LANGUAGE]
    expected = tuple(dict.fromkeys(one for one in (*languages, main) if one not in _NOT_LANGUAGES))
    texts = [readable(segments[at]) for at in asked]
    refined = list(segments)
    for at, text, guess in zip(asked, texts, detect_texts(texts, languages=expected), strict=True):
        segment = segments[at]
        if guess.language in _NOT_LANGUAGES or same_language(guess.language, segment.language):
            continue
        unknown = segment.language == UNDETERMINED
        if unknown or (guess.confidence >= _STRONG and len(words_of(text)) >= _STRONG_WORDS):
            refined[at] = replace(segment, language=guess.language)
    return tuple(refined)
