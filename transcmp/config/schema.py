"""The JSON Schema of the settings, for editors; its descriptions are the fields' docstrings."""

from __future__ import annotations

import ast
import inspect
from typing import Any

import msgspec

from transcmp.config import settings as module
from transcmp.config.settings import Settings


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of ``transcmp.toml``."""
    schema = msgspec.json.schema(Settings, ref_template="#/$defs/{name}")
    for name, fields in _docstrings().items():
        for key, text in fields.items():
            properties = schema["$defs"].get(name, {}).get("properties", {})
            if key in properties:
                properties[key] = {**properties[key], "description": text}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Settings of transcmp", **schema}


def _docstrings() -> dict[str, dict[str, str]]:
    """Class to field to the string literal below the field."""
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef):
            fields = found.setdefault(node.name, {})
            for item, after in zip(node.body, node.body[1:], strict=False):
                literal = after.value if isinstance(after, ast.Expr) else None
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and isinstance(literal, ast.Constant):
                    fields[item.target.id] = " ".join(str(literal.value).split())
    return found
