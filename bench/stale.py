"""Staleness on docpairs' ``drift``: omitted, added and stale passages found with git history, and from content alone.

    python bench/stale.py [--half fit|report|all] [--list]

The history of each page is made here: a first commit with the English page that the Italian one was made from, a second with today's.
Errors and warnings of all rules count, notes do not. Recall is given in three readings. ``own`` counts the fault's own kind only.
``accepted`` also counts the kinds that docpairs' scorer accepts for it (a stale passage may be named by its number, its link, its code);
the goals are compared with it. ``moved too`` also counts what is reported there as moved, or as docpairs accepts it for a stale passage:
docpairs takes a section that stands elsewhere, a block that became one of another kind, and a passage of which little stayed, for one
omitted and one added.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from faults import prediction
from readers import DATA, half_of

from transcmp import pipeline
from transcmp.history import Repository
from transcmp.model import Comparison, Finding
from transcmp.pipeline.past import pasts, with_history

GOALS = {"history": {"omitted": 0.95, "added": 0.95, "stale": 0.95, "precision": 0.95},
         "content": {"omitted": 0.85, "added": 0.85, "stale": 0.40, "precision": 0.80}}  # fmt: skip
READINGS = ("own", "accepted", "moved too")
RULES = ("omitted", "added", "stale", "recorded-commit")
RUNS = ("omitted", "added", "moved")
"""Rules that name a run of passages in one finding."""


def git(root: Path, *arguments: str) -> None:
    identity = [
        "-c",
        "user.name=bench",
        "-c",
        "user.email=bench@example.org",
        "-c",
        "init.defaultBranch=main",
        "-c",
        "commit.gpgsign=false",
    ]
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *identity, *arguments], cwd=root, env=env, check=True, capture_output=True)


def compare(record: dict[str, Any], root: Path) -> tuple[Comparison, Comparison]:
    """The pair by content, and with its history."""
    source, target = root / "en.md", root / "it.md"
    git(root, "init")
    for text in (record["src_text_old"], record["src_text"]):
        source.write_text(text, encoding="utf-8", newline="")
        target.write_text(record["tgt_text"], encoding="utf-8", newline="")
        git(root, "add", ".")
        git(root, "commit", "-m", "x")
    options = pipeline.Options(source_language=record["src_lang"], target_language=record["tgt_lang"])
    plain = pipeline.check(source, target, options=options)
    repository = Repository(root)
    (past,) = pasts(repository, [(str(source), str(target))])
    from transcmp.config import Settings

    return plain, with_history(plain, past, str(root), options, Settings())


def predictions(finding: Finding, comparison: Comparison) -> Iterator[dict[str, Any]]:
    """One for every block that a finding covers, marks of boxes included: transcmp names a run of them once, docpairs counts them."""
    whole = prediction(finding, comparison) | {"rule": finding.rule, "message": finding.message}
    sides = (("src", comparison.alignment.source.document, finding.source), ("tgt", comparison.alignment.target.document, finding.target))
    covered = [
        (name, document, block)
        for name, document, place in sides
        for block in (document.blocks if place is not None else ())
        if place is not None and block.span.overlaps(place.span) and (block.fragments or block.kind == "admonition")
    ]
    if finding.rule not in RUNS or len(covered) < 2:
        yield whole
        return
    for name, document, block in covered:
        yield whole | {"src": None, "tgt": None} | {name: list(document.lines(block.span))}


def recall(faults: list[tuple[dict[str, Any], list[dict[str, Any]]]], score: ModuleType) -> dict[str, float]:
    """The share of faults that are found, in the three readings; each fault comes with the predictions at its place."""
    found = dict.fromkeys(READINGS, 0)
    for fault, there in faults:
        own = {fault["kind"]}
        accepted = own | score.LAX.get(fault["kind"], set())
        kinds = {score.norm(item)["kind"] for item in there}
        found["own"] += bool(kinds & own)
        found["accepted"] += bool(kinds & accepted)
        found["moved too"] += bool(kinds & (accepted | {"swapped"} | score.LAX["stale"]))
    return {name: count / len(faults) for name, count in found.items()}


def measure(rows: dict[str, dict[str, list[dict[str, Any]]]], listing: bool) -> bool:
    """Print recall of each kind and precision; whether all goals are met."""
    sys.path.insert(0, str(DATA))
    import score

    gold = score.load(str(DATA))
    met = True
    print(f"| way | kind | faults | {' | '.join(READINGS)} | goal |", "|---|---|---|---|---|---|---|", sep="\n")
    for way, documents in rows.items():
        faults: dict[str, list[tuple[dict[str, Any], list[dict[str, Any]]]]] = {}
        right: Counter[tuple[str, bool]] = Counter()
        for doc, items in documents.items():
            record = gold[doc]
            for fault in record["faults"]:
                there = [item for item in items if score.touches(score.norm(item), fault)]
                faults.setdefault(fault["kind"], []).append((fault, there))
                if listing and not {item["kind"] for item in there} & (score.LAX[fault["kind"]] | {fault["kind"]}):
                    print(
                        way,
                        doc,
                        "missed",
                        {key: fault.get(key) for key in ("kind", "src_lines", "tgt_lines")},
                        *(item["rule"] for item in there),
                    )
            for item in items:
                good = any(score.touches(score.norm(item), fault) for fault in record["faults"])
                right["all rules", good] += 1
                right["its rules", good] += item["rule"] in RULES
                if listing and not good:
                    print(way, doc, "false", item)
        for kind, goal in GOALS[way].items():
            if kind == "precision":
                for rules in ("its rules", "all rules"):
                    share = right[rules, True] / max(1, right[rules, True] + right[rules, False])
                    met &= rules != "its rules" or share >= goal
                    print(f"| {way} | precision, {rules} | | | {share:.3f} | | {goal:.2f} |")
                continue
            figures = recall(faults[kind], score)
            met &= figures["accepted"] >= goal
            shown = " | ".join(f"{figures[name]:.3f}" for name in READINGS)
            print(f"| {way} | {kind} | {len(faults[kind])} | {shown} | {goal:.2f} |")
    return met


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("fit", "report", "all"), default="all")
    parser.add_argument("--list", action="store_true")
    chosen = parser.parse_args()
    if not DATA.is_dir():
        print(f"no data at {DATA}: nothing measured")
        return 0
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {"history": {}, "content": {}}
    for path in sorted((DATA / "drift").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if chosen.half not in ("all", half_of(record["doc"])):
                continue
            with tempfile.TemporaryDirectory() as name:
                plain, full = compare(record, Path(name))
            for way, comparison in (("content", plain), ("history", full)):
                rows[way][record["doc"]] = [
                    row for item in comparison.findings if item.severity != "note" for row in predictions(item, comparison)
                ]
    return 0 if measure(rows, chosen.list) else 1


if __name__ == "__main__":
    raise SystemExit(main())
