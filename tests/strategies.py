"""Hypothesis strategies that the test modules share."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from transcmp.model import Mark, Passage, Piece, Span

SCRIPTS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àèéìòùçñöäüßøåæœąęłńšžțșőű",
    "абвгдежзийклмнопрстуфхцчшщьюяєіїґ",
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "あいうえおかきくけこカキクケコ日本語中文漢字。、「」",
    "אבגדהוזחטיכלמנסעפצקרשת",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "กขคงจฉชซญดตถนบปผพมยรลวสห",
    "한국어번역문장비교",
)
"""Letters of the scripts that documents come in."""
SPACES = " \t\n\r\u00a0\u2009\u202f\u3000"
PUNCTUATION = ".,;:!?…-–—'\"’“”«»‹›()[]{}<>*_`#|~\\/&%@=+$€0123456789"
ODD = "\x00\x07\x1b\u0301\u200b\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\U0001f600\U0001f468\U0001f1ee\U0010ffff"
"""Controls, combining marks, joiners, bidirectional controls, emoji, the last code point."""


def texts(*, min_size: int = 0, max_size: int = 60, odd: bool = True) -> st.SearchStrategy[str]:
    """Text as files have it, in many scripts, with line ends of all kinds; ``odd``: with what hurts. Never a lone surrogate."""
    alphabet = st.one_of(
        st.sampled_from(SCRIPTS[0]),
        st.sampled_from("".join(SCRIPTS)),
        st.sampled_from(SPACES),
        st.sampled_from(PUNCTUATION),
        *((st.sampled_from(ODD), st.characters(codec="utf-8")) if odd else ()),
    )
    return st.lists(alphabet, min_size=min_size, max_size=max_size).map("".join)


def words(*, scripts: tuple[str, ...] = SCRIPTS[:1]) -> st.SearchStrategy[str]:
    """A made-up word in one of the scripts."""
    return st.sampled_from(scripts).flatmap(lambda letters: st.text(st.sampled_from(letters), min_size=1, max_size=9))


def sentences(*, scripts: tuple[str, ...] = SCRIPTS[:1], max_words: int = 8) -> st.SearchStrategy[str]:
    """Words with spaces between and a full stop behind."""
    return st.lists(words(scripts=scripts), min_size=1, max_size=max_words).map(lambda chosen: " ".join(chosen) + ".")


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    """A span, perhaps empty, in a text of ``length`` code points."""
    start = draw(st.integers(0, length))
    return Span(start, draw(st.integers(start, length)))


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, Passage]:
    """A document's text and a passage of it: verbatim stretches, replaced ones (an entity, a soft line end) and skipped markup."""
    text = ""
    pieces: list[Piece] = []
    marks: list[Mark] = []
    words_so_far = 0
    for kind in draw(st.lists(st.sampled_from(("verbatim", "replaced", "skipped", "link", "anchor")), max_size=7)):
        start = len(text)
        if kind == "skipped":
            text += draw(texts(min_size=1, max_size=4))
        elif kind == "anchor":
            text += "{#a}"
            marks.append(Mark(kind="anchor", start=words_so_far, end=words_so_far, value="a", span=Span(start, len(text))))
        elif kind == "replaced":
            text += draw(texts(min_size=1, max_size=5))
            pieces.append(Piece(start, len(text), draw(texts(min_size=1, max_size=2))))
        else:
            inner = draw(texts(min_size=1, max_size=10))
            before, behind = ("[", "](u)") if kind == "link" else ("", "")
            text += before + inner + behind
            pieces.append(Piece(start + len(before), start + len(before) + len(inner)))
            if kind == "link":
                mark = {"kind": "link", "value": "u", "span": Span(start, len(text))}
                marks.append(Mark(start=words_so_far, end=words_so_far + len(inner), **mark))
        words_so_far += len(pieces[-1]) if pieces and pieces[-1].start >= start else 0
    text += draw(texts(max_size=4))
    shown = "".join(text[piece.start : piece.end] if piece.text is None else piece.text for piece in pieces)
    return text, Passage(text=shown, pieces=tuple(pieces), marks=tuple(marks))


def json_values(*, max_leaves: int = 10) -> st.SearchStrategy[Any]:
    """What JSON and TOML can hold, for settings and stored files."""
    leaves = st.one_of(st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), texts(max_size=10))
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts(max_size=8), inner, max_size=4), max_leaves=max_leaves
    )
