"""Coverage-guided fuzzing of the readers and what follows them up to the segments: ``make fuzz``.

    python tests/fuzz/fuzz_readers.py [libFuzzer options] [FOLDER]

An input is a line with the name of a format, then the file; mutations keep that line. A DOCX or EPUB may be written as its members, each
behind a line ``=== name``, so that mutations reach its XML and not only its checksums. Whatever the file is, a reader returns a document
that keeps the promises of ``tests/invariants.py`` or raises one of our errors, within ``-timeout`` seconds. ``tests/fuzz/corpus`` holds the
inputs to begin with and those that once hurt; ``tests/fuzz/test_corpus.py`` runs them all. What a run finds stays in ``.fuzz``, where the
next one goes on from it; an input that fails (``.fuzz/crash-...``) is copied to the corpus with its repair. atheris is for Linux and macOS.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "fuzz" / "corpus"
FOUND = ROOT / ".fuzz"
"""Inputs that reached new code, kept from run to run."""
MAX_LENGTH = 4096
"""Bytes of an input."""


def split(data: bytes) -> tuple[str, bytes] | None:
    """The format an input is for, and the file; None where the first line names no format."""
    from transcmp.readers import formats

    name, _, rest = data.partition(b"\n")
    decoded = name.decode("ascii", "replace")
    return (decoded, rest) if decoded in formats else None


def packed(content: bytes) -> bytes:
    """The archive whose members are written one after the other, each behind a line ``=== name``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part in content.split(b"=== ")[1:]:
            name, _, data = part.partition(b"\n")
            archive.writestr(name.decode("utf-8", "replace") or "-", data)
    return stream.getvalue()


def one_input(data: bytes) -> None:
    """Read one input; raises what is no promise of ours."""
    from tests.invariants import check_document, check_passage
    from transcmp.errors import TranscmpError
    from transcmp.readers import formats
    from transcmp.segment import segment

    chosen = split(data)
    if chosen is None:
        return
    name, content = chosen
    reader = formats.load(name)
    text = content.decode("utf-8", "replace")
    try:
        documents = []
        if reader.unpack is not None:
            documents.append(reader.unpack(packed(content) if content.startswith(b"=== ") else content, "fuzz"))
        elif reader.parse is not None:
            documents.append(reader.parse(text, "fuzz"))
        if reader.pairs is not None:
            bitext = reader.pairs(text, "fuzz")
            documents += [bitext.source, bitext.target]
    except TranscmpError as error:
        if "\n" in str(error):
            raise ValueError("an error is one line") from error
        return
    for document in documents:
        check_document(document)
        for item in segment(document):
            check_passage(item, document.text)
            assert item.text.strip() or item.marks or not document.fragments[item.fragment].text.strip()


def main() -> None:
    """Run libFuzzer on the kept corpus."""
    sys.path.insert(0, str(ROOT))
    import atheris

    with atheris.instrument_imports(include=["transcmp"]):
        from transcmp import readers, segment  # noqa: F401

        for name in readers.formats:
            readers.formats.load(name)

    def mutate(data: bytes, size: int, seed: int) -> bytes:
        name, _, content = data.partition(b"\n")
        room = max(1, size - len(name) - 1)
        return name + b"\n" + bytes(atheris.Mutate(content[:room] or b"\n", room))

    folders = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    options = [argument for argument in sys.argv[1:] if argument.startswith("-")]
    FOUND.mkdir(exist_ok=True)
    defaults = ["-timeout=10", f"-max_len={MAX_LENGTH}", "-rss_limit_mb=3000", f"-dict={CORPUS.parent / 'markup.dict'}"]
    atheris.Setup(
        [sys.argv[0], *defaults, f"-artifact_prefix={FOUND}/", *options, *(folders or [str(FOUND), str(CORPUS)])],
        one_input,
        custom_mutator=mutate,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
