"""Differences of published translations that were judged harmless by eye are no findings: docpairs' ``natural`` records.

The data is not part of the project; where it is absent the test is skipped.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from transcmp import pipeline
from transcmp.model import Place
from transcmp.readers import parse

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "docpairs" / "clean"
RULES = {
    "untranslated": {"untranslated", "untranslated-word", "wrong-language"},
    "number": {"number", "date", "time", "currency", "unit", "phone"},
    "link": {"link", "anchor"},
    "code": {"code", "placeholder"},
}
"""Rules that would name a difference of a kind."""


def records() -> list[dict[str, Any]]:
    found = [json.loads(line) for path in sorted(DATA.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [record for record in found if any(one["verdict"] == "harmless" for one in record["natural"])]


def overlaps(place: Place | None, lines: list[int] | None) -> bool:
    return place is not None and lines is not None and place.start.line <= lines[1] and lines[0] <= place.end.line


@pytest.mark.skipif(not DATA.is_dir(), reason=f"no data at {DATA}")
@pytest.mark.parametrize("record", records(), ids=lambda record: record["doc"])
def test_a_harmless_difference_is_no_finding(record: dict[str, Any]) -> None:
    source, target = (parse(record[f"{side}_text"], path=f"{side}.md", format="markdown") for side in ("src", "tgt"))
    options = pipeline.Options(source_language=record["src_lang"], target_language=record["tgt_lang"])
    findings = [one for one in pipeline.check(source, target, options=options).findings if one.severity != "note"]
    for natural in (one for one in record["natural"] if one["verdict"] == "harmless"):
        false = [
            one.message
            for one in findings
            if one.rule in RULES[natural["kind"]]
            and (overlaps(one.target, natural["tgt_lines"]) or overlaps(one.source, natural["src_lines"]))
        ]
        assert false == [], natural
