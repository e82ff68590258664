#!/usr/bin/env python3
"""Do the bounds of ``mistranslated`` fit the scores that beads have today? Beads of docpairs by whether gold pairs their blocks.

    python bench/doubtful.py

Clean and harmlessly changed pages are aligned sentence by sentence as ``check`` does it; clean ones once more with every fifth paragraph
exchanged for one of another page that is about as long. A bead is right where gold pairs the blocks that its sides stand in,
wrong where its target was exchanged; code, and sides of fewer words than the rule looks at, are left out. For the pages of the half that
bounds are fitted on, and for the other: how many beads of either kind lie below each bound of the score, and of
those that the rule looks at closely how many lie below each bound of adequacy.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from faults import DATA, records
from readers import half_of

from transcmp import pipeline
from transcmp.checks import parts
from transcmp.evidence.copies import copied_beads, find_copies, prose_of, words_of
from transcmp.model import Alignment, Side
from transcmp.pipeline.steps import choose_encoder
from transcmp.pipeline.words import looker
from transcmp.readers import parse

SETS = {"clean", "benign"}
EVERY, ALIKE = 5, 1.4
"""Of the paragraphs one in so many is exchanged, for one at most so many times as long or as short."""
SCORES = (0.001, parts._HARDLY, 0.02, 0.05, parts._UNLIKELY, 0.2, 0.3, parts._DOUBTFUL, 0.7, parts._SURE)
LANGUAGES = ("de", "es", "fr", "it", "pt", "ru", "ja", "zh")
ADEQUACIES = (0.1, 0.15, 0.2, 0.25, parts._STRANGE, 0.35, 0.4)
Found = dict[str, list[tuple[float, float | None]]]
"""Score of each bead and, of those looked at closely, the adequacy of the less covered side; by ``right`` and ``wrong``."""


def block_at(side: Side, number: int, blocks: list[dict[str, int]]) -> int | None:
    """The gold block that a segment stands in."""
    line = side.document.position(side.segments[number].span.start).line
    return next((place for place, block in enumerate(blocks) if block["line_start"] <= line <= block["line_end"]), None)


def exchanged(record: dict, donors: list[str]) -> tuple[str, set[int]]:
    """The translation with paragraphs of other pages, and the blocks that they stand in."""
    lines = record["tgt_text"].split("\n")
    places: set[int] = set()
    plain = [number for number, block in enumerate(record["tgt_blocks"]) if block["kind"] == "paragraph"]
    for number in plain[::EVERY]:
        block = record["tgt_blocks"][number]
        own = "\n".join(lines[block["line_start"] - 1 : block["line_end"]])
        fitting = (text for text in donors if text not in record["tgt_text"] and 1 / ALIKE < len(text) / len(own) < ALIKE)
        other = next(fitting, None)
        if other is not None and block["line_start"] == block["line_end"]:
            donors.remove(other)
            lines[block["line_start"] - 1] = other
            places.add(number)
    return "\n".join(lines), places


def paragraphs(record: dict) -> list[str]:
    """The translation's paragraphs of one line."""
    lines = record["tgt_text"].split("\n")
    blocks = (block for block in record["tgt_blocks"] if block["kind"] == "paragraph" and block["line_start"] == block["line_end"])
    return [lines[block["line_start"] - 1] for block in blocks]


def judged(alignment: Alignment) -> list[int]:
    """Places of the beads that the rule looks at."""
    copies = copied_beads(alignment, find_copies(alignment))
    found = []
    for number, bead in enumerate(alignment.beads):
        sides = (
            [alignment.source.segments[one] for one in bead.source],
            [alignment.target.segments[one] for one in bead.target],
        )
        sizes = [sum(len(words_of(prose_of(segment))) for segment in side) for side in sides]
        code = any(side and all(segment.kind == "code" for segment in side) for side in sides)
        if number not in copies and not code and min(sizes) >= parts._FEW_WORDS:
            found.append(number)
    return found


def look(record: dict, target: str, wrong: set[int], found: Found) -> None:
    """Add the beads of one page, some blocks of whose translation are wrong."""
    texts = (record["src_text"], "src_path"), (target, "tgt_path")
    documents = [parse(text, path=record[path], format="markdown") for text, path in texts]
    options = pipeline.Options(source_language=record["src_lang"], target_language=record["tgt_lang"])
    both = pipeline._sides(documents[0], documents[1], options)
    encoder = choose_encoder(both, options)
    alignment = pipeline.align(documents[0], documents[1], options=options)
    paired = {(one, two) for source, target in record["gold"] for one in source for two in target}
    for number in judged(alignment):
        bead = alignment.beads[number]
        ours = {block_at(alignment.source, one, record["src_blocks"]) for one in bead.source}
        theirs = {block_at(alignment.target, one, record["tgt_blocks"]) for one in bead.target}
        if None in ours | theirs:
            continue
        if (wrong and not theirs & wrong) or (not wrong and not any((one, two) in paired for one in ours for two in theirs)):
            continue
        least = None
        if parts._HARDLY <= bead.score < parts._DOUBTFUL:
            texts = (
                "\n".join(alignment.source.segments[one].text for one in bead.source),
                "\n".join(alignment.target.segments[one].text for one in bead.target),
            )
            least = next((cover.least_adequacy for cover in looker(encoder)([texts])), None)
        found["wrong" if wrong else "right"].append((bead.score, least))


def main() -> int:
    if not DATA.is_dir():
        print(f"no data at {DATA}: nothing measured")
        return 0
    halves: dict[str, Found] = {half: defaultdict(list) for half in ("fit", "report")}
    pages = list(records(SETS, "all"))
    donors = {language: [text for page in pages if page["tgt_lang"] == language for text in paragraphs(page)] for language in LANGUAGES}
    for record in pages:
        half = halves[half_of(record["doc"])]
        look(record, record["tgt_text"], set(), half)
        if record["set"] == "clean" and record["tgt_lang"] in donors:
            target, wrong = exchanged(record, donors[record["tgt_lang"]])
            if wrong:
                look(record, target, wrong, half)
    for half, found in halves.items():
        print(f"pages of the half '{half}'")
        for kind in ("right", "wrong"):
            beads = found[kind]
            below = "  ".join(f"{bound}: {sum(score < bound for score, _ in beads)}" for bound in SCORES)
            print(f"  {kind}, {len(beads)} beads; score below  {below}")
            seen = [least for _, least in beads if least is not None]
            below = "  ".join(f"{bound}: {sum(least < bound for least in seen)}" for bound in ADEQUACIES)
            print(f"    {len(seen)} looked at closely; adequacy below  {below}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
