#!/usr/bin/env python3
"""Whether E5 need read only what words leave unsure: ParIce with sure beads of the ``lexical`` tier kept, and the rest aligned with E5.

    python bench/alignment_unsure.py

A bead of 1-1 is kept if it, and both beads beside it, are as sure as the first column says. ``read`` is the share of segments that E5 would
have to read: nearly all of its time.
"""

from __future__ import annotations

import sys

from alignment_data import Example, Remembered, parice

from transcmp.alignment import AlignOptions, align, measure
from transcmp.alignment.gold import Pair
from transcmp.embed import choose
from transcmp.model import Alignment

SURE = (0.5, 0.65, 0.8, 0.9)
OPTIONS = AlignOptions(unit="line")


def kept(alignment: Alignment, least: float) -> list[Pair]:
    """The beads that are sure, in order."""
    beads = alignment.beads
    sure = [len(one.source) == len(one.target) == 1 and one.score >= least and not one.moved for one in beads]
    sure = [True, *sure, True]  # the ends of a document are no doubt
    return [(one.source, one.target) for place, one in enumerate(beads) if all(sure[place : place + 3])]


def show(name: str, pages: list[Example], alignments: list[Alignment], read: float) -> None:
    documents = [([(bead.source, bead.target) for bead in one.beads], page.gold) for one, page in zip(alignments, pages, strict=True)]
    figures = measure(documents)
    print(f"{name:12} {figures['strict'].f1:7.3f} {figures['lax'].f1:7.3f} {read:6.2f}", flush=True)


def main() -> int:
    pages = list(parice())
    if not pages:
        print("ParIce (../shared/data) is not on this machine")
        return 0
    encoder = choose("e5", pages[0].source.language, pages[0].target.language)
    assert encoder is not None
    remembered = Remembered(encoder)
    segments = sum(len(page.source.segments) + len(page.target.segments) for page in pages)
    lexical = [align(page.source, page.target, encoder=None, options=OPTIONS) for page in pages]
    print(f"{'ParIce':12} {'strict':>7} {'lax':>7} {'read':>6}")
    show("lexical", pages, lexical, 0)
    for least in SURE:
        anchors = [kept(one, least) for one in lexical]
        joined = [
            align(page.source, page.target, encoder=remembered, options=OPTIONS, anchors=fixed)
            for page, fixed in zip(pages, anchors, strict=True)
        ]
        show(f"sure at {least}", pages, joined, 1 - 2 * sum(map(len, anchors)) / segments)
    show("e5", pages, [align(page.source, page.target, encoder=remembered, options=OPTIONS) for page in pages], 1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
