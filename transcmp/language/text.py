"""What of a text speaks for a language: words, without addresses, placeholders and identifiers."""

from __future__ import annotations

import re

from transcmp.model import Passage

_SUSPECT = re.compile(r"[/@_%\\$&.(\x00-\x08\ud800-\udfff]")
"""Characters that may belong to one of the patterns below; finding them is cheap, matching the patterns is not."""

_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,300}>")
_BRACES = re.compile(r"\$?\{[^{}]{0,80}\}")

# What begins anywhere is bounded, so that hostile text takes linear time.
_NOISE = re.compile(
    r"""
      [a-z][a-z0-9+.-]{0,20}://[!-~]+                   # an address; ASCII only, so that it ends where Chinese text goes on
    | \bwww\.[!-~]+
    | \b(?:mailto|tel):[!-~]+
    | [a-z0-9.+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)*     # an e-mail, a user's name
    | @[a-z0-9-]+(?:/[a-z0-9.-]+)*                      # a decorator, a package
    | (?<![\w/])(?:\.{1,2}|~)?/[a-z0-9.@-]+(?:/[a-z0-9.@-]*)*   # a path
    | \b[a-z0-9-]{1,80}(?:/[a-z0-9.-]+){2,}
    | \b\w{1,80}(?:\.\w{1,80}){0,10}\(\)                # a call
    | \b[a-z0-9]*_\w*                                   # an identifier
    | \b[a-z0-9-]{2,63}(?:\.[a-z0-9-]{1,63}){0,10}\.(?-i:[a-z]{2,10})\b(?!['’])   # a host, a file name, an attribute
    | %(?:\(\w+\))?[-+\#0]*\d*(?:\.\d+)?[sdifgr]\b      # a placeholder
    | \$\w+
    | &\#?\w{1,10};                                     # an entity
    | [\x00-\x08\ud800-\udfff]
    """,
    re.VERBOSE | re.IGNORECASE,
)

_MOST_CHARACTERS = 4000
_UPPER = "[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄΑ-Ω]"
_CAPITAL = re.compile(f" {_UPPER}")
_CAPITALISED = re.compile(r"(?<=[\w,;)]) [A-ZÀ-ÖØ-ÞА-ЯЁІЇЄΑ-Ω][^\W\d_]*(?:['’-][^\W\d_]+)*")
_LINK = r"(?:['’-]|\s[a-zß-öø-ÿ]{1,5}(?:['’]|\s)(?:[a-zß-öø-ÿ]{1,3}\s)?|\s)"
_TITLE = re.compile(rf"(?<![\w-]){_UPPER}[^\W\d_]*(?:{_LINK}{_UPPER}[^\W\d_]*){{1,8}}(?![\w])")
"""``Bar Centrale``, ``Guida alla Riviera di Levante``: words with a capital, at most two short ones between them."""
_SMALL_WORD = re.compile(r"(?<![^\W\d_])[a-zß-öø-ÿа-яёіїєά-ώ][^\W\d_]*")
_FEWEST_SMALL_WORDS = 3
_INNER_CAPITAL = re.compile(r"[A-Za-z][A-Z]")
_NAME = re.compile(r"\b[A-Za-z]*[a-z][A-Z][A-Za-z]*\b|\b[A-Z]{2,5}s?\b")

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")

_DROPPED_MARKS = ("code", "placeholder", "html", "comment", "include")


def clean(text: str) -> str:
    """The text without what has no language: addresses, paths, placeholders, identifiers, tags, control characters.

    Each is replaced by a space, so that its neighbours stay apart; offsets change. Of a long text no more than 4,000 characters from the
    first letter on are looked at: no model reads further.
    """
    if len(text) > _MOST_CHARACTERS:
        first = _LETTER.search(text)
        start = first.start() if first else 0
        text = text[start : start + _MOST_CHARACTERS]
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "{" in text:
        text = _BRACES.sub(" ", text)
    suspect = _SUSPECT.search(text)
    if suspect is None:
        return text
    parts: list[str] = []
    done = 0
    while suspect is not None:
        at = suspect.start()
        if text[at] == "." and not (text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()):
            suspect = _SUSPECT.search(text, at + 1)
            continue
        start = max(done, text.rfind(" ", 0, at) + 1)
        end = text.find(" ", at)
        end = len(text) if end < 0 else end
        parts += (text[done:start], _NOISE.sub(" ", text[start:end]))
        done = end
        suspect = _SUSPECT.search(text, end)
    parts.append(text[done:])
    return "".join(parts)


