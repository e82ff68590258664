"""Languages of documents: the main one, each fragment's, and each sentence's where a fragment is mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from transcmp.errors import LanguageError
from transcmp.language.detection import MIN_CONFIDENCE, Guess, detect_texts
from transcmp.language.runs import embedded_runs
from transcmp.language.tags import language_of_path, parse_language, same_language
from transcmp.language.text import is_enclosed, is_quoted, is_running, readable, without_quotations, words_of
from transcmp.model import NO_LANGUAGE, UNDETERMINED, Document, Fragment, Language, Segment

_NOT_LANGUAGES = (UNDETERMINED, NO_LANGUAGE)

STRONG = 0.95
"""Confidence from which a running passage alone shows that a language is there, or overrules what is declared."""

_LONG = 60
"""Characters from which a fragment is asked first, when nothing is known yet; short ones are unsure without a pair of languages."""

_MOST_WORDS = 150
"""Words of one fragment that count for a language's share; no model reads more of a text either."""

_CLOSE = 0.8
"""Ratio of the second language's words to the first's from which langdetect decides which is the main one."""

_LONG_RUN = 7
"""Words of a run inside a fragment that show that its language is there."""

_BILINGUAL = frozenset({"po", "xliff", "tmx", "tsv", "jsonl"})
"""Formats with both sides in one file: its name speaks for one of them only."""

_LANGUAGE_KEYS = ("lang", "language", "locale")


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
    """Whether a running passage that is no quotation is in it almost certainly; names, credits, titles and quotes alone are not strong."""


class Contradiction(Struct, frozen=True, kw_only=True):
    """Passages whose text is not in the language that is declared for them."""

    declared: Language
    found: Language
    fragments: tuple[int, ...]
    """Ids of the fragments that contradict, in order."""
    whole: bool
    """Whether the file, its name or its header declares it for the whole document; else markup around the fragments."""


class _Text(Struct, frozen=True):
    """What is asked about one fragment."""

    fragment: Fragment
    text: str


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
    asked = [_Text(one, "" if one.kind == "code" and not code else readable(one)) for one in document.fragments]
    texts = [one.text for one in asked]
    declared = declared_language(document)
    stated = tuple(dict.fromkeys(one for one in (declared, *(one.fragment.declared for one in asked)) if one is not None))
    expected = tuple(languages) or _present(texts, stated, detector) or stated
    guesses = detect_texts(texts, languages=expected, closed=closed, detector=detector, min_confidence=min_confidence)
    trusted = frozenset(tag for tag in stated if _is_trusted(tag, asked, guesses))
    fragments = tuple(_labelled(one, guess, trusted) for one, guess in zip(asked, guesses, strict=True))
    return replace(document, fragments=fragments, language=_main(asked, guesses, declared), declared=declared)


def _present(texts: Sequence[str], stated: Sequence[Language], detector: str) -> tuple[Language, ...]:
    """The languages that running passages are surely in, or else the one with the most words; the commonest first."""
    sample = [text for text in texts if len(text) >= _LONG] or texts
    words: Counter[Language] = Counter()
    sure: set[Language] = set()
    for text, guess in zip(sample, detect_texts(sample, languages=stated, detector=detector), strict=True):
        if guess.language not in _NOT_LANGUAGES:
            words[guess.language] += min(_MOST_WORDS, len(words_of(text[:2000])))
            if guess.confidence >= STRONG and is_running(text):
                sure.add(guess.language)
    ranked = sorted(words, key=lambda one: (-words[one], one))
    return tuple(one for one in ranked if one in sure) or tuple(ranked[:1])


def declared_language(document: Document) -> Language | None:
    """The language declared for a document as a whole: by the format, its front matter (``lang: it``), or the file's name."""
    if document.declared is not None:
        return document.declared
    for key, value in document.metadata:
        if key.lower() in _LANGUAGE_KEYS:
            try:
                return parse_language(value)
            except LanguageError:
                continue
    return None if document.format in _BILINGUAL else language_of_path(document.path)


def _contradicts(tag: Language, text: str, guess: Guess) -> bool:
    sure = guess.confidence >= STRONG and guess.best not in _NOT_LANGUAGES
    return sure and not same_language(tag, guess.best) and is_running(text)


def _is_trusted(tag: Language, asked: Sequence[_Text], guesses: Sequence[Guess]) -> bool:
    """Whether the running text under a declaration mostly confirms it: ``lang="en"`` is copied from template to template."""
    balance = 0
    for one, guess in zip(asked, guesses, strict=True):
        if one.fragment.declared == tag and guess.confidence >= STRONG and is_running(one.text):
            balance += len(one.text) if same_language(tag, guess.best) else -len(one.text)
    return balance >= 0


def _labelled(one: _Text, guess: Guess, trusted: frozenset[Language]) -> Fragment:
    """The fragment with its language. What markup declares stands, unless the text surely says otherwise."""
    stated = one.fragment.declared
    if stated in trusted and guess.language != NO_LANGUAGE and not _contradicts(stated, one.text, guess):
        return replace(one.fragment, language=stated, confidence=1.0)
    return replace(one.fragment, language=guess.language, confidence=guess.confidence)


