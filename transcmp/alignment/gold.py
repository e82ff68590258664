"""Alignments as files, and how one is measured against another.

The format is Vecalign's: a bead a line, ``[0, 1]:[2]``, 0-based segment numbers of both sides; what follows a second colon is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from transcmp.errors import FormatError, ReadError
from transcmp.model import Bead

Pair: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
"""Source and target segments of a bead."""

_LINE = re.compile(r"\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]\s*(?::.*)?$")


class Figures(Struct, frozen=True, kw_only=True):
    """How well an alignment agrees with the gold one; each 0..1."""

    precision: float
    """Share of its beads that are right. Beads with one side count."""
    recall: float
    """Share of the gold beads with two sides that were found."""
    f1: float
    """Harmonic mean of both."""


def parse_vecalign(text: str, *, path: str | None = None, sizes: tuple[int, int] | None = None) -> tuple[Pair, ...]:
    """The beads of a text; ``sizes`` are the numbers of segments of both sides.

    Raises FormatError, with the line, where it is not in the format or a segment stands in two beads; with ``sizes`` also where a bead has
    none, or one that is not there.
    """
    pairs: list[Pair] = []
    seen: tuple[set[int], set[int]] = set(), set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.match(line)
        if match is None:
            raise FormatError(message="not a bead", path=path, line=number, hint="expected [0, 1]:[2]")
        pair = _numbers(match[1]), _numbers(match[2])
        if sizes is not None and not (pair[0] or pair[1]):
            raise FormatError(message="a bead without segments", path=path, line=number)
        for ids, known, side, size in zip(pair, seen, ("source", "target"), sizes or (None, None), strict=True):
            for segment in ids:
                if size is not None and segment >= size:
                    words = f"there is no {side} segment {segment}"
                    raise FormatError(message=words, path=path, line=number, hint=f"it has {size:,}, counted from 0")
                if segment in known:
                    raise FormatError(message=f"{side} segment {segment} stands in two beads", path=path, line=number)
                known.add(segment)
        pairs.append(pair)
    return tuple(pairs)


def read_gold(path: str, sizes: tuple[int, int] | None = None) -> tuple[Pair, ...]:
    """The beads of a file, as :func:`parse_vecalign` reads them; raises ReadError or FormatError."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ReadError(message=error.strerror or str(error), path=path) from error
    except UnicodeDecodeError as error:
        raise FormatError(message="not UTF-8", path=path) from error
    return parse_vecalign(text, path=path, sizes=sizes)


def evaluate(beads: Iterable[Bead] | Iterable[Pair], gold: Iterable[Pair]) -> dict[str, Figures]:
    """``strict`` (the bead is exactly right) and ``lax`` (it shares a segment with one gold bead on both sides), as Vecalign measures.

    Thompson and Koehn 2019, "Vecalign", section 4. Beads with one side count for precision only.
    """
    found = [(tuple(bead.source), tuple(bead.target)) if isinstance(bead, Bead) else bead for bead in beads]
    return measure([(found, list(gold))])


def measure(documents: Iterable[tuple[list[Pair], list[Pair]]]) -> dict[str, Figures]:
    """As :func:`evaluate`, over several documents of found and gold beads together: every bead weighs the same."""
    right, right_loosely, proposed, recalled, recalled_loosely, wanted = (0,) * 6
    for found, gold in documents:
        strict, lax = _hits(found, gold)
        right, right_loosely, proposed = right + strict, right_loosely + lax, proposed + len(found)
        paired = [bead for bead in gold if bead[0] and bead[1]]
        strict, lax = _hits(paired, found)
        recalled, recalled_loosely, wanted = recalled + strict, recalled_loosely + lax, wanted + len(paired)
    return {"strict": _figures(right, proposed, recalled, wanted), "lax": _figures(right_loosely, proposed, recalled_loosely, wanted)}


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(part) for part in text.split(",") if part.strip()))


def _hits(beads: list[Pair], reference: list[Pair]) -> tuple[int, int]:
    exact = set(reference)
    targets_of: dict[int, set[int]] = {}
    for source, target in reference:
        for segment in source:
            targets_of.setdefault(segment, set()).update(target)
    strict = sum(bead in exact for bead in beads)
    lax = sum(bead in exact or any(not targets_of.get(segment, set()).isdisjoint(bead[1]) for segment in bead[0]) for bead in beads)
    return strict, lax


def _figures(right: int, proposed: int, recalled: int, wanted: int) -> Figures:
    precision = right / proposed if proposed else 0.0
    recall = recalled / wanted if wanted else 0.0
    total = precision + recall
    return Figures(precision=precision, recall=recall, f1=2 * precision * recall / total if total else 0.0)
