"""From bytes to text: encodings, sizes, and what is refused; every error is one line with its place."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from tests.invariants import check_document
from transcmp.errors import DecodeError, FormatError, ReadError, TooLargeError, TranscmpError, UsageError
from transcmp.readers import SUFFIXES, format_of, formats, is_bilingual, parse, read, read_bitext

BOMB = '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]>'


def write(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def archive(folder: Path, name: str, members: dict[str, bytes]) -> str:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for member, data in members.items():
            packed.writestr(member, data)
    return write(folder, name, stream.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(tmp_path: Path, encoding: str) -> None:
    document = read(write(tmp_path, "a.md", "Grüße, мир".encode(encoding)))
    assert document.text == "Grüße, мир"
    assert document.fragments[0].text == "Grüße, мир"


def test_encodings_that_files_declare(tmp_path: Path) -> None:
    page = '<meta charset="windows-1252"><p>Grüße</p>'.encode("cp1252")
    assert read(write(tmp_path, "a.html", page)).fragments[0].text == "Grüße"
    body = '<tmx><header srclang="de"/><body><tu><tuv xml:lang="de"><seg>Grüße</seg></tuv></tu></body></tmx>'
    xml = '<?xml version="1.0" encoding="iso-8859-1"?>' + body
    assert read(write(tmp_path, "a.tmx", xml.encode("latin-1"))).fragments[0].text == "Grüße"
    catalogue = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=koi8-r\\n"\n\nmsgid "a"\nmsgstr "мир"\n'
    assert read_bitext(write(tmp_path, "a.po", catalogue.encode("koi8-r"))).target.fragments[0].text == "мир"
    assert read(write(tmp_path, "a.txt", "Grüße".encode("cp1252")), encoding="cp1252").text == "Grüße"
    wrong = '<meta charset="no-such-thing"><p>é</p>'
    assert read(write(tmp_path, "b.html", wrong.encode())).fragments[0].text == "é"


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", b"one\ntwo \xff")
    with pytest.raises(DecodeError) as caught:
        read(path)
    assert (caught.value.offset, caught.value.line) == (8, 2)
    assert str(caught.value) == f"{path}:2: byte 8 is not UTF-8 (name its encoding with --encoding)"
    with pytest.raises(FormatError, match="12 % of it are control characters"):
        read(write(tmp_path, "b.txt", b"seventy" + b"\x01"))
    with pytest.raises(FormatError, match="a PDF file"):
        read(write(tmp_path, "c.md", b"%PDF-1.7"))
    with pytest.raises(FormatError, match="a zip archive"):
        read(archive(tmp_path, "d.txt", {"a": b"a"}))
    assert read(write(tmp_path, "e.txt", b"a NUL \x00 is no reason to refuse")).fragments
    with pytest.raises(ReadError, match="no encoding 'utf-9'"):
        read(write(tmp_path, "f.txt", b"a"), encoding="utf-9")


@pytest.mark.parametrize("name", ["hex", "rot13", "base64", "zlib", "bz2"])
def test_codecs_that_are_no_encodings_of_text(tmp_path: Path, name: str) -> None:
    for data in (b"61", b"Grazie."):
        with pytest.raises(ReadError, match=f"no encoding '{name}'"):
            read(write(tmp_path, "f.txt", data), encoding=name)
    html = read(write(tmp_path, "f.html", f'<meta charset="{name}"><p>Grazie mille.</p>'.encode()))
    assert [fragment.text for fragment in html.fragments] == ["Grazie mille."]


_LEVEL = '<w:p><w:pPr><w:numPr><w:ilvl w:val="%s"/></w:numPr></w:pPr><w:r><w:t>Ciao</w:t></w:r></w:p>'


@pytest.mark.parametrize(
    "paragraph",
    ["<w:paragraph/><w:_init__/><w:_class__/><w:p><w:r><w:t>Ciao</w:t></w:r></w:p>", *(_LEVEL % level for level in ("²", "--5", "-7"))],
)
def test_a_word_document_with_elements_and_values_that_word_does_not_write(tmp_path: Path, paragraph: str) -> None:
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {namespace}><w:body>{paragraph}</w:body></w:document>"
    document = read(archive(tmp_path, "a.docx", {"word/document.xml": body.encode()}))
    assert [(fragment.text, fragment.level >= 0) for fragment in document.fragments] == [("Ciao", True)]


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    for path, message in (
        (str(tmp_path / "no.md"), "no such file"),
        (str(tmp_path), "is a directory"),
        (str(tmp_path / "a\0b.md"), "cannot be read"),
    ):
        with pytest.raises(ReadError) as caught:
            read(path)
        assert message in str(caught.value)
        assert "\n" not in str(caught.value)
    write(tmp_path, "artikel.de.md", b"x")
    with pytest.raises(ReadError, match=r"no such file \(did you mean .*artikel\.de\.md\?\)"):
        read(str(tmp_path / "article.de.md"))
    path = write(tmp_path, "big.md", b"x" * 101)
    assert read(path, max_size=101).fragments
    with pytest.raises(TooLargeError, match="larger than 100 bytes"):
        read(path, max_size=100)


class _Gone(io.RawIOBase):
    """A file on a share that went away."""

    def readable(self) -> bool:
        return True

    def readinto(self, _: object) -> int:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))


def test_a_file_that_vanishes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.md", b"text")
    monkeypatch.setattr(Path, "open", lambda *_, **__: io.BufferedReader(_Gone()))
    for name in ("markdown", "docx"):
        with pytest.raises(ReadError) as caught:
            read(path, format=name)
        assert str(caught.value) == f"{path}: cannot be read: {os.strerror(errno.ESTALE)}"


def test_empty_files(tmp_path: Path) -> None:
    for name in formats:
        if formats.load(name).parse is None or name in ("xliff", "tmx"):
            continue
        document = read(write(tmp_path, "empty", b""), format=name)
        assert (document.fragments, document.text) == ((), "")


@pytest.mark.parametrize("name", ["a.xlf", "a.tmx"])
def test_xml_that_is_dangerous_or_broken(tmp_path: Path, name: str) -> None:
    for content, message in (
        (BOMB + "<a>&c;</a>", "declares the entity 'b'"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "declares the entity 'b'"),
        ("<a>\n<b>", "broken XML: no element found"),
        ("", "broken XML"),
        ("<a/>", "is XML but not"),
    ):
        with pytest.raises(FormatError) as caught:
            read_bitext(write(tmp_path, name, content.encode()))
        assert message in str(caught.value)
        assert "\n" not in str(caught.value)
    outside = '<!DOCTYPE tmx SYSTEM "http://example.org/tmx14.dtd"><tmx><header srclang="en"/><body/></tmx>'
    assert read_bitext(write(tmp_path, "ok.tmx", outside.encode())).pairs == ()


@pytest.mark.parametrize(
    ("name", "content", "line", "message"),
    [
        ("a.po", 'msgid "a"\nmsgstr "b\n', 2, "a string without its closing quote"),
        ("a.po", 'msgid "a"\n\n"b"\n', 3, "a string that belongs to no entry"),
        ("a.po", "msgid a\n", 1, "neither a comment nor an entry"),
        ("a.tsv", "a\tb\nc\n", 2, "no tab between source and target"),
        ("a.jsonl", '{"source": "a", "target": "b"}\n{"source": \n', 2, "broken JSON"),
        ("a.jsonl", '{"text": "a"}\n', 1, "no two sides in this record"),
    ],
)
def test_broken_pairs_name_their_line(tmp_path: Path, name: str, content: str, line: int, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_bitext(write(tmp_path, name, content.encode()))
    assert caught.value.line == line
    assert message in caught.value.message


def test_archives_that_hurt(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="encrypted, or of an old format"):
        read(write(tmp_path, "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100))
    with pytest.raises(FormatError, match="no DOCX file, or damaged"):
        read(write(tmp_path, "b.docx", b"PK\x03\x04 and nothing else"))
    with pytest.raises(FormatError, match="without a Word document"):
        read(archive(tmp_path, "c.docx", {"a": b""}))
    with pytest.raises(FormatError, match="without a book"):
        read(archive(tmp_path, "c.epub", {"a": b""}))
    with pytest.raises(FormatError, match="unpacks to more than"):
        read(archive(tmp_path, "d.docx", {"word/document.xml": b" " * 201_000_000}))
    with pytest.raises(FormatError, match="declares the entity"):
        read(archive(tmp_path, "e.docx", {"word/document.xml": (BOMB + "<w/>").encode()}))
    with pytest.raises(FormatError, match=r"holds 10,001 files"):
        read(archive(tmp_path, "f.epub", {str(number): b"" for number in range(10_001)}))


def test_formats_by_suffix() -> None:
    assert set(SUFFIXES.values()) <= set(formats)
    assert [format_of(name) for name in ("a.MD", "b.html", "c", "d.po", "e.xlf")] == ["markdown", "html", "text", "po", "xliff"]
    assert is_bilingual("a.po")
    assert is_bilingual("a.txt", "tmx")
    assert not is_bilingual("a.md")
    for name in formats:
        assert (formats.load(name).pairs is not None) == is_bilingual("a", name)


def test_what_a_format_cannot_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="packed format"):
        parse("text", format="docx")
    with pytest.raises(UsageError, match="one side only"):
        read_bitext(write(tmp_path, "a.md", b"a"))
    with pytest.raises(UsageError, match="did you mean 'markdown'"):
        parse("text", format="markdwon")


def test_indentation_makes_no_code_in_mdx() -> None:
    text = "<Tab>\n\n    text\n\n</Tab>\n"
    for path, kind in (("a.md", "code"), ("a.mdx", "paragraph")):
        assert [fragment.kind for fragment in parse(text, path=path, format="markdown").fragments] == [kind]


def test_windows_and_old_line_ends() -> None:
    for end in ("\r\n", "\r"):
        document = parse(f"one{end}two{end}{end}- three{end}", format="markdown")
        check_document(document)
        assert [fragment.text for fragment in document.fragments] == ["one two", "three"]
        assert [document.lines(fragment.span) for fragment in document.fragments] == [(1, 2), (4, 4)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("markdown", "[" * 100_000),
        ("markdown", "[a](" * 50_000),
        ("markdown", "> " * 50_000 + "a"),
        ("markdown", "*a **b_ " * 20_000),
        ("markdown", "`" * 999 + " ``" * 20_000),
        ("markdown", "<!--" * 50_000),
        ("markdown", "<!--\n" * 50_000),
        ("markdown", "\\[\n\n" * 50_000),
        ("markdown", "x" * 5_000_000),
        ("html", "<div>" * 10_000 + "</b>" * 20_000),
        ("html", "<a <" * 50_000),
        ("html", "<!-- >" * 50_000),
        ("html", "<i lang=de>" * 20_000),
        ("rst", "* " * 20_000),
        ("rst", "`a <" * 50_000),
        ("asciidoc", "<<a," * 50_000),
        ("po", 'msgid ""\n' + '"\\n"\n' * 50_000),
        ("po", 'msgid "a"\nmsgstr ""\n' + '"%s\\n"\n' * 20_000),
        ("tsv", "a\t" + "%s\\n" * 20_000),
        ("jsonl", '{"source": "a", "target": "' + "%s\\n" * 20_000 + '"}'),
        ("text", "word\n\n" * 50_000),
    ],
    ids=lambda value: value[:8] if isinstance(value, str) else "",
)
def test_hostile_text_takes_linear_time(name: str, text: str) -> None:
    start = time.process_time()
    with contextlib.suppress(TranscmpError):
        check_document(parse(text, format=name))
    assert time.process_time() - start < 5
