"""Plain text: paragraphs between blank lines; and ``lines``, where every line is a fragment."""

from __future__ import annotations

from transcmp.model import Document, Piece
from transcmp.readers._builder import Builder
from transcmp.readers._lines import line_ranges, soft_break
from transcmp.readers._reader import Reader


def parse_text(text: str, path: str) -> Document:
    """Read plain text: blank lines part paragraphs; a line end inside one is a space."""
    builder = Builder(text, path, "text")
    paragraph: list[tuple[int, int]] = []
    for start, end in [*line_ranges(text), (len(text), len(text))]:
        if text[start:end].strip():
            paragraph.append((start, end))
        elif paragraph:
            builder.block("paragraph", _first(text, paragraph[0]), paragraph[-1][1])
            builder.fragment("paragraph", _joined(text, paragraph))
            paragraph = []
    return builder.build()


def parse_lines(text: str, path: str) -> Document:
    """Read a file in which every line is a unit, an empty one too; what it is otherwise does not matter. Line n has id n - 1."""
    builder = Builder(text, path, "lines")
    ranges = line_ranges(text)
    if ranges and ranges[-1][0] == ranges[-1][1] == len(text):
        ranges.pop()  # the file ends with a line end, or is empty
    for start, end in ranges:
        builder.block("unit", start, end)
        builder.fragment("unit", [Piece(start, end)], keep_empty=True)
    return builder.build()


def _first(text: str, line: tuple[int, int]) -> int:
    start, end = line
    return start + len(text[start:end]) - len(text[start:end].lstrip())


def _joined(text: str, lines: list[tuple[int, int]]) -> list[Piece]:
    pieces: list[Piece] = []
    for start, end in lines:
        content = text[start:end]
        start += len(content) - len(content.lstrip())
        end = start + len(content.strip())
        if pieces:
            before = pieces[-1].end
            glue = soft_break(text[before - 1], text[start])
            if glue:
                pieces.append(Piece(before, start, glue))
        pieces.append(Piece(start, end))
    return pieces


TEXT = Reader(parse=parse_text)
LINES = Reader(parse=parse_lines)