def _main(asked: Sequence[_Text], guesses: Sequence[Guess], declared: Language | None) -> Language:
    """The language with the most words. A declared one wins unless running text in another has more."""
    shares = _ranked((one.fragment, one.text, guess.language, guess.confidence) for one, guess in zip(asked, guesses, strict=True))
    if not shares:
        return declared or UNDETERMINED
    first = shares[0]
    if declared is not None and (same_language(declared, first.language) or not first.strong):
        return declared
    if len(shares) > 1 and shares[1].words >= _CLOSE * first.words:
        from transcmp.language.models import langdetect

        text = " ".join(one.text for one in asked)
        if same_language(langdetect.prefer(text, first.language, shares[1].language), shares[1].language):
            return shares[1].language
    return first.language


def _ranked(passages: Iterable[tuple[Fragment, str, Language, float]]) -> list[LanguageShare]:
    """Shares of the languages of passages, the greatest first."""
    words: Counter[Language] = Counter()
    fragments: Counter[Language] = Counter()
    strong: set[Language] = set()
    for fragment, text, language, confidence in passages:
        if language in _NOT_LANGUAGES:
            continue
        words[language] += min(_MOST_WORDS, max(1, len(words_of(text[:2000]))))
        fragments[language] += 1
        if language not in strong and confidence >= STRONG and fragment.kind != "quote" and _shows(text, language):
            strong.add(language)
    total = words.total()
    ranked = sorted(words, key=lambda one: (-words[one], one))
    return [
        LanguageShare(language=one, share=words[one] / total, fragments=fragments[one], words=words[one], strong=one in strong)
        for one in ranked
    ]


def _shows(text: str, language: Language) -> bool:
    """Whether a text that was told to be in a language is running text in it also without its quotations."""
    if not is_running(text) or is_quoted(text):
        return False
    own = without_quotations(text)
    if len(own) == len(text) or not is_running(own):
        return True
    return same_language(detect_texts([own], languages=[language])[0].best, language)


def languages_of(document: Document) -> tuple[LanguageShare, ...]:
    """The languages of an identified document with their shares, the one with the most words first.

    For a mixed document without options the first is the target language; the source language is the next that is ``strong``. Where no
    fragment shows a second language, a sentence's length of words inside one may.
    """
    ranked = _ranked((one, readable(one), one.language, one.confidence) for one in document.fragments)
    if not ranked or not ranked[0].strong or sum(share.strong for share in ranked) > 1:
        return tuple(ranked)
    return (*ranked, *_inside(document, ranked[0]))


def _inside(document: Document, main: LanguageShare) -> list[LanguageShare]:
    """Languages of long runs of words inside fragments of the main language; quotations, titles and what is in brackets do not count."""
    words: Counter[Language] = Counter()
    fragments: Counter[Language] = Counter()
    for fragment in document.fragments:
        if fragment.language != main.language or fragment.kind in ("code", "quote"):
            continue
        text = readable(fragment)
        runs = [
            run
            for run in embedded_runs(text, main=main.language, min_words=_LONG_RUN)
            if not is_enclosed(text, run.start, run.end) and not is_quoted(text)
        ]
        words.update({run.language: run.words for run in runs})
        fragments.update({run.language for run in runs})
    return [
        LanguageShare(language=one, share=words[one] / (main.words / main.share), fragments=fragments[one], words=words[one], strong=True)
        for one in sorted(words, key=lambda one: (-words[one], one))
    ]


def contradictions(document: Document) -> tuple[Contradiction, ...]:
    """Where an identified document's running text is surely not in the language declared for it: the file as a whole, then markup."""
    found: dict[tuple[Language, Language], list[int]] = {}
    whole = declared_language(document)
    of_file: list[int] = []
    for fragment in document.fragments:
        text = readable(fragment)
        if fragment.language in _NOT_LANGUAGES or fragment.confidence < STRONG or not is_running(text):
            continue
        if fragment.declared is not None and not same_language(fragment.declared, fragment.language):
            found.setdefault((fragment.declared, fragment.language), []).append(fragment.id)
        elif whole is not None and same_language(fragment.language, document.language) and not same_language(whole, fragment.language):
            of_file.append(fragment.id)
    results = [Contradiction(declared=tags[0], found=tags[1], fragments=tuple(ids), whole=False) for tags, ids in found.items()]
    if whole is not None and of_file:
        results.insert(0, Contradiction(declared=whole, found=document.language, fragments=tuple(of_file), whole=True))
    return tuple(results)


def refine(segments: Sequence[Segment], *, languages: Sequence[Language] = (), main: Language = UNDETERMINED) -> tuple[Segment, ...]:
    """The segments with the languages of sentences that differ from their fragment's.

    Segments carry the language of their fragment. Where a fragment has several, each sentence is judged among ``languages``, ``main`` and
    the background, and keeps the fragment's language unless it is running text surely in another. Sentences of an ``und`` fragment get the
    language they show.
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
        own = segments[at].language
        if guess.language in _NOT_LANGUAGES or same_language(guess.language, own):
            continue
        if own == UNDETERMINED or (guess.confidence >= STRONG and is_running(text)):
            refined[at] = replace(segments[at], language=guess.language)
    return tuple(refined)
