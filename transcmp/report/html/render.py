"""Templates to pages: everything inline, and nothing else allowed to run."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from transcmp.report.scores import places
from transcmp.visible import figure as below_one
from transcmp.visible import percent, visible


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = Environment(loader=FunctionLoader(_asset), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["visible"] = visible
    made.filters["percent"] = _percent
    made.filters["score"] = below_one
    made.filters["figure"] = figure
    return made


def render(template: str, script: str, **values: Any) -> str:
    """A whole page. ``script`` names the JavaScript file; styles are the same on all pages."""
    style, code = _asset("report.css"), _asset("shared.js") + _asset(script)
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(code)}'; base-uri 'none'; form-action 'none'"
    return _environment().get_template(template).render(policy=policy, style=Markup(style), script=Markup(code), **values)


def _hash(text: str) -> str:
    """As in Content Security Policy Level 3, section 2.3.1."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def figure(value: float, name: str) -> str:
    """A score with the places that its kind has."""
    return f"{value:.{places(name)}f}"


def _percent(value: float | None) -> str:
    """A share for people."""
    return "–" if value is None else f"{percent(value, 0 if value == 1 else 1)} %"
