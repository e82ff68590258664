"""The same text in every format that is read: what ``bench/readers.py`` measures speed on."""

from __future__ import annotations

import html
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence

Texts = Sequence[tuple[str, str]]
"""Source and target of each paragraph; no line ends in them."""


def shuffled(texts: Texts, size: int, seed: int = 1) -> list[tuple[str, str]]:
    """Paragraphs of ``size`` characters of source in all: ``texts`` over and over, after the first time with their words in another order.

    So no paragraph comes twice, and nothing that remembers what it has seen is quicker for it.
    """
    rng = random.Random(seed)
    found: list[tuple[str, str]] = []
    length = 0
    while length < size:
        for pair in texts:
            mine, theirs = pair if len(found) < len(texts) else (_mixed(rng, text) for text in pair)
            found.append((mine, theirs))
            length += len(mine)
            if length >= size:
                break
    return found


def _mixed(rng: random.Random, text: str) -> str:
    words = text.split()
    rng.shuffle(words)
    return " ".join(words)


def _sections(texts: Texts) -> Iterator[tuple[bool, str]]:
    """Whether it is a heading, and the text."""
    for number, (mine, _) in enumerate(texts):
        if number % 10 == 0:
            yield True, mine[:40].strip()
        yield False, mine


def markdown(texts: Texts) -> bytes:
    lines = (f"## {text}" if heading else text for heading, text in _sections(texts))
    return "\n\n".join(lines).encode()


def text(texts: Texts) -> bytes:
    return "\n\n".join(text for _, text in _sections(texts)).encode()


def page(texts: Texts) -> bytes:
    body = "\n".join(f"<h2>{html.escape(text)}</h2>" if heading else f"<p>{html.escape(text)}</p>" for heading, text in _sections(texts))
    return f'<!DOCTYPE html>\n<html lang="en"><head><title>Sample</title></head><body>\n{body}\n</body></html>'.encode()


def po(texts: Texts) -> bytes:
    quoted = ((json.dumps(mine, ensure_ascii=False), json.dumps(theirs, ensure_ascii=False)) for mine, theirs in texts)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return (head + "\n".join(f"#: a.py:1\nmsgid {mine}\nmsgstr {theirs}\n" for mine, theirs in quoted)).encode()


def xliff(texts: Texts) -> bytes:
    units = "\n".join(
        f'<unit id="u{number}"><segment><source>{html.escape(mine)}</source><target>{html.escape(theirs)}</target></segment></unit>'
        for number, (mine, theirs) in enumerate(texts)
    )
    head = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="it"><file id="f">'
    return f"{head}\n{units}\n</file></xliff>".encode()


def tmx(texts: Texts) -> bytes:
    units = "\n".join(
        f'<tu><tuv xml:lang="en"><seg>{html.escape(mine)}</seg></tuv><tuv xml:lang="it"><seg>{html.escape(theirs)}</seg></tuv></tu>'
        for mine, theirs in texts
    )
    return f'<tmx version="1.4"><header srclang="en"/><body>\n{units}\n</body></tmx>'.encode()


def tsv(texts: Texts) -> bytes:
    return ("source\ttarget\n" + "".join(f"{mine}\t{theirs}\n" for mine, theirs in texts).replace("\\", "\\\\")).encode()


def jsonl(texts: Texts) -> bytes:
    return "".join(json.dumps({"source": mine, "target": theirs}, ensure_ascii=False) + "\n" for mine, theirs in texts).encode()


def _time(seconds: int, mark: str, digits: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{0:0{digits}}"


def srt(texts: Texts) -> bytes:
    cues = (f"{n + 1}\n{_time(3 * n, ',', 3)} --> {_time(3 * n + 2, ',', 3)}\n{mine}\n" for n, (mine, _) in enumerate(texts))
    return "\n".join(cues).encode()


def vtt(texts: Texts) -> bytes:
    cues = (f"{_time(3 * n, '.', 3)} --> {_time(3 * n + 2, '.', 3)}\n{html.escape(mine)}\n" for n, (mine, _) in enumerate(texts))
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def ass(texts: Texts) -> bytes:
    cues = (f"Dialogue: 0,{_time(3 * n, '.', 2)},{_time(3 * n + 2, '.', 2)},Default,,0,0,0,,{mine}" for n, (mine, _) in enumerate(texts))
    head = "[Script Info]\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    return (head + "\n".join(cues)).encode()


def rst(texts: Texts) -> bytes:
    lines = (f"{text}\n{'=' * 2 * len(text)}" if heading else text for heading, text in _sections(texts))
    return "\n\n".join(lines).encode()


def asciidoc(texts: Texts) -> bytes:
    return "\n\n".join(f"== {text}" if heading else text for heading, text in _sections(texts)).encode()


def _archive(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return stream.getvalue()


def docx(texts: Texts) -> bytes:
    style = '<w:pPr><w:pStyle w:val="Heading2"/></w:pPr>'
    body = "\n".join(
        f'<w:p>{style if heading else ""}<w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'
        for heading, text in _sections(texts)
    )
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return _archive({"word/document.xml": f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'.encode()})


def epub(texts: Texts) -> bytes:
    container = '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'
    package = (
        '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    return _archive({"META-INF/container.xml": container.encode(), "c.opf": package.encode(), "a.xhtml": page(texts)})


MAKERS: dict[str, Callable[[Texts], bytes]] = {
    "markdown": markdown,
    "text": text,
    "html": page,
    "po": po,
    "xliff": xliff,
    "tmx": tmx,
    "tsv": tsv,
    "jsonl": jsonl,
    "srt": srt,
    "vtt": vtt,
    "ass": ass,
    "docx": docx,
    "epub": epub,
    "rst": rst,
    "asciidoc": asciidoc,
}
"""Format to what makes a file of it."""


def plain_pairs(record: dict) -> Iterator[tuple[str, str]]:  # type: ignore[type-arg]
    """Paragraphs of a docpairs record that are aligned one to one, as Markdown."""
    sides = [record["src_blocks"], record["tgt_blocks"]]
    for mine, theirs in record["gold"]:
        if len(mine) == len(theirs) == 1 and sides[0][mine[0]]["kind"] == "paragraph":
            pair = tuple(" ".join(side[ids[0]].get("text", "").split()) for side, ids in zip(sides, (mine, theirs), strict=True))
            if all(pair):
                yield pair[0], pair[1]


def suffix_of(name: str) -> str:
    """A file name's ending for a format."""
    from transcmp.readers import SUFFIXES

    return next(suffix for suffix, format in SUFFIXES.items() if format == name)
