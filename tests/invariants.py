"""What holds for every value of the model, whatever was read: for property tests, fuzzing and tests of single formats."""

from __future__ import annotations

from transcmp.model import Document, Passage


def check_document(document: Document) -> None:
    """Ids are positions, blocks hold their fragments, every passage is rendered from the text at its place, marks lie inside it."""
    length = len(document.text)
    last_start = -1
    for position, block in enumerate(document.blocks):
        assert block.id == position
        assert block.span.end <= length
        assert block.span.start >= last_start, "blocks stand in the order of the file"
        last_start = block.span.start
        for number in block.fragments:
            assert document.fragments[number].block == block.id
    held = [number for block in document.blocks for number in block.fragments]
    assert sorted(held) == list(range(len(document.fragments))), "every fragment is in one block"
    for position, fragment in enumerate(document.fragments):
        assert fragment.id == position
        block = document.blocks[fragment.block]
        assert block.span.start <= fragment.span.start, (block, fragment)
        assert fragment.span.end <= block.span.end, (block, fragment)
        check_passage(fragment, document.text)
        first, final = document.lines(fragment.span)
        assert 1 <= first <= final <= len(document.line_starts)


def check_passage(passage: Passage, text: str) -> None:
    """Pieces are in order and give the passage's text; marks are sorted and lie inside it."""
    assert passage.render(text) == passage.text
    ends = [0]
    for piece in passage.pieces:
        assert ends[-1] <= piece.start <= piece.end <= len(text), "pieces follow each other"
        ends.append(piece.end)
    starts = [mark.start for mark in passage.marks]
    assert starts == sorted(starts)
    for mark in passage.marks:
        assert 0 <= mark.start <= mark.end <= len(passage.text)
        assert mark.span.end <= len(text)
