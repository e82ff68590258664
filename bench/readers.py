#!/usr/bin/env python3
"""Blocks that the Markdown reader finds on docpairs, against the blocks that are known; and how fast each format is read.

    python bench/readers.py [--list] [--half fit|report]

A known content block counts as found when a block of the same kind has exactly its lines; as lost when no block with a fragment touches it.
Documents are halved by a hash of their name (all languages of a page together): rules were written against ``fit``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zlib
from collections import Counter
from pathlib import Path

from transcmp.model import Document
from transcmp.readers import parse

DATA = Path(__file__).parents[2] / "shared" / "data" / "docpairs"
KINDS = {
    "frontmatter": "front-matter",
    "list_item": "list-item",
}
PAGE = re.compile(r"\.en-\w\w\.([\w-]+)")


def half_of(name: str) -> str:
    found = PAGE.search(name)
    return "fit" if zlib.crc32((found[1] if found else name).encode()) % 2 else "report"


def blocks_of(document: Document) -> list[tuple[str, int, int, bool]]:
    return [(block.kind, *document.lines(block.span), bool(block.fragments)) for block in document.blocks]


def compare(text: str, known: list[dict], counts: Counter, where: str, show: bool) -> None:
    document = parse(text, path=where, format="markdown")
    found = blocks_of(document)
    exact = {(kind, first, last) for kind, first, last, _ in found}
    lines = {(first, last) for _, first, last, _ in found}
    covered = {line for _, first, last, full in found if full for line in range(first, last + 1)}
    for block in known:
        if not block.get("content", True):
            counts["markup"] += 1
            counts["markup lines"] += (block["line_start"], block["line_end"]) in lines
            continue
        key = (KINDS.get(block["kind"], block["kind"]), block["line_start"], block["line_end"])
        counts["content"] += 1
        counts["kind and lines"] += key in exact
        counts["lines"] += key[1:] in lines
        words = block["kind"] not in ("admonition", "image", "frontmatter")
        lost = words and not any(line in covered for line in range(key[1], key[2] + 1))
        counts["lost"] += lost
        if show and (key not in exact or lost):
            near = [item for item in found if item[1] <= key[2] and item[2] >= key[1]]
            print(f"{where}: {key} lost={lost} near={near}\n    {text.splitlines()[key[1] - 1][:120]}", file=sys.stderr)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--list", action="store_true", help="every block that is not found, on stderr")
    options.add_argument("--half", choices=["fit", "report"])
    chosen = options.parse_args()
    if not DATA.is_dir():
        print(f"no evaluation data at {DATA}: skipped", file=sys.stderr)
        return 0
    print("| half | set | content blocks | kind and lines % | lines % | lost | markup blocks, lines % |")
    print("|---|---|---:|---:|---:|---:|---:|")
    table: dict[tuple[str, str], Counter] = {}
    for path in sorted(DATA.glob("*/**/*.jsonl")):
        half = half_of(path.name)
        if chosen.half and half != chosen.half:
            continue
        record = json.loads(path.read_text(encoding="utf-8").split("\n", 1)[0])
        counts = table.setdefault((half, path.relative_to(DATA).parts[0]), Counter())
        for side in ("src", "tgt"):
            compare(record[f"{side}_text"], record[f"{side}_blocks"], counts, f"{path.name}:{side}", chosen.list)
    for (half, name), c in sorted(table.items()):
        print(
            f"| {half} | {name} | {c['content']:,} | {100 * c['kind and lines'] / c['content']:.2f} "
            f"| {100 * c['lines'] / c['content']:.2f} | {c['lost']} | {100 * c['markup lines'] / max(1, c['markup']):.2f} |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
