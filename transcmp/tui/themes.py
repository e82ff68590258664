"""The colours: two palettes of our own, and two made of the sixteen colours that every terminal has."""

from __future__ import annotations

import os

from textual.theme import Theme

DARK = Theme(
    name="transcmp-dark",
    dark=True,
    primary="#7aa2d6",
    secondary="#b39ddb",
    accent="#e0b35a",
    foreground="#d5d8de",
    background="#181a1e",
    surface="#202429",
    panel="#2a2e35",
    success="#7fb28a",
    warning="#e0a35a",
    error="#ec7f7f",
    variables={"quiet": "#7d8593", "faint": "#3c4350", "code": "#8fc1c9"},
)
"""Dark, of low contrast where nothing is wrong. The backgrounds are nearly grey, so that terminals with 256 colours show them grey too."""

LIGHT = Theme(
    name="transcmp-light",
    dark=False,
    primary="#28598f",
    secondary="#6a4a9c",
    accent="#8a5a00",
    foreground="#24292f",
    background="#fbfaf7",
    surface="#f4f2ec",
    panel="#eae7de",
    success="#3d7a4a",
    warning="#9a5b00",
    error="#b3261e",
    variables={"quiet": "#6b7078", "faint": "#cfccc2", "code": "#1f6f78"},
)
"""Light, like paper."""

# The RGB values are those by which Rich maps a colour to the sixteen of the terminal, so each comes out as the colour that is meant.
DARK_16 = Theme(
    name="transcmp-dark-16",
    dark=True,
    primary="#5555ff",
    secondary="#ff55ff",
    accent="#ffff55",
    foreground="#aaaaaa",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#00aa00",
    warning="#ffff55",
    error="#ff5555",
    variables={"quiet": "#555555", "faint": "#555555", "code": "#55ffff"},
)
"""For dark terminals with sixteen colours."""

LIGHT_16 = Theme(
    name="transcmp-light-16",
    dark=False,
    primary="#0000aa",
    secondary="#aa00aa",
    accent="#aa5500",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#ffffff",
    success="#00aa00",
    warning="#aa5500",
    error="#aa0000",
    variables={"quiet": "#555555", "faint": "#aaaaaa", "code": "#00aaaa"},
)
"""For light terminals with sixteen colours."""

THEMES = (DARK, LIGHT, DARK_16, LIGHT_16)


def choose(color_system: str | None) -> str:
    """The theme to begin with: by the number of colours, and by the background where the terminal tells it (``COLORFGBG``)."""
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    light = background in ("7", "15")
    few = color_system in ("standard", "windows")
    return f"transcmp-{'light' if light else 'dark'}{'-16' if few else ''}"


def next_theme(name: str, names: tuple[str, ...]) -> str:
    """The theme behind ``name``, round and round."""
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
