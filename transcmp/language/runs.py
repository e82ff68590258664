"""Runs of words in another language inside a text: a caption that goes on in English, a sentence of which half was translated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from transcmp.language.detection import detect_texts
from transcmp.language.models import ngrams, similarity
from transcmp.language.script import script_of, script_of_language
from transcmp.language.tags import model_code, same_language
from transcmp.language.text import RUNNING_WORDS, is_running
from transcmp.model import NO_LANGUAGE, UNDETERMINED, Language

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_SENTENCE_END = re.compile(r"[.!?…。！？](?:\W|$)|\n")

_SURE_WINDOW = 0.8
"""Confidence of a window of four words that is worth a closer look."""

_SURE_RUN = 0.95
"""Confidence that a run needs to be reported."""

_SWITCH = 2.5
"""Cost, in nats, of each change of language inside a text; a chance word or two of the other language do not pay it."""

_WORD_LIMIT = 3.0
"""Most that one word can say, in nats: one rare word must not decide."""

_WORD_SCALE = 0.5
"""What a word's log probability counts: more than in a whole text, where words repeat each other's evidence."""

_OWN_WORD = -1.5
"""Evidence that makes a word one of the main language; a run has at most one of them to six words (``path operation del callback``)."""

_CLEAR_WORDS = 2
"""Words of as much evidence for the other language that a run needs; ``Teatro alla Scala in`` has one."""

_MOST_WORDS = 2000
"""Words of a text that are looked at."""


class Run(Struct, frozen=True, order=True):
    """A run of words in another language than the text around it."""

    start: int
    """Offset of its first character in the text."""
    end: int
    """Offset behind its last character."""
    language: Language
    confidence: float
    """Probability of the language, 0..1, judged on the run alone."""
    words: int


class _Word(Struct, frozen=True):
    start: int
    end: int
    text: str
    is_first: bool
    """Whether it is the first of a sentence."""
    is_name: bool
    """Whether it begins with a capital that no start of a sentence, bracket or quotation explains."""


def embedded_runs(text: str, *, main: Language, languages: Sequence[Language] = (), min_words: int = RUNNING_WORDS) -> tuple[Run, ...]:
    """Runs of at least ``min_words`` words that are surely not in ``main``, in order, without overlap.

    ``languages`` are those to look for (``main`` among them does no harm); without them any language is. Names count as words of the run
    they follow, but a run needs two words that are none. Windows of words are tried with eldc first, so that text without a run costs
    about a microsecond a word and loads nothing; the borders are then found word by word with the n-gram tables of the two languages
    (Viterbi with two states). Text in another script than that of ``main`` is a run of its own.
    """
    if main in (UNDETERMINED, NO_LANGUAGE):
        return ()
    others = tuple(one for one in languages if not same_language(one, main))
    return () if languages and not others else _runs(text, main, others, min_words)


@lru_cache(maxsize=8192)  # texts: an editor asks for the same after every edit
def _runs(text: str, main: Language, others: tuple[Language, ...], min_words: int) -> tuple[Run, ...]:
    words = _words(text)
    if len(words) < min_words:
        return ()
    found: list[Run] = []
    for other in _suspects(text, words, main, others, min_words):
        for first, last in _stretches(words, main, other):
            run = _run(text, words[first : last + 1], main, other, min_words)
            if run is not None and all(run.end <= one.start or run.start >= one.end for one in found):
                found.append(run)
    return tuple(sorted(found))


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    for match in _WORD.finditer(text):
        if len(words) == _MOST_WORDS:
            break
        between = text[words[-1].end : match.start()] if words else "."
        first = _SENTENCE_END.search(between) is not None
        explained = first or any(mark in between for mark in ':;“«"(')
        words.append(_Word(match.start(), match.end(), match.group(), first, match.group()[0].isupper() and not explained))
    return words


def _suspects(text: str, words: list[_Word], main: Language, others: tuple[Language, ...], size: int) -> list[Language]:
    """The languages, other than ``main``, that some window of words surely is in; the most frequent first."""
    expected = (main, *others)
    windows = [text[words[at].start : words[min(at + size, len(words)) - 1].end] for at in range(0, max(1, len(words) - size + 1), 2)]
    if (len(words) - size) % 2:
        windows.append(text[words[-size].start : words[-1].end])
    own = model_code(main)
    if similarity.available():
        codes = frozenset(map(model_code, expected)) if others else frozenset()
        windows = [window for window, code in zip(windows, similarity.likeliest(windows, codes), strict=True) if code not in (own, "und")]
    counts: dict[Language, int] = {}
    for guess in detect_texts(windows, languages=expected, min_confidence=_SURE_WINDOW):
        if guess.language in (UNDETERMINED, NO_LANGUAGE) or same_language(guess.language, main):
            continue
        if not others or any(same_language(guess.language, one) for one in others):
            counts[guess.language] = counts.get(guess.language, 0) + 1
    return sorted(counts, key=lambda one: (-counts[one], one))


def _stretches(words: list[_Word], main: Language, other: Language) -> Iterator[tuple[int, int]]:
    """First and last word of each stretch that is likelier in ``other``, switching as rarely, and as late, as the words allow."""
    in_main, in_other = 0.0, -_SWITCH
    came: list[tuple[bool, bool]] = []
    for word in words:
        from_other, from_main = in_other - _SWITCH, in_main - _SWITCH
        came.append((from_other >= in_main, from_main >= in_other))
        in_main, in_other = max(in_main, from_other), max(in_other, from_main) + _evidence(word, main, other)
    inside = in_other > in_main
    last = len(words) - 1
    for at in range(len(words) - 1, -1, -1):
        if not came[at][inside]:
            continue
        if inside:
            yield at, last
        inside, last = not inside, at - 1
    if inside:
        yield 0, last


def _evidence(word: _Word, main: Language, other: Language) -> float:
    """How much likelier a word is in ``other`` than in ``main``, in nats, within limits; a name says nothing."""
    scripts = script_of_language(main), script_of_language(other)
    if scripts[0] != scripts[1]:
        own = script_of(word.text)
        return _WORD_LIMIT if own == scripts[1] else -_WORD_LIMIT if own == scripts[0] else 0.0
    if word.is_name:
        return 0.0
    spoken = ngrams.scores(ngrams.words_of(word.text), (model_code(main), model_code(other)))
    if len(spoken) < 2:
        return 0.0
    difference = _WORD_SCALE * (spoken[model_code(other)] - spoken[model_code(main)])
    return max(-_WORD_LIMIT, min(_WORD_LIMIT, difference))


def _run(text: str, words: list[_Word], main: Language, other: Language, least: int) -> Run | None:
    words = _within_sentence(words)
    if len(words) < least:
        return None
    start, end = words[0].start, words[-1].end
    inside = text[start:end]
    guess = detect_texts([inside], languages=(main, other))[0]
    if not same_language(guess.language, other) or guess.confidence < _SURE_RUN or not is_running(inside):
        return None
    in_capitals = text.isupper() and script_of_language(main) == script_of_language(other)
    if inside.isupper() and not in_capitals:  # POST, GET, PUT: names
        return None
    evidence = [_evidence(word, main, other) for word in words]
    if sum(value > -_OWN_WORD for value in evidence) < _CLEAR_WORDS or 6 * sum(value < _OWN_WORD for value in evidence) > len(words):
        return None
    return Run(start, end, other, guess.confidence, len(words))


def _within_sentence(words: list[_Word]) -> list[_Word]:
    """The run without one or two words that belong to the sentence before or behind it."""
    for at in (len(words) - 1, len(words) - 2):
        if at > 0 and words[at].is_first:
            words = words[:at]
            break
    for at in (2, 1):
        if len(words) > at and words[at].is_first and not words[0].is_first:
            return words[at:]
    return words
