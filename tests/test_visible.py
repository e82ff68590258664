"""What could drive a terminal, or deceive a reader, is seen: never obeyed, never hidden."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcmp.visible import figure, hidden_offsets, percent, visible, visible_each, visible_line

JOINERS = "\u200c\u200d"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x9b31m", "<U+009B>31m"),
        ("a\x00b\x07\x08\r\x7f", "a␀b␇␈␍␡"),
        ("pass\u200bword", "pass<U+200B>word"),
        ("soft\u00adhyphen", "soft<U+00AD>hyphen"),
        ("\u202eevil\u202c", "<U+202E>evil<U+202C>"),
        ("\u2066a\u2069", "<U+2066>a<U+2069>"),
        ("\ufeffmark", "<U+FEFF>mark"),
        ("line\u2028line\u2029", "line<U+2028>line<U+2029>"),
        ("tag\U000e0041\U000e007f", "tag<U+E0041><U+E007F>"),
        ("half \ud83d", "half <U+D83D>"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("می\u200cخواهم 👩\u200d🔬", "می\u200cخواهم 👩\u200d🔬"),
        ("perché costa 5 €", "perché costa 5 €"),
    ],
)
def test_what_is_hidden_gets_a_mark(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_on_one_line_tab_and_line_end_have_marks_too() -> None:
    assert visible_line("a\tb\nc\r\nd") == "a␉b␊c␍␊d"


def test_no_control_and_no_change_of_direction_of_all_unicode_is_left() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    left = visible_line(every)
    assert [hex(ord(char)) for char in left if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")] == []
    bidi = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}
    assert {char for char in left if unicodedata.bidirectional(char) in bidi and char.isprintable()} == set()
    assert {char for char in left if unicodedata.category(char) == "Cf" and unicodedata.bidirectional(char) == "BN"} <= {
        *JOINERS,
        *_SHAPING,
    }


_SHAPING = "".join(map(chr, range(0x1BCA0, 0x1BCA4))) + "".join(map(chr, range(0x1D173, 0x1D17B)))
"""Controls of shorthand and of musical notation."""


@given(st.text())
def test_in_cells_every_character_keeps_its_place(text: str) -> None:
    shown = visible_each(text)
    assert len(shown) == len(text)
    assert hidden_offsets(shown) == []
    assert [at for at, (one, other) in enumerate(zip(text, shown, strict=True)) if one != other] == hidden_offsets(text)


@pytest.mark.parametrize(
    ("share", "two", "three", "whole", "tenths"),
    [
        (0.0, "0.00", "0.000", "0", "0.0"),
        (0.5, "0.50", "0.500", "50", "50.0"),
        (0.994, "0.99", "0.994", "99", "99.4"),
        (0.9996, "0.99", "0.999", "99", "99.9"),
        (1.0, "1.00", "1.000", "100", "100.0"),
    ],
)
def test_what_is_below_one_is_never_rounded_up_to_it(share: float, two: str, three: str, whole: str, tenths: str) -> None:
    assert (figure(share), figure(share, 3), percent(share), percent(share, 1)) == (two, three, whole, tenths)
