"""From a keystroke to the diagnostics, in the real server over standard input and output: ``python bench/lsp.py``.

A page of 200 fragments, made of a corpus of the project, is edited in one paragraph after the other: by a single edit after a pause, and by
a word that is typed, of which the last key counts. The goal is 300 ms, the server's own delay in it. The server's CPU time says what a busy
machine hides.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from transcmp.readers import parse

CORPUS = Path(__file__).resolve().parent.parent / "corpora" / "docs-en-de"
FRAGMENTS = 200
EDITS = 15
GOAL = 300
"""Milliseconds."""
KEY = 0.12
"""Seconds between two keys: some 100 words a minute."""
PAUSE = 0.6
"""Seconds before each edit."""


def page(path: Path) -> str:
    """The corpus repeated with a number in each paragraph, so that no two are the same, up to as many fragments."""
    paragraphs = [part for part in path.read_text(encoding="utf-8").split("\n\n") if part.strip()]
    made: list[str] = []
    text = ""
    while True:
        part = paragraphs[len(made) % len(paragraphs)]
        plain = part[0].isalpha() and "\n" not in part.strip()
        made.append(f"{part.strip()} ({len(made)})" if plain else part.strip("\n"))
        longer = "\n\n".join(made) + "\n"
        if len(parse(longer, path=path.name, format="markdown").fragments) > FRAGMENTS:
            return text
        text = longer


async def measure() -> tuple[list[float], list[float], float]:
    """Seconds to the diagnostics from single edits, and from the last keys of words; CPU seconds of the server for a single edit."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / ".git").mkdir()
        for language in ("en", "de"):
            (root / language).mkdir()
            (root / language / "page.md").write_text(page(CORPUS / f"backups.{language}.md"), encoding="utf-8")
        settings = 'source_language = "en"\n[rules]\nstale = "off"\n[[pairs]]\nsource = "en/*.md"\ntarget = "{lang}/*.md"\n'
        (root / "transcmp.toml").write_text(settings, encoding="utf-8")
        editor = Editor(root / "de" / "page.md")
        await editor.start(root)
        before = cpu_of(editor.process)
        single = [await editor.type([f" Noch {edit + 11} Worte."], edit) for edit in range(EDITS)]
        used = cpu_of(editor.process) - before
        typed = [await editor.type(" Worte", edit) for edit in range(EDITS)]
        await editor.stop()
        return single, typed, used / EDITS


def cpu_of(process: int) -> float:
    """CPU seconds of a running process, user and system; 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Editor:
    """A client that types into one file."""

    def __init__(self, path: Path) -> None:
        self._client = LanguageClient("bench", "1")
        self._uri = path.as_uri()
        self._lines = path.read_text(encoding="utf-8").splitlines()
        self._prose = [number for number, line in enumerate(self._lines) if line[:1].isalpha() and len(line) > 40]
        self._version = self._shown = 1
        self._news = asyncio.Event()

    async def start(self, root: Path) -> None:
        """Start the server, open the file and wait for its diagnostics."""

        @self._client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: types.PublishDiagnosticsParams) -> None:
            self._shown = params.version or 0
            self._news.set()

        await self._client.start_io(sys.executable, "-m", "transcmp", "lsp")
        await self._client.initialize_async(types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=root.as_uri()))
        item = types.TextDocumentItem(uri=self._uri, language_id="markdown", version=1, text="\n".join(self._lines))
        self._client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        await self._news.wait()

    @property
    def process(self) -> int:
        """The server's number in the system."""
        return self._client._server.pid if self._client._server is not None else 0

    async def type(self, keys: Iterable[str], place: int) -> float:
        """Add to the end of a paragraph, a part after the other, after a pause; seconds from the last one to its diagnostics."""
        await asyncio.sleep(PAUSE)
        line = self._prose[place * len(self._prose) // EDITS]
        start = 0.0
        for number, text in enumerate(keys):
            if number:
                await asyncio.sleep(KEY)
            end = types.Position(line, len(self._lines[line]))
            self._lines[line] += text
            self._version += 1
            change = types.TextDocumentContentChangePartial(range=types.Range(end, end), text=text)
            start = time.monotonic()
            self._client.text_document_did_change(
                types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(version=self._version, uri=self._uri), [change])
            )
        while self._shown != self._version:
            self._news.clear()
            await self._news.wait()
        return time.monotonic() - start

    async def stop(self) -> None:
        """End the server."""
        await self._client.shutdown_async(None)
        self._client.exit(None)
        await self._client.stop()


def main() -> int:
    single, typed, used = asyncio.run(measure())
    for name, times in (("a single edit", single), ("the last key of a word", typed)):
        print(f"{name:<22}: median {statistics.median(times) * 1000:.0f} ms, slowest {max(times) * 1000:.0f} ms (goal {GOAL} ms)")
    print(f"CPU of the server: {used * 1000:.0f} ms an edit, {FRAGMENTS} fragments, {EDITS} edits of each kind")
    return int(max(map(statistics.median, (single, typed))) * 1000 > GOAL)


if __name__ == "__main__":
    sys.exit(main())
