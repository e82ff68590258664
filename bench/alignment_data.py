"""Gold alignments for the aligner's benchmark and for the fitting of its constants, from the project and from ``../shared/data``."""

from __future__ import annotations

import json
import re
import tomllib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from transcmp import readers
from transcmp.alignment.gold import Pair, read_gold
from transcmp.embed import Encoder
from transcmp.language import parse_language
from transcmp.model import Segment, Side
from transcmp.segment import segment

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"


@dataclass(frozen=True)
class Example:
    """Two sides and the beads that a person found right."""

    group: str
    name: str
    source: Side
    target: Side
    gold: list[Pair]
    unit: str
    """``line``, ``fragment`` or ``sentence``."""


def side(text: str, language: str, *, format: str, unit: str, path: str = "-") -> Side:
    """A side of one language, read and cut as the command line does it."""
    tag = parse_language(language)
    document = readers.parse(text, path=path, format=format)
    fragments = tuple(replace(fragment, language=tag, confidence=1.0) for fragment in document.fragments)
    document = replace(document, language=tag, fragments=fragments)
    return Side(document=document, language=tag, segments=segment(document, unit=unit))


class Remembered:
    """An encoder that reads no text twice."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.version, self.covers = encoder.name, encoder.version, encoder.covers
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        unknown = [text for text in dict.fromkeys(texts) if text not in self._known]
        if unknown:
            self._known.update(zip(unknown, self._encoder.encode(unknown), strict=True))
        return np.stack([self._known[text] for text in texts]) if texts else self._encoder.encode(texts)


def folds(examples: Iterable[Example], count: int = 2) -> dict[str, int]:
    """The fold of each document, by name: of each group one document after the other, in the order of a hash of its page.

    Pages that are the same in several languages fall into one fold.
    """
    pages = {example.name: (example.group, page_of(example.name)) for example in examples}
    order: dict[str, list[str]] = {}
    for group, page in sorted(set(pages.values()), key=lambda one: zlib.crc32(one[1].encode())):
        order.setdefault(group, []).append(page)
    return {name: order[group].index(page) % count for name, (group, page) in pages.items()}


def page_of(name: str) -> str:
    """Of docpairs: ``react.en-it.learn__index`` is the page ``react.learn__index``."""
    parts = name.split(".")
    return f"{parts[0]}.{parts[2]}" if len(parts) > 2 else name


def lines_of(side: Side, ids: tuple[int, ...]) -> tuple[int, int] | None:
    """First and last line of some segments, 1-based: of their blocks, markup included."""
    if not ids:
        return None
    spans = [side.document.lines(side.document.blocks[side.segments[number].block].span) for number in ids]
    return min(first for first, _ in spans), max(last for _, last in spans)


def from_lines(group: str, name: str, source: str, target: str, languages: tuple[str, str], gold: Path) -> Example:
    sides = (side(text, language, format="lines", unit="line") for text, language in zip((source, target), languages, strict=True))
    return Example(group, name, *sides, list(read_gold(str(gold))), "line")


def text_berg() -> Iterator[Example]:
    folder = DATA / "alignment" / "textberg-dev"
    if folder.is_dir():
        texts = ((folder / name).read_text(encoding="utf-8") for name in ("dev.de", "dev.fr"))
        yield from_lines("Text+Berg dev", "dev", *texts, ("de", "fr"), folder / "dev.defr")


def parice() -> Iterator[Example]:
    folder = DATA / "alignment" / "parice"
    for gold in sorted((folder / "gold").glob("*.txt")):
        texts = ((folder / language / gold.name).read_text(encoding="utf-8") for language in ("eng", "isl"))
        yield from_lines("ParIce", gold.stem, *texts, ("en", "is"), gold)


def corpora() -> Iterator[Example]:
    """The project's own, sentence by sentence."""
    for description in sorted((ROOT / "corpora").glob("*/corpus.toml")):
        about = tomllib.loads(description.read_text(encoding="utf-8"))
        gold = description.with_name("gold.vecalign")
        if not gold.is_file() or "target" not in about or about["target"] == about["source"]:
            continue
        sides = []
        for role in ("source", "target"):
            path = description.with_name(about[role])
            found = readers.format_of(str(path))
            sides.append(side(path.read_text(encoding="utf-8"), about[f"{role}_language"], format=found, unit="sentence", path=str(path)))
        yield Example("corpora", description.parent.name, sides[0], sides[1], list(read_gold(str(gold))), "sentence")


