#!/usr/bin/env python3
"""How much E5 reads if it reads only what words leave unsure, and what that costs: ParIce, its documents by themselves and all as one.

    python bench/alignment_unsure.py

``sure`` is the least probability, by words alone, of beads that are not read; ``read`` the share of segments that are, and with
it nearly all of the time. Only a pair of more than ``transcmp.alignment.sure.READ_WHOLE`` segments is read in part; here all pairs are.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from unittest.mock import patch

import numpy as np
from alignment_data import Example, Remembered, parice, side

from transcmp.alignment import AlignOptions, align, measure, sure
from transcmp.embed import Encoder, choose

SURE = (0.5, 0.65, 0.8, 0.9)
OPTIONS = AlignOptions(unit="line")


class Counting(Remembered):
    """An encoder that counts what it is asked for."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self.texts = 0

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.texts += len(texts)
        return super().encode(texts) if texts else np.zeros((0, 384), np.float32)


def joined(pages: Sequence[Example]) -> Example:
    """One document after the other."""
    texts: tuple[list[str], list[str]] = [], []
    gold = []
    for page in pages:
        gold += [
            tuple(tuple(number + len(before) for number in ids) for ids, before in zip(pair, texts, strict=True)) for pair in page.gold
        ]
        for one, before in zip((page.source, page.target), texts, strict=True):
            before.extend(segment.text for segment in one.segments)
    first = pages[0]
    sides = [
        side("\n".join(text), str(one.language), format="lines", unit="line")
        for text, one in zip(texts, (first.source, first.target), strict=True)
    ]
    return Example(first.group, "all as one", *sides, gold, first.unit)


def show(name: str, pages: Sequence[Example], encoder: Counting | None) -> None:
    before = encoder.texts if encoder else 0
    alignments = [align(page.source, page.target, encoder=encoder, options=OPTIONS) for page in pages]
    figures = measure(
        [([(bead.source, bead.target) for bead in one.beads], page.gold) for one, page in zip(alignments, pages, strict=True)]
    )
    segments = sum(len(page.source.segments) + len(page.target.segments) for page in pages)
    read = (encoder.texts - before) / segments if encoder else 0
    print(f"  {name:12} {figures['strict'].f1:7.3f} {figures['lax'].f1:7.3f} {read:6.2f}", flush=True)


def main() -> int:
    pages = list(parice())
    if not pages:
        print("ParIce (../shared/data) is not on this machine")
        return 0
    found = choose("e5", pages[0].source.language, pages[0].target.language)
    assert found is not None
    encoder = Counting(found)
    for name, documents in (("ParIce", pages), ("ParIce, all as one", [joined(pages)])):
        print(f"{name:14} {'strict':>7} {'lax':>7} {'read':>6}")
        show("lexical", documents, None)
        for least in SURE:
            with patch.object(sure, "READ_WHOLE", 0), patch.object(sure, "SURE", least):
                show(f"sure at {least}", documents, encoder)
        with patch.object(sure, "READ_WHOLE", sys.maxsize):
            show("e5", documents, encoder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
