"""JSON Schemas of what the JSON formats write, made from their types."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from transcmp.report import systems
from transcmp.report.calibration import Calibrated
from transcmp.report.doctor import Inventory
from transcmp.report.json import Align, Check, CheckedLine, Detect
from transcmp.report.mutate import Mutated
from transcmp.report.scores import Scored

SCHEMAS: dict[str, type[Struct]] = {
    "detect": Detect,
    "align": Align,
    "score": Scored,
    "compare": systems.Json,
    "check": Check,
    "finding": CheckedLine,
    "mutate": Mutated,
    "calibrate": Calibrated,
    "doctor": Inventory,
}
"""The type that each verb writes with ``--format json``; ``finding`` is a line of ``check --format jsonl``."""


def schema(verb: str) -> dict[str, Any]:
    """The schema of a verb's output (JSON Schema 2020-12)."""
    made = msgspec.json.schema(SCHEMAS[verb])
    for definition in made["$defs"].values():
        # every key is always written, also where the type has a default
        definition["required"] = list(definition.get("properties", ()))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