def docpairs_paths(group: str) -> list[Path]:
    """The files of a set of docpairs, one page each."""
    return sorted((DATA / "docpairs" / group).rglob("*.jsonl"))


def docpairs(group: str) -> Iterator[Example]:
    """Pages of documentation, block by block; gold beads are those whose blocks have text."""
    for path in docpairs_paths(group):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            sides = [
                side(record[f"{role}_text"], record[f"{role}_lang"], format="markdown", unit="fragment", path=record[f"{role}_path"])
                for role in ("src", "tgt")
            ]
            places = [_places(one, record[f"{role}_blocks"]) for one, role in zip(sides, ("src", "tgt"), strict=True)]
            gold = [
                (
                    tuple(places[0][block] for block in source if block in places[0]),
                    tuple(places[1][block] for block in target if block in places[1]),
                )
                for source, target in record["gold"]
            ]
            whole = [
                found
                for found, (source, target) in zip(gold, record["gold"], strict=True)
                if list(map(len, found)) == [len(source), len(target)]
            ]
            yield Example(f"docpairs {group}", record["doc"], sides[0], sides[1], whole, "fragment")


def _places(side: Side, blocks: list[dict[str, int]]) -> dict[int, int]:
    """The segment of each gold block that is one segment exactly."""
    lines = [lines_of(side, (segment.id,)) for segment in side.segments]
    places = {}
    for number, block in enumerate(blocks):
        inside = [place for place, span in enumerate(lines) if span and block["line_start"] <= span[1] and block["line_end"] >= span[0]]
        if len(inside) == 1 and block.get("content", True):
            places[number] = inside[0]
    shared = [place for place in places.values() if list(places.values()).count(place) > 1]
    return {number: place for number, place in places.items() if place not in shared}


def mixed(group: str, fragments: int = 6) -> Iterator[tuple[Side, Side, list[int | None]]]:
    """Documents in which fragments of the source are planted among the target's sentences: both sides, and the right target block of each.

    A third of the fragments have no counterpart: it is taken out. Fragments whose text, or whose counterpart's, stands twice are not used.
    """
    random = np.random.default_rng(3)
    for path in docpairs_paths(group):
        record = json.loads(path.read_text(encoding="utf-8"))
        texts = record["src_text"], record["tgt_text"]
        source, target, sentences = (
            side(text, record[language], format="markdown", unit=unit)
            for text, language, unit in (
                (texts[0], "src_lang", "fragment"),
                (texts[1], "tgt_lang", "fragment"),
                (texts[1], "tgt_lang", "sentence"),
            )
        )
        places = _places(source, record["src_blocks"]), _places(target, record["tgt_blocks"])
        pairs = [
            (places[0][mine[0]], places[1][theirs[0]])
            for mine, theirs in record["gold"]
            if len(mine) == len(theirs) == 1 and mine[0] in places[0] and theirs[0] in places[1]
        ]
        seen = Counter(segment.text for one in (source, target) for segment in one.segments)
        usable = [
            pair
            for pair in pairs
            if seen[source.segments[pair[0]].text] == seen[target.segments[pair[1]].text] == 1
            and len(re.findall(r"\w+", source.segments[pair[0]].text)) >= 4
            and source.document.blocks[source.segments[pair[0]].block].kind not in ("code", "table", "html")
        ]
        if len(usable) < fragments + 2:
            continue
        chosen = sorted(usable[place] for place in random.choice(len(usable), fragments, replace=False))
        gone = {target.segments[theirs].block for _, theirs in chosen[::3]}
        kept = [segment for segment in sentences.segments if segment.block not in gone]
        yield (
            Side(document=source.document, language=source.language, segments=numbered(source.segments[mine] for mine, _ in chosen)),
            Side(document=sentences.document, language=target.language, segments=numbered(kept)),
            [None if target.segments[theirs].block in gone else target.segments[theirs].block for _, theirs in chosen],
        )


def numbered(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Segments with ids from 0 on."""
    return tuple(replace(segment, id=number) for number, segment in enumerate(segments))


__all__ = [
    "DATA",
    "ROOT",
    "Example",
    "Remembered",
    "corpora",
    "docpairs",
    "docpairs_paths",
    "folds",
    "lines_of",
    "mixed",
    "numbered",
    "parice",
    "side",
    "text_berg",
]
