#!/usr/bin/env python3
"""Faults that the rules find on docpairs, and their false alarms, by docpairs' own scorer.

    python bench/faults.py [--half fit|report|all] [--sets perturbed,clean,benign,drift] [--list] [--show DOC]

Every pair goes through ``transcmp.check``, errors and warnings count, notes do not. Thresholds were fitted on the pages of the half ``fit``
(all languages of a page together); ``report`` is what to believe. The goals of ``all`` decide the exit code.

Below the scorer's tables: recall of every kind and of the variants of ``untranslated`` that have a goal of their own, and every finding of
severity error on clean pages with its place and text. The scorer counts the latter as natural differences or as false alarms; whether one
is a true find is for the reader to see.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from readers import DATA, half_of

from transcmp import pipeline
from transcmp.model import Comparison, Finding, Place
from transcmp.readers import parse

KINDS = {
    "moved": "swapped",
    "part-omitted": "sentence_omitted",
    "part-added": "added",
    "date": "number",
    "time": "number",
    "currency": "number",
    "unit": "number",
    "phone": "number",
    "email": "name",
    "do-not-translate": "name",
    "placeholder": "code",
    "html-tag": "code",
    "image": "link",
    "anchor": "link",
    "wrong-language": "untranslated",
    "mistranslated": "changed",
    "length": "changed",
}
"""docpairs' names of what other rules find; a rule not named here goes by its own name."""
GOALS = {"recall": 0.92, "kind": 0.85, "precision": 0.85, "clean": 0.2, "benign": 0.2}
VARIANTS = {"sentence": "one sentence inside a paragraph", "image_alt": "alt text"}
"""Of untranslated passages, those whose recall has the goal of a kind. docpairs has no captions."""


def records(sets: set[str], half: str) -> Iterator[dict[str, Any]]:
    for path in sorted(DATA.glob("*/**/*.jsonl")):
        name = path.relative_to(DATA).parts[0]
        if name in sets:
            for line in path.read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                if half in ("all", half_of(record["doc"])):
                    yield record | {"set": name}


def checked(record: dict[str, Any]) -> Comparison:
    source = parse(record["src_text"], path=record["src_path"], format="markdown")
    target = parse(record["tgt_text"], path=record["tgt_path"], format="markdown")
    options = pipeline.Options(source_language=record["src_lang"], target_language=record["tgt_lang"])
    return pipeline.check(source, target, options=options)


def lines(place: Place | None) -> list[int] | None:
    return None if place is None else [place.start.line, max(place.start.line, place.end.line - (place.end.column == 1))]


def prediction(finding: Finding, comparison: Comparison) -> dict[str, Any]:
    kind = KINDS.get(finding.rule, finding.rule)
    place = finding.source
    if finding.rule == "omitted" and place is not None and len(place.segments) == 1:
        segment = comparison.alignment.source.segments[place.segments[0]]
        whole = comparison.alignment.source.document.fragments[segment.fragment]
        kind = "omitted" if len(segment.text) == len(whole.text) else "sentence_omitted"
    return {"kind": kind, "src": lines(finding.source), "tgt": lines(finding.target)}


def described(finding: Finding) -> str:
    """An error, its place and the words it is about."""
    place = finding.target or finding.source
    return f"{finding.rule}, {finding.message}" if place is None else f"{finding.rule}, {place.kind}, {finding.message}"


