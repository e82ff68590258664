from __future__ import annotations

import os
from pathlib import Path

import pytest

from transcmp.errors import UsageError
from transcmp.tui.editor import Place, command

ONE, OTHER = str(Path("/a.md").absolute()), str(Path("/b c.md").absolute())
BOTH = [Place(ONE, 3), Place(OTHER, 12)]


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vim", ["vim", "+3", "-c", "wincmd w | 12", "-c", "wincmd t", "-O", ONE, OTHER]),
        ("/usr/bin/nvim -n", ["/usr/bin/nvim", "-n", "+3", "-c", "wincmd w | 12", "-c", "wincmd t", "-O", ONE, OTHER]),
        ("nano", ["nano", "+3", ONE, "+12", OTHER]),
        ("emacs -nw", ["emacs", "-nw", "+3", ONE, "+12", OTHER]),
        ("code", ["code", "--wait", "--goto", f"{ONE}:3", "--goto", f"{OTHER}:12"]),
        ("hx", ["hx", f"{ONE}:3", f"{OTHER}:12"]),
        ("some-editor", ["some-editor", ONE, OTHER]),
    ],
)
def test_each_editor_in_its_own_words(editor: str, words: list[str]) -> None:
    assert command(BOTH, {"EDITOR": editor}) == words


def test_visual_comes_before_editor() -> None:
    assert command(BOTH[:1], {"VISUAL": "vim", "EDITOR": "nano"}) == ["vim", "+3", ONE]


def test_a_path_that_begins_with_a_dash_is_no_option() -> None:
    words = command([Place("-x.md", 1)], {"EDITOR": "nano"})
    assert words[-1] == os.path.abspath("-x.md")  # noqa: PTH100


@pytest.mark.parametrize("environment", [{}, {"EDITOR": ""}, {"EDITOR": "  "}])
def test_without_an_editor_the_user_is_told(environment: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="no editor is set"):
        command(BOTH, environment)


def test_an_editor_with_half_a_quotation_is_told() -> None:
    with pytest.raises(UsageError, match="No closing quotation"):
        command(BOTH, {"EDITOR": 'vim -c "set nu'})
