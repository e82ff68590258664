"""Kept alignments come back, whole or as far as they still hold."""

from __future__ import annotations

import pytest

from tests.decisions.build import comparison, side
from transcmp.decisions import load_alignment, save_alignment
from transcmp.errors import ConfigError
from transcmp.model import Bead

SOURCE = "One house. Two dogs. Three cats. Four birds."
TARGET = "Una casa. Due cani. Tre gatti. Quattro uccelli."


def kept(folder, source: str, target: str, path: str = "it.md"):
    return load_alignment(folder, side(source, "en.md", "en"), side(target, path, "it"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / ".transcmp"
    save_alignment(folder, comparison(SOURCE, TARGET).alignment, pinned=[1])
    return folder


def test_unchanged_files_get_the_whole_alignment(folder):
    found = kept(folder, SOURCE, TARGET)
    assert found.fresh
    assert found.beads == comparison(SOURCE, TARGET).alignment.beads
    assert found.pinned == (1,)
    assert found.signature == "test"
    assert (folder / "alignments" / "it.md.json").is_file()


def test_after_an_edit_the_beads_that_hold_are_found_again(folder):
    found = kept(
        folder, "Zero. " + SOURCE.replace("Three cats.", "Three tigers."), "Una casa. Ancora. Due cani. Tre gatti. Quattro uccelli."
    )
    assert not found.fresh
    assert [(bead.source, bead.target) for bead in found.beads] == [((1,), (0,)), ((2,), (2,)), ((4,), (4,))]
    assert found.pinned == (1,)


def test_nothing_is_kept_for_others(folder):
    assert kept(folder, SOURCE, TARGET, "fr.md") is None
    assert load_alignment(folder, side(SOURCE, "other.md", "en"), side(TARGET, "it.md", "it")) is None


def test_one_target_of_two_sources_keeps_both(folder):
    other = "A house. A dog. A cat. A bird."
    save_alignment(folder, comparison(other, TARGET, paths=("other.md", "it.md")).alignment, pinned=[2])
    assert kept(folder, SOURCE, TARGET).pinned == (1,)
    found = load_alignment(folder, side(other, "other.md", "en"), side(TARGET, "it.md", "it"))
    assert (found.fresh, found.pinned) == (True, (2,))
    save_alignment(folder, comparison(SOURCE, TARGET).alignment, pinned=[3])
    assert kept(folder, SOURCE, TARGET).pinned == (3,)


def test_a_damaged_file_is_an_error(folder):
    (folder / "alignments" / "it.md.json").write_text("{", encoding="utf-8")
    with pytest.raises(ConfigError, match="not a kept alignment"):
        kept(folder, SOURCE, TARGET)


@pytest.mark.parametrize("path", ["a/b/../it.md", "a\n:*?<b>.md", "x" * 240 + ".md", "../outside.md", "a%2E.md"])
def test_any_path_has_a_place(folder, path):
    one = comparison(SOURCE, TARGET, paths=("en.md", path)).alignment
    file = save_alignment(folder, one)
    assert file.resolve().is_relative_to(folder.resolve())
    found = kept(folder, SOURCE, TARGET, path)
    assert found is not None
    assert found.fresh


def test_moved_beads_keep_their_mark(folder):
    alignment = comparison(SOURCE, TARGET).alignment
    beads = (Bead(source=(0, 1), target=(2,), score=0.5, moved=True), *alignment.beads[3:])
    import msgspec

    save_alignment(folder, msgspec.structs.replace(alignment, beads=beads))
    assert kept(folder, SOURCE, TARGET).beads == beads
