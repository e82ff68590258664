"""What the structure of pages adds: kinds of blocks, anchors, moved blocks, whole blocks as segments."""

from __future__ import annotations

from msgspec.structs import replace

from transcmp import readers
from transcmp.alignment import AlignOptions, align
from transcmp.alignment.texts import Texts
from transcmp.embed.use import load
from transcmp.model import Alignment, Language, Side
from transcmp.segment import segment

ENGLISH = """# Bread {#bread}

Bread is made of flour, water and salt.

## Baking

Put the loaf into a hot oven for forty minutes.

- Use a stone.
- Open the door slowly.

## Storing

Wrap the loaf in a linen cloth.
"""
GERMAN = """# Brot {#bread}

Brot besteht aus Mehl, Wasser und Salz.

## Backen

Das Brot vierzig Minuten in den heißen Ofen schieben.

- Einen Stein verwenden.
- Die Tür langsam öffnen.

## Aufbewahren

Den Laib in ein Leinentuch wickeln.
"""


def page(text: str, language: str) -> Side:
    document = readers.parse(text, path="page.md", format="markdown")
    tag = Language(language)
    fragments = tuple(replace(fragment, language=tag, confidence=1.0) for fragment in document.fragments)
    document = replace(document, language=tag, fragments=fragments)
    return Side(document=document, language=tag, segments=segment(document, unit="fragment"))


def run(source: str, target: str) -> Alignment:
    return align(page(source, "en"), page(target, "de"), encoder=load(), options=AlignOptions(unit="fragment"))


def pairs(alignment: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in alignment.beads]


def test_blocks_are_aligned_one_by_one() -> None:
    alignment = run(ENGLISH, GERMAN)
    assert pairs(alignment) == [((number,), (number,)) for number in range(len(alignment.source.segments))]
    assert alignment.signature.endswith("unit:fragment|max-bead:8")


def test_a_missing_block_is_found() -> None:
    alignment = run(ENGLISH, GERMAN.replace("- Einen Stein verwenden.\n", ""))
    assert [bead.source for bead in alignment.beads if not bead.target] == [(4,)]


def test_swapped_blocks_are_moved() -> None:
    swapped = GERMAN.replace("- Einen Stein verwenden.\n- Die Tür langsam öffnen.", "- Die Tür langsam öffnen.\n- Einen Stein verwenden.")
    alignment = run(ENGLISH, swapped)
    assert {((4,), (5,)), ((5,), (4,))} <= set(pairs(alignment))
    assert sum(bead.moved for bead in alignment.beads) == 1


def test_a_moved_section_keeps_its_blocks_together() -> None:
    head, tail = GERMAN.split("## Aufbewahren")
    title, rest = head.split("## Backen")
    alignment = run(ENGLISH, f"{title}## Aufbewahren{tail}\n## Backen{rest}")
    found = pairs(alignment)
    assert {((6,), (2,)), ((7,), (3,)), ((2,), (4,)), ((3,), (5,)), ((4,), (6,)), ((5,), (7,))} <= set(found)
    assert sorted(bead.source for bead in alignment.beads if bead.moved) == [(6,), (7,)]


def test_code_is_compared_without_comments_and_strings() -> None:
    source = page('Text.\n\n```python\n# the first one\nprice = read_price("bread", 3)\n```\n\n```text\nsome words\n```\n', "en")
    target = page('Text.\n\n```python\n# das erste\nprice = read_price("Brot", 3)\n```\n\n```text\nein paar Worte\n```\n', "de")
    mine, theirs = Texts.of(source).texts, Texts.of(target).texts
    assert mine[1] == theirs[1] == "price = read_price ( , 3 )"
    assert (mine[2], theirs[2]) == ("some words", "ein paar Worte")
    assert Texts.of(source).segments[1].text != mine[1]
