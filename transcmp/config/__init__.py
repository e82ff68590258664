"""Settings of a project: ``transcmp.toml``, or ``[tool.transcmp]`` in ``pyproject.toml``.

``load`` finds and reads them, ``Settings`` says what can be set, ``Pattern`` matches both sides' file names.
"""

from __future__ import annotations

from transcmp.config.layouts import LAYOUTS
from transcmp.config.patterns import Captured, Pattern
from transcmp.config.project import FOLDER, NAME, Project, inside, line_of_key, load, read_settings
from transcmp.config.settings import FailOn, Ignore, Pair, Rule, RuleLevel, Settings, Thresholds

__all__ = [
    "FOLDER",
    "LAYOUTS",
    "NAME",
    "Captured",
    "FailOn",
    "Ignore",
    "Pair",
    "Pattern",
    "Project",
    "Rule",
    "RuleLevel",
    "Settings",
    "Thresholds",
    "inside",
    "line_of_key",
    "load",
    "read_settings",
]
