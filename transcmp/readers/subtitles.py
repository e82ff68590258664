"""Subtitles: SubRip (SRT), WebVTT, SubStation Alpha (ASS, SSA). A cue is a fragment; its ``info`` is ``start,end`` in seconds.

A cue's lines are one text, unless each begins with the dash of a new speaker.
"""

from __future__ import annotations

import re

from transcmp.model import Document, Mark, Piece, Span
from transcmp.readers._builder import Builder
from transcmp.readers._lines import line_ranges, soft_break
from transcmp.readers._markup import decoded
from transcmp.readers._reader import Reader

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}[^\r\n]*")
_ASS_TIME = re.compile(r"[ \t]*(\d{1,4}):(\d{1,2}):(\d{1,2})[.,](\d{1,3})[ \t]*")
_TAG = re.compile(r"</?[A-Za-z][^<>\r\n]{0,200}>|<\d[\d:.]{3,20}>|\{\\[^{}\r\n]{0,1000}\}")
_ASS_CODE = re.compile(r"\{[^{}\r\n]{0,5000}\}|\\[Nnh]")
_SPEAKER = re.compile(r"[-‐–—][ \t]*\S")


def parse_srt(text: str, path: str) -> Document:
    """Read SubRip."""
    return _cues(text, path, "srt")


def parse_vtt(text: str, path: str) -> Document:
    """Read WebVTT; notes, styles and regions are markup."""
    return _cues(text, path, "vtt")


def _cues(text: str, path: str, format: str) -> Document:
    builder = Builder(text, path, format)
    first: int | None = None
    times = ""
    lines: list[tuple[int, int]] = []
    for start, end in [*line_ranges(text), (len(text), len(text))]:
        found = _TIMES.match(text, start, end)
        if found or not text[start:end].strip():
            if first is not None:
                if found and lines and text[slice(*lines[-1])].strip().isdigit():
                    lines.pop()  # the next cue's number: no blank line between the two
                _cue(builder, first, times, lines, references=format == "vtt")
            first, lines = (start, []) if found else (None, [])
            times = f"{_seconds(found.groups()[:4])},{_seconds(found.groups()[4:])}" if found else ""
        elif first is not None:
            lines.append((start, end))
    return builder.build()


def _seconds(parts: tuple[str | None, ...]) -> str:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return f"{int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, '0')) / 1000:.3f}"


def _cue(builder: Builder, start: int, times: str, lines: list[tuple[int, int]], *, references: bool) -> None:
    text = builder.text
    pieces: list[Piece] = []
    marks: list[Mark] = []
    size = 0
    for first, last in lines:
        first += len(text[first:last]) - len(text[first:last].lstrip())
        if pieces and first < last:
            before = pieces[-1].end
            glue = "\n" if _SPEAKER.match(text, first, last) else soft_break(text[before - 1], text[first])
            if glue:
                pieces.append(Piece(before, first, glue))
                size += 1
        for tag in [*_TAG.finditer(text, first, last), None]:
            stop = tag.start() if tag else last
            for piece in decoded(text, first, stop) if references else [Piece(first, stop)]:
                if len(piece):
                    pieces.append(piece)
                    size += len(piece)
            if tag:
                marks.append(Mark(kind="html", start=size, end=size, value=tag[0], span=Span(*tag.span())))
                first = tag.end()
    builder.block("cue", start, lines[-1][1] if lines else start)
    builder.fragment("cue", pieces, marks, info=times)


def parse_ass(text: str, path: str) -> Document:
    """Read SubStation Alpha: the dialogue lines of the events, in the order of the file."""
    builder = Builder(text, path, "ass")
    columns: list[str] = []
    for start, end in line_ranges(text):
        line = text[start:end]
        if line.startswith("Format:"):
            columns = [name.strip().lower() for name in line[7:].split(",")]
        elif line.startswith("Dialogue:") and columns[-1:] == ["text"]:
            fields = line[9:].split(",", len(columns) - 1)
            if len(fields) == len(columns):
                values = dict(zip(columns, fields, strict=True))
                _dialogue(builder, start, end, end - len(fields[-1]), f"{_ass(values.get('start', ''))},{_ass(values.get('end', ''))}")
    return builder.build()


def _ass(written: str) -> str:
    found = _ASS_TIME.fullmatch(written)
    return _seconds(found.groups()) if found else "0.000"


def _dialogue(builder: Builder, start: int, end: int, first: int, times: str) -> None:
    text = builder.text
    pieces: list[Piece] = []
    marks: list[Mark] = []
    size = 0
    drawing = False
    for code in [*_ASS_CODE.finditer(text, first, end), None]:
        stop = code.start() if code else end
        if stop > first and not drawing:
            pieces.append(Piece(first, stop))
            size += stop - first
        if code and code[0][0] == "\\":
            if not drawing:
                speaker = _SPEAKER.match(text, code.end(), end) is not None
                pieces.append(Piece(*code.span(), "\n" if speaker and code[0] == "\\N" else " "))
                size += 1
        elif code:
            marks.append(Mark(kind="html", start=size, end=size, value=code[0], span=Span(*code.span())))
            drawing = re.search(r"\\p[1-9]", code[0]) is not None or (drawing and "\\p0" not in code[0])
        first = code.end() if code else end
    builder.block("cue", start, end)
    builder.fragment("cue", pieces, marks, info=times)


SRT = Reader(parse=parse_srt)
VTT = Reader(parse=parse_vtt)
ASS = Reader(parse=parse_ass)
