"""Staleness on docpairs' ``drift``: omitted, added and stale passages found with git history, and from content alone.

    python bench/stale.py [--half fit|report|all] [--list]

The history of each page is made here: a first commit with the English page that the Italian one was made from, a second with today's.
Predictions are counted by docpairs' own scorer; precision is that of findings of the three rules.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from faults import prediction
from readers import DATA, half_of

from transcmp import pipeline
from transcmp.history import Repository
from transcmp.model import Comparison, Finding
from transcmp.pipeline.past import pasts, with_history

GOALS = {"history": {"omitted": 0.95, "added": 0.95, "stale": 0.95, "precision": 0.95},
         "content": {"omitted": 0.85, "added": 0.85, "stale": 0.40, "precision": 0.80}}  # fmt: skip
RULES = ("omitted", "added", "stale", "recorded-commit")


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
    """One for every fragment that a finding covers: docpairs counts blocks, transcmp names a run of them once."""
    whole = prediction(finding, comparison) | {"rule": finding.rule, "message": finding.message}
    for side, place, name in ((comparison.alignment.source, finding.source, "src"), (comparison.alignment.target, finding.target, "tgt")):
        if finding.rule not in ("omitted", "added") or place is None or len({side.segments[at].fragment for at in place.segments}) < 2:
            continue
        for at in sorted({side.segments[number].fragment for number in place.segments}):
            yield whole | {name: list(side.document.lines(side.document.fragments[at].span))}
        return
    yield whole


def measure(rows: dict[str, dict[str, list[dict[str, Any]]]], listing: bool) -> bool:
    """Print recall of each kind and precision; whether all goals are met."""
    sys.path.insert(0, str(DATA))
    import score

    gold = score.load(str(DATA))
    met = True
    for way, predictions in rows.items():
        found: dict[str, list[int]] = {}
        right = wrong = 0
        for doc, findings in predictions.items():
            record = gold[doc]
            for fault in record["faults"]:
                kinds = {item["kind"] for item in map(score.norm, findings) if score.touches(item, fault)}
                hit = fault["kind"] in kinds or bool(kinds & score.LAX.get(fault["kind"], set()) & set(RULES))
                found.setdefault(fault["kind"], []).append(hit)
                found.setdefault("any of the three", []).append(bool(kinds & {"omitted", "added", "stale", "changed"}))
                if listing and not hit:
                    print(way, doc, "missed", {key: fault.get(key) for key in ("kind", "src_lines", "tgt_lines")})
            for item, raw in zip(map(score.norm, findings), findings, strict=True):
                if raw["rule"] not in RULES:
                    continue
                good = any(score.touches(item, fault) for fault in record["faults"])
                right, wrong = right + good, wrong + (not good)
                if listing and not good:
                    print(way, doc, "false", raw)
        figures = {kind: sum(hits) / len(hits) for kind, hits in found.items()} | {"precision": right / max(1, right + wrong)}
        print(f"| {way:<8} | any rule at the place: {figures['any of the three']:.3f} |")
        for name, goal in GOALS[way].items():
            ok = figures.get(name, 0.0) >= goal
            met &= ok
            print(f"| {way:<8} | {name:<9} | {figures.get(name, 0.0):5.3f} | {goal:4.2f} | {'ok' if ok else 'no'} |")
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
