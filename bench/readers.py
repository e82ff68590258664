#!/usr/bin/env python3
"""Blocks that the Markdown reader finds on docpairs, against the blocks that are known; how fast each format is read; detect on 50 MB.

    python bench/readers.py [--only blocks,speed,large] [--list] [--half fit|report]

blocks  A known content block is found when a block of ours has exactly its lines, by kind when it is of the same kind too; it is lost when
        it has text and no block of ours with a fragment touches it. Documents are halved by a hash of their name (all languages of a page
        together): rules were written against ``fit``. Goals: 99 % with the right lines, none lost.
        What is known calls a heading in a list item a paragraph; CommonMark calls it a heading, and so do we (``heading in a list``).
speed   MB of the file (of its XML, for archives) that are read in one second of CPU, of about 2 MB in each format (format_samples.py).
large   ``transcmp detect`` on one file of 50 MB, a process of its own: CPU seconds and peak memory. Goals: 120 s, 2,000 MB.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from pathlib import Path

from format_samples import MAKERS, Texts, plain_pairs, shuffled, suffix_of

from transcmp.model import Document
from transcmp.readers import formats, parse

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


def has_text(block: dict, lines: list[str]) -> bool:
    """Whether a known block has something to find: no empty fence, no tag or admonition without words."""
    inside = lines[block["line_start"] - 1 : block["line_end"]]
    if block["kind"] == "code":
        return any(line.strip() for line in inside[1:-1])
    return block["kind"] not in ("admonition", "image", "frontmatter")


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
        counts["heading"] += key not in exact and key[0] == "paragraph" and ("heading", *key[1:]) in exact
        lost = has_text(block, text.splitlines()) and not any(line in covered for line in range(key[1], key[2] + 1))
        counts["lost"] += lost
        if show and (key not in exact or lost):
            near = [item for item in found if item[1] <= key[2] and item[2] >= key[1]]
            print(f"{where}: {key} lost={lost} near={near}\n    {text.splitlines()[key[1] - 1][:120]}", file=sys.stderr)


def blocks(half: str | None, show: bool) -> bool:
    """The table of blocks; whether the goals are met."""
    print("| half | set | content blocks | kind and lines % | heading in a list % | lines % | lost | markup blocks, lines % |")
    print("|---|---|---:|---:|---:|---:|---:|---:|")
    table: dict[tuple[str, str], Counter] = {}
    for path in sorted(DATA.glob("*/**/*.jsonl")):
        own = half_of(path.name)
        if half and own != half:
            continue
        record = json.loads(path.read_text(encoding="utf-8").split("\n", 1)[0])
        counts = table.setdefault((own, path.relative_to(DATA).parts[0]), Counter())
        for side in ("src", "tgt"):
            compare(record[f"{side}_text"], record[f"{side}_blocks"], counts, f"{path.name}:{side}", show)
    for (own, name), c in sorted(table.items()):
        shares = [100 * c[key] / c["content"] for key in ("kind and lines", "heading", "lines")]
        print(
            f"| {own} | {name} | {c['content']:,} | {shares[0]:.2f} | {shares[1]:.2f} | {shares[2]:.2f} "
            f"| {c['lost']} | {100 * c['markup lines'] / max(1, c['markup']):.2f} |"
        )
    met = all(c["lines"] >= 0.99 * c["content"] and not c["lost"] for c in table.values())
    print(f"\n99 % with the right lines in every row, no block lost: {'met' if met else 'MISSED'}\n")
    return met


def paragraphs() -> Texts:
    """Paragraphs and their translations, from the unchanged pages."""
    records = (json.loads(path.read_text(encoding="utf-8").split("\n", 1)[0]) for path in sorted(DATA.glob("blocks/**/*.jsonl")))
    return [pair for record in records for pair in plain_pairs(record)]


def speed(texts: Texts) -> None:
    """The table of speeds; medians of three."""
    sample = shuffled(texts, 2_000_000)
    halved = sample[: len(sample) // 2]
    print("| format | MB | fragments | MB per CPU second |\n|---|---:|---:|---:|")
    for name, make in MAKERS.items():
        reader = formats.load(name)
        data = make(halved if reader.pairs else sample)
        size = len(data)
        if reader.unpack is not None:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                size = sum(member.file_size for member in archive.infolist())
        spent = []
        for _ in range(3):
            start = time.process_time()
            if reader.unpack is not None:
                count = len(reader.unpack(data, name).fragments)
            elif reader.pairs is not None:
                bitext = reader.pairs(data.decode(), name)
                count = len(bitext.source.fragments) + len(bitext.target.fragments)
            else:
                count = len(parse(data.decode(), path=name, format=name).fragments)
            spent.append(time.process_time() - start)
        print(f"| {name} | {size / 1e6:.1f} | {count:,} | {size / 1e6 / sorted(spent)[1]:.1f} |", flush=True)
    print()


def large(texts: Texts) -> bool:
    """The table of detect on 50 MB; whether the goals are met."""
    sample = shuffled(texts, 50_000_000)
    met = True
    print("| detect | MB | fragments | CPU s | peak MB | goal |      |\n|---|---:|---:|---:|---:|---|---|")
    for name in ("markdown", "html", "text"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "large" + suffix_of(name))
            path.write_bytes(MAKERS[name](sample)[:50_000_000].decode("utf-8", "ignore").encode())
            out = Path(folder, "out.tsv")
            command = [sys.executable, "-m", "transcmp", "detect", str(path), "--format", "tsv", "-o", str(out)]
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            process = subprocess.Popen(command, env=os.environ | {"OMP_NUM_THREADS": "1"})
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            fine = process.returncode == 0 and cpu <= 120 and usage.ru_maxrss / 1024 <= 2000
            met &= fine
            count = sum(1 for _ in out.open(encoding="utf-8")) if out.exists() else 0
            print(
                f"| {name} | {path.stat().st_size / 1e6:.1f} | {count:,} | {cpu:.1f} | {usage.ru_maxrss / 1024:,.0f} "
                f"| 120 s, 2,000 MB | {'met' if fine else 'MISSED'} |",
                flush=True,
            )
    return met


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", default="blocks,speed,large", help="parts, with commas")
    options.add_argument("--list", action="store_true", help="every block that is not found, on stderr")
    options.add_argument("--half", choices=["fit", "report"])
    chosen = options.parse_args()
    if not DATA.is_dir():
        print(f"no evaluation data at {DATA}: skipped", file=sys.stderr)
        return 0
    parts = chosen.only.split(",")
    met = blocks(chosen.half, chosen.list) if "blocks" in parts else True
    if "speed" in parts:
        speed(paragraphs())
    if "large" in parts:
        met &= large(paragraphs())
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