def without_names(text: str) -> str:
    """Clean text without names, as far as capitals tell; they are the same in all languages, or of another one than their sentence.

    ``FastAPI``, ``iPhone``, ``URLs`` go, and ``HTTP`` where the rest is not in capitals; then nothing may remain. Where one word in four
    has a capital inside the sentence (``He told Corriere della Sera that ...``), these go too if three words in small letters remain.
    """
    if _INNER_CAPITAL.search(text) is not None and not text.isupper():
        text = " ".join(_NAME.sub(" ", text).split())
    if len(_CAPITAL.findall(text)) * 4 >= text.count(" ") + 1:
        left = _CAPITALISED.sub("", text)
        if len(_SMALL_WORD.findall(left)) >= _FEWEST_SMALL_WORDS:
            return left
    return text


def without_titles(text: str) -> str:
    """Clean text without runs of words with capitals, the short words between them included, if three words in small letters remain.

    ``For more, see Guida alla Riviera di Levante`` is English, whatever most of its words are. German nouns go with their articles,
    too: this is for texts of which the whole tells too little.
    """
    left = _TITLE.sub(" ", text)
    return left if left != text and len(_SMALL_WORD.findall(left)) >= _FEWEST_SMALL_WORDS else text


def has_letters(text: str) -> bool:
    """Whether there is a letter of any script."""
    return _LETTER.search(text) is not None


def words_of(text: str) -> list[str]:
    """The words, as written: runs of letters, with apostrophes inside; a run of Han or kana is one word."""
    return _WORD.findall(text)


def readable(passage: Passage) -> str:
    """A passage's text without inline code, placeholders and raw markup, which belong to no language."""
    cut = [mark for mark in passage.marks if mark.end > mark.start and mark.kind in _DROPPED_MARKS]
    if not cut:
        return passage.text
    parts: list[str] = []
    at = 0
    for mark in cut:
        if mark.start >= at:
            parts += (passage.text[at : mark.start], " ")
        at = max(at, mark.end)
    parts.append(passage.text[at:])
    return "".join(parts)


_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_QUOTED = re.compile(r"""\s*(?:[«»„“”"「『][^«»„“”"「」『』]*[»«”“"」』]|[‚‘'][^‘]*[’‘'])[\s.,;:!?]*""")

RUNNING_WORDS = 4
"""Words that a text needs to be more than a name, a title or a loan word."""

_SMALL_WORDS = 2
_UNSPACED_LETTERS = 8


def is_running(text: str) -> bool:
    """Whether a text is long and plain enough that its language cannot be that of a name or a loan word.

    Four words, two of them in small letters where the script has such; eight letters in a script without spaces.
    """
    words = words_of(text)
    if len(words) < RUNNING_WORDS:
        return len(_UNSPACED.findall(text)) >= _UNSPACED_LETTERS
    return sum(not word[0].isupper() for word in words) >= _SMALL_WORDS or text.isupper()


def is_quoted(text: str) -> bool:
    """Whether quotation marks enclose the whole text."""
    return _QUOTED.fullmatch(text) is not None


_ENCLOSED = re.compile(
    '«[^«»]*»|»[^«»]*«|“[^“”]*”|„[^“”„]*[“”]|"[^"]*"|‘[^‘]*’|「[^」]*」|『[^』]*』|‹[^›]*›|\\([^()]*\\)|\\[[^\\[\\]]*\\]'
)


def is_enclosed(text: str, start: int, end: int) -> bool:
    """Whether quotation marks or brackets stand around ``text[start:end]``: a title, a quotation, the original of a term."""
    return any(one.start() < start and end < one.end() for one in _ENCLOSED.finditer(text))


def without_quotations(text: str) -> str:
    """The text without what stands in quotation marks or brackets."""
    return _ENCLOSED.sub(" ", text)