def measure(half: str, sets: set[str], show: str, listing: bool) -> dict[str, Any]:
    """The scorer's tables, printed; and its figures, with those that it only prints, and ours about clean pages."""
    clean: dict[str, list[str]] = {"error": [], "warning": []}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "predictions.jsonl")
        with path.open("w", encoding="utf-8") as file:
            for record in records(sets, half):
                comparison = checked(record)
                findings = [finding for finding in comparison.findings if finding.severity != "note"]
                if show and show in record["doc"]:
                    print(record["doc"], *(f"  {one.severity} {one.rule}: {one.message}" for one in comparison.findings), sep="\n")
                if record["set"] == "clean":
                    for one in findings:
                        clean[one.severity].append(f"{record['doc']}: {described(one)}")
                row = {"doc": record["doc"], "findings": [prediction(finding, comparison) for finding in findings]}
                print(json.dumps(row), file=file)
        command = [sys.executable, DATA / "score.py", "score", DATA, path, "--set", ",".join(sets), "--json"]
        output = subprocess.run(command + ["--list"] * listing, capture_output=True, text=True, check=True).stdout
    table, _, figures = output.partition("\n{")
    print(table)
    total = re.search(r"^  all .*\| +([\d.]+) \|", table, re.MULTILINE)
    variants = {name: (int(found), int(count)) for name, count, found in re.findall(r"untranslated/(\w+) \d+/(\d+) \(lax (\d+)\)", table)}
    return json.loads("{" + figures) | {"precision": float(total[1]) if total else None, "variants": variants, "clean": clean}


def told(figures: dict[str, Any]) -> None:
    """Print what the scorer does not."""
    kinds = {name.removeprefix("fault/"): row for name, row in figures.items() if name.startswith("fault/") and row["n"]}
    if kinds:
        print(f"\nRECALL of each kind (lax), goal {GOALS['kind']}")
        for kind, row in kinds.items():
            print(f"  {kind:24} {row['lax']:.3f} of {row['n']}{'' if row['lax'] >= GOALS['kind'] else '  missed'}")
            for variant, words in VARIANTS.items() if kind == "untranslated" else ():
                found, count = figures["variants"].get(variant, (0, 0))
                print(f"    {words:34} {found} of {count}")
    errors, warnings = figures["clean"]["error"], figures["clean"]["warning"]
    if "fa/clean/*" in figures:
        print(f"\nCLEAN pages: {len(errors)} errors, {len(warnings)} warnings; the errors:", *errors, sep="\n  ")


def goals(figures: dict[str, Any], table: dict[str, float]) -> list[str]:
    kinds = {name.removeprefix("fault/"): row for name, row in figures.items() if name.startswith("fault/") and row["n"]}
    found = sum(row["lax"] * row["n"] for row in kinds.values()) / max(1, sum(row["n"] for row in kinds.values()))
    missed = [] if found >= table["recall"] or not kinds else [f"recall {found:.3f}, the goal is {table['recall']}"]
    missed += [
        f"recall of {kind} {row['lax']:.3f}, the goal is {table['kind']}" for kind, row in kinds.items() if row["lax"] < table["kind"]
    ]
    missed += [
        f"recall of untranslated, {words}, {found} of {count}, the goal is {table['kind']}"
        for variant, words in VARIANTS.items()
        for found, count in (figures["variants"].get(variant, (0, 0)),)
        if found < table["kind"] * count
    ]
    if kinds and figures["precision"] is not None and figures["precision"] < table["precision"]:
        missed.append(f"precision {figures['precision']:.3f}, the goal is {table['precision']}")
    for name in ("clean", "benign"):
        row = figures.get(f"fa/{name}/*")
        if row is not None and row["per_doc"] > table[name]:
            missed.append(f"{name}: {row['per_doc']:.2f} false alarms a document, the goal is {table[name]}")
    return missed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("fit", "report", "all"), default="all")
    parser.add_argument("--sets", default="perturbed,clean,benign")
    parser.add_argument("--list", action="store_true", help="list missed faults and false alarms")
    parser.add_argument("--show", default="", help="print the findings of the documents whose name holds this")
    chosen = parser.parse_args()
    if not DATA.is_dir():
        print(f"no data at {DATA}: nothing measured")
        return 0
    figures = measure(chosen.half, set(chosen.sets.split(",")), chosen.show, chosen.list)
    told(figures)
    missed = goals(figures, GOALS)
    print(*missed, sep="\n")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
